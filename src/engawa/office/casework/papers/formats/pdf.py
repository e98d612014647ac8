"""Papers as PDF, bundled into one file where there are several."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engawa.kernel.clock import today
from engawa.kernel.japanese import written_in_japanese
from engawa.kernel.typesetting import typeset
from engawa.office.casework.papers.rules import Paper, Picture, day

_TEMPLATE = Path(__file__).parents[2] / "templates" / "casework" / "papers" / "paper.typ"
_MM_OF_PIXEL = 25.4 / 96
# What a drawing may take of the page in millimetres: breadth and height, upright and on its side.
_ROOM = {False: (176.0, 190.0), True: (263.0, 128.0)}


@written_in_japanese
def as_pdf(papers: Sequence[Paper]) -> bytes:
    """The papers in one tagged PDF, each beginning on a page of its own."""
    drawings = {_name(place): paper.picture.svg for place, paper in enumerate(papers) if paper.picture}
    content = {"papers": [_content(*one) for one in enumerate(papers)], "made_on": day(today())}
    return typeset(_TEMPLATE, content, drawings)


def _name(place: int) -> str:
    return f"picture-{place}.svg"


def _content(place: int, paper: Paper) -> dict[str, Any]:
    picture = paper.picture
    shown = picture and {"file": _name(place), "alt": picture.alt, "breadth": _breadth(picture, broad=paper.broad)}
    return asdict(paper) | {"picture": shown}


def _breadth(picture: Picture, *, broad: bool) -> float:
    """In millimetres: as it is drawn, or smaller where the page is."""
    across, down = _ROOM[broad]
    return min(picture.width * _MM_OF_PIXEL, across, down * picture.width / picture.height)
