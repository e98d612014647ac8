"""X-08: 和暦 and 年度 as offices write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engawa.kernel import fiscal, wareki


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和3年4月1日", dt.date(2021, 4, 1)),
        ("令和元年5月1日", dt.date(2019, 5, 1)),
        ("R3.4.1", dt.date(2021, 4, 1)),
        ("ｒ０３／０４／０１", dt.date(2021, 4, 1)),
        ("H31-4-30", dt.date(2019, 4, 30)),
        ("昭和64年1月7日", dt.date(1989, 1, 7)),
        ("２０２１年４月１日", dt.date(2021, 4, 1)),
        ("2021-04-01 00:00:00", dt.date(2021, 4, 1)),
        (" 2021/4/1 ", dt.date(2021, 4, 1)),
    ],
)
def test_a_day_is_read_in_every_spelling_that_offices_use(written: str, day: dt.date) -> None:
    assert wareki.read_date(written) == day


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("昭和64年1月8日", "平成元年1月8日"),
        ("平成31年5月1日", "令和元年5月1日"),
        ("令和3年2月30日", "暦にない"),
        ("来週", "例："),
        ("", "例："),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_a_hint(written: str, hint: str) -> None:
    with pytest.raises(wareki.NotADate, match=hint):
        wareki.read_date(written)


@given(st.dates(dt.date(1873, 1, 1), dt.date(2100, 1, 1)))
def test_what_is_written_reads_back(day: dt.date) -> None:
    assert wareki.read_date(wareki.write_date(day)) == day


def test_days_before_the_solar_calendar_have_no_era_here() -> None:
    with pytest.raises(wareki.NotADate):
        wareki.write_date(dt.date(1872, 12, 31))


def test_a_fiscal_year_runs_from_april_and_may_straddle_eras() -> None:
    assert fiscal.fiscal_year(dt.date(2020, 3, 31)) == 2019
    assert fiscal.fiscal_year(dt.date(2020, 4, 1)) == 2020
    assert fiscal.period_of(2019) == fiscal.Period(dt.date(2019, 4, 1), dt.date(2020, 3, 31))
    assert fiscal.write_fiscal_year(2019) == "令和元年度"
    assert fiscal.write_fiscal_year(2018) == "平成30年度"


def test_a_period_knows_its_months_and_refuses_to_run_backwards() -> None:
    period = fiscal.Period(dt.date(2020, 9, 15), dt.date(2021, 1, 1))
    assert [month.month for month in period.months] == [9, 10, 11, 12, 1]
    assert dt.date(2020, 9, 15) in period
    assert dt.date(2020, 9, 14) not in period
    with pytest.raises(ValueError, match="前です"):
        fiscal.Period(dt.date(2021, 1, 2), dt.date(2021, 1, 1))
