"""What both maps are drawn with: inks, elements, paths and words. Everything written by people is escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from engawa.office.casework.maps.rules.shapes import TEXT

FONT = "Hiragino Sans, Yu Gothic UI, Noto Sans CJK JP, Noto Sans JP, sans-serif"
_CORNER = 14.0


@dataclass(frozen=True)
class Inks:
    """The colours of a drawing: the page's own, which follow day and night, or those of paper."""

    ink: str
    soft: str
    line: str
    ground: str
    fill: str
    own: str
    own_line: str
    home: str
    care: str
    well: str


PAGE = Inks(
    ink="var(--ink)",
    soft="var(--ink-2)",
    line="var(--ink-2)",
    ground="var(--paper)",
    fill="var(--sheet)",
    own="var(--indigo-bg)",
    own_line="var(--indigo)",
    home="var(--wood)",
    care="var(--persimmon)",
    well="var(--matcha)",
)
PAPER = Inks(
    ink="#2b2a27",
    soft="#5c574e",
    line="#5c574e",
    ground="#ffffff",
    fill="#ffffff",
    own="#e6ecf5",
    own_line="#2f4f7a",
    home="#8a5a34",
    care="#a34a24",
    well="#4f6b3a",
)


def number(value: float) -> str:
    """A coordinate as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0")


def tag(name: str, content: str | None = None, /, **attributes: float | str) -> str:
    """An SVG element; attribute names with ``_`` for ``-``."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else number(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{said}/>" if content is None else f"<{name}{said}>{content}</{name}>"


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """The data of a straight-edged path."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + ("Z" if closed else "")


def rounded(points: Sequence[tuple[float, float]], radius: float = _CORNER) -> str:
    """The data of a closed path with soft corners."""
    parts: list[str] = []
    for before, corner, after in zip([points[-1], *points[:-1]], points, [*points[1:], points[0]], strict=True):
        enter, leave = _towards(corner, before, radius), _towards(corner, after, radius)
        lead = "L" if parts else "M"
        parts.append(
            f"{lead}{number(enter[0])} {number(enter[1])}Q{number(corner[0])} {number(corner[1])} "
            f"{number(leave[0])} {number(leave[1])}"
        )
    return "".join(parts) + "Z"


def _towards(start: tuple[float, float], end: tuple[float, float], step: float) -> tuple[float, float]:
    (x, y), (a, b) = start, end
    length = max(((a - x) ** 2 + (b - y) ** 2) ** 0.5, 0.01)
    part = min(step, length / 2) / length
    return x + (a - x) * part, y + (b - y) * part


@dataclass(frozen=True)
class Hand:
    """How words are written: size in pixels, soft ink for what is secondary, where on the line they begin."""

    size: float = TEXT
    soft: bool = False
    anchor: str = "start"
    bold: bool = False


FIRST, NEXT = Hand(), Hand(11.5, soft=True)


def text(x: float, y: float, words: str, inks: Inks, hand: Hand = FIRST) -> str:
    """A line of text with a rim of the ground around it, so that a line behind does not hurt it."""
    weight: dict[str, float | str] = {"font_weight": "600"} if hand.bold else {}
    ink = inks.soft if hand.soft else inks.ink
    rim: dict[str, float | str] = {
        "stroke": inks.ground,
        "stroke_width": 3,
        "stroke_linejoin": "round",
        "paint_order": "stroke",
    }
    return tag("text", escape(words), x=x, y=y, fill=ink, font_size=hand.size, text_anchor=hand.anchor, **weight, **rim)


def moved(content: str, x: float, y: float) -> str:
    """Elements somewhere else."""
    return tag("g", content, transform=f"translate({number(x)} {number(y)})")


WIDE = 2000  # pixels; a wider drawing is scrolled, for made as small as the page its words could not be read


def svg(content: str, width: float, height: float, *, alt: str) -> str:
    """A whole drawing. The page says in words what is on it."""
    return tag(
        "svg",
        tag("title", escape(alt)) + content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        font_family=FONT,
        class_="map wide" if width > WIDE else "map",
    )
