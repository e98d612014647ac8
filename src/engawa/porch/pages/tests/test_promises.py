"""What is promised about time, and how it is said."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.utils.translation import override

from engawa.kernel import clock
from engawa.kernel.clock import JAPAN
from engawa.kernel.hours import Opening
from engawa.porch.pages.rules import Welcome, rounded_up, welcome_from
from engawa.porch.pages.templatetags.porch import about, clock_time, closing, day, day_and_clock

EVENING = dt.datetime(2026, 11, 19, 21, tzinfo=JAPAN)


@dataclass(frozen=True)
class Desk:
    open_until: dt.datetime | None = None
    opens_next: Opening | None = None
    present: int | None = None
    waiting: int | None = None
    minutes: int | None = None


@pytest.mark.parametrize(("measured", "said"), [(0, 5), (4, 5), (5, 5), (6, 10), (58, 60), (61, 90), (91, 120)])
def test_the_time_said_is_never_shorter_than_the_time_measured(measured: int, said: int) -> None:
    """001-12: the first-reply time is measured and told honestly."""
    assert rounded_up(measured) == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(4, "5分ほど"), (60, "60分ほど"), (70, "1.5時間ほど"), (115, "2時間ほど")]
)
def test_long_times_are_said_in_hours(minutes: int, said: str) -> None:
    assert about(minutes) == said


def test_the_desk_with_somebody_there_speaks_for_all() -> None:
    empty, busy = Desk(open_until=EVENING, present=0), Desk(open_until=EVENING, present=2, waiting=3, minutes=9)
    assert welcome_from([empty, busy]) == Welcome(EVENING, None, 2, 3, 9)
    assert welcome_from([busy, empty]).somebody_is_here


def test_nobody_is_said_to_be_away_while_another_desk_may_have_somebody() -> None:
    empty, unknown = Desk(open_until=EVENING, present=0), Desk(open_until=EVENING)
    welcome = welcome_from([empty, unknown])
    assert not welcome.nobody_is_here
    assert not welcome.somebody_is_here


def test_out_of_hours_the_first_opening_of_any_desk_is_named() -> None:
    later, sooner = (Opening(EVENING + dt.timedelta(days=n), EVENING) for n in (2, 1))
    assert welcome_from([Desk(opens_next=later), Desk(opens_next=sooner), Desk()]).opens_next == sooner.opens
    assert welcome_from([]) == Welcome()


@pytest.mark.parametrize(("ahead", "said"), [(-1, "きのう"), (0, "きょう"), (1, "あす")])
def test_days_nearby_are_said_as_one_says_them(ahead: int, said: str) -> None:
    assert day(clock.today() + dt.timedelta(days=ahead)) == said


def test_other_days_name_the_weekday_in_the_language_of_the_page() -> None:
    far = dt.date(2027, 4, 1)
    assert day(far) == "4月1日（木）"
    with override("en"):
        assert day(far) == "Thu 1 Apr"
    with override("ja-easy"):
        assert day(far) == "4月1日（木）"


def test_times_are_japanese_times_and_midnight_ends_a_day() -> None:
    midnight = dt.datetime(2026, 11, 19, 15, tzinfo=dt.UTC)
    assert (clock_time(midnight), closing(midnight), closing(EVENING)) == ("0:00", "24:00", "21:00")
    assert day_and_clock(dt.datetime(2027, 4, 1, 0, 5, tzinfo=dt.UTC)) == "4月1日（木） 9:05"
