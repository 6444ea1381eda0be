"""Facts that hold for a while: half-open periods of days, one at a time by constraint of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange


def one_at_a_time(*owner: str, name: str) -> ExclusionConstraint:
    """No two live rows of the same owner may overlap in time. Rows withdrawn by a correction do not count."""
    same: list[tuple[Any, str]] = [(column, RangeOperators.EQUAL) for column in owner]
    return ExclusionConstraint(name=name, expressions=[*same, ("during", RangeOperators.OVERLAPS)])


def since(first: date) -> DateRange:
    """From a day on, end not known."""
    return DateRange(first, None)


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with a `during`."""

    def on(self, day: date) -> Self:
        """Rows that hold on that day."""
        return self.filter(during__contains=day)


@dataclass(frozen=True, slots=True)
class Period:
    """Days `[first, after)`: the span a figure is asked for."""

    first: date
    after: date

    @classmethod
    def month(cls, day: date) -> Period:
        """The calendar month of the day."""
        return cls(day.replace(day=1), next_month(day))

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def days(cls, first: date, last: date) -> Period:
        """Both days included. Raises ValueError when the last day is before the first."""
        if last < first:
            raise ValueError("a period ends on or after the day it starts")
        return cls(first, last + timedelta(days=1))

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.after - timedelta(days=1)

    def months(self) -> list[date]:
        """First days of the months the period touches."""
        found, day = [], self.first.replace(day=1)
        while day < self.after:
            found.append(day)
            day = next_month(day)
        return found


def next_month(day: date) -> date:
    """First day of the month after."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(day: date) -> date:
    """First day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
