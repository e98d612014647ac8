"""The visitors' pages in やさしい日本語 and English: gathers the texts, updates and compiles the catalogues.

    python tests/translations.py

New texts are added without a translation (a test then names them), texts that are no longer used go. Needs no
gettext tools: Django's own reader finds the texts in templates, ``polib`` writes ``django.po`` and ``django.mo``.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[1] / "src/engawa"
CATALOGUES = SOURCE / "porch/pages/locale"
LOCALES = {"ja_Easy": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
# Of the design system only what a visitor can meet; the gallery and the office's frame are for staff.
_SHARED = ("porch.html", "head.html", "components/*.html", "pictures/*.svg", "forms/*.html")
_CALLS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy"}
# What templatize leaves of a template is Python calls between runs of X.
_CALL = re.compile(
    r"\b(?:n|p)?gettext\((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^()'\"])*\)|\b_\((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\)"
)

Text = tuple[str | None, str, str | None]
"""Context, text, plural."""


def texts() -> dict[Text, str]:
    """Every text of the visitors' pages, with the file it stands in."""
    found: dict[Text, str] = {}
    for file in sorted(_files()):
        for text in _texts_of(file):
            found.setdefault(text, str(file.relative_to(SOURCE)))
    return found


def catalogue(locale: str) -> Path:
    """The catalogue of a locale, as people edit it; the compiled one stands beside it as ``.mo``."""
    return CATALOGUES / locale / "LC_MESSAGES/django.po"


def _files() -> Iterator[Path]:
    porch = SOURCE / "porch"
    yield from (file for file in porch.rglob("*.py") if "tests" not in file.parts)
    yield from porch.rglob("templates/**/*.html")
    yield from (SOURCE / "ui/templates").glob("[45]0[!4].html")
    for pattern in _SHARED:
        yield from (SOURCE / "ui/templates/ui").glob(pattern)


def _texts_of(file: Path) -> Iterator[Text]:
    source = file.read_text()
    if file.suffix == ".py":
        yield from _calls(ast.parse(source))
        return
    for call in _CALL.finditer(templatize(source)):
        yield from _calls(ast.parse(call[0]))


def _calls(tree: ast.AST) -> Iterator[Text]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS):
            continue
        said = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if node.func.id.startswith("p") and len(said) > 1:
            yield said[0], said[1], None
        elif said:
            yield None, said[0], said[1] if node.func.id.startswith("n") else None


def update(locale: str) -> None:
    """Bring one catalogue up to date and compile it."""
    file = catalogue(locale)
    known = {}
    if file.exists():
        known = {(one.msgctxt, one.msgid): one for one in polib.pofile(str(file))}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": locale,
        "Plural-Forms": LOCALES[locale],
    }
    for (context, text, plural), where in texts().items():
        old = known.get((context, text))
        entry = polib.POEntry(msgctxt=context, msgid=text, occurrences=[(where, "")])
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = old.msgstr_plural if old else {0: "", 1: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        fresh.append(entry)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(file))
    fresh.save_as_mofile(str(file.with_suffix(".mo")))


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    for each in LOCALES:
        update(each)
