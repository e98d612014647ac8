"""The report on paper: PDF/UA by Typst, with the fonts that come with the product."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import noto_cjk_sans_jp_bold
import noto_cjk_sans_jp_regular
import typst

from engawa.kernel import wareki
from engawa.kernel.clock import today
from engawa.office.statistics.formats.printed import figure_of, scope_printed, table_printed
from engawa.office.statistics.rules import Filled
from engawa.office.statistics.verification import Report

_TEMPLATE = Path(__file__).parents[1] / "templates" / "statistics" / "report.typ"
_FONTS = [Path(font.__file__).parent for font in (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)]


def as_paper(report: Report) -> bytes:
    """The report as a tagged PDF (PDF/UA-1) with a title, real tables and described figures."""
    figures = [figure_of(table, eras=True) for table in report.tables]
    content = {
        "title": report.title,
        "made_on": wareki.write_date(today()),
        "scope": scope_printed(report.scope, eras=True),
        "tables": [
            _table(table, f"figure-{place}.svg", figure.alternative)
            for place, (table, figure) in enumerate(zip(report.tables, figures, strict=True))
        ],
    }
    return _typeset(content, {f"figure-{place}.svg": figure.paper for place, figure in enumerate(figures)})


def _table(filled: Filled, figure: str, alternative: str) -> dict[str, Any]:
    printed = table_printed(filled, eras=True)
    return {
        "title": printed.title,
        "head": printed.head,
        "columns": printed.columns,
        "lines": [{"label": line.label, "cells": line.cells, "total": line.total} for line in printed.lines],
        "notes": printed.notes,
        "figure": figure,
        "alternative": alternative,
    }


def _typeset(content: Mapping[str, Any], figures: Mapping[str, str]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.typ").write_text(_TEMPLATE.read_text())
        (root / "report.json").write_text(json.dumps(content, ensure_ascii=False))
        for name, drawing in figures.items():
            (root / name).write_text(drawing)
        pdf = typst.compile(
            root / "report.typ", root=root, font_paths=_FONTS, ignore_system_fonts=True, pdf_standards="ua-1"
        )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf
