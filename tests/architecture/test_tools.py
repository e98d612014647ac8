"""Types and lints are as strict as the house says: each tool finds the violation that is planted for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from architecture.house import ROOT

BIN = Path(sys.executable).parent


def said(*command: str, given: str = "") -> str:
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, input=given, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("import os\n", "F401"),
        ("def f(flag=True):\n    return flag\n", "FBT002"),
        ("x = eval(input())\n", "S307"),
        ("def f():\n    '''Do.'''\n    return {'a': 1}['a'] if True else None  # type: ignore\n", "PGH003"),
    ],
)
def test_the_linter_finds_what_is_planted(planted: str, rule: str) -> None:
    assert rule in said("ruff", "check", "--stdin-filename", "src/engawa/kernel/planted.py", "-", given=planted)


MISTYPED = """
from engawa.kernel.rounding import half_up
from engawa.office.access.models import Staff

def untyped(x): return x

word: str = half_up
Staff.objects.get(nickname="x")
"""


@pytest.mark.slow
def test_the_type_checker_finds_what_is_planted(tmp_path: Path) -> None:
    """Of its own settings it is strict, and through its plugin it knows the models."""
    planted = tmp_path / "planted.py"
    planted.write_text(MISTYPED)
    complaints = said("mypy", "--no-error-summary", str(planted))
    for complaint in ("[no-untyped-def]", "[assignment]", "Cannot resolve keyword 'nickname'"):
        assert complaint in complaints
