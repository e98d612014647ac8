"""Documents by Typst: tagged PDF (PDF/UA-1), with the fonts that come with the product and none of the machine's.

A tagged PDF may not hold a character that no font can draw. What the fonts lack (emoji, some scripts) stands on paper
as 〓 with its code points, so that nothing is lost in silence and no paper fails because of a character.
"""

import json
import struct
import tempfile
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst

_FONTS = [Path(font.__file__).parent for font in (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)]
# Choose between forms of the character before them, and draw nothing themselves.
_SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])


def typeset(template: Path, content: Mapping[str, Any], drawings: Mapping[str, str] | None = None) -> bytes:
    """One PDF made from ``template``, which finds ``content`` as ``content.json`` and ``drawings`` (SVG) by name."""
    drawn = drawings or {}
    with suppress(typst.TypstError):
        return _compile(template, content, drawn, "ua-1")
    content, drawn = _throughout(content), {name: _printable(one, coded=False) for name, one in drawn.items()}
    with suppress(typst.TypstError):
        return _compile(template, content, drawn, "ua-1")
    return _compile(template, content, drawn, None)  # drawings refuse some marks on others: tagged, without the claim


def _compile(template: Path, content: Any, drawings: Mapping[str, str], standard: Literal["ua-1"] | None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        page = root / "page.typ"
        page.write_text(template.read_text())
        (root / "content.json").write_text(json.dumps(content, ensure_ascii=False))
        for name, drawing in drawings.items():
            (root / name).write_text(drawing)
        pdf = typst.compile(page, root=root, font_paths=_FONTS, ignore_system_fonts=True, pdf_standards=standard)
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf


def _throughout(content: Any) -> Any:
    """The same content, every text in it printable."""
    if isinstance(content, str):
        return _printable(content, coded=True)
    if isinstance(content, Mapping):
        return {key: _throughout(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_throughout(value) for value in content]
    return content


def _printable(text: str, *, coded: bool) -> str:
    """The text with 〓 for whatever the fonts lack; ``coded`` says which characters stood there."""
    seen = [one for one in text if unicodedata.category(one) != "Cf"]
    runs = ((lacking, "".join(run)) for lacking, run in groupby(seen, partial(_lacks, _drawable())))
    return "".join(_mark(run, coded=coded) if lacking else run for lacking, run in runs)


def _lacks(drawable: frozenset[int], character: str) -> bool:
    return character not in "\n\t\r" and ord(character) not in drawable


def _mark(run: str, *, coded: bool) -> str:
    return f"〓（{' '.join(f'U+{ord(one):04X}' for one in run)}）" if coded else "〓"


@cache
def _drawable() -> frozenset[int]:
    """The code points the shipped font has: its ``cmap`` in format 12 (OpenType 1.9)."""
    font = next(_FONTS[0].glob("*.otf")).read_bytes()
    tables = [struct.unpack_from(">4sIII", font, 12 + 16 * at) for at in range(struct.unpack_from(">H", font, 4)[0])]
    cmap = next(start for tag, _sum, start, _length in tables if tag == b"cmap")
    maps = [
        struct.unpack_from(">HHI", font, cmap + 4 + 8 * at) for at in range(struct.unpack_from(">H", font, cmap + 2)[0])
    ]
    groups = next(
        cmap + start for _platform, _encoding, start in maps if font[cmap + start : cmap + start + 2] == b"\0\x0c"
    )
    many = struct.unpack_from(">I", font, groups + 12)[0]
    ranges = struct.iter_unpack(">III", font[groups + 16 : groups + 16 + 12 * many])
    return _SELECTORS.union(*(range(first, last + 1) for first, last, _glyph in ranges))
