"""Every text that a visitor can meet stands in やさしい日本語 and in English."""

import re

import polib
import pytest
from django.test import Client

from translations import PORCH, said


@pytest.fixture(params=PORCH.locales)
def catalogue(request: pytest.FixtureRequest) -> polib.POFile:
    return polib.pofile(str(PORCH.catalogue(request.param)))


def test_no_text_lacks_a_translation(catalogue: polib.POFile) -> None:
    known = {(one.msgctxt, one.msgid): one for one in catalogue}
    missing = [text for context, text, _plural in PORCH.texts() if (context, text) not in known]
    assert missing == []
    assert [one.msgid for one in catalogue if not all(said(one))] == []


def test_no_translation_is_left_over(catalogue: polib.POFile) -> None:
    used = {(context, text) for context, text, _plural in PORCH.texts()}
    assert [one.msgid for one in catalogue if (one.msgctxt, one.msgid) not in used] == []


def test_plain_japanese_keeps_hard_kanji_away() -> None:
    """Words in やさしい日本語 use kana; a few kanji that a second-year pupil reads may stand."""
    easy = polib.pofile(str(PORCH.catalogue("ja_Easy")))
    allowed = set("日本語人一二三四五六七八九十年月区市町文字会大小さな本度数上下中入出書読話見行来")
    for entry in easy:
        for translation in said(entry):
            hard = {char for char in translation if "\u4e00" <= char <= "\u9fff"} - allowed
            assert not hard, f"{hard} in {translation}"


@pytest.mark.django_db(databases=["default", "porch"])
@pytest.mark.parametrize("path", ["/en/", "/en/talk/", "/en/privacy/", "/en/first/self/", "/en/come-back/"])
def test_english_pages_hold_no_japanese_but_names(visitor: Client, path: str) -> None:
    page = visitor.get(path).text
    body = re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1].split("</main>")[0])
    japanese = re.findall(r"[ぁ-んァ-ヶ一-龥]+", body)
    assert set(japanese) <= {"みやこ市", "ひきこもり相談"}
