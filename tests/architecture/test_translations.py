"""Every catalogue fills in what the text fills in, keeps its markup, and is compiled; the office's is complete."""

import re
from collections import Counter
from pathlib import Path

import polib
import pytest

import translations
from translations import OFFICE, PORCH, Zone, said

CATALOGUES = [
    pytest.param(zone, locale, id=f"{zone.name}-{locale}") for zone in (PORCH, OFFICE) for locale in zone.locales
]
PLACES = re.compile(r"%\(\w+\)[sd]|%d|%%|\{\w+\}")
MARKUP = re.compile(r"<[^>]+>")


def translated(zone: Zone, locale: str) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(zone.catalogue(locale))) if all(said(entry))]


def test_a_text_without_translation_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}{% translate "新しい" %}{% blocktranslate trimmed %}\n a {{ b }}\n{% endblocktranslate %}'
    )
    assert list(translations._texts_of(page)) == [(None, "新しい", None), (None, "a %(b)s", None)]


@pytest.mark.parametrize("locale", OFFICE.locales)
def test_every_text_of_the_office_stands_in_its_catalogue_and_no_other(locale: str) -> None:
    known = {(one.msgctxt, one.msgid, one.msgid_plural or None) for one in polib.pofile(str(OFFICE.catalogue(locale)))}
    used = set(OFFICE.texts())
    assert sorted(map(str, used - known)) == [], "run tests/translations.py"
    assert sorted(map(str, known - used)) == [], "run tests/translations.py"


@pytest.mark.parametrize("locale", OFFICE.locales)
def test_every_text_of_the_office_has_a_translation(locale: str) -> None:
    assert [one.msgid for one in polib.pofile(str(OFFICE.catalogue(locale))) if not all(said(one)) or one.fuzzy] == []


@pytest.mark.parametrize(("zone", "locale"), CATALOGUES)
def test_what_is_filled_in_is_filled_in_everywhere(zone: Zone, locale: str) -> None:
    for entry in translated(zone, locale):
        for translation in said(entry):
            assert set(PLACES.findall(translation)) == set(PLACES.findall(entry.msgid)), entry.msgid


@pytest.mark.parametrize(("zone", "locale"), CATALOGUES)
def test_the_markup_of_a_text_stands_in_its_translation(zone: Zone, locale: str) -> None:
    for entry in translated(zone, locale):
        for translation in said(entry):
            assert Counter(MARKUP.findall(translation)) == Counter(MARKUP.findall(entry.msgid)), entry.msgid


@pytest.mark.parametrize(("zone", "locale"), CATALOGUES)
def test_no_translation_is_a_guess(zone: Zone, locale: str) -> None:
    assert [entry.msgid for entry in polib.pofile(str(zone.catalogue(locale))) if entry.fuzzy] == []


@pytest.mark.parametrize(("zone", "locale"), CATALOGUES)
def test_the_compiled_catalogue_equals_the_edited_one(zone: Zone, locale: str) -> None:
    compiled = polib.mofile(str(zone.catalogue(locale).with_suffix(".mo")))
    assert {(one.msgctxt, one.msgid): said(one) for one in compiled} == {
        (one.msgctxt, one.msgid): said(one) for one in translated(zone, locale)
    }
