"""PDF files: without scripts, embedded files or actions that leave the page; the first page becomes the preview.

They are read in a process of its own (``pdf_reader``), which can be killed and holds nothing but the file: what a bad
file does there reaches neither the pages nor the keys.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Timer

from engawa.kernel.words import Words
from engawa.office.casework.documents.contents.harmless import LARGEST_BYTES, PREVIEW, Content, Refused

MOST_PAGES = 1000
_READ_PAGES = 100
_READER = Path(__file__).with_name("pdf_reader.py")
_MOST_SAID = 3 * LARGEST_BYTES
_JPEG = b"\xff\xd8\xff"
_UNREADABLE = Words("この PDF は中を確かめられません。印刷し直すか、画像にしてください")
_REFUSALS = {
    "broken": Words("PDF が壊れていて、開けません。保存し直してください"),
    "locked": Words("パスワードのかかった PDF は中を確かめられません。パスワードを外してから加えてください"),
    "acts": Words(
        "スクリプト、添付ファイル、または外へつなぐ動作を含む PDF は受け取れません。印刷し直すか、画像にしてください"
    ),
    "pages": Words("ページが多すぎるか、ありません（%(most)sページまで）", most=MOST_PAGES),
}


@dataclass(frozen=True)
class Limits:
    """What one reader may take: seconds of processor, seconds by the clock, bytes of memory."""

    processor: int = 15
    clock: int = 60
    memory: int = 1024**3


LIMITS = Limits()
_TWO_AT_A_TIME = BoundedSemaphore(2)


def is_pdf(body: bytes) -> bool:
    """Whether the content begins like a PDF."""
    return b"%PDF-" in body[:1024]


def look_through(body: bytes) -> Content:
    """The PDF as it is, when nothing in it can act, but without what cameras wrote into its photographs.

    Where its first page cannot be drawn, it has no preview.

    Raises:
        Refused: damaged, locked by a password, too many pages, with scripts, embedded files or outward actions, or
            so made that looking through it finds no end.
    """
    with _TWO_AT_A_TIME:
        head, _, rest = _read_apart(body).partition(b"\n")
    said = _understood(head)
    if refusal := said.get("refused"):
        raise Refused(_REFUSALS.get(str(refusal), _UNREADABLE))
    if not isinstance(pages := said.get("pages"), int):
        raise Refused(_UNREADABLE)
    cleaned, rest = _split(rest, said.get("cleaned"))
    text, _, picture = rest.partition(b"\n")
    preview = picture if picture.startswith(_JPEG) else b""
    told = str(_understood(text).get("text", ""))
    return Content(cleaned or body, "application/pdf", "pdf", preview, pages, cleaned=bool(cleaned), text=told)


def _split(said: bytes, length: object) -> tuple[bytes, bytes]:
    """The file without its notes, and what was said after it.

    Raises:
        Refused: the reader did not get so far: what it would have taken out must not be kept.
    """
    if not isinstance(length, int) or len(said) < length:
        raise Refused(_UNREADABLE)
    return said[:length], said[length:]


def _understood(line: bytes) -> dict[str, object]:
    try:
        return dict(json.loads(line))
    except (ValueError, TypeError):
        return {}


def _read_apart(body: bytes) -> bytes:
    """What the reader says of the file until it ends or is ended."""
    limits = [MOST_PAGES, _READ_PAGES, PREVIEW, LIMITS.processor, LIMITS.memory]
    with subprocess.Popen(  # noqa: S603 - our own script, with numbers of our own
        [sys.executable, "-I", _READER, *map(str, limits)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as reader:
        patience = Timer(LIMITS.clock, reader.kill)
        patience.start()
        try:
            return _said_by(reader, body)
        finally:
            patience.cancel()
            reader.kill()


def _said_by(reader: subprocess.Popen[bytes], body: bytes) -> bytes:
    if reader.stdin is None or reader.stdout is None:
        raise TypeError("the reader has no pipes")
    try:
        reader.stdin.write(body)
        reader.stdin.close()
    except BrokenPipeError:  # it died before it had the file: it says nothing, either
        return b""
    return reader.stdout.read(_MOST_SAID)
