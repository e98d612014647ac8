"""``engawa report``: compute a report and write it in one of its forms."""

import datetime as dt
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from engawa.engine.command.terminal import in_english, progress, write_file
from engawa.engine.home import Home
from engawa.engine.house import open_house
from engawa.engine.trouble import Trouble
from engawa.kernel.fiscal import Period
from engawa.kernel.wareki import NotADate, read_date
from engawa.office.statistics.formats.page import as_page
from engawa.office.statistics.formats.paper import as_paper
from engawa.office.statistics.formats.plain import as_csv, as_json
from engawa.office.statistics.formats.workbook import as_workbook
from engawa.office.statistics.verification import Report, verification

FORMS: Mapping[str, Callable[[Report], bytes]] = {
    "csv": as_csv,
    "json": as_json,
    "xlsx": as_workbook,
    "html": as_page,
    "pdf": as_paper,
}


def run(args: Namespace, home: Home) -> int:
    window, comparison = _period(args.first, args.last), None
    if args.compare_first or args.compare_last:
        comparison = _period(args.compare_first, args.compare_last)
    as_of = _day(args.as_of) if args.as_of else None
    form = args.format or _form_of(args.out)
    with open_house(home):
        report = _computed(window, comparison, as_of)
    _write(FORMS[form](report), args.out, form)
    return 0


def _computed(window: Period, comparison: Period | None, as_of: dt.date | None) -> Report:
    with progress() as bar:
        task = bar.add_task("computing", total=None)
        return verification(
            window,
            comparison,
            as_of,
            progress=lambda done, total, title: bar.update(
                task, completed=done, total=total, description=in_english(title)
            ),
        )


def _write(content: bytes, out: str | None, form: str) -> None:
    if out and out != "-":
        write_file(out, content, "There is no report; the records are as they were.")
    elif form in {"xlsx", "pdf"} and sys.stdout.isatty():
        raise Trouble(f"A terminal cannot show {form}.", f"add --out report.{form}")
    else:
        sys.stdout.buffer.write(content)


def _form_of(out: str | None) -> str:
    ending = Path(out).suffix.lstrip(".").lower() if out else "csv"
    return ending if ending in FORMS else "csv"


def _period(first: str | None, last: str | None) -> Period:
    if not first or not last:
        raise Trouble("A window has a first and a last day; one of them is missing.")
    try:
        return Period(_day(first), _day(last))
    except ValueError as error:
        raise Trouble(f"{first} to {last} is no window: its last day is before its first.") from error


def _day(text: str) -> dt.date:
    try:
        return read_date(text)
    except NotADate as error:
        raise Trouble(in_english(error), "write days as 2020-09-01 or 令和2年9月1日") from error
