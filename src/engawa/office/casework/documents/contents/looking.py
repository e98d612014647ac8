"""One way in for every file."""

import re
import unicodedata
from pathlib import PurePath

from engawa.kernel.words import Words
from engawa.office.casework.documents.contents import office, pdf, pictures
from engawa.office.casework.documents.contents.harmless import LARGEST_BYTES, Content, Refused

LONGEST_NAME = 120


def look_at(body: bytes) -> Content:
    """What the file is by its content, ready to be kept.

    Raises:
        Refused: empty, too large, of a kind that is not taken, or not harmless.
    """
    if not body:
        raise Refused("空のファイルです。もう一度選んでください")
    if len(body) > LARGEST_BYTES:
        said = "ファイルが大きすぎます（%(most)s MB まで）。分けるか、小さくしてください"
        raise Refused(Words(said, most=LARGEST_BYTES // 1024**2))
    office.refuse_old(body)
    if pictures.is_picture(body):
        return pictures.draw_anew(body)
    if pdf.is_pdf(body):
        return pdf.look_through(body)
    if office.is_package(body):
        return office.look_through(body)
    if body[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        raise Refused(
            "この形式の写真（HEIC）は開けません。カメラの設定を「互換性優先」にするか、JPEG で保存し直してください"
        )
    return Content(body, "text/plain", "txt", text=_text(body))


def _text(body: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(one) == "Cc" and one not in "\n\r\t\f" for one in text):
            return text
    raise Refused("この形式は受け取れません。PDF、画像（JPEG、PNG）、.docx、.xlsx、.pptx、テキストにしてください")


def name_for(given: str, content: Content) -> str:
    """The given file name with the ending that belongs to its content; whatever could lead elsewhere is gone."""
    plain = "".join(one for one in PurePath(given.replace("\\", "/")).name if unicodedata.category(one)[0] != "C")
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", plain).strip(" .")[:LONGEST_NAME]
    return f"{stem or '書類'}.{content.extension}"
