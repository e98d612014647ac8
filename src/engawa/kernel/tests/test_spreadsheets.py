"""Spreadsheets of real offices: what is read, what is refused, and what nobody's program computes."""

import contextlib
import csv
import datetime as dt
import io
import re
import tracemalloc
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from engawa.kernel.spreadsheets import archive
from engawa.kernel.spreadsheets.archive import LARGEST_FILE
from engawa.kernel.spreadsheets.cells import Broken, Cell, Refused, header_key, neutral, shown, unshielded
from engawa.kernel.spreadsheets.reading import Sheet, Source, sheets_of, sources_of
from engawa.kernel.spreadsheets.records import find_header, records
from engawa.kernel.spreadsheets.writing import Page, book_bytes, csv_bytes

# A day as openpyxl hands it over: midnight, without a zone.
DAY = dt.datetime.fromisoformat("2020-09-04")
KNOWN = ("番号", "日付", "年齢")


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def book_of(*rows: tuple[object, ...], title: str = "表") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book


def sheet_of(content: bytes, name: str = "a.xlsx") -> Sheet:
    return sheets_of(Source(name, content))[0]


def lines_of(content: bytes, name: str = "a.xlsx") -> list[list[Cell]]:
    return [[*cells][: len(KNOWN)] for _, cells in sheet_of(content, name).lines()]


