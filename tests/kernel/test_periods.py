"""Kỳ: half-open spans of days, and months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.kernel.periods import Period, days, month_before, next_month
from tests.conftest import refused

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(DAYS, st.integers(0, 800))
def test_a_period_touches_exactly_the_months_of_its_days(first: date, more: int) -> None:
    period = Period.days(first, first + timedelta(days=more))
    every_day = [first + timedelta(days=n) for n in range(more + 1)]
    assert period.months() == sorted({day.replace(day=1) for day in every_day})
    assert (period.first, period.last) == (every_day[0], every_day[-1])


@given(DAYS)
def test_months_meet(day: date) -> None:
    month = Period.month(day)
    assert month.first.day == month.after.day == 1
    assert month.first <= day <= month.last
    assert month_before(next_month(day)) == month.first
    assert next_month(month_before(day)) == month.first


def test_a_year_has_twelve_months() -> None:
    year = Period.year(2024)
    assert (year.first, year.last, len(year.months())) == (date(2024, 1, 1), date(2024, 12, 31), 12)


@given(DAYS, st.integers(0, 400))
def test_the_last_day_is_inside(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    during = days(first, last)
    assert first in during
    assert last in during
    assert last + timedelta(days=1) not in during
    assert days(first, None).upper is None


def test_a_period_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends on or after"):
        Period.days(date(2026, 11, 3), date(2026, 11, 2))
    with refused("ends_before_it_starts"):
        days(date(2026, 11, 3), date(2026, 11, 2))
