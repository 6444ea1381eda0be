"""A fact was written down wrong: withdraw the row (who, when, why) and say it anew (decision 12)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from types import EllipsisType
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils import timezone

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import days
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.membership.models import Absence, Belonging, Person, Standing
from chibo.membership.operations.bounds import refuse_before_birth
from chibo.membership.operations.entering import refuse_unless_cell
from chibo.membership.today import follow, locked
from chibo.organisation.models import Unit

Fact = Belonging | Standing | Absence


@transaction.atomic
def correct_belonging(
    belonging: Belonging, *, unit: Unit | None, first: date, last: date | None, why: str, at: datetime, by: Actor,
    decision: str | None = None,
) -> Belonging:  # fmt: skip
    """Sửa nơi sinh hoạt đã ghi sai. The cell before and the cell after, where they meet this one, meet it still.

    Without a last day a way of leaving that was noted is taken back, and the standing that ended with it goes on.
    Sealed rolls and papers keep what they say. Raises NoPower, Refused: not_a_cell, same_cell, unknown_why,
    withdrawn_already, ends_before_it_starts, neighbour_swallowed, overlaps_another, leaving_is_an_act.
    """
    person = locked(belonging.person, by)
    during = days(first, last)
    refuse_before_birth(person, first)
    official = belonging.kind == Belonging.OFFICIAL
    refuse_if(official and unit is None, "not_a_cell")
    refuse_if(official and last is not None and belonging.during.upper is None, "leaving_is_an_act")
    if unit is not None:
        refuse_unless_cell(unit, first)
        if official:
            by.must(Power.ADMIT, unit.scope_path)
    change = _Correction(person, why=why, at=at, by=by)
    said: dict[str, Any] = {"unit": unit, "scope_path": unit.scope_path if unit else "", **_decision(decision)}
    if last is None:
        said |= {"way_out": "", "decision_out": ""}
    if official and belonging.during.upper is not None and not change.after(belonging):
        change.ends_with(belonging, during.upper)
    new = change.say(belonging, during, **said)
    _no_guest_at_home(person)
    change.finish("belonging.corrected")
    return new


@transaction.atomic
def correct_standing(
    standing: Standing, *, kind: str, first: date, last: date | None, why: str, at: datetime, by: Actor,
    decision: str | None = None, decided_on: date | EllipsisType | None = ...,
) -> Standing:  # fmt: skip
    """Sửa chính thức, dự bị đã ghi sai: moving the day of recognition moves the end of probation too.

    The day of the decision stays when none is said.

    Raises NoPower, Refused: unknown_standing, unknown_why, withdrawn_already, ends_before_it_starts,
    neighbour_swallowed, overlaps_another.
    """
    refuse_if(kind not in dict(Standing.KINDS), "unknown_standing", standing=kind)
    change = _Correction(locked(standing.person, by), why=why, at=at, by=by)
    refuse_before_birth(standing.person, first)
    said: dict[str, Any] = {"kind": kind, **_decision(decision)}
    if decided_on is not ...:
        said["decided_on"] = decided_on
    new = change.say(standing, days(first, last), **said)
    change.finish("standing.corrected")
    return new


@transaction.atomic
def correct_absence(
    absence: Absence, *, kind: str, first: date, last: date | None, why: str, at: datetime, by: Actor,
    decision: str | None = None,
) -> Absence:  # fmt: skip
    """Sửa lần miễn sinh hoạt, nhiệm vụ đặc biệt đã ghi sai.

    Raises NoPower, Refused: unknown_kind_of_absence, unknown_why, withdrawn_already, ends_before_it_starts,
    overlaps_another.
    """
    refuse_if(kind not in dict(Absence.KINDS), "unknown_kind_of_absence")
    change = _Correction(locked(absence.person, by), why=why, at=at, by=by)
    refuse_before_birth(absence.person, first)
    new = change.say(absence, days(first, last), kind=kind, **_decision(decision))
    change.finish("absence.corrected")
    return new


@transaction.atomic
def withdraw_fact(fact: Fact, *, why: str, at: datetime, by: Actor) -> None:
    """Rút một việc đã ghi mà không có: a move, a recognition, an exemption that never happened.

    The cell or standing before it goes on as if nothing had been written. A member entered twice has none left
    and is on no list any more. Raises NoPower, Refused: unknown_why, withdrawn_already.
    """
    change = _Correction(locked(fact.person, by), why=why, at=at, by=by)
    before = change.before(fact)
    change.take(fact)
    if before is not None:
        ends = {"way_out": fact.way_out, "decision_out": fact.decision_out} if isinstance(fact, Belonging) else {}
        change.say(before, DateRange(before.during.lower, fact.during.upper), **ends)
    change.finish("fact.withdrawn")


@dataclass(slots=True)
class _Correction:
    """Rows withdrawn and rows said anew in one act on one person."""

    person: Person
    why: str
    at: datetime
    by: Actor
    taken: list[Fact] = field(default_factory=list)
    said: list[Fact] = field(default_factory=list)

    def take(self, row: Fact) -> None:
        """Withdraw one row."""
        row.refresh_from_db()
        row.withdraw(why=self.why, at=self.at, by_account=self.by.account_id)
        self.taken.append(row)

    def say(self, row: Any, during: DateRange, **changes: Any) -> Any:
        """Withdraw a row and say it anew; neighbours that met it move their common day."""
        row.refresh_from_db()
        rows = [(row, during, changes)]
        before, after = self.before(row), self.after(row)
        if before is not None and before not in self.taken and during.lower != row.during.lower:
            rows.append((before, DateRange(before.during.lower, during.lower), {}))
        if after is not None and during.upper != row.during.upper:
            refuse_if(during.upper is None, "neighbour_swallowed")
            rows.append((after, DateRange(during.upper, after.during.upper), {}))
        for _, span, _ in rows:
            refuse_if(span.upper is not None and span.upper <= span.lower, "neighbour_swallowed")
        for old, _, _ in rows:
            self.take(old)
        new = [self._add(old, span, said) for old, span, said in rows]
        return new[0]

    def _add(self, old: Fact, during: DateRange, changes: dict[str, Any]) -> Fact:
        row = old.said_anew(during=during, **changes)
        refuse_if(self._others(row).filter(during__overlap=during).exists(), "overlaps_another")
        row.save(force_insert=True)
        self.said.append(row)
        return row

    def _others(self, row: Fact) -> QuerySet:  # type: ignore[type-arg]
        rows = type(row).objects.live().filter(person=self.person)
        return rows if isinstance(row, Standing) else rows.filter(kind=row.kind)

    def before(self, row: Fact) -> Any:
        """The live row that ends where this one begins, for facts that hold without a gap."""
        return self._others(row).filter(during__endswith=row.during.lower).first() if _chained(row) else None

    def after(self, row: Fact) -> Any:
        """The live row that begins where this one ends."""
        ends = row.during.upper if _chained(row) else None
        return self._others(row).filter(during__startswith=ends).first() if ends else None

    def ends_with(self, belonging: Belonging, upper: date | None) -> None:
        """The standing that ended with membership ends with it still, or goes on."""
        last = Standing.objects.live().filter(person=self.person, during__endswith=belonging.during.upper)
        for row in last:
            if upper != row.during.upper:
                self.say(row, DateRange(row.during.lower, upper))

    def finish(self, verb: str) -> None:
        """Follow what holds today, sign once."""
        day = timezone.localdate(self.at)
        follow([self.person.pk], on=day)
        unit = next((r.unit_id for r in self.said if isinstance(r, Belonging)), None)
        record(self.by, verb, on=day, unit_id=unit, touched=[self.person, *self.taken, *self.said], reason=self.why)


def _chained(row: Fact) -> bool:
    return isinstance(row, Standing) or (isinstance(row, Belonging) and row.kind == Belonging.OFFICIAL)


def _decision(decision: str | None) -> dict[str, str]:
    return {} if decision is None else {"decision": clean(decision, most=120)}


def _no_guest_at_home(person: Person) -> None:
    rows = Belonging.objects.live().filter(person=person)
    guest = list(rows.filter(kind=Belonging.TEMPORARY).exclude(unit=None))
    for row in guest:
        at_home = rows.filter(kind=Belonging.OFFICIAL, unit=row.unit, during__overlap=row.during)
        refuse_if(at_home.exists(), "same_cell")
