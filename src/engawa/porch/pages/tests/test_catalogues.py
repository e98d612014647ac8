"""Every text that a visitor can meet stands in やさしい日本語 and in English, and is compiled."""

import re
from pathlib import Path

import polib
import pytest
from django.test import Client

import translations

LOCALES = list(translations.LOCALES)
PLACES = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(params=LOCALES)
def catalogue(request: pytest.FixtureRequest) -> polib.POFile:
    return polib.pofile(str(translations.catalogue(request.param)))


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_no_text_lacks_a_translation(catalogue: polib.POFile) -> None:
    known = {(one.msgctxt, one.msgid): one for one in catalogue}
    missing = [text for context, text, _plural in translations.texts() if (context, text) not in known]
    assert missing == []
    assert [one.msgid for one in catalogue if not all(said(one)) or one.fuzzy] == []


def test_a_text_without_translation_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}{% translate "新しい" %}{% blocktranslate trimmed %}\n a {{ b }}\n{% endblocktranslate %}'
    )
    assert list(translations._texts_of(page)) == [(None, "新しい", None), (None, "a %(b)s", None)]


def test_no_translation_is_left_over(catalogue: polib.POFile) -> None:
    used = {(context, text) for context, text, _plural in translations.texts()}
    assert [one.msgid for one in catalogue if (one.msgctxt, one.msgid) not in used] == []


def test_what_is_filled_in_is_filled_in_everywhere(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        for translation in said(entry):
            assert set(PLACES.findall(translation)) == set(PLACES.findall(entry.msgid)), entry.msgid


@pytest.mark.parametrize("locale", LOCALES)
def test_the_compiled_catalogue_equals_the_edited_one(locale: str) -> None:
    edited = translations.catalogue(locale)
    compiled = polib.mofile(str(edited.with_suffix(".mo")))
    assert {(one.msgctxt, one.msgid): said(one) for one in compiled} == {
        (one.msgctxt, one.msgid): said(one) for one in polib.pofile(str(edited))
    }


def test_plain_japanese_keeps_hard_kanji_away() -> None:
    """Words in やさしい日本語 use kana; a few kanji that a second-year pupil reads may stand."""
    easy = polib.pofile(str(translations.catalogue("ja_Easy")))
    allowed = set("日本語人一二三四五六七八九十年月区市町文字会小さな本度数上下中入出書読話見行来")
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
