"""The command itself: help that a newcomer understands, errors with the one line that mends them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engawa.engine import installing
from engawa.engine.command import check
from engawa.engine.command.main import main
from engawa.engine.command.parser import make_parser
from engawa.engine.home import Home

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


def test_every_check_is_run_and_one_that_fails_is_enough(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    sound, broken = ["-c", ""], ["-c", "raise SystemExit('a fault')"]
    monkeypatch.setattr(check, "CHECKS", {"broken": broken, "sound": sound})
    assert not check.check()
    said = capfd.readouterr().out
    assert all(words in said for words in ("FAILED broken", "a fault", "ok     sound"))
    monkeypatch.setattr(check, "CHECKS", {"sound": sound, "also sound": sound})
    assert check.check()


def test_a_wrong_zone_is_explained_with_the_line_that_mends_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ENGAWA_ZONES", "garden")
    assert main(["migrate", "--home", str(tmp_path / "home")]) == 1
    assert "porch, office or both" in capfd.readouterr().err
    assert not (tmp_path / "home" / "postgres").exists()


def test_a_data_folder_that_cannot_be_made_is_explained(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    assert main(["keys", "--home", str(file)]) == 1
    said = capfd.readouterr().err
    assert "cannot be made: File exists. Nothing was changed." in said
    assert "--home FOLDER" in said
    assert file.read_text() == "mine"


def test_an_administrator_needs_an_address_to_sign_in_with(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ["staff", "--email", "x", "--name", "山田花子", "--organisation", "みやこ市"]
    assert main([*words, "--home", str(tmp_path / "home")]) == 1
    assert "“x” is no mail address" in capfd.readouterr().err
    assert not (tmp_path / "home").exists()


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


PYTHON = """#!/bin/sh
case "$2" in
    engawa.engine) echo "engawa runs" ;;
    engawa.engine.installing) echo "$3" >> "$0.installed"; [ ! -e "$0.refuses" ] ;;
esac
"""


def test_the_shell_command_installs_again_whenever_the_pins_have_changed_wherever_it_is_called_from(
    tmp_path: Path,
) -> None:
    """In a copy of the shell command whose Python only notes which pins it was told to install.

    It is called by another name, through a link to a link.
    """
    root, python = tmp_path / "house", tmp_path / "house" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    (root / "requirements").mkdir()
    shutil.copy(ROOT / "engawa", root)
    python.write_text(PYTHON)
    python.chmod(0o755)
    run_pins, dev_pins = root / "requirements" / "run.txt", root / "requirements" / "dev.txt"
    run_pins.write_text("a==1")
    dev_pins.write_text("a==1 b==1")
    (root / "a link").symlink_to("engawa")
    (tmp_path / "bin").mkdir()
    called = tmp_path / "bin" / "engawa"
    called.symlink_to("../house/a link")

    def engawa(command: str) -> tuple[int, list[str]]:
        noted = python.with_name("python.installed")
        noted.write_text("")
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        done = subprocess.run(
            [called, command], cwd=tmp_path / "bin", env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, [Path(line).name for line in noted.read_text().split()]

    assert engawa("doctor") == (0, ["run.txt"])
    assert not (tmp_path / "bin" / ".venv").exists()
    assert engawa("doctor") == (0, [])
    assert engawa("check") == (0, ["dev.txt"])
    assert engawa("doctor") == (0, [])
    run_pins.write_text("a==2")
    dev_pins.write_text("a==2 b==1")
    python.with_name("python.refuses").touch()
    assert engawa("doctor") == (69, ["run.txt"])
    python.with_name("python.refuses").unlink()
    assert engawa("doctor") == (0, ["run.txt"])
    assert engawa("doctor") == (0, [])


PIP = """#!/bin/sh
printf '%s\\n' "$@" > "$0.told"
printf '%s\\n' "Collecting a==1" "  Downloading a-1" "Ignoring c: markers" "Requirement already satisfied: b==1"
echo "what pip complains of" >&2
[ ! -e "$0.refuses" ]
"""


def test_pip_installs_by_hashes_alone_and_a_bar_shows_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """With a Python that stands in for pip: it notes what it was told, and says what pip says."""
    python, pins = tmp_path / "python", tmp_path / "run.txt"
    python.write_text(PIP)
    python.chmod(0o755)
    pins.write_text("a==1 \\\n  --hash=sha256:0\nb==1\nc==1 ; sys_platform == 'win32'\n")
    monkeypatch.setattr(sys, "executable", str(python))
    assert installing.main(pins) == 0
    assert capfd.readouterr().err == "what pip complains of\n"
    told = (tmp_path / "python.told").read_text().split()
    assert told[:3] == ["-m", "pip", "install"]
    assert "--require-hashes" in told
    assert told[-2:] == ["-r", str(pins)]

    monkeypatch.setattr(installing, "_unpacked", lambda: 1)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    (tmp_path / "python.refuses").touch()
    assert installing.main(pins) == 1
    said = capfd.readouterr().err
    assert "████████████████████░░░░░░░░░░ 3 of 3 found, 1 unpacked" in said
    assert said.endswith("\033[K")


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


def test_without_a_name_the_data_folder_is_the_users_data_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ENGAWA_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Home.chosen().path == tmp_path / "engawa"
    monkeypatch.setenv("ENGAWA_HOME", str(tmp_path / "named"))
    assert Home.chosen().path == tmp_path / "named"
    assert Home.chosen(str(tmp_path / "given")).path == tmp_path / "given"
