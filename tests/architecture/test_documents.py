"""The documents say what is true: proofs exist, named files exist, nothing of a machine or a workplace is committed."""

import re
import shlex
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from architecture.house import ROOT
from architecture.requirements import DOCUMENT, items_in, rewritten
from engawa.engine.command.parser import make_parser

COMMITTED = subprocess.run(
    ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split("\0")[:-1]


def test_the_list_of_proofs_is_what_the_tests_say() -> None:
    document = DOCUMENT.read_text()
    assert document == rewritten(document), "run: python tests/architecture/requirements.py"


def test_item_numbers_are_read_single_and_in_ranges() -> None:
    assert items_in("002-17 and X-03") == {"002-17", "X-03"}
    assert items_in("002-12 to 002-14") == {"002-12", "002-13", "002-14"}


def test_each_demand_stands_there_once() -> None:
    rows = Counter(re.findall(r"^\| ((?:00[0-4]|X)-\d{2}) \|", DOCUMENT.read_text(), re.MULTILINE))
    assert len(rows) == 120
    assert [item for item, times in rows.items() if times > 1] == []


def missing_files(text: str) -> list[str]:
    """The files and folders that a document names, from the root or from ``src/engawa``, and that do not exist."""
    named = [word for word in re.findall(r"`([\w.*-]+/[\w./*-]*)`", text) if "//" not in word]
    roots = [ROOT, ROOT / "src" / "engawa"]
    return [word for word in named if not any(any(root.glob(word.rstrip("/"))) for root in roots)]


def broken_links(document: Path, text: str) -> list[str]:
    """The files to which a document links and that do not exist."""
    linked = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in link]
    return [link for link in linked if not (document.parent / link).exists()]


def refused_commands(text: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The commands that a document tells to type and that the command line does not know."""
    refused = []
    for words in re.findall(r"(?:^|`|=\w+ )\./engawa ([^`#\n]+)", text, re.MULTILINE):
        try:
            make_parser().parse_args(shlex.split(words))
        except SystemExit as end:
            if end.code and "the following arguments are required" not in capsys.readouterr().err:
                refused.append(words)
    return refused


@pytest.mark.parametrize("path", [path for path in COMMITTED if path.endswith(".md")])
def test_what_a_document_names_exists(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Files, links and commands; a decision is a dated record, whose files may be gone since."""
    text = (ROOT / path).read_text()
    if "decisions" not in path:
        assert missing_files(text) == []
    assert broken_links(ROOT / path, text) == []
    assert refused_commands(text, capsys) == []


def test_what_a_document_invents_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    text = "See `office/nowhere.py` or [more](more.md), and type `./engawa keys rotate`."
    assert missing_files(text) == ["office/nowhere.py"]
    assert broken_links(ROOT / "README.md", text) == ["more.md"]
    assert refused_commands(text, capsys) == ["keys rotate"]


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
