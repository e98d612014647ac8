"""Documents by Typst: tagged PDF (PDF/UA-1), with the fonts that come with the product and none of the machine's."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst

_FONTS = [Path(font.__file__).parent for font in (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)]


def typeset(template: Path, content: Mapping[str, Any], drawings: Mapping[str, str] | None = None) -> bytes:
    """One PDF made from ``template``, which finds ``content`` as ``content.json`` and ``drawings`` (SVG) by name."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        page = root / "page.typ"
        page.write_text(template.read_text())
        (root / "content.json").write_text(json.dumps(content, ensure_ascii=False))
        for name, drawing in (drawings or {}).items():
            (root / name).write_text(drawing)
        pdf = typst.compile(page, root=root, font_paths=_FONTS, ignore_system_fonts=True, pdf_standards="ua-1")
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf
