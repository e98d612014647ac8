"""Looks into an .xlsx file before it is read: macros, links to other files, bombs; and which cells are merged."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from defusedxml import DefusedXmlException, ElementTree

from engawa.kernel.spreadsheets.cells import Refused
from engawa.kernel.words import Words

LARGEST_FILE = 64 * 1024**2
LARGEST_UNPACKED = 768 * 1024**2
MOST_PARTS = 2_000
# XML of real workbooks packs about 10 to 30 to one.
STEEPEST = 100
# Parts that are read whole into memory, by the end of their name.
LARGEST_PARTS = {".rels": 1024**2, "[content_types].xml": 1024**2, "sharedstrings.xml": 128 * 1024**2}
_BLOCK = 1024**2
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
# What may stand before the root of a part. A document type, whose entities could grow without end, may not; whatever
# parser reads the part later, with or without lxml.
_ROOT = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<[A-Za-z_]", re.DOTALL)
_FURTHEST_ROOT = 64 * 1024
_ROW = re.compile(rb"<(?:\w+:)?row[ >]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
# What zipfile and defusedxml raise about files that are damaged, encrypted or made to do harm.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError),
    *(ElementTree.ParseError, DefusedXmlException),
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True)
class Merge:
    """A merged area, columns and rows counted from 1."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass
class SheetFacts:
    """What has to be known of one sheet before its cells are read."""

    merges: list[Merge] = field(default_factory=list)
    has_formulas: bool = False
    rows: int = 0


def inspect(content: bytes) -> dict[str, SheetFacts]:
    """Facts by the path of each sheet inside the file.

    Raises:
        Refused: no workbook, a password, macros, links to other files, or more than can be meant honestly.
    """
    if len(content) > LARGEST_FILE:
        raise Refused(
            Words(
                "ファイルが大きすぎます（%(most)s MB まで）。分けて取り込んでください。", most=LARGEST_FILE // 1024**2
            )
        )
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("パスワード付き、または古い形式（.xls）のファイルです。.xlsx で保存し直してください。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refuse_bombs(archive)
            _refuse_document_types(archive)
            _refuse_macros_and_links(archive)
            return {
                name: _facts(archive, name)
                for name in archive.namelist()
                if name.startswith("xl/worksheets/") and name.endswith(".xml")
            }
    except UNREADABLE as error:
        raise Refused(
            "ファイルが壊れているか、Excel のファイルではありません。"
            "Excel で開けるか確かめ、.xlsx で保存し直してください。"
        ) from error


def refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Refuse what would grow beyond all measure when it is unpacked."""
    # A part is never read past the size its entry states, so that the statements bound the whole.
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    steep = any(part.file_size > STEEPEST * max(part.compress_size, _BLOCK // STEEPEST) for part in parts)
    large = any(
        part.filename.lower().endswith(end) and part.file_size > most
        for part in parts
        for end, most in LARGEST_PARTS.items()
    )
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or steep or large:
        raise Refused("開くと極端に大きくなるファイルのため、読み込みません。Excel で保存し直してください。")


def _refuse_document_types(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(name) as part:
                beginning = part.read(_FURTHEST_ROOT).replace(b"\0", b"")  # UTF-16 reads like ASCII
            if not _ROOT.match(beginning):
                raise ValueError(name)


def _refuse_macros_and_links(archive: zipfile.ZipFile) -> None:
    names = [name.lower() for name in archive.namelist()]
    if any("vbaproject" in name or "/macrosheets/" in name for name in names) or is_macro_type(archive):
        raise Refused("マクロを含むファイルは読み込めません。マクロなしのブック（.xlsx）で保存し直してください。")
    if any("externallinks/" in name for name in names) or leads_outward(archive):
        raise Refused("ほかのファイルへのリンクを含むため、読み込めません。リンクを解除（値で貼り付け）してください。")


def is_macro_type(archive: zipfile.ZipFile) -> bool:
    """Whether the file says of itself that it has macros."""
    return b"macroenabled" in archive.read("[Content_Types].xml").lower()


def leads_outward(archive: zipfile.ZipFile) -> bool:
    """Whether it links to other files that the program would fetch."""
    # Hyperlinks in cells are external too, and harmless: nothing follows them.
    return any(
        relation.get("TargetMode") == "External" and not str(relation.get("Type", "")).endswith("/hyperlink")
        for name in archive.namelist()
        if name.endswith(".rels")
        for relation in ElementTree.fromstring(archive.read(name)).iter(_RELATION)
    )


def _facts(archive: zipfile.ZipFile, name: str) -> SheetFacts:
    facts = SheetFacts()
    with archive.open(name) as part:
        tail = b""
        while block := part.read(_BLOCK):
            _look(facts, tail, block)
            # Rows are counted for a progress bar: one that lies across two blocks may be missed.
            facts.rows += len(_ROW.findall(block))
            tail = block[-200:]
    return facts


def _look(facts: SheetFacts, tail: bytes, block: bytes) -> None:
    text = tail + block
    facts.has_formulas = facts.has_formulas or bool(_FORMULA.search(text))
    for found in _MERGED.finditer(text):
        merge = Merge(_column(found[1]), int(found[2]), _column(found[3]), int(found[4]))
        if merge not in facts.merges[-8:]:
            facts.merges.append(merge)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
