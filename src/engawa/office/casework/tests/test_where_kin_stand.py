"""The layout of the family map: pure rules on plain values."""

import time
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engawa.office.casework.maps.pen import WIDE, svg
from engawa.office.casework.maps.rules.family import Family, Kin, Link, generations, rows
from engawa.office.casework.maps.rules.placing import MOST_LINES, WIDEST, Placed, place
from engawa.office.casework.maps.rules.shapes import Box, outline, spaced, width_of, wrapped

MALE, FEMALE = "1", "2"


def children(parents: str, *keys: str, kind: str = "parent") -> list[Link]:
    """Links from each of ``parents`` (one letter each) to each child."""
    return [Link(kind, parent, key) for key in keys for parent in parents]


def family(kin: list[Kin], links: list[Link]) -> Family:
    return Family({one.key: one for one in kin}, links)


THREE = [
    *[Kin("G", MALE), Kin("H", FEMALE), Kin("F", MALE, 1950), Kin("M", FEMALE), Kin("U", MALE, 1955)],
    *[Kin("a", FEMALE, 1980), Kin("b", MALE, 1975), Kin("c", MALE, 1985), Kin("g", FEMALE)],
]
THREE_LINKS = [
    *[Link("married", "G", "H"), Link("married", "M", "F"), *children("GH", "U", "F")],
    *[*children("FM", "c", "a", "b"), *children("g", "M")],
]


def test_three_generations_stand_above_each_other_with_fathers_kin_left_of_mothers() -> None:
    assert rows(family(THREE, THREE_LINKS), "a") == [["G", "H", "g"], ["F", "U", "M"], ["b", "a", "c"]]


def test_children_stand_by_birth_from_the_left_or_by_their_order_where_a_birth_is_not_known() -> None:
    links = children("P", "x", "y", "z")
    born = [Kin("P"), Kin("x", born=1990, order=1), Kin("y", born=1980, order=2), Kin("z", born=1985, order=3)]
    assert rows(family(born, links), "x")[1] == ["y", "z", "x"]
    unknown = [Kin("P"), Kin("x", order=2), Kin("y", born=1980, order=1), Kin("z")]
    assert rows(family(unknown, links), "x")[1] == ["y", "x", "z"]


def test_a_former_wife_stands_left_and_the_present_one_right_each_with_her_children() -> None:
    kin = [Kin("m", MALE), Kin("ex", FEMALE), Kin("w", FEMALE), Kin("old", born=1990), Kin("new", born=2005)]
    links = [
        *[Link("married", "w", "m", since=2004), Link("married", "m", "ex", "divorced", since=1988)],
        *[*children(("m", "ex"), "old"), *children(("m", "w"), "new")],  # type: ignore[arg-type] # keys of two letters
    ]
    assert rows(family(kin, links), "new") == [["ex", "m", "w"], ["old", "new"]]


def test_kin_known_by_a_word_alone_stand_in_their_generation() -> None:
    kin = [Kin("a"), Kin("aunt"), Kin("cousin"), Kin("nephew"), Kin("grandmother"), Kin("nobody")]
    links = [
        *[Link("relative", "a", "aunt", words="叔母"), Link("relative", "a", "cousin", words="いとこ")],
        *[Link("relative", "a", "nephew", words="甥"), Link("relative", "a", "grandmother", words="祖母")],
    ]
    level = generations(family(kin, links), "a")
    assert level == {"grandmother": 0, "aunt": 1, "a": 2, "cousin": 2, "nobody": 2, "nephew": 3}


def placed(kin: list[Kin], links: list[Link], labels: Any = None) -> Placed:
    names = {one.key: ["長宗我部 权左衛門", "父方のいとこ", "入院中"] for one in kin} if labels is None else labels
    return place(kin, links, names, kin[0].key)


def assert_apart(boxes: list[Box]) -> None:
    for n, box in enumerate(boxes):
        assert not [other for other in boxes[:n] if box.overlaps(other)]


