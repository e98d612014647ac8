"""The layout of the support map: pure rules on plain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engawa.office.casework.maps.rules.circle import encircle
from engawa.office.casework.maps.rules.shapes import Box, wrapped

SIZES = st.tuples(st.floats(20, 190), st.floats(20, 70))


@given(st.tuples(st.floats(100, 900), st.floats(80, 500)), st.lists(SIZES, max_size=24))
def test_nothing_around_the_household_touches_anything_and_all_of_it_is_on_the_sheet(
    middle: tuple[float, float], sizes: list[tuple[float, float]]
) -> None:
    nodes = {str(n): size for n, size in enumerate(sizes)}
    circle = encircle(middle, nodes, [], {}, {})
    boxes = [circle.frame, *circle.nodes.values()]
    for n, box in enumerate(boxes):
        assert not [other for other in boxes[:n] if box.overlaps(other)]
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= circle.width
        assert box.bottom <= circle.height


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("夜の居場所「月あかり」", ["夜の居場所", "「月あかり」"]),
        ("ひとやすみの家（一時生活支援）", ["ひとやすみの家", "（一時生活支援）"]),
        ("協力 スクールソーシャルワーカー", ["協力 スクールソー", "シャルワーカー"]),
        ("みどりの丘のセンター。", ["みどりの丘のセン", "ター。"]),
        ("ハローワーク", ["ハローワーク"]),
    ],
)
def test_names_break_where_japanese_does(name: str, lines: list[str]) -> None:
    assert wrapped(name, 136) == lines


def test_a_tie_begins_at_its_member_and_ends_at_the_edge_of_what_it_leads_to() -> None:
    mother = Box(40, 30, 46, 46)
    circle = encircle((300, 200), {"clinic": (120, 40)}, [("m", "clinic"), ("", "clinic")], {"m": mother}, {})
    own, whole = circle.lines
    clinic = circle.nodes["clinic"]
    symbol = Box(circle.frame.x + 40, circle.frame.y + 30, 46, 46)
    assert symbol.grown(4).overlaps(Box(*own.start, 0.1, 0.1))
    assert not symbol.grown(2).overlaps(Box(*own.start, 0.1, 0.1))
    for line in (own, whole):
        assert clinic.grown(4).overlaps(Box(*line.end, 0.1, 0.1))
        assert not clinic.overlaps(Box(*line.end, 0.1, 0.1))
    assert circle.frame.grown(4).overlaps(Box(*whole.start, 0.1, 0.1))


def test_a_tie_that_comes_from_the_side_of_a_name_ends_before_it() -> None:
    mother, name = Box(100, 30, 46, 46), Box(152, 37, 90, 32)
    nodes = {"above": (120.0, 40.0), "right": (120.0, 40.0), "below": (120.0, 40.0), "left": (120.0, 40.0)}
    circle = encircle((300, 120), nodes, [("m", node) for node in nodes], {"m": mother}, {"m": name})
    words = Box(circle.frame.x + name.x, circle.frame.y + name.y, name.width, name.height)
    for line in circle.lines:
        (x, y), (a, b) = line.start, line.end
        on_the_way = [Box(x + (a - x) * n / 100, y + (b - y) * n / 100, 0.1, 0.1) for n in range(101)]
        assert not [point for point in on_the_way if words.overlaps(point)]
