"""Opening hours in Japanese time, at their edges."""

import datetime as dt

import pytest

from engawa.kernel.clock import JAPAN
from engawa.kernel.hours import Opening, Weekly, next_opening, open_until, openings_on


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def line(weekday: int, opens: str, closes: str, **period: dt.date) -> Weekly:
    return Weekly(weekday, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes), **period)


# Thursdays to Saturdays 16:00–21:00, as the desk that opens when the centre closes (001-11).
EVENINGS = [line(day, "16:00", "21:00") for day in (4, 5, 6)]


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-11-19T15:59", None),
        ("2026-11-19T16:00", "2026-11-19T21:00"),
        ("2026-11-19T20:59:59", "2026-11-19T21:00"),
        ("2026-11-19T21:00", None),
        ("2026-11-22T18:00", None),
    ],
)
def test_it_is_open_from_the_first_minute_and_no_longer_at_the_last(moment: str, until: str | None) -> None:
    """001-11: 16:00–21:00, to the minute."""
    assert open_until(at(moment), EVENINGS) == (at(until) if until else None)


def test_the_moment_may_be_given_in_any_time_zone() -> None:
    moment = dt.datetime(2026, 11, 19, 8, 0, tzinfo=dt.UTC)
    assert open_until(moment, EVENINGS) == at("2026-11-19T21:00")


def test_a_closed_day_is_closed_and_the_next_opening_skips_it() -> None:
    closed = {dt.date(2026, 11, 20)}
    assert open_until(at("2026-11-20T17:00"), EVENINGS, closed) is None
    assert next_opening(at("2026-11-19T21:00"), EVENINGS, closed) == Opening(
        at("2026-11-21T16:00"), at("2026-11-21T21:00")
    )


def test_new_hours_begin_with_the_fiscal_year() -> None:
    last_day, first_day = dt.date(2027, 3, 31), dt.date(2027, 4, 1)
    hours = [line(3, "09:00", "17:00", ends_on=last_day), line(4, "16:00", "21:00", starts_on=first_day)]
    assert open_until(at("2027-03-31T16:30"), hours) == at("2027-03-31T17:00")
    assert open_until(at("2027-04-01T09:30"), hours) is None
    assert next_opening(at("2027-03-31T17:00"), hours) == Opening(at("2027-04-01T16:00"), at("2027-04-01T21:00"))


def test_a_night_desk_goes_on_past_midnight() -> None:
    hours = [line(5, "22:00", "23:59"), line(6, "00:00", "05:00")]
    assert open_until(at("2026-11-20T23:59:30"), hours) == at("2026-11-21T05:00")
    assert open_until(at("2026-11-21T00:00"), hours) == at("2026-11-21T05:00")
    assert open_until(at("2026-11-21T05:00"), hours) is None


def test_lines_that_touch_or_overlap_are_one_stretch() -> None:
    hours = [line(1, "13:00", "17:00"), line(1, "09:00", "13:00"), line(1, "10:00", "12:00")]
    day = dt.date(2026, 11, 23)
    assert openings_on(day, hours) == [Opening(at("2026-11-23T09:00"), at("2026-11-23T17:00"))]


def test_a_lunch_break_is_a_break() -> None:
    hours = [line(1, "09:00", "12:00"), line(1, "13:00", "17:00")]
    assert open_until(at("2026-11-23T11:00"), hours) == at("2026-11-23T12:00")
    assert next_opening(at("2026-11-23T12:00"), hours) == Opening(at("2026-11-23T13:00"), at("2026-11-23T17:00"))


def test_hours_that_have_ended_never_open_again() -> None:
    hours = [line(1, "09:00", "12:00", ends_on=dt.date(2026, 3, 31))]
    assert next_opening(at("2026-04-01T00:00"), hours) is None
    assert next_opening(at("2026-04-01T00:00"), []) is None