def test_a_child_hangs_below_the_middle_of_its_parents() -> None:
    map_ = placed([Kin("c"), Kin("F", MALE), Kin("M", FEMALE)], [Link("married", "F", "M"), *children("FM", "c")])
    middle = (map_.symbols["F"].middle[0] + map_.symbols["M"].middle[0]) / 2
    assert map_.symbols["c"].middle[0] == pytest.approx(middle, abs=1)


def test_a_divorce_is_crossed_twice_a_separation_once_and_an_adoption_hangs_by_its_own_line() -> None:
    kin = [Kin("c"), Kin("F", MALE), Kin("M", FEMALE), Kin("A", FEMALE)]
    links = [Link("married", "F", "M", "divorced"), Link("married", "F", "A", "separated"), Link("adoptive", "A", "c")]
    strokes = placed(kin, [*links, *children("FM", "c")]).strokes
    assert sorted(stroke.slashes for stroke in strokes if stroke.kind == "couple") == [1, 2]
    assert len([stroke for stroke in strokes if stroke.kind == "adoptive"]) == 1


def test_the_dashed_line_goes_around_those_who_live_together_and_around_nobody_else() -> None:
    kin = [Kin(key, lives_here=key in "Ma") for key in ("a", "F", "M", "b")]
    map_ = placed(kin, [Link("married", "F", "M"), *children("FM", "a", "b")])
    inside = {key for key, box in map_.symbols.items() if _within(box.middle, map_.home)}
    assert inside == {"M", "a"}


def test_a_home_with_nobody_else_between_is_one_plain_frame() -> None:
    kin = [Kin("F", MALE), Kin("M", FEMALE), Kin("a"), Kin("b", lives_here=False)]
    together = placed(kin[:3], [Link("married", "F", "M"), *children("FM", "a")])
    assert [len(walk) for walk in together.home] == [4]
    apart = placed(kin, [Link("married", "F", "M"), *children("FM", "a", "b")])
    assert [len(walk) for walk in apart.home] != [4]


def _within(point: tuple[float, float], walks: list[list[tuple[float, float]]]) -> bool:
    """Even-odd rule."""
    x, y = point
    crossings = 0
    for walk in walks:
        for (a, b), (c, d) in zip(walk, [*walk[1:], walk[0]], strict=True):
            crossings += a == c and a > x and min(b, d) <= y < max(b, d)
    return crossings % 2 == 1


KINDS = st.sampled_from(["parent", "parent", "parent", "adoptive", "foster", "step", "married", "partner", "relative"])


@st.composite
def households(draw: st.DrawFn) -> tuple[list[Kin], list[Link]]:
    """Any household at all, also such as no rule would let in: cousins who marry, their own ancestors."""
    count = draw(st.integers(1, 12))
    kin = [
        Kin(
            str(n), draw(st.sampled_from(["0", "1", "2", "9"])), draw(st.none() | st.integers(1900, 2020)),
            draw(st.none() | st.integers(1, 9)), draw(st.booleans()),
        )
        for n in range(count)
    ]  # fmt: skip
    pairs = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=24))
    endings = st.sampled_from(["", "separated", "divorced"])
    words = st.sampled_from(["", "叔母", "甥", "曾祖父", "孫"])
    links = [
        Link(draw(KINDS), str(a), str(b), draw(endings), draw(words))
        for a, b in {frozenset(p): p for p in pairs}.values()
        if a != b
    ]
    return kin, links


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(households(), st.data())
def test_no_two_symbols_overlap_and_no_label_covers_another_whatever_the_family(
    household: tuple[list[Kin], list[Link]], data: st.DataObject
) -> None:
    kin, links = household
    line = st.text("漢字カナkana ・", max_size=14).map(lambda words: (wrapped(words, WIDEST, lines=1) or [""])[0])
    labels = {one.key: data.draw(st.lists(line, max_size=MOST_LINES)) for one in kin}
    map_ = placed(kin, links, labels)
    assert set(map_.symbols) == {one.key for one in kin}
    assert_apart([*map_.symbols.values(), *map_.labels.values()])
    for box in [*map_.symbols.values(), *map_.labels.values()]:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= map_.width
        assert box.bottom <= map_.height
    assert {one.key for one in kin if one.lives_here} == {
        key for key, box in map_.symbols.items() if _within((box.middle[0] + 0.03, box.middle[1] + 0.03), map_.home)
    }


