"""The catalogues of both zones: gathers the texts, updates and compiles the translations, names what lacks one.

    python tests/translations.py

The porch speaks やさしい日本語 and English, the office English. New texts are added without a translation, texts that
are no longer used go. Needs no gettext tools: Django's own reader finds the texts in templates, ``polib`` writes
``django.po`` and ``django.mo``.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[1] / "src/engawa"
PLURALS = {"ja_Easy": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
# Of the design system only what a visitor can meet; the gallery and the office's frame are for staff.
_SHARED = ("porch.html", "head.html", "components/*.html", "pictures/*.svg", "forms/*.html")
_TEMPLATES = {".html", ".svg", ".txt"}
_CALLS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy", "Words"}
_LABELLED = {"As", "Axis", "Broken", "Category", "Fault", "Measure", "Table", "Unfit", "Unreadable"}
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")
# What templatize leaves of a template is Python calls between runs of X.
_CALL = re.compile(
    r"\b(?:n|p)?gettext\((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^()'\"])*\)|\b_\((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\)"
)

Text = tuple[str | None, str, str | None]
"""Context, text, plural."""


def _porch() -> Iterator[Path]:
    porch = SOURCE / "porch"
    yield from (file for file in porch.rglob("*.py") if "tests" not in file.parts)
    yield from porch.rglob("templates/**/*.html")
    yield SOURCE / "ui/forms.py"
    yield from (SOURCE / "ui/templates").glob("[45]??.html")
    yield SOURCE / "ui/templates/ui/given_back.html"
    for pattern in _SHARED:
        yield from (SOURCE / "ui/templates/ui").glob(pattern)


def _office() -> Iterator[Path]:
    for folder in ("office", "ui", "kernel"):
        for file in (SOURCE / folder).rglob("*"):
            read = file.suffix == ".py" or (file.suffix in _TEMPLATES and "templates" in file.parts)
            if read and "tests" not in file.parts:
                yield file


@dataclass(frozen=True)
class Zone:
    """A zone's catalogues: where they stand, their locales, and the files whose texts they hold."""

    name: str
    folder: Path
    locales: tuple[str, ...]
    files: Callable[[], Iterator[Path]]

    def catalogue(self, locale: str) -> Path:
        """The catalogue of a locale, as people edit it; the compiled one stands beside it as ``.mo``."""
        return self.folder / locale / "LC_MESSAGES/django.po"

    def texts(self) -> dict[Text, str]:
        """Every text of the zone, with the file it stands in first."""
        found: dict[Text, str] = {}
        for file in sorted(self.files()):
            for text in _texts_of(file):
                found.setdefault(text, str(file.relative_to(SOURCE)))
        return found


PORCH = Zone("porch", SOURCE / "porch/pages/locale", ("ja_Easy", "en"), _porch)
OFFICE = Zone("office", SOURCE / "office/home/locale", ("en",), _office)


def said(entry: polib.POEntry) -> list[str]:
    """The translation of a text, in all its forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _texts_of(file: Path) -> Iterator[Text]:
    source = file.read_text()
    if file.suffix == ".py":
        tree = ast.parse(source)
        yield from _calls(tree)
        yield from _named_words(tree)
        yield from _refusals(tree)
        yield from _labelled(tree)
        if "rules" in (file.stem, file.parent.name):
            yield from _words_of_rules(tree)
            yield from _lists_of_rules(tree)
        if "models" in (file.stem, file.parent.name):
            yield from _names_of_fields(tree)
        if file.parent.name == "migrations" and "RunPython" in source:
            yield from _labels_of_lists(tree)
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


def _named_words(tree: ast.AST) -> Iterator[Text]:
    """Long texts have a line of their own: ``said = "…"``, then ``Words(said, …)``."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    words = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Words"]
    names = {word.id for word in words if isinstance(word, ast.Name)}
    for node in ast.walk(tree) if names else ():
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in names:
            yield from _word(node.value)


def _word(node: ast.AST) -> Iterator[Text]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _JAPANESE.search(node.value):
        yield None, node.value, None


def _refusals(tree: ast.AST) -> Iterator[Text]:
    """What refuses says why in Japanese; pages translate it. Some refusals have words of their own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            yield from _word(node.exc.args[0])
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__" and node.args:
            yield from _word(node.args[0])


def _labelled(tree: ast.AST) -> Iterator[Text]:
    """Things that carry their own label: tables with their axes, ways to be related, what is wrong with a row."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _LABELLED:
            for one in [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "definition")]:
                yield from _word(one)


def _words_of_rules(tree: ast.AST) -> Iterator[Text]:
    """Rules know no catalogue either: the labels of their enums, and faults by field."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("Enum") for base in node.bases):
            for member in (one for one in node.body if isinstance(one, ast.Assign)):
                for part in ast.walk(member.value):
                    yield from _word(part)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            yield from _word(node.value)
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Dict):
            for value in node.value.values:
                yield from _word(value)


def _lists_of_rules(tree: ast.AST) -> Iterator[Text]:
    """Lists of words that tables print: ``LEADS = ("…", "…")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple) and isinstance(node.targets[0], ast.Name):
            for part in node.value.elts:
                yield from _word(part)


def _names_of_fields(tree: ast.AST) -> Iterator[Text]:
    """How people call what a model holds: ``models.TextField("主訴")``, ``verbose_name="質問票"``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("Field", "ForeignKey")):
            named = [keyword.value for keyword in node.keywords if keyword.arg == "verbose_name"]
            for name in [*node.args[:1], *named]:
                yield from _word(name)


def _labels_of_lists(tree: ast.AST) -> Iterator[Text]:
    """What migrations fill into code lists: ``("housing", "住まいが不安定", …)``, and the groups they stand in."""
    for node in (one for one in ast.walk(tree) if isinstance(one, ast.Tuple) and isinstance(one.ctx, ast.Load)):
        words = [one for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if words and str(words[0].value).isascii():
            yield from (text for word in words[1:2] for text in _word(word))
        elif len(words) == len(node.elts):
            yield from (text for word in words for text in _word(word))


def update(zone: Zone, locale: str) -> list[str]:
    """Bring one catalogue up to date and compile it; what has no translation yet is given back."""
    file = zone.catalogue(locale)
    known = {}
    if file.exists():
        known = {(one.msgctxt, one.msgid): one for one in polib.pofile(str(file))}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": locale,
        "Plural-Forms": PLURALS[locale],
    }
    for (context, text, plural), where in zone.texts().items():
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
    return [entry.msgid for entry in fresh if not all(said(entry))]


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    for each in (PORCH, OFFICE):
        for language in each.locales:
            for lacking in update(each, language):
                sys.stdout.write(f"{each.catalogue(language).relative_to(SOURCE)}: {lacking}\n")
