"""Clocks, choice of a desk, automatic texts, minutes: plain values in, plain values out."""

import datetime as dt
import uuid

import pytest

from engawa.kernel.clock import JAPAN
from engawa.kernel.hours import Weekly
from engawa.office.talks import rules

SATURDAY = dt.datetime(2026, 11, 21, 19, 40, tzinfo=JAPAN)
EVENINGS = [Weekly(weekday, dt.time(16), dt.time(21)) for weekday in range(1, 8)]
MORNINGS = [Weekly(weekday, dt.time(9), dt.time(12)) for weekday in range(1, 8)]


def taker(number: int, *, all_age: bool = True, areas: str = "", weekly: list[Weekly] = EVENINGS) -> rules.Taker:
    return rules.Taker(uuid.UUID(int=number), all_age, areas, weekly, (), number)


def test_no_desk_takes_nothing() -> None:
    assert rules.desk_for_talk([], "", SATURDAY) is None


@pytest.mark.parametrize(
    ("takers", "area", "expected"),
    [
        ([taker(1, all_age=False), taker(2)], "", 2),
        ([taker(1), taker(2, areas="左京区、北区")], "左京区", 2),
        ([taker(1, weekly=MORNINGS), taker(2)], "", 2),
        ([taker(2), taker(1)], "どこか", 1),
    ],
    ids=["all ages first", "then the visitor's area", "then who is open", "then the order of the noticeboard"],
)
def test_the_desk_for_a_talk(takers: list[rules.Taker], area: str, expected: int) -> None:
    chosen = rules.desk_for_talk(takers, area, SATURDAY)
    assert chosen == uuid.UUID(int=expected)


def test_in_hours_the_clock_starts_at_once() -> None:
    assert rules.counts_from(SATURDAY, EVENINGS, ()) == SATURDAY


def test_out_of_hours_the_clock_starts_at_the_next_opening() -> None:
    expected = dt.datetime(2026, 11, 22, 9, 0, tzinfo=JAPAN)
    assert rules.counts_from(SATURDAY, MORNINGS, ()) == expected


def test_a_desk_without_hours_counts_from_the_word() -> None:
    assert rules.counts_from(SATURDAY, [], ()) == SATURDAY


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("ja", "次は11月22日（日） 09:00に開きます。"),
        ("ja-easy", "つぎは 11月22日（日） 09:00に ひらきます。"),
        ("en", "It opens again on Sunday, 22 November at 09:00."),
        ("xx", "次は11月22日（日） 09:00に開きます。"),
    ],
)
def test_the_closed_notice_says_when_the_desk_opens_in_the_visitors_language(language: str, says: str) -> None:
    notice = rules.closed_notice(SATURDAY, MORNINGS, (), told_until=None, language=language)
    assert notice
    assert says in notice.words
    assert notice.until == dt.datetime(2026, 11, 22, 9, 0, tzinfo=JAPAN)


def test_the_closed_notice_is_not_repeated_until_the_desk_has_been_open() -> None:
    told = dt.datetime(2026, 11, 22, 9, 0, tzinfo=JAPAN)
    assert rules.closed_notice(SATURDAY, MORNINGS, (), told_until=told, language="ja") is None
    next_night = SATURDAY + dt.timedelta(days=1)
    assert rules.closed_notice(next_night, MORNINGS, (), told_until=told, language="ja")


def test_in_hours_there_is_no_closed_notice() -> None:
    assert rules.closed_notice(SATURDAY, EVENINGS, (), told_until=None, language="ja") is None


def test_without_any_opening_the_notice_names_no_time_and_is_sent_once_a_day() -> None:
    notice = rules.closed_notice(SATURDAY, [], (), told_until=None, language="ja")
    assert notice
    assert "開きます" not in notice.words
    assert notice.until == SATURDAY + dt.timedelta(days=1)


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 21) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, second, tzinfo=JAPAN)


def test_the_minutes_of_a_day_are_those_of_its_sittings() -> None:
    said = [at(19, 36), at(19, 37), at(20, 0), at(22, 0), at(22, 4, 30), at(9, day=22)]
    assert rules.days_of(said) == [
        rules.Day(dt.date(2026, 11, 21), dt.time(19, 36), 24 + 5),
        rules.Day(dt.date(2026, 11, 22), dt.time(9), 1),
    ]


def test_a_sitting_across_midnight_is_two_days() -> None:
    days = rules.days_of([at(23, 50), at(23, 58), at(0, 5, day=22)])
    assert [(day.on.day, day.minutes) for day in days] == [(21, 8), (22, 1)]


def test_nothing_said_is_no_day() -> None:
    assert rules.days_of([]) == []
