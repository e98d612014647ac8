"""The report for other programs: csv and json with plain numbers; － says "not applicable", X "hidden"."""

import json
from decimal import Decimal
from typing import Any

from engawa.kernel.fiscal import Period
from engawa.kernel.spreadsheets.writing import csv_bytes
from engawa.office.statistics.rules import Filled, Hidden, Shown
from engawa.office.statistics.verification import Report

NOT_APPLICABLE = "－"


def as_csv(report: Report, *, mark: bool = False) -> bytes:
    """Exactly the columns table, row, column and value; ``mark`` lets Excel recognise the encoding."""
    lines = [(name, row, column, plain(value)) for table in report.tables for name, row, column, value in table.lines()]
    return csv_bytes([("table", "row", "column", "value"), *lines], mark=mark)


def as_json(report: Report) -> bytes:
    """The report with what was asked for, each table with its definition and its cells in printing order."""
    scope = report.scope
    content = {
        "title": report.title,
        "window": _period(scope.window),
        "comparison": _period(scope.comparison) if scope.comparison else None,
        "as_of": scope.day.isoformat(),
        "tables": [_table(table) for table in report.tables],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _period(period: Period) -> dict[str, str]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _table(filled: Filled) -> dict[str, Any]:
    table = filled.table
    return {
        "name": filled.name,
        "title": table.title,
        "measure": table.measure.name,
        "definition": table.definition,
        "base": filled.base,
        "hidden": filled.discretion if filled.hides else None,
        "rounding": table.rounding.value if table.rounding else None,
        "rows": filled.rows,
        "columns": filled.columns,
        "cells": [{"row": row, "column": column, "value": _in_json(value)} for _, row, column, value in filled.lines()],
    }


def plain(value: Shown) -> int | Decimal | str:
    """The number, or the sign that stands in its place."""
    if isinstance(value, Hidden):
        return value.value
    return NOT_APPLICABLE if value is None else value


def _in_json(value: Shown) -> int | float | str:
    number = plain(value)
    return float(number) if isinstance(number, Decimal) else number
