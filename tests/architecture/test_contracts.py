"""The import contracts hold, and each finds the violation that is planted for it in a copy of the tree."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from architecture.house import PACKAGE, ROOT

PLANTED = {
    "The house:": ("office/desk/planted.py", "import engawa.porch.seats"),
    "The office, floor by floor": ("office/talks/planted.py", "import engawa.office.casework"),
    "Casework:": ("office/casework/people/planted.py", "import engawa.office.casework.timeline"),
    "The porch:": ("porch/seats/planted.py", "import engawa.porch.pages"),
    "Rules decide on plain values": ("office/planted/rules.py", "import django"),
    "Only urls import views": ("office/home/actions.py", "import engawa.office.home.views"),
}


def linted(folder: Path) -> str:
    """What the linter says of the tree in ``folder``."""
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--config",
        str(folder / "pyproject.toml"),
        "--no-cache",
    ]
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy with all violations planted at once, and one package that no floor lists."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(
        PACKAGE, copy / "src" / "engawa", ignore=shutil.ignore_patterns("static", "templates", "locale", "tests")
    )
    for path, line in PLANTED.values():
        file = copy / "src" / "engawa" / path
        file.parent.mkdir(exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(f"{line}\n")
    (copy / "src" / "engawa" / "office" / "home" / "views.py").touch()
    (copy / "src" / "engawa" / "basement").mkdir()
    (copy / "src" / "engawa" / "basement" / "__init__.py").touch()
    return linted(copy)


def test_every_contract_is_kept() -> None:
    said = linted(ROOT)
    assert "0 broken" in said, said


@pytest.mark.parametrize("contract", PLANTED)
def test_each_contract_finds_its_planted_violation(contract: str, broken: str) -> None:
    line = next(line for line in broken.splitlines() if line.startswith(contract))
    assert line.endswith("BROKEN")


def test_a_package_on_no_floor_is_found(broken: str) -> None:
    assert "basement" in broken