def test_a_family_whose_places_are_no_round_numbers_is_drawn() -> None:
    """Found by chance: a couple's line and its ends differed by the last bit of a number."""
    kin = [
        Kin("0", "0", lives_here=False),
        Kin("1", "2"),
        Kin("2", "0", 1999, 5, lives_here=False),
        Kin("3", "9", 1976, 7, lives_here=False),
        Kin("4", "0", None, 2, lives_here=False),
        Kin("5", "0", None, 3, lives_here=False),
    ]
    links = [
        Link("married", "0", "4", "separated", "曾祖父"),
        Link("step", "1", "3", "divorced", "甥"),
        Link("parent", "1", "4", "divorced", "甥"),
        Link("step", "2", "3", "divorced", "甥"),
        Link("relative", "2", "1", "divorced", "孫"),
        Link("step", "0", "5", "", "甥"),
        Link("foster", "2", "4", "separated", "孫"),
        Link("parent", "5", "1", "divorced", "叔母"),
        Link("parent", "0", "1", "divorced", "曾祖父"),
        Link("adoptive", "5", "2", "", "甥"),
    ]
    said = [["", "nnカナa"], [], ["漢ナ漢 カk", ""], [], ["k字漢ナ・カカ…", "a", "カカナ"], []]
    labels = {str(number): lines for number, lines in enumerate(said)}
    assert set(placed(kin, links, labels).symbols) == set(labels)


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=12), st.data())
def test_places_keep_their_distance_and_stay_where_they_wish_to_be_when_nothing_is_in_the_way(
    wishes: list[float], data: st.DataObject
) -> None:
    gaps = data.draw(st.lists(st.floats(1, 200), min_size=len(wishes), max_size=len(wishes)))
    places = spaced(wishes, gaps)
    for n, gap in enumerate(gaps[:-1]):
        assert places[n + 1] - places[n] >= gap - 1e-6
    far = [n * 200.0 for n in range(len(wishes))]
    assert spaced(far, gaps) == pytest.approx(far)


@given(st.text(max_size=60), st.integers(20, 200), st.integers(1, 3))
def test_a_wrapped_name_keeps_its_letters_its_width_and_its_lines(name: str, widest: int, lines: int) -> None:
    got = wrapped(name, widest, lines)
    assert len(got) <= lines
    assert all(width_of(line) <= max(widest, 13) + 13 for line in got)
    said = "".join("".join(got).removesuffix("…").split())
    assert "".join(name.split()).startswith(said)


def test_the_outline_of_two_boxes_that_meet_is_one_walk_and_of_two_apart_are_two() -> None:
    assert len(outline([Box(0, 0, 2, 2), Box(1, 1, 4, 1)])) == 1
    assert len(outline([Box(0, 0, 1, 1), Box(5, 5, 1, 1)])) == 2


def test_a_household_of_sixty_is_laid_out_within_a_second_of_processor_time() -> None:
    """It takes a twentieth of that: who stands under whom is worked out once, not for every step."""
    keys = [f"k{number}" for number in range(60)]
    kin = [Kin("p", FEMALE), *(Kin(key, MALE, 1980 + number) for number, key in enumerate(keys))]
    began = time.process_time()
    placed = place(kin, children("p", *keys), {key: ["きょうだい"] for key in keys}, "k0")
    assert time.process_time() - began < 1
    assert len(placed.symbols) == 61


def test_a_drawing_too_wide_for_any_page_keeps_its_size_to_be_scrolled() -> None:
    assert 'class="map"' in svg("", WIDE, 300, alt="家族図")
    assert 'class="map wide"' in svg("", WIDE + 1, 300, alt="家族図")
