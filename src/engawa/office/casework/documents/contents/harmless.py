"""The shape of a content that may be kept."""

from dataclasses import dataclass

from engawa.office.casework.cases.rules import NotPossible

LARGEST_BYTES = 20 * 1024**2
# The longer side of a preview, in pixels.
PREVIEW = 1200


class Refused(NotPossible):
    """The file cannot be kept; the message says why, and what to do instead."""


@dataclass(frozen=True)
class Content:
    """A content that may be kept.

    Args:
        body: what is kept; of pictures, what was drawn anew.
        media_type: by content, never by name.
        extension: that belongs to it, without the dot.
        preview: the first page or the picture, small, as JPEG; empty where there is none.
        pages: how many, where it has pages.
        cleaned: whether something that nobody sees (place, camera, time) was taken out.
        text: what can be read in it, to look for numbers that must not be kept.
    """

    body: bytes
    media_type: str
    extension: str
    preview: bytes = b""
    pages: int | None = None
    cleaned: bool = False
    text: str = ""
