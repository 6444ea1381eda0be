"""Facts that hold for a while: half-open periods of days, one at a time by constraint of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from chibo.kernel.errors import refuse_if

LIVE = Q(withdrawn_at=None)


def one_at_a_time(*owner: str, name: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows of the same owner may overlap in time, among those the condition names.

    Facts that can be corrected pass `LIVE`: rows withdrawn by a correction do not count.
    """
    same: list[tuple[Any, str]] = [(column, RangeOperators.EQUAL) for column in owner]
    return ExclusionConstraint(name=name, expressions=[*same, ("during", RangeOperators.OVERLAPS)], condition=condition)


def since(first: date) -> DateRange:
    """From a day on, end not known."""
    return DateRange(first, None)


def days(first: date, last: date | None) -> DateRange:
    """Both days included; end not known without a last day. Raises Refused("ends_before_it_starts")."""
    refuse_if(last is not None and last < first, "ends_before_it_starts")
    return DateRange(first, last + timedelta(days=1)) if last else since(first)


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with a `during`."""

    def on(self, day: date) -> Self:
        """Rows that hold on that day."""
        return self.filter(during__contains=day)


class CorrectableQuerySet(DatedQuerySet):
    """Facts of which some were withdrawn by a correction."""

    def live(self) -> Self:
        """Rows nobody has withdrawn."""
        return self.filter(LIVE)

    def on(self, day: date) -> Self:
        """Live rows that hold on that day."""
        return super().on(day).live()


class Correctable(models.Model):
    """A dated fact that may have been written down wrong: a correction withdraws the row and adds one (decision 12).

    Mind that `Model.objects.filter(...)` holds withdrawn rows too; ask `on(day)` or `live()`.
    """

    MISTAKES = [
        ("typed_wrong", "gõ nhầm"),
        ("paper_differs", "văn bản ghi khác"),
        ("entered_twice", "ghi hai lần"),
        ("did_not_happen", "việc không diễn ra"),
    ]

    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)  # the account; None is the machine itself
    withdrawn_why = models.CharField(max_length=16, blank=True, choices=MISTAKES)

    class Meta:
        abstract = True

    @classmethod
    def withdrawn_whole(cls, name: str) -> models.CheckConstraint:
        """A withdrawal has a moment and a reason, or there is none."""
        none = Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
        return models.CheckConstraint(name=name, condition=none | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why=""))

    def withdraw(self, *, why: str, at: datetime, by_account: int | None) -> None:
        """Rút dòng này: it stays readable and counts no more. Raises Refused: unknown_why, withdrawn_already."""
        refuse_if(why not in dict(self.MISTAKES), "unknown_why", why=why)
        refuse_if(self.withdrawn_at is not None, "withdrawn_already")
        self.withdrawn_at, self.withdrawn_by, self.withdrawn_why = at, by_account, why
        self.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])

    def said_anew(self, **changes: object) -> Self:
        """The row that stands instead, not saved yet: the same fact but for the changes."""
        own = {f.attname for f in Correctable._meta.concrete_fields}
        kept = {
            f.attname: getattr(self, f.attname)
            for f in self._meta.concrete_fields
            if not f.primary_key and f.attname not in own
        }
        said = type(self)(**kept)
        for name, value in changes.items():
            setattr(said, name, value)
        return said


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
