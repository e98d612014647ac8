"""Where symbols, labels and lines of the family map lie.

A row holds one generation: symbols with their label to the right. Between two rows lies a corridor for lines only:
couples hang from the bottom of their symbols in lanes, children from bars above theirs. So no line crosses a label.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import isclose

from engawa.office.casework.maps.rules.family import COUPLES, PARENTS, Family, Kin, Link, rows
from engawa.office.casework.maps.rules.shapes import LINE, Box, around, lanes, outline, spaced, width_of

SYMBOL, BESIDE, APART, LANE, MARGIN = 46.0, 8.0, 30.0, 22.0, 28.0
WIDEST, MOST_LINES = 104.0, 3
_ROUNDS = 40
_NEAR = 120.0  # how far apart partners like to stand


@dataclass(frozen=True)
class Stroke:
    """A line through points, drawn as its ``kind``, crossed by slashes at ``crossed``; ``link`` is what it shows."""

    kind: str
    points: tuple[tuple[float, float], ...]
    slashes: int = 0
    crossed: tuple[float, float] | None = None
    link: Link | None = None


@dataclass
class Placed:
    """The family map, ready to be drawn."""

    symbols: dict[str, Box] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    strokes: list[Stroke] = field(default_factory=list)
    home: list[list[tuple[float, float]]] = field(default_factory=list)
    width: float = 0
    height: float = 0


@dataclass(frozen=True)
class _Union:
    """Two partners, or one parent alone, and the children who hang below."""

    parents: tuple[str, ...]
    link: Link | None
    children: tuple[tuple[str, str], ...]  # child, kind of parenthood


def place(kin: Sequence[Kin], links: Sequence[Link], labels: Mapping[str, Sequence[str]], start: str) -> Placed:
    """Lay out the family around ``start``.

    Args:
        kin: everybody, by key.
        links: their relations; ends that are nobody's key are left out.
        labels: the lines beside each symbol, at most ``MOST_LINES`` and ``WIDEST`` pixels wide.
        start: the key from which generations are counted.
    """
    known = {one.key: one for one in kin}
    family = Family(known, [link for link in links if link.one in known and link.other in known])
    placed = Placed()
    if not known:
        return placed
    order = rows(family, start)
    across = _across(family, order, {key: _label_width(labels.get(key, ())) for key in known})
    unions = _unions(family)
    y = MARGIN
    for n, row in enumerate(order):
        for key in row:
            placed.symbols[key] = Box(across[key] - SYMBOL / 2, y, SYMBOL, SYMBOL)
            placed.labels[key] = _label_box(placed.symbols[key], labels.get(key, ()))
        here = [union for union in unions if _row_of(union, order) == n]
        y += SYMBOL + _corridor(placed, here, across, y + SYMBOL, last=n == len(order) - 1)
    _hang_children(placed, unions)
    placed.home = _home(placed, order, known)
    everything = [*placed.symbols.values(), *placed.labels.values()]
    walked = [Box(x, y, 0, 0) for points in (*(s.points for s in placed.strokes), *placed.home) for x, y in points]
    bounds = around([*everything, *walked])
    placed.width, placed.height = bounds.right + MARGIN, bounds.bottom + MARGIN
    return placed


def _label_width(lines: Sequence[str]) -> float:
    return max((min(width_of(line), WIDEST + LINE) for line in lines), default=0)


def _label_box(symbol: Box, lines: Sequence[str]) -> Box:
    height = len(lines) * LINE
    return Box(symbol.right + BESIDE, symbol.middle[1] - height / 2, _label_width(lines), height)


def _across(family: Family, order: Sequence[Sequence[str]], wide: Mapping[str, float]) -> dict[str, float]:
    """The middle of each symbol from left to right: children under their parents, as far as nothing overlaps."""
    gaps = [[SYMBOL + BESIDE + wide[key] + APART for key in row[:-1]] for row in order]
    x: dict[str, float] = {}
    for row, apart in zip(order, gaps, strict=True):
        x |= dict(zip(row, spaced([0.0] * len(row), apart), strict=True))
    for turn in range(_ROUNDS):
        rounds = range(len(order)) if turn % 2 else reversed(range(len(order)))
        for n in rounds:
            wishes = [_wish(family, x, key, upwards=turn % 2 == 0) for key in order[n]]
            x |= dict(zip(order[n], spaced(wishes, gaps[n]), strict=True))
    left = min(x.values())
    return {key: round(place - left + SYMBOL / 2 + MARGIN, 1) for key, place in x.items()}


def _wish(family: Family, x: Mapping[str, float], key: str, *, upwards: bool) -> float:
    """Where somebody would like to be: near their partners, and above their children or below their parents."""
    wishes = [x[partner] + (-_NEAR if x[key] < x[partner] else _NEAR) for partner in family.partners_of(key)]
    if upwards:
        sets: dict[tuple[str, ...], list[str]] = {}
        for child in family.children_of(key):
            sets.setdefault(tuple(family.parents_of(child)), []).append(child)
        wishes += [x[key] + _mean(x, children) - _mean(x, parents) for parents, children in sets.items()]
    elif parents := family.parents_of(key):
        siblings = [one for one in family.siblings_of(key) if family.parents_of(one) == parents]
        wishes += [x[key] + _mean(x, parents) - _mean(x, siblings)] * 2
    return sum(wishes) / len(wishes) if wishes else x[key]


def _mean(x: Mapping[str, float], keys: Sequence[str]) -> float:
    return sum(x[key] for key in keys) / len(keys)


def _unions(family: Family) -> list[_Union]:
    """Every couple and every set of parents, with the children of that set."""
    hanging: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for child in family.by_birth(set(family.kin)):
        for kind in PARENTS:
            parents = family.parents[child].get(kind, []) if child in family.parents else []
            for pair in _pairs(parents):
                hanging.setdefault(pair, []).append((child, kind))
    couples = {tuple(sorted((link.one, link.other))): link for link in family.links if link.kind in COUPLES}
    every = [*couples, *(pair for pair in hanging if pair not in couples)]
    return [_Union(pair, couples.get(pair), tuple(hanging.get(pair, ()))) for pair in every]


def _pairs(parents: Sequence[str]) -> list[tuple[str, ...]]:
    """Two parents make one set; more of them each stand for themselves."""
    if len(parents) in (1, 2):
        return [tuple(sorted(parents))]
    return [(parent,) for parent in sorted(parents)]


def _row_of(union: _Union, order: Sequence[Sequence[str]]) -> int:
    return max(n for n, row in enumerate(order) for parent in union.parents if parent in row)


def _corridor(
    placed: Placed, unions: Sequence[_Union], across: Mapping[str, float], top: float, *, last: bool
) -> float:
    """Draw the couples of one row below it; the height of the corridor down to the next row."""
    pairs = [union for union in unions if len(union.parents) > 1]
    spans = [tuple(sorted(across[parent] for parent in union.parents)) for union in pairs]
    given = lanes([(span[0], span[1]) for span in spans])
    for union, (from_, to), lane in zip(pairs, spans, given, strict=True):
        deep = top + LANE * (lane + 1)
        # Ends of neighbours' lines leave a symbol beside each other, not on top of each other.
        left, right = from_ + 5, to - 5
        ends = sorted(union.parents, key=across.__getitem__)
        points = (
            (left, placed.symbols[ends[0]].bottom),
            (left, deep),
            (right, deep),
            (right, placed.symbols[ends[1]].bottom),
        )
        kind = "couple" if union.link is None or union.link.kind == "married" else "unmarried"
        ending = union.link.ending if union.link else ""
        slashes = {"separated": 1, "divorced": 2}.get(ending, 0)
        crossed = (left + (right - left) * 0.72, deep) if slashes else None
        placed.strokes.append(Stroke(kind, points, slashes, crossed, union.link))
    below = LANE * (max(given, default=-1) + 1)
    bars = len(lanes([_bar(union, across) for union in unions if union.children])) if not last else 0
    return below + (LANE * min(bars, 1) + 38 + 8 * max(bars - 1, 0) if not last else 0)


def _bar(union: _Union, across: Mapping[str, float]) -> tuple[float, float]:
    places = [across[child] for child, _kind in union.children] + [_mean(across, union.parents)]
    return min(places), max(places)


def _hang_children(placed: Placed, unions: Sequence[_Union]) -> None:
    """Lines from each set of parents to its children, each set with a bar of its own height."""
    across = {key: box.middle[0] for key, box in placed.symbols.items()}
    parting = [union for union in unions if union.children]
    by_row: dict[float, list[_Union]] = {}
    for union in parting:
        by_row.setdefault(min(placed.symbols[child].y for child, _kind in union.children), []).append(union)
    for top, here in by_row.items():
        given = lanes([_bar(union, across) for union in here])
        for union, lane in zip(here, given, strict=True):
            _hang(placed, union, top - 20 - 8 * lane, across)


def _hang(placed: Placed, union: _Union, bar: float, across: Mapping[str, float]) -> None:
    x, y = _foot(placed, union)
    places = [across[child] for child, _kind in union.children]
    low, high = min([x, *places]), max([x, *places])
    placed.strokes.append(Stroke("child", ((x, y), (x, bar))))
    if high > low:
        placed.strokes.append(Stroke("child", ((low, bar), (high, bar))))
    placed.strokes += [
        Stroke("child" if kind == "parent" else kind, ((across[child], bar), (across[child], placed.symbols[child].y)))
        for child, kind in union.children
    ]


def _foot(placed: Placed, union: _Union) -> tuple[float, float]:
    """Where the line to the children begins: on the couple's line, or below the one parent."""
    if len(union.parents) == 1:
        box = placed.symbols[union.parents[0]]
        return box.middle[0], box.bottom
    ends = sorted(placed.symbols[parent].middle[0] for parent in union.parents)
    line = next(
        stroke for stroke in placed.strokes if len(stroke.points) == 4 and _between(stroke, ends, placed, union)
    )
    return (ends[0] + ends[1]) / 2, line.points[1][1]