def with_part(content: bytes, name: str, text: str, replace: tuple[str, str, str] | None = None) -> bytes:
    """The workbook with one more part, and one replacement (part, pattern, by) inside another."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            body = old.read(part).decode()
            if replace and part == replace[0]:
                body = re.sub(replace[1], replace[2], body, count=1, flags=re.DOTALL)
            new.writestr(part, body)
        if name:
            new.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_every_encoding_that_offices_save(encoding: str) -> None:
    content = "番号,日付,年齢\r\nK1,令和2年9月4日,髙\r\n".encode(encoding)
    assert lines_of(content, "相談ケース.csv") == [["番号", "日付", "年齢"], ["K1", "令和2年9月4日", "髙"]]


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_long_csv_takes_no_more_memory_than_its_lines(encoding: str) -> None:
    """The file is there once, as bytes; as text a whole one would be several times as large."""
    content = ("K1,令和2年9月4日,あ髙い\r\n" * 50_000).encode(encoding)
    tracemalloc.start()
    try:
        assert sum(1 for _line in sheet_of(content, "a.csv").lines()) == 50_000
        assert tracemalloc.get_traced_memory()[1] < len(content) / 4
    finally:
        tracemalloc.stop()


def test_tabs_are_recognised_as_separators() -> None:
    assert lines_of("番号\t日付\nK1\t1,000\n".encode("utf-16"), "a.csv")[1] == ["K1", "1,000"]


def test_bytes_of_no_encoding_are_refused_with_advice() -> None:
    with pytest.raises(Refused, match="UTF-8"):
        lines_of(b"\x81\xff\xfe\x80", "a.csv")


def test_a_csv_cell_without_end_is_refused() -> None:
    with pytest.raises(Refused, match="引用符"):
        lines_of(b'a,b\n"' + b"x" * 200_000, "a.csv")


def test_the_sheet_of_a_csv_file_is_its_name_without_ending() -> None:
    assert sheet_of(b"a", "相談ケース.csv").name == "相談ケース"


def test_formulas_are_read_as_their_values_and_uncomputed_ones_are_told_apart() -> None:
    computed = with_part(
        saved(book_of(("番号", "日付"), ("K1", "=1+1"), ("K2", "=2+2"))), "", "",
        ("xl/worksheets/sheet1.xml", r"<f>1\+1</f><v ?/?>(</v>)?</c>", "<f>1+1</f><v>2</v></c>"),
    )  # fmt: skip
    rows = lines_of(computed)
    assert rows[1][1] == 2
    assert rows[2][1] == Broken("=2+2", "数式の計算結果が保存されていません")


def test_error_values_are_no_text() -> None:
    assert lines_of("番号\n#N/A\n".encode(), "a.csv")[1] == [Broken("#N/A", "Excel のエラー値です")]


@pytest.mark.parametrize("name", ["a.xlsm", "a.XLSM", "a.xltm", "a.xlsb"])
def test_macro_formats_are_refused_by_name(name: str) -> None:
    with pytest.raises(Refused, match="マクロ"):
        sheets_of(Source(name, saved(book_of(("a",)))))


def test_a_hidden_macro_is_refused_whatever_the_name() -> None:
    with pytest.raises(Refused, match="マクロ"):
        sheet_of(with_part(saved(book_of(("a",))), "xl/vbaProject.bin", "macro"))


def test_a_macro_enabled_content_type_is_refused() -> None:
    hidden = with_part(
        saved(book_of(("a",))), "", "",
        ("[Content_Types].xml", r"spreadsheetml\.sheet\.main\+xml", "ms-excel.sheet.macroEnabled.main+xml"),
    )  # fmt: skip
    with pytest.raises(Refused, match="マクロ"):
        sheet_of(hidden)


def test_links_to_other_files_are_refused() -> None:
    with pytest.raises(Refused, match="リンク"):
        sheet_of(with_part(saved(book_of(("a",))), "xl/externalLinks/externalLink1.xml", "<x/>"))


def test_an_external_relation_is_refused_and_a_hyperlink_is_not() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    text = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="{}" Target="https://example.org/" TargetMode="External"/></Relationships>'
    )
    name, content = "xl/worksheets/_rels/sheet1.xml.rels", saved(book_of(("a",)))
    assert sheet_of(with_part(content, name, text.format(kind + "hyperlink")))
    with pytest.raises(Refused, match="リンク"):
        sheet_of(with_part(content, name, text.format(kind + "externalLinkPath")))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    stream = io.BytesIO(saved(book_of(("a",))))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 40_000_000)
    with pytest.raises(Refused, match="極端に"):
        sheet_of(stream.getvalue())


@pytest.mark.slow
def test_rows_of_absurd_numbers_are_refused_at_once() -> None:
    content = saved(book_of(("a", "b"), ("c", "d")))
    for number in (99_999_999_999, 1_048_576):
        bomb = with_part(content, "x.txt", "", ("xl/worksheets/sheet1.xml", '<row r="2"', f'<row r="{number}"'))
        with pytest.raises(Refused, match="空の行"):
            lines_of(bomb)


def test_some_thousand_empty_rows_are_read_over() -> None:
    book = book_of(("a", "b"))
    book["表"].cell(row=15_000, column=1, value="c")
    assert lines_of(saved(book))[-1][0] == "c"


@pytest.mark.parametrize(
    ("name", "size"),
    [("xl/_rels/x.rels", 1), ("customXml/[Content_Types].xml", 1), ("xl/sharedStrings.xml", 128)],
)
def test_a_part_that_is_read_whole_has_a_limit(name: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "STEEPEST", 2_000)
    stream = io.BytesIO(saved(book_of(("a", "b"))))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as bomb, bomb.open(name, "w") as part:
        for _ in range(size):
            part.write(b" " * 1024**2)
        part.write(b" ")
    with pytest.raises(Refused, match="極端に大きく"):
        sheets_of(Source("a.xlsx", stream.getvalue()))


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(Refused, match="大きすぎます"):
        sheet_of(b"PK" + bytes(LARGEST_FILE))


@pytest.mark.parametrize("before", ["", "<!-- a -->\n", '<?xml version="1.0"?>'])
def test_entities_that_grow_are_refused(before: str) -> None:
    grown = with_part(
        saved(book_of(("a",))), "", "",
        ("xl/workbook.xml", r"^(<\?xml[^>]*\?>)?", before + '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'),
    )  # fmt: skip
    with pytest.raises(Refused, match="壊れている"):
        sheet_of(grown)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "壊れている"), (b"PK\x03\x04 not a zip", "壊れている"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "パスワード")],
)
def test_what_is_no_workbook_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Refused, match=message):
        sheet_of(content)


def test_other_kinds_of_file_are_refused_by_name() -> None:
    with pytest.raises(Refused, match=r"台帳\.pdf"):
        sheets_of(Source("台帳.pdf", b"%PDF"))


def test_a_folder_without_spreadsheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="見つかりません"):
        sources_of(tmp_path)


def test_the_header_is_found_below_titles_and_notes_whatever_its_order() -> None:
    book = book_of(
        ("一覧（令和2年）",), ("※個人を特定しないこと",), (),
        ("年齢\u3000", "番号※", "備考", "日付（必須）"), (40, "K1", "あ", DAY),
        (), ("※ここまで",), ("年齢", "番号", "備考", "日付"), (None, " K2 ", None, "R2.9.5"),
    )  # fmt: skip
    sheet = sheet_of(saved(book))
    header = find_header(sheet, KNOWN)
    assert header
    assert (header.line, dict(header.extra), header.missing(["番号", "種別"])) == (4, {"備考": 2}, ["種別"])
    found = list(records(sheet, header))
    assert [record.line for record in found] == [5, 9]
    assert found[0].cells == {"年齢": 40, "番号": "K1", "日付": DAY}
    assert [dict(record.notes) for record in found] == [{"備考": "あ"}, {}]


def test_a_sheet_without_the_columns_has_no_header() -> None:
    assert find_header(sheet_of(saved(book_of(("a", "b"), (1, 2)))), KNOWN) is None


def test_a_cell_merged_over_rows_stands_in_each_of_them() -> None:
    book = book_of(("番号", "日付", "年齢"), ("K1", "1日", 1), (None, "2日", 2), (None, "3日", 3), ("K2", "4日", 4))
    book.worksheets[0].merge_cells("A2:A4")
    assert [row[0] for row in lines_of(saved(book))] == ["番号", "K1", "K1", "K1", "K2"]


def test_phonetic_runs_are_not_glued_to_the_text() -> None:
    """X-08: Excel keeps furigana beside the text; a naive reader returns 京都キョウト."""
    shared = (
        '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" '
        'uniqueCount="1"><si><t>京都</t><rPh sb="0" eb="2"><t>キョウト</t></rPh><phoneticPr fontId="1"/></si></sst>'
    )
    content = saved(book_of(("京都",)))
    parts = {
        name: zipfile.ZipFile(io.BytesIO(content)).read(name)
        for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    }
    parts["xl/sharedStrings.xml"] = shared.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    assert lines_of(stream.getvalue()) == [["京都", None, None]]


def test_rich_text_is_read_as_one_text() -> None:
    book = book_of(())
    book.worksheets[0]["A1"] = CellRichText("相談", TextBlock(InlineFont(b=True), "ケース"))
    assert lines_of(saved(book))[0][0] == "相談ケース"


def test_a_cell_far_to_the_right_costs_nothing() -> None:
    book = book_of(("番号", "日付", "年齢"), ("K1",))
    book.worksheets[0]["XFD2"] = "遠い"
    assert max(len(cells) for _, cells in sheet_of(saved(book)).lines()) <= 200


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (3.0, "3"), (3.5, "3.5"), (DAY, "2020-09-04"), (Broken("#REF!", ""), "#REF!")],
)
def test_cells_are_shown_as_somebody_would_read_them(cell: Cell, text: str) -> None:
    assert shown(cell) == text


@pytest.mark.parametrize("text", ["ケース番号\u3000", "ケース番号※", "ケース番号(必須)", "ｹｰｽ番号", "ケース\n番号*"])
def test_header_names_are_compared_without_width_blanks_and_marks(text: str) -> None:
    assert header_key(text) == "ケース番号"


@pytest.mark.parametrize("text", ["=1+1", "+81", "-2+3", "@SUM(A1)", "\t=1", "＝１", "'=1"])
def test_text_that_begins_like_a_formula_leaves_as_text(text: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes([[text]]).decode("utf-8-sig"), newline="")))
    assert rows == [["'" + text]]
    sheet = openpyxl.load_workbook(io.BytesIO(book_bytes([Page("表", ["題"], [[text]])]))).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("'" + text, "s")


def test_numbers_and_lone_signs_leave_as_they_are() -> None:
    """X-08: － means not applicable; it is a figure, no formula."""
    assert csv_bytes([[-58, "－", Decimal("4.4"), None]], mark=False) == "-58,－,4.4,\r\n".encode()


def test_a_workbook_is_written_with_title_header_dates_and_numbers() -> None:
    page = Page("a/b", ["日", "数"], [[dt.date(2020, 9, 4), 3], [None, Decimal("56.5")]], above=["題名"], below=["注"])
    book = openpyxl.load_workbook(io.BytesIO(book_bytes([page, page])))
    assert book.sheetnames == ["a・b", "a・b (2)"]
    values = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert values == [
        ["題名", None], ["日", "数"], [DAY, 3], [None, 56.5], ["注", None],
    ]  # fmt: skip


@given(st.text(max_size=20))
def test_what_leaves_neutralised_comes_back_as_it_was(text: str) -> None:
    assert unshielded(neutral(text)) == text
    assert not neutral(text).startswith(("=", "@"))


PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="#"), max_size=8)


@given(st.lists(st.lists(PRINTABLE, min_size=2, max_size=4), max_size=6))
def test_csv_written_here_is_read_back_cell_by_cell(rows: list[list[str]]) -> None:
    # The header line says that commas separate, whatever the cells hold.
    marked = [["番号", *["列"] * 40], *rows]
    assert [[*map(shown, cells)] for _, cells in sheet_of(csv_bytes(marked), "a.csv").lines()] == marked


@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reader(content: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        with contextlib.suppress(Refused):
            for sheet in sheets_of(Source(name, content)):
                list(sheet.lines())
