"""The support map（エコマップ）: the household in the middle, whatever carries it around, and the ties between."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engawa.office.casework.maps.rules.shapes import Box, around

RING, CLEAR, MARGIN, GROWTH = 92.0, 18.0, 24.0, 10.0


@dataclass(frozen=True)
class Line:
    """A tie on the map, from the household or one of its members to a node."""

    start: tuple[float, float]
    end: tuple[float, float]


@dataclass
class Circle:
    """The support map, ready to be drawn: the household's frame, the nodes, a line for each tie."""

    frame: Box
    nodes: dict[str, Box] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    width: float = 0
    height: float = 0


def encircle(
    middle: tuple[float, float],
    nodes: Mapping[str, tuple[float, float]],
    ties: Sequence[tuple[str, str]],
    members: Mapping[str, Box],
    labels: Mapping[str, Box],
) -> Circle:
    """Lay nodes out on an ellipse around the household, as close as they fit without touching.

    Args:
        middle: width and height of what stands in the middle, at the origin of ``members``.
        nodes: width and height of each node. They go round from the top in this order, except that what is tied to
            a member stands, as far as it can, on that member's side.
        ties: pairs of member (empty for the household) and node.
        members: where each member's symbol lies in the middle.
        labels: where the words beside it lie; a tie that comes from their side ends before them.
    """
    frame = Box(0, 0, *middle)
    placed = _spread(frame, _in_turn(frame, nodes, ties, members))
    bounds = around([frame, *placed.values()])
    x, y = MARGIN - bounds.x, MARGIN - bounds.y
    circle = Circle(_moved(frame, x, y), width=bounds.width + 2 * MARGIN, height=bounds.height + 2 * MARGIN)
    circle.nodes = {key: _moved(box, x, y) for key, box in placed.items()}
    for member, node in ties:
        home = _moved(members[member], x, y) if member in members else circle.frame
        there = circle.nodes[node]
        start = _edge(home.grown(3), there.middle)
        if member in labels:
            start = _before(_moved(labels[member], x, y).grown(5), start, there.middle)
        circle.lines.append(Line(start, _edge(there.grown(3), home.middle)))
    return circle


def _in_turn(
    frame: Box, nodes: Mapping[str, tuple[float, float]], ties: Sequence[tuple[str, str]], members: Mapping[str, Box]
) -> dict[str, tuple[float, float]]:
    """The nodes in the order in which they go round."""
    free = list(range(len(nodes)))
    turns = {node: _turn(frame, members[member].middle) for member, node in ties if member in members}
    seats: dict[int, str] = {}
    for node in sorted(nodes, key=lambda node: node not in turns):
        wish = turns.get(node, 0.0) * len(nodes)
        seat = min(free, key=lambda seat: _apart(seat, wish, len(nodes))) if node in turns else free[0]
        free.remove(seat)
        seats[seat] = node
    return {seats[seat]: nodes[seats[seat]] for seat in sorted(seats)}


def _apart(seat: int, wish: float, seats: int) -> float:
    """How far a seat is from where a node would like to be, the shorter way round."""
    return min(abs(seat - wish), seats - abs(seat - wish))


def _turn(frame: Box, point: tuple[float, float]) -> float:
    """In which direction from the middle a point lies, as a part of a turn from the top, clockwise."""
    x, y = frame.middle
    return (math.atan2((point[1] - y) / frame.height, (point[0] - x) / frame.width) / (2 * math.pi) + 0.25) % 1


def _spread(frame: Box, nodes: Mapping[str, tuple[float, float]]) -> dict[str, Box]:
    across, down = frame.width / 2 + RING, frame.height / 2 + RING
    clear = frame.grown(CLEAR * 2)
    while True:
        placed = {
            key: _at(frame.middle, across, down, n / len(nodes), size) for n, (key, size) in enumerate(nodes.items())
        }
        boxes = [box.grown(CLEAR / 2) for box in placed.values()]
        touching = any(box.overlaps(other) for n, box in enumerate(boxes) for other in boxes[:n])
        if not touching and not any(box.overlaps(clear) for box in placed.values()):
            return placed
        across, down = across + GROWTH, down + GROWTH * 0.7


def _at(middle: tuple[float, float], across: float, down: float, turn: float, size: tuple[float, float]) -> Box:
    angle = 2 * math.pi * turn - math.pi / 2
    x, y = middle[0] + across * math.cos(angle), middle[1] + down * math.sin(angle)
    return Box(x - size[0] / 2, y - size[1] / 2, *size)


def _moved(box: Box, x: float, y: float) -> Box:
    return Box(box.x + x, box.y + y, box.width, box.height)


def _before(box: Box, start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Where the way from ``start`` to ``end`` has left the box behind; ``start`` where it does not cross it."""
    (x, y), (a, b) = start, end
    enter, leave = 0.0, 1.0
    for place, way, low, high in ((x, a - x, box.x, box.right), (y, b - y, box.y, box.bottom)):
        if not way:
            enter, leave = (enter, leave) if low < place < high else (1.0, 0.0)
            continue
        first, last = sorted(((low - place) / way, (high - place) / way))
        enter, leave = max(enter, first), min(leave, last)
    return (x + (a - x) * leave, y + (b - y) * leave) if enter < leave else start


def _edge(box: Box, towards: tuple[float, float]) -> tuple[float, float]:
    """Where the way from the middle of a box to a point leaves the box."""
    (x, y), (a, b) = box.middle, towards
    reach = min(
        (half / abs(way) for half, way in ((box.width / 2, a - x), (box.height / 2, b - y)) if way), default=0.0
    )
    return x + (a - x) * min(reach, 1), y + (b - y) * min(reach, 1)
