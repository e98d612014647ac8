"""X-06: the clock is Japanese, and stands only where it is told to."""

import datetime as dt

from engawa.kernel import clock


def test_today_is_the_day_in_japan() -> None:
    with clock.standing_at(dt.datetime(2026, 3, 31, 15, 0, tzinfo=dt.UTC)):
        assert clock.now() == dt.datetime(2026, 4, 1, 0, 0, tzinfo=clock.JAPAN)
        assert clock.today() == dt.date(2026, 4, 1)


def test_the_clock_goes_on_afterwards() -> None:
    before = dt.datetime.now(dt.UTC)
    with clock.standing_at(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)):
        pass
    assert clock.now() >= before
