"""PDF files: without scripts, embedded files or actions that leave the page; the first page becomes the preview."""

import io
from collections.abc import Iterator
from threading import Lock
from typing import Any

import pikepdf
import pypdfium2

from engawa.office.casework.documents.contents.harmless import PREVIEW, Content, Refused
from engawa.office.casework.documents.contents.pictures import small

MOST_PAGES = 1000
_READ_PAGES = 100
# What a paper does not need: ISO 32000-2, 12.6.4 (actions), 7.11 (embedded files), 12.7.8 (XFA), 13 (rich media).
_KEYS = {"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute", "/GoToE", "/GoToR"}
_ONE_AT_A_TIME = Lock()  # PDFium serves one thread only


def is_pdf(body: bytes) -> bool:
    """Whether the content begins like a PDF."""
    return b"%PDF-" in body[:1024]


def look_through(body: bytes) -> Content:
    """The PDF as it is, when nothing in it can act.

    Raises:
        Refused: damaged, locked by a password, too many pages, or with scripts, embedded files or outward actions.
    """
    try:
        with pikepdf.open(io.BytesIO(body)) as pdf:
            if any(_acts(one) for one in _dictionaries(pdf)):
                raise Refused(
                    "スクリプト、添付ファイル、または外へつなぐ動作を含む PDF は受け取れません。"
                    "印刷し直すか、画像にしてください"
                )
    except pikepdf.PasswordError as error:
        raise Refused(
            "パスワードのかかった PDF は中を確かめられません。パスワードを外してから加えてください"
        ) from error
    except pikepdf.PdfError as error:
        raise Refused("PDF が壊れていて、開けません。保存し直してください") from error
    with _ONE_AT_A_TIME:
        preview, pages, text = _read(body)
    return Content(body, "application/pdf", "pdf", preview, pages, text=text)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, also those that lie inside others."""
    waiting: list[Any] = [*pdf.objects, pdf.trailer]
    while waiting:
        found = waiting.pop()
        inside: list[Any] = []
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield found
            inside = list(found.values())
        elif isinstance(found, pikepdf.Array):
            inside = list(found)
        waiting += [one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect]


def _acts(found: Any) -> bool:
    return bool(_KEYS & set(found.keys())) or str(found.get("/S", "")) in _ACTIONS


def _read(body: bytes) -> tuple[bytes, int, str]:
    try:
        pdf = pypdfium2.PdfDocument(body)
        try:
            if not 0 < len(pdf) <= MOST_PAGES:
                raise Refused(f"ページが多すぎるか、ありません（{MOST_PAGES}ページまで）")
            page = pdf[0]
            scale = PREVIEW / max(page.get_width(), page.get_height(), 1)
            preview = small(page.render(scale=scale, may_draw_forms=False).to_pil())
            text = "\n".join(
                pdf[place].get_textpage().get_text_bounded() for place in range(min(len(pdf), _READ_PAGES))
            )
            return preview, len(pdf), text
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        raise Refused("PDF が壊れていて、開けません。保存し直してください") from error
