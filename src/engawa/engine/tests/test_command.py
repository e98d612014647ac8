"""The command itself: help that a newcomer understands, errors with the one line that mends them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engawa.engine.command.main import main
from engawa.engine.command.parser import make_parser

ROOT = Path(__file__).resolve().parents[4]


def commands() -> list[str]:
    return sorted(make_parser()._subparsers._group_actions[0].choices)  # type: ignore[union-attr, arg-type]


def test_every_sub_command_has_a_module_and_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    for name in commands():
        with pytest.raises(SystemExit, match="0"):
            main([name, "--help"])
        words = capsys.readouterr().out
        assert "--home FOLDER" in words
        assert len(words.split("\n\n")[1]) > 60, f"{name} explains itself in one line only"
        module = make_parser()._subparsers._group_actions[0].choices[name].get_default("module")  # type: ignore[union-attr, index]
        assert (ROOT / "src/engawa/engine/command" / f"{module}.py").exists()


def test_no_line_of_help_is_wider_than_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    for name in commands():
        with pytest.raises(SystemExit):
            main([name, "--help"])
        assert max(len(line) for line in capsys.readouterr().out.splitlines()) <= 120


def test_a_wrong_zone_is_explained_with_the_line_that_mends_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ENGAWA_ZONES", "garden")
    assert main(["migrate", "--home", str(tmp_path / "home")]) == 1
    assert "porch, office or both" in capfd.readouterr().err
    assert not (tmp_path / "home" / "postgres").exists()


def test_the_shell_command_works_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "engawa", "--help"],
        cwd=tmp_path,
        env=os.environ | {"ENGAWA_VENV": str(Path(sys.prefix)), "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.split(":")[0]) == (0, "usage")


@pytest.mark.parametrize(("planted", "answer"), [("3, 9", "Python 3.11 or newer"), ("3, 12", "venv module is missing")])
def test_the_shell_command_says_what_is_missing(tmp_path: Path, planted: str, answer: str) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    python = tools / "python3"
    python.write_text(
        '#!/bin/sh\n[ "$1" = -m ] && exit 1\n'
        f'[ "$1" = -c ] && exec {sys.executable} -c "import sys; sys.version_info = ({planted}, 0); ${{2#*;}}"\n'
    )
    python.chmod(0o755)
    for tool in ("sh", "dirname", "rm", "cmp", "cp"):
        (tools / tool).symlink_to(Path("/usr/bin") / tool)
    done = subprocess.run(
        ["/bin/sh", ROOT / "engawa", "doctor"],
        env={"PATH": str(tools), "ENGAWA_VENV": str(tmp_path / "venv"), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 69
    assert answer in done.stderr
    assert not (tmp_path / "venv").exists()
