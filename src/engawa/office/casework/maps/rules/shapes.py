"""Plain geometry that both maps are laid out with. Units are pixels of the drawing, y grows downwards."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

TEXT = 13
LINE = 16
_OPENING, _CLOSING = "「『（(", "」』）)、。，．・ーっゃゅょッャュョ々…"


@dataclass(frozen=True)
class Box:
    """A rectangle by its left upper corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, by: float) -> "Box":
        """The box with a margin around."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of them."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def width_of(text: str, size: float = TEXT) -> float:
    """How wide a line of text is drawn, nearly: East Asian characters are squares, others a good half of one."""
    wide = sum(1.0 if unicodedata.east_asian_width(character) in "FWA" else 0.58 for character in text)
    return wide * size


def wrapped(text: str, widest: float, lines: int = 2, size: float = TEXT) -> list[str]:
    """``text`` in at most ``lines`` lines of at most ``widest`` pixels; what does not fit ends with ….

    Japanese may break anywhere but before 」 or 。; after a space or a middle dot, or before 「, is the better place.
    """
    left = text.strip()
    rows: list[str] = []
    while left and len(rows) < lines:
        fitting = next((n for n in range(len(left), 1, -1) if width_of(left[:n], size) <= widest), 1)
        if fitting < len(left) and len(rows) == lines - 1:
            return [*rows, left[: max(fitting - 1, 1)].rstrip() + "…"]
        place = _break(left, fitting) if fitting < len(left) else fitting
        rows.append(left[:place].strip())
        left = left[place:].strip()
    return rows


def _break(text: str, fitting: int) -> int:
    """How many of the first ``fitting`` characters stand on the line."""
    near = range(fitting, fitting * 2 // 5, -1)
    better = (n for n in near if n > 1 and (text[n - 1] in " 　・" or text[n] in _OPENING))
    allowed = (n for n in near if n > 1 and text[n] not in _CLOSING)
    return next(better, next(allowed, fitting))


def spaced(wishes: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Places as near as possible (least squares) to ``wishes``, in this order and at least ``gaps`` apart.

    Isotonic regression by pooling neighbours that come too close; ``gaps`` has one entry less than ``wishes``.
    """
    offsets = [0.0]
    for gap in gaps[: max(len(wishes) - 1, 0)]:
        offsets.append(offsets[-1] + gap)
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=False):
        total, count = wish - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before, many = pools.pop()
            total, count = total + before, count + many
        pools.append((total, count))
    level = [total / count for total, count in pools for _ in range(count)]
    return [place + offset for place, offset in zip(level, offsets, strict=True)]


def lanes(spans: Sequence[tuple[float, float]]) -> list[int]:
    """A lane for each span so that spans in one lane do not touch; the narrow ones lie innermost."""
    taken: list[list[tuple[float, float]]] = []
    given = [0] * len(spans)
    for place in sorted(range(len(spans)), key=lambda place: (spans[place][1] - spans[place][0], place)):
        start, end = spans[place]
        free = (n for n, lane in enumerate(taken) if all(end < low - 4 or high + 4 < start for low, high in lane))
        given[place] = next(free, len(taken))
        if given[place] == len(taken):
            taken.append([])
        taken[given[place]].append((start, end))
    return given


def outline(boxes: Sequence[Box]) -> list[list[tuple[float, float]]]:
    """The outline of the union of boxes: closed walks with the inside on the right hand."""
    xs = sorted({edge for box in boxes for edge in (box.x, box.right)})
    ys = sorted({edge for box in boxes for edge in (box.y, box.bottom)})
    cells = {
        (i, j)
        for i, x in enumerate(xs[:-1])
        for j, y in enumerate(ys[:-1])
        if any(box.x <= x < box.right and box.y <= y < box.bottom for box in boxes)
    }
    steps: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i, j in sorted(cells):
        for neighbour, start, end in (
            ((i, j - 1), (i, j), (i + 1, j)),
            ((i + 1, j), (i + 1, j), (i + 1, j + 1)),
            ((i, j + 1), (i + 1, j + 1), (i, j + 1)),
            ((i - 1, j), (i, j + 1), (i, j)),
        ):
            if neighbour not in cells:
                steps.setdefault(start, []).append(end)
    return [[(xs[i], ys[j]) for i, j in walk] for walk in _walks(steps)]


def _walks(steps: dict[tuple[int, int], list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """Closed walks along all steps, without the points that lie on a straight line."""
    walks = []
    while steps:
        start = here = next(iter(steps))
        walk = []
        while True:
            walk.append(here)
            ways = steps[here]
            there = ways.pop()
            if not ways:
                del steps[here]
            here = there
            if here == start:
                break
        corners = [
            point
            for before, point, after in zip([walk[-1], *walk[:-1]], walk, [*walk[1:], walk[0]], strict=True)
            if not (before[0] == point[0] == after[0] or before[1] == point[1] == after[1])
        ]
        walks.append(corners)
    return walks
