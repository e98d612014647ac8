import re
from pathlib import Path

import pytest

import engawa
from engawa.office.audit.wording import known_deeds, reference, word_for

OFFICE = Path(engawa.__file__).parent / "office"
SAID = re.compile(r"deed(?:: str)? ?= ?\"([a-z_]+\.[a-z_]+)\"")


def deeds_written_down() -> list[str]:
    sources = [path.read_text() for path in OFFICE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]
    return sorted({deed for source in sources for deed in SAID.findall(source)})


def test_auditors_read_every_deed_in_words() -> None:
    """A log that only its makers understand is no log."""
    assert len(deeds_written_down()) > 50
    assert [deed for deed in deeds_written_down() if word_for(deed) == deed] == []


@pytest.mark.parametrize("deed", ["casework.closed", "directory.publish_desk", "talks.whisper", "talks.mark_read"])
def test_deeds_that_are_put_together_have_words_too(deed: str) -> None:
    assert deed in dict(known_deeds())


def test_a_deed_without_words_stands_as_it_is() -> None:
    assert word_for("test.deed") == "test.deed"


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("019a0000-0000-7000-8000-0000deadbeef", "DEAD-BEEF"),
        ("E-2026-00042", "E-2026-00042"),
        ("sakura@miyako.example", "sakura@miyako.example"),
        ("", ""),
    ],
)
def test_a_long_id_is_shown_by_its_end_and_everything_else_as_it_is(subject: str, shown: str) -> None:
    assert reference(subject) == shown
