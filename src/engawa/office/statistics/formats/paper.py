"""The report on paper: PDF/UA by Typst, with the fonts that come with the product."""

from pathlib import Path
from typing import Any

from engawa.kernel import wareki
from engawa.kernel.clock import today
from engawa.kernel.japanese import written_in_japanese
from engawa.kernel.typesetting import typeset
from engawa.office.statistics.formats.printed import figure_of, scope_printed, table_printed
from engawa.office.statistics.rules import Filled
from engawa.office.statistics.verification import Report

_TEMPLATE = Path(__file__).parents[1] / "templates" / "statistics" / "report.typ"


@written_in_japanese
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
    return typeset(_TEMPLATE, content, {f"figure-{place}.svg": figure.paper for place, figure in enumerate(figures)})


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
