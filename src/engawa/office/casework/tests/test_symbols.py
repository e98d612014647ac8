"""The usual symbols of both maps, as they are drawn: read by whoever was trained with them, on screen and on paper."""

import re

import pytest

from engawa.office.casework.maps.family_svg import Face, stroke, symbol
from engawa.office.casework.maps.pen import PAGE, PAPER, Inks
from engawa.office.casework.maps.rules.circle import Line
from engawa.office.casework.maps.rules.placing import Stroke
from engawa.office.casework.maps.rules.shapes import Box
from engawa.office.casework.maps.support_svg import tie

BOX = Box(0, 0, 40, 40)
ACROSS = Line((0, 0), (100, 0))


def drawn(sex: str = "1", *, own: bool = False, deceased: bool = False) -> str:
    return symbol(BOX, Face(sex, "", (), "", own=own, deceased=deceased), PAPER)


def elements(svg: str) -> list[str]:
    return re.findall(r"<(\w+)", svg)


@pytest.mark.parametrize(("sex", "element"), [("1", "rect"), ("2", "circle"), ("9", "path"), ("0", "path")])
def test_a_man_is_a_square_a_woman_a_circle_and_whoever_says_neither_a_diamond(sex: str, element: str) -> None:
    assert elements(drawn(sex)) == [element]


def test_the_diamond_stands_on_its_corner() -> None:
    assert 'd="M20 0L40 20L20 40L0 20Z"' in drawn("9")


@pytest.mark.parametrize(("sex", "element"), [("1", "rect"), ("2", "circle"), ("9", "path")])
def test_whom_the_case_is_about_has_a_double_border(sex: str, element: str) -> None:
    outer, inner = re.findall(r"<[^>]+>", drawn(sex, own=True))
    assert elements(outer + inner) == [element, element]
    assert 'fill="none"' in inner
    assert outer.replace(PAPER.own, "none") != inner


@pytest.mark.parametrize(("sex", "reach"), [("1", 0.0), ("2", 5.8), ("9", 10.0)])
def test_who_has_died_is_crossed_out_from_border_to_border(sex: str, reach: float) -> None:
    """The arms end at the border, also of a circle and a diamond."""
    cross = drawn(sex, deceased=True).removeprefix(drawn(sex))
    near, far = f"{reach:g}", f"{40 - reach:g}"
    assert f'd="M{near} {near}L{far} {far}M{near} {far}L{far} {near}"' in cross


@pytest.mark.parametrize(
    ("kind", "dashes"),
    [("couple", None), ("unmarried", "6 4"), ("adoptive", "8 4"), ("foster", "2 4"), ("step", "8 3 2 3")],
)
def test_a_marriage_is_a_whole_line_and_the_other_kinds_of_bond_are_dashed_each_in_its_way(
    kind: str, dashes: str | None
) -> None:
    line = stroke(Stroke(kind, ((0, 0), (40, 0))), PAPER)
    assert re.findall(r'stroke-dasharray="([^"]+)"', line) == ([dashes] if dashes else [])


@pytest.mark.parametrize("slashes", [1, 2])
def test_one_slash_is_living_apart_and_two_are_a_divorce(slashes: int) -> None:
    whole = stroke(Stroke("couple", ((0, 0), (40, 0))), PAPER)
    crossed = stroke(Stroke("couple", ((0, 0), (40, 0)), slashes, (20, 0)), PAPER)
    (path,) = re.findall(r' d="([^"]+)"', crossed.removeprefix(whole))
    assert path.count("M") == slashes


def lines(strength: str, flow: str = "none", inks: Inks = PAPER) -> list[str]:
    return re.findall(r"<path[^>]+>", tie(ACROSS, strength, flow, inks))


@pytest.mark.parametrize("inks", [PAGE, PAPER])
def test_a_strong_tie_is_thick_a_weak_one_dashed_a_strained_one_a_saw_and_a_cut_one_broken(inks: Inks) -> None:
    """Told by shape, never by colour alone."""
    straight = 'd="M0 0L100 0"'
    (plain,), (strong,), (weak,) = (lines(one, inks=inks) for one in ("plain", "strong", "weak"))
    assert all(straight in one for one in (plain, strong, weak))
    assert ['stroke-width="4.5"' in one for one in (plain, strong, weak)] == [False, True, False]
    assert ["stroke-dasharray" in one for one in (plain, strong, weak)] == [False, False, True]
    (saw,) = lines("strained", inks=inks)
    heights = re.findall(r"L[\d.]+ (-?[\d.]+)", saw)
    assert {"4.5", "-4.5"} <= set(heights)
    assert heights[0] == heights[-1] == "0"
    line, gap, bars = lines("cut", inks=inks)
    assert straight in line
    assert f'stroke="{inks.ground}"' in gap
    assert 'd="M46 8L46 -8M54 8L54 -8"' in bars


@pytest.mark.parametrize(
    ("flow", "tips"), [("none", []), ("in", ["0 0"]), ("out", ["100 0"]), ("both", ["0 0", "100 0"])]
)
def test_an_arrow_shows_where_energy_goes(flow: str, tips: list[str]) -> None:
    """Lines begin at the household: in is towards it, out towards the agency."""
    for strength in ("plain", "strong", "weak", "strained"):
        _line, *heads = lines(strength, flow)
        assert [re.findall(r'd="M([^L]+)L', head)[0] for head in heads] == tips
        assert all("Z" in head for head in heads)
