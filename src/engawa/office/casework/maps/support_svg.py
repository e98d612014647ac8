"""The support map as SVG: shapes only, every decision is made in ``rules``."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from engawa.office.casework.maps.pen import Hand, Inks, path, tag, text
from engawa.office.casework.maps.rules.circle import Line
from engawa.office.casework.maps.rules.shapes import LINE, Box

_HEAD = 7.0
_NAME, _MORE = Hand(anchor="middle"), Hand(11.5, soft=True, anchor="middle")


@dataclass(frozen=True)
class Node:
    """Something around the household, by its name in one or two lines; ``more`` is its part in the team.

    ``kind`` is agency, resource or other; ``alt`` says all of it in a sentence.
    """

    kind: str
    name: Sequence[str]
    alt: str
    more: Sequence[str] = ()
    lead: bool = False
    href: str = ""


def node(box: Box, what: Node, inks: Inks) -> str:
    """A box with its name: square corners for an agency, round ones for a resource, an ellipse for anything else."""
    ink = {"agency": inks.own_line, "resource": inks.well}.get(what.kind, inks.line)
    border: dict[str, float | str] = {"fill": inks.fill, "stroke": ink, "stroke_width": 3 if what.lead else 1.6}
    x, y = box.middle
    if what.kind == "other":
        shape = tag("ellipse", cx=x, cy=y, rx=box.width / 2, ry=box.height / 2, **border)
    else:
        round_ = 4.0 if what.kind == "agency" else box.height / 2
        shape = tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=round_, **border)
    top = y - (len(what.name) + len(what.more)) * LINE / 2
    hands = [*((line, _NAME) for line in what.name), *((line, _MORE) for line in what.more)]
    words = "".join(text(x, top + LINE * (n + 0.78), line, inks, hand) for n, (line, hand) in enumerate(hands))
    named = tag("title", escape(what.alt)) + shape + words
    if not what.href:
        return tag("g", named, role="img", aria_label=what.alt)
    return tag("a", named, href=what.href, aria_label=what.alt, class_="spot")


def tie(line: Line, strength: str, flow: str, inks: Inks) -> str:
    """A tie: thick is strong, dashed weak, a saw strained, broken by two bars cut. Arrows show where energy goes."""
    (x, y), (a, b) = line.start, line.end
    ink = inks.care if strength in {"strained", "cut"} else inks.ink
    wide = 4.5 if strength == "strong" else 1.8
    style: dict[str, float | str] = {"fill": "none", "stroke": ink, "stroke_width": wide}
    if strength == "weak":
        style["stroke_dasharray"] = "5 5"
    points = _saw(line) if strength == "strained" else [(x, y), (a, b)]
    parts = [tag("path", d=path(points), stroke_linejoin="round", **style)]
    if strength == "cut":
        parts.append(_bars(line, inks))
    size = _HEAD + wide
    if flow in {"in", "both"}:
        parts.append(_head((a, b), (x, y), ink, size))
    if flow in {"out", "both"}:
        parts.append(_head((x, y), (a, b), ink, size))
    return "".join(parts)


def _along(line: Line) -> tuple[float, float, float]:
    """Direction of a line, and its length."""
    (x, y), (a, b) = line.start, line.end
    length = math.hypot(a - x, b - y) or 1.0
    return (a - x) / length, (b - y) / length, length


def _saw(line: Line, tooth: float = 9.0, deep: float = 4.5) -> list[tuple[float, float]]:
    """A zigzag that begins and ends straight, so that an arrow fits."""
    dx, dy, length = _along(line)
    (x, y), straight = line.start, min(14.0, length / 4)
    count = max(int((length - 2 * straight) / tooth), 1)
    teeth = [
        (x + dx * step - dy * side, y + dy * step + dx * side)
        for n in range(count)
        for step, side in ((straight + (n + 0.5) * (length - 2 * straight) / count, deep if n % 2 else -deep),)
    ]
    ends = [(x + dx * step, y + dy * step) for step in (straight, length - straight)]
    return [line.start, ends[0], *teeth, ends[1], line.end]


def _bars(line: Line, inks: Inks) -> str:
    """A gap in the middle with a bar on either side."""
    dx, dy, length = _along(line)
    x, y = line.start[0] + dx * length / 2, line.start[1] + dy * length / 2
    gap = path([(x - dx * 4, y - dy * 4), (x + dx * 4, y + dy * 4)])
    bars = "".join(
        path([(x + dx * side - dy * 8, y + dy * side + dx * 8), (x + dx * side + dy * 8, y + dy * side - dx * 8)])
        for side in (-4, 4)
    )
    broken = tag("path", d=gap, stroke=inks.ground, stroke_width=5)
    return broken + tag("path", d=bars, stroke=inks.care, stroke_width=2)


def _head(start: tuple[float, float], end: tuple[float, float], ink: str, size: float) -> str:
    """An arrow's head at ``end``."""
    dx, dy, _length = _along(Line(start, end))
    x, y, half = end[0] - dx * size, end[1] - dy * size, size * 0.55
    corners = [end, (x - dy * half, y + dx * half), (x + dy * half, y - dx * half)]
    return tag("path", d=path(corners, closed=True), fill=ink)


def home(frame: Box, inks: Inks) -> str:
    """The household's frame."""
    return tag(
        "rect",
        x=frame.x,
        y=frame.y,
        width=frame.width,
        height=frame.height,
        rx=min(frame.width, frame.height, 120) / 2,
        fill=inks.ground,
        stroke=inks.home,
        stroke_width=1.8,
    )
