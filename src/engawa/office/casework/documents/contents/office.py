"""Files of word processors, spreadsheets and slides: the new formats, without macros, objects or links outward."""

import io
import re
import zipfile

from engawa.kernel.spreadsheets.archive import UNREADABLE, is_macro_type, leads_outward, refuse_bombs
from engawa.kernel.spreadsheets.cells import Refused as NotASheet
from engawa.office.casework.documents.contents.harmless import Content, Refused
from engawa.office.casework.documents.contents.pictures import without_notes

_KINDS = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ppt/presentation.xml": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
}
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How a directory of the old formats names what holds macros.
_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA", "Macros"))
_ACTIVE = re.compile(
    r"vbaproject|/macrosheets/|activex|/embeddings/.*\.(bin|docm|xlsm|pptm|exe|js|vbs)$", re.IGNORECASE
)
_TAG = re.compile(rb"<[^>]*>")
_WORDS = re.compile(r"(document|sharedstrings|sheet\d*|slide\d*)\.xml$", re.IGNORECASE)
_PICTURE = re.compile(r"/media/[^/]+\.(jpe?g|jfif|png|tiff?|webp)$", re.IGNORECASE)
_MOST_WORDS = 20 * 1024**2


def refuse_old(body: bytes) -> None:
    """Refuse the formats before 2007: nothing short of the program itself can tell that they hold no macro."""
    if not body.startswith(_OLD):
        return
    if any(name in body for name in _MACROS):
        raise Refused(
            "マクロを含むファイルは受け取れません。マクロなしの形式（.docx、.xlsx）か PDF で保存し直してください"
        )
    raise Refused(
        "古い形式（.doc、.xls など）やパスワード付きのファイルは中を確かめられません。"
        ".docx、.xlsx か PDF で保存し直してください"
    )


def is_package(body: bytes) -> bool:
    """Whether the content begins like a package of files."""
    return body.startswith(b"PK\x03\x04")


def look_through(body: bytes) -> Content:
    """The file, when nothing in it can act; photographs in it are drawn anew, like those that come alone.

    Raises:
        Refused: no office file, damaged, a bomb, macros, embedded objects or links to other files.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            refuse_bombs(package)
            names = package.namelist()
            kind = next((kind for part, kind in _KINDS.items() if part in names), None)
            if kind is None:
                raise Refused("まとめたファイル（.zip など）は受け取れません。一つずつ加えてください")
            if is_macro_type(package) or any(_ACTIVE.search(name) for name in names):
                raise Refused(
                    "マクロや埋め込みを含むファイルは受け取れません。"
                    "マクロなしの形式（.docx、.xlsx）か PDF で保存し直してください"
                )
            if leads_outward(package):
                raise Refused(
                    "ほかのファイルへのリンクを含むため、受け取れません。リンクを解除するか PDF で保存し直してください"
                )
            kept, cleaned = _without_notes(body, package)
            return Content(kept, *kind, text=_text(package), cleaned=cleaned)
    except NotASheet as error:
        raise Refused(*error.args) from error
    except UNREADABLE as error:
        if isinstance(error, Refused):
            raise
        raise Refused("ファイルが壊れていて、開けません。保存し直してください") from error


def _without_notes(body: bytes, package: zipfile.ZipFile) -> tuple[bytes, bool]:
    """The file as it is, or packed again around pictures that no longer say where they were taken."""
    pictures = [one.filename for one in package.infolist() if _PICTURE.search(one.filename)]
    clean = {name: redrawn for name in pictures if (redrawn := without_notes(package.read(name)))}
    if not clean:
        return body, False
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in package.namelist():
            packed.writestr(name, clean.get(name) or package.read(name))
    return out.getvalue(), True


def _text(package: zipfile.ZipFile) -> str:
    parts = [one for one in package.infolist() if _WORDS.search(one.filename) and one.file_size <= _MOST_WORDS]
    return "\n".join(_TAG.sub(b" ", package.read(one)).decode("utf-8", "replace") for one in parts)