def _between(stroke: Stroke, ends: Sequence[float], placed: Placed, union: _Union) -> bool:
    tops = {placed.symbols[parent].bottom for parent in union.parents}
    reached = stroke.points[0][0] - 5, stroke.points[3][0] + 5
    # Places are sums of halves and gaps: not to the last bit the same from both sides.
    near = all(isclose(place, end, abs_tol=0.01) for place, end in zip(reached, ends, strict=True))
    return near and stroke.points[0][1] in tops


def _home(placed: Placed, order: Sequence[Sequence[str]], kin: Mapping[str, Kin]) -> list[list[tuple[float, float]]]:
    """The outline around those who live together; others in between stay outside."""
    runs = [_runs(placed, row, kin) for row in order]
    boxes = [box for row in runs for box in row]
    others = [around([placed.symbols[key], placed.labels[key]]) for key in kin if not kin[key].lives_here]
    if boxes and not any(around(boxes).overlaps(box.grown(10)) for box in others):
        return outline([around(boxes)])
    boxes += [_bridge(above, row) for above, row in pairwise(runs) if above and row]
    return outline(boxes) if boxes else []


def _runs(placed: Placed, row: Sequence[str], kin: Mapping[str, Kin]) -> list[Box]:
    runs: list[list[Box]] = [[]]
    for key in row:
        if kin[key].lives_here:
            runs[-1].append(around([placed.symbols[key], placed.labels[key]]).grown(10))
        elif runs[-1]:
            runs.append([])
    return [around(run) for run in runs if run]


def _bridge(above: Sequence[Box], below: Sequence[Box]) -> Box:
    """A way from a run of one row to a run of the next."""
    first, second = min(
        ((upper, lower) for upper in above for lower in below),
        key=lambda pair: max(pair[0].x, pair[1].x) - min(pair[0].right, pair[1].right),
    )
    left, right = max(first.x, second.x), min(first.right, second.right)
    if right - left < SYMBOL:
        left, right = min(left, right - SYMBOL), max(right, left + SYMBOL)
    return Box(left, first.bottom - 1, right - left, second.y - first.bottom + 2)
