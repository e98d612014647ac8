"""Words go into the database as they were written, whatever signs they are made of."""

from collections.abc import Callable

import pytest

from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actors import COMMAND
from engawa.office.access.walls import acting_as
from engawa.office.casework.timeline.models import Contact

CASE = ("K1", "R2.9.4", "窓口", "本人")


@pytest.mark.parametrize(
    "words",
    [
        "「\"引用\"」と '引用'",
        r"\u0000 \n C:\temp\\",
        "{}",
        "%s %%",
        "null",
        "一行目\n二行目\t字下げ",
        "𠮷野😀",
        "é\u200bが",
    ],
)
def test_words_come_in_as_written(words: str, book: Callable[..., Source], take_in: Callable[..., object]) -> None:
    contact = ("T1", "K1", "R2.9.5", "電話", "本人", None, words)
    take_in(book(相談ケース=[CASE], 対応記録=[contact]))
    with acting_as(COMMAND):
        stored = Contact.objects.get()
    assert (stored.content, stored.minutes, stored.at, stored.correction_reason) == (words, None, None, "")
