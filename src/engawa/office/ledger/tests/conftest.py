"""What tests of the ledger share: the demo city's ledger, and small ledgers made on the spot."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

import engawa
from engawa.kernel.ids import uuid7
from engawa.kernel.spreadsheets.reading import Source, sources_of
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.ledger.actions.receiving import Handed, import_files
from engawa.office.ledger.actions.taking_in import Outcome, take_in_sources
from engawa.office.ledger.models import Import

DEMO = Path(engawa.__file__).parent / "engine" / "demo"
HEADERS = {
    "相談ケース": ("ケース番号", "受付日", "受付窓口", "相談者", "本人の年齢", "性別", "相談経路", "主訴"),
    "対応記録": ("対応番号", "ケース番号", "対応日", "手法", "対象", "所要分", "概要"),
    "状態": ("ケース番号", "日付", "状態", "理由", "引継ぎ先"),
    "支援の段階": ("ケース番号", "日付", "段階", "ようす", "記録者"),
    "支援調整会議": ("会議番号", "開催日", "開催区", "根拠", "出席機関"),
    "会議案件": ("会議番号", "ケース番号", "区分", "つながった経路", "主担当"),
    "設問": ("調査", "設問", "形式", "選択肢"),
    "アンケート回答": ("調査", "回答番号", "設問", "回答"),
}
CASE = ("K1", "令和2年9月4日", "「よりそい・つなぐ」相談窓口", "本人", "23歳", "男", "", "")
Rows = tuple[object, ...]


@pytest.fixture(params=["ledger", pytest.param("ledger.xlsx", marks=pytest.mark.slow)])
def demo_ledger(request: pytest.FixtureRequest) -> list[Source]:
    """The same ledger twice: tidy CSV files, and the workbook as offices keep it."""
    return sources_of(DEMO / request.param)


@pytest.fixture
def book() -> Callable[..., Source]:
    """Makes a workbook from rows by sheet; a sheet's own header may be given as its first row with ``header=False``."""

    def make(*, header: bool = True, **sheets: list[Rows]) -> Source:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.worksheets[0])
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            for row in [HEADERS[name], *rows] if header else rows:
                sheet.append(row)
        stream = io.BytesIO()
        workbook.save(stream)
        return Source("台帳.xlsx", stream.getvalue())

    return make


@pytest.fixture(params=["workbook", "folder"])
def carried(request: pytest.FixtureRequest) -> Callable[[Source], list[Source]]:
    """A ledger of ours on its way into another house: as the workbook that it is, or as a folder of CSV files."""

    def carry(book: Source) -> list[Source]:
        if request.param == "workbook":
            return [book]
        sheets = openpyxl.load_workbook(io.BytesIO(book.content))
        return [Source(f"{sheet.title}.csv", _csv(sheet.iter_rows(values_only=True))) for sheet in sheets]

    return carry


def _csv(rows: Iterable[tuple[Any, ...]]) -> bytes:
    """The cells as they stand: they were made harmless on their way out."""
    text = io.StringIO(newline="")
    for row in rows:
        csv.writer(text).writerow(cell.date() if isinstance(cell, dt.datetime) else cell for cell in row)
    return text.getvalue().encode()


@pytest.fixture
def take_in(db: None) -> Callable[..., Outcome]:
    """Takes in sources on behalf of the command line."""

    def take(*sources: Source, dry_run: bool = False) -> Outcome:
        return take_in_sources(by=COMMAND, import_id=uuid7(), sources=sources, dry_run=dry_run)

    return take


@pytest.fixture
def take(db: None) -> Callable[..., Import]:
    """Takes in sources as somebody who hands them over does; answers with the import, to be undone."""

    def take(*sources: Source) -> Import:
        import_files(by=COMMAND, ledger=Handed(sources))
        with acting_as(COMMAND):
            return Import.objects.latest("made_at")

    return take


@pytest.fixture
def client(client_of: Callable[[Staff], Client], supervisor: Staff) -> Client:
    """The browser of somebody who may give the ledger out."""
    return client_of(supervisor)
