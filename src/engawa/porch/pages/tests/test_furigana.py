"""Readings stand above the kanji of our own texts, and nowhere else."""

import pytest

from engawa.porch.pages.furigana import with_furigana
from engawa.porch.pages.readings import READINGS


def ruby(word: str, reading: str) -> str:
    return f"<ruby>{word}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>相談員</p>", f"<p>{ruby('相談員', 'そうだんいん')}</p>"),
        ("<p>書いて</p>", f"<p>{ruby('書', 'か')}いて</p>"),
        ("<p>年をとって</p>", f"<p>{ruby('年', 'とし')}をとって</p>"),
        ("<p>待っている人は 3人、12月5日、話したい分だけ</p>", None),
        ('<p class="word said">相談<b>家族</b></p>', '<p class="word said">相談<b>家族</b></p>'),
        ("<textarea>相談</textarea>", "<textarea>相談</textarea>"),
        ("<option>家族</option>", "<option>家族</option>"),
        ('<img alt="相談"><br>&amp;&#12354;', '<img alt="相談"><br>&amp;&#12354;'),
    ],
)
def test_readings_stand_where_they_belong(html: str, shown: str | None) -> None:
    if shown is None:
        assert not [one for one in ("人<", "月<", "分<") if f"<ruby>{one}" in with_furigana(html)]
    else:
        assert with_furigana(html) == shown


def test_every_reading_is_in_hiragana_and_ends_as_its_word_does() -> None:
    for word, reading in READINGS.items():
        assert all("ぁ" <= char <= "ゖ" for char in reading), word
        assert not with_furigana(word).startswith("<ruby><rp>"), word
