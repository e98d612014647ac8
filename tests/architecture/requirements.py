"""docs/requirements.md: what the five source documents demand, and which test proves it.

Tests quote the number of the item that they prove (``002-17``) in their docstring or, for a whole file, in the module's
docstring. Run this file to rewrite the third column of the table; a test fails while it is out of date.
"""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "requirements.md"
_ITEM = re.compile(r"\b(?:00[0-4]|X)-\d{2}\b")
_RANGE = re.compile(r"\b(00[0-4]|X)-(\d{2})\s*(?:…|\.\.|to|–)\s*(?:\1-)?(\d{2})\b")
_ROW = re.compile(r"^\| ((?:00[0-4]|X)-\d{2}) \| (.*?) \| (.*?) \|$", re.MULTILINE)


def items_in(text: str) -> set[str]:
    """Item numbers quoted in a docstring; ranges such as ``002-12 to 002-20`` are spelt out."""
    found = set(_ITEM.findall(text))
    for seed, first, last in _RANGE.findall(text):
        found |= {f"{seed}-{number:02}" for number in range(int(first), int(last) + 1)}
    return found


def proofs() -> dict[str, list[str]]:
    """Item number → the tests that quote it, as ``path::name`` or, for a whole file, ``path``."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted([*ROOT.glob("tests/**/test_*.py"), *ROOT.glob("src/**/test_*.py")]):
        name = str(path.relative_to(ROOT))
        tree = ast.parse(path.read_text())
        for item in items_in(ast.get_docstring(tree) or ""):
            found[item].append(name)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for item in items_in(ast.get_docstring(node) or ""):
                    found[item].append(f"{name}::{node.name}")
    return found


def rewritten(document: str) -> str:
    """The document with its third column as the tests say now."""
    known = proofs()
    return _ROW.sub(
        lambda row: f"| {row[1]} | {row[2]} | {'<br>'.join(f'`{p}`' for p in known[row[1]]) or '—'} |", document
    )


if __name__ == "__main__":
    DOCUMENT.write_text(rewritten(DOCUMENT.read_text()))
