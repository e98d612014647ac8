"""Which hours may stand together, and what is said of a desk at a moment."""

import datetime as dt

import pytest

from engawa.kernel.clock import JAPAN
from engawa.kernel.hours import Weekly
from engawa.office.directory.rules import Fault, fault_in, state_at


def line(weekday: int, opens: int, closes: int, **period: dt.date) -> Weekly:
    return Weekly(weekday, dt.time(opens), dt.time(closes), **period)


def test_an_open_desk_says_until_when_and_a_closed_one_when_next() -> None:
    """001-11: the automatic text outside hours names the next opening."""
    hours = [line(1, 16, 21)]
    opened = state_at(dt.datetime(2026, 11, 23, 17, tzinfo=JAPAN), hours, [])
    closed = state_at(dt.datetime(2026, 11, 23, 21, tzinfo=JAPAN), hours, [])
    assert (opened.is_open, opened.until) == (True, dt.datetime(2026, 11, 23, 21, tzinfo=JAPAN))
    assert (closed.is_open, closed.opens_next) == (False, dt.datetime(2026, 11, 30, 16, tzinfo=JAPAN))


def test_a_desk_without_hours_promises_nothing() -> None:
    state = state_at(dt.datetime(2026, 11, 23, 17, tzinfo=JAPAN), [], [])
    assert (state.until, state.opens_next) == (None, None)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([], None),
        ([line(1, 9, 12), line(1, 13, 17)], None),
        ([line(1, 9, 13), line(1, 13, 17)], None),
        ([line(1, 12, 9)], Fault.ORDER),
        ([line(1, 9, 9)], Fault.ORDER),
        ([line(1, 9, 14), line(1, 13, 17)], Fault.OVERLAP),
        ([line(1, 9, 17), line(2, 9, 17)], None),
        ([line(1, 9, 12, starts_on=dt.date(2027, 4, 1), ends_on=dt.date(2027, 3, 31))], Fault.PERIOD),
    ],
)
def test_hours_stand_together_unless_they_overlap(lines: list[Weekly], fault: Fault | None) -> None:
    assert fault_in(lines) == fault


def test_old_and_new_hours_of_the_same_weekday_may_meet_at_the_fiscal_year() -> None:
    old = line(1, 9, 17, ends_on=dt.date(2027, 3, 31))
    new = line(1, 10, 18, starts_on=dt.date(2027, 4, 1))
    assert fault_in([old, new]) is None
    assert fault_in([old, line(1, 10, 18, starts_on=dt.date(2027, 3, 31))]) == Fault.OVERLAP
