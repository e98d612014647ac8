"""003-02: how surveys class the outing question, year by year. The classes count people; they refuse nobody."""

from itertools import chain, repeat

import pytest

from engawa.office.casework.assessments.models import OutingRule
from engawa.office.casework.assessments.rules import HOUSEWORK, Class, Classed, Definition, Life, classify

pytestmark = pytest.mark.django_db
LONG = {"months": 12, "silent": True}


def definition(code: str) -> Definition:
    return OutingRule.objects.get(code=code).definition


def people(age: int, found: dict[int, int], total: int) -> list[Life]:
    """As many as a survey found by option, people who are left out for one reason each, and everybody else."""
    counted = [Life(option, age=age, **LONG) for option, number in found.items() for _ in range(number)]
    left_out = [
        Life(5, months=0, age=age),
        Life(6, reasons=frozenset({"統合失調症"}), age=age, **LONG),
        Life(8, reasons=frozenset({"身体の病気"}), age=age, **LONG),
        Life(7, reasons=frozenset({"妊娠"}), age=age, **LONG),
        Life(6, reasons=frozenset({"出産・育児"}), age=age, **LONG),
        Life(6, reasons=frozenset({"自宅での仕事・自営業"}), age=age, **LONG),
        Life(6, months=12, reasons=frozenset({HOUSEWORK}), silent=False, age=age),
        Life(8, age=age + 50, **LONG),
    ]
    others = repeat(Life(1, age=age, **LONG), total - len(counted) - len(left_out))
    return list(chain(counted, left_out, others))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "age", "found", "total", "broad", "narrow", "rate"),
    [
        ("H27", 30, {5: 33, 6: 11, 7: 3, 8: 2}, 3_115, 49, 16, 1.57),
        ("H30", 55, {5: 19, 6: 21, 7: 5, 8: 2}, 3_248, 47, 28, 1.45),
    ],
)
def test_the_published_counts_come_out_of_the_rules_of_their_year(
    code: str, age: int, found: dict[int, int], total: int, broad: int, narrow: int, rate: float
) -> None:
    """003-02: 49 of 3,115 by the rules of H27, and 47 of 3,248 by those of H30."""
    sample = people(age, found, total)
    classed = [classify(definition(code), life) for life in sample]
    counted = [one for one in classed if one.broad]
    assert len(sample) == total
    assert len(counted) == broad
    assert sum(one.outing is Class.NARROW for one in counted) == narrow
    assert round(100 * broad / total, 2) == rate


@pytest.mark.parametrize(
    ("option", "outing"),
    [(1, Class.NONE), (4, Class.NONE), (5, Class.SEMI), (6, Class.NARROW), (7, Class.NARROW), (8, Class.NARROW)],
)
def test_going_out_without_contact_is_allowed_in_every_year(option: int, outing: Class) -> None:
    """003-01: going out to a hobby or to the shop does not speak against the state."""
    for rule in OutingRule.objects.all():
        life = Life(option, age=rule.youngest, **LONG)
        assert classify(rule.definition, life) == Classed(outing, broad=outing is not Class.NONE)


@pytest.mark.parametrize(
    ("code", "age", "silent", "broad"),
    [("H27", 30, True, False), ("H30", 50, True, True), ("H30", 50, False, False), ("R4", 30, True, True)],
)
def test_since_2018_homemakers_count_when_they_talk_to_hardly_anybody(
    code: str, age: int, *, silent: bool, broad: bool
) -> None:
    """003-02: definitions differ by year; the same answers are counted by one survey and not by another."""
    life = Life(6, months=24, reasons=frozenset({HOUSEWORK}), silent=silent, age=age)
    assert classify(definition(code), life).broad is broad


def test_whoever_is_too_old_for_one_survey_may_be_found_by_another() -> None:
    life = Life(8, age=50, **LONG)
    assert [classify(rule.definition, life).broad for rule in OutingRule.objects.all()] == [False, True, True]


@pytest.mark.parametrize(
    "life",
    [
        Life(None, months=12, age=30),
        Life(6, months=None, age=30),
        Life(6, months=12, age=None),
        Life(6, months=12, age=30, reasons=frozenset({HOUSEWORK}), silent=None),
    ],
)
def test_what_nobody_knows_is_neither_counted_nor_ruled_out(life: Life) -> None:
    assert classify(definition("R4"), life).broad is None


def test_a_known_no_outweighs_what_is_unknown() -> None:
    assert classify(definition("R4"), Life(6, months=0, age=None)).broad is False
    assert classify(definition("R4"), Life(1)).broad is False


def test_every_definition_names_its_source() -> None:
    assert all(rule.source and rule.survey for rule in OutingRule.objects.all())
    assert [rule.code for rule in OutingRule.objects.all()] == ["H27", "H30", "R4"]
