"""The documents say what is true: proofs exist, named files exist, nothing of a machine or a workplace is committed."""

import re
import subprocess

import pytest

from architecture.house import ROOT
from architecture.requirements import DOCUMENT, items_in, rewritten

COMMITTED = subprocess.run(
    ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split("\0")[:-1]


def test_the_list_of_proofs_is_what_the_tests_say() -> None:
    document = DOCUMENT.read_text()
    assert document == rewritten(document), "run: python tests/architecture/requirements.py"


def test_item_numbers_are_read_single_and_in_ranges() -> None:
    assert items_in("002-17 and X-03") == {"002-17", "X-03"}
    assert items_in("002-12 to 002-14") == {"002-12", "002-13", "002-14"}


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_files_that_a_document_names_exist(name: str) -> None:
    text = (ROOT / "docs" / name).read_text()
    named = re.findall(r"`((?:src|tests|docs|benchmarks|requirements)/[\w./-]+)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_no_committed_file_names_a_machine_or_a_registry() -> None:
    forbidden = re.compile(
        "|".join(["/" + "work/", "/" + "root/", "pypi" + r"\.org", "npmjs" + r"\.(org|com)", "files.python" + "hosted"])
    )
    texts = [
        ROOT / path
        for path in COMMITTED
        if path.endswith((".py", ".md", ".toml", ".txt", ".in", ".html", ".js", ".css", ".sh"))
    ]
    assert [str(path.relative_to(ROOT)) for path in texts if path.exists() and forbidden.search(path.read_text())] == []


def test_no_lock_file_is_committed() -> None:
    assert [path for path in COMMITTED if re.search(r"(^|/)(uv\.lock|pylock.*|poetry\.lock)$", path)] == []
