"""``engawa check``: style, types and the walls between packages, without running a test."""

import os
import subprocess
import sys
import time
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engawa.engine.command.terminal import busy, out, say
from engawa.engine.home import Home
from engawa.engine.trouble import Trouble

ROOT = Path(__file__).resolve().parents[4]

CHECKS = {
    "style (ruff check)": ["-m", "ruff", "check", "--quiet", "--output-format", "concise", "."],
    "form (ruff format)": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "walls (import-linter)": ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "types (mypy)": ["-m", "mypy", "--no-error-summary"],
}


def run(_args: Namespace, _home: Home) -> int:
    return 0 if check() else 1


def check() -> bool:
    """Run every check, all at once, also where one has failed; whether all were well."""
    if not (ROOT / "pyproject.toml").exists():
        raise Trouble("The checks need Engawa's source folder.", "run ./engawa check in a clone")
    with busy("style, form, walls and types"), ThreadPoolExecutor() as together:
        return all(list(together.map(_well, CHECKS, CHECKS.values())))


def _well(name: str, words: list[str]) -> bool:
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    say(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - begin:.1f} s)")
    if done.returncode != 0:
        out.print(done.stdout + done.stderr, markup=False)
    return done.returncode == 0
