"""Enter members on the list, recognise one as official, give one an account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from chibo.access.models import Account
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import since
from chibo.kernel.text import clean, fold, name_key
from chibo.ledger.operations import record
from chibo.membership.models import Belonging, Person, Standing
from chibo.membership.today import locked
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on


@dataclass(frozen=True, slots=True)
class NewMember:
    """One line of a list of members. `way_in` is how they came on the list (Biểu 1-TCTW)."""

    full_name: str
    standing: str = Standing.OFFICIAL
    since: date | None = None
    way_in: str = Belonging.LISTED


def enter_member(
    full_name: str,
    unit: Unit,
    *,
    on: date,
    by: Actor,
    standing: str = Standing.OFFICIAL,
    way_in: str = Belonging.LISTED,
) -> Person:
    """Ghi đảng viên vào sổ: a member who belongs to the cell `unit` from `on`. Raises as `enter_members`."""
    return enter_members([NewMember(full_name, standing, on, way_in)], unit, on=on, by=by)[0]


@transaction.atomic
def enter_members(rows: Iterable[NewMember], unit: Unit, *, on: date, by: Actor) -> list[Person]:
    """The same for a whole list: one act, one ledger line, one touch for each person.

    Raises Refused: not_a_cell, no_name, unknown_standing, unknown_way.
    """
    by.must(Power.ADMIT, unit.scope_path)
    refuse_unless_cell(unit, on)
    path, people, belongings, standings = unit.scope_path, [], [], []
    for row in rows:
        person, during = _person(row, path), since(row.since or on)
        people.append(person)
        belongings.append(
            Belonging(
                person=person, unit=unit, during=during, way_in=row.way_in, scope_path=path, home_path=path
            )
        )  # fmt: skip
        standings.append(Standing(person=person, kind=row.standing, during=during, scope_path=path))
    Person.objects.bulk_create(people)
    Belonging.objects.bulk_create(belongings)
    Standing.objects.bulk_create(standings)
    record(by, "members.entered", on=on, unit_id=unit.pk, touched=people)
    return people


def refuse_unless_cell(unit: Unit, day: date) -> None:
    """Raise Refused("not_a_cell") unless the unit stands as a cell on that day."""
    placement = placement_on(unit.pk, day)
    refuse_if(placement is None or placement.kind != "cell", "not_a_cell")


def _person(row: NewMember, path: str) -> Person:
    name = clean(row.full_name, most=80)
    refuse_if(not name, "no_name")
    refuse_if(row.standing not in dict(Standing.KINDS), "unknown_standing", standing=row.standing)
    refuse_if(row.way_in not in dict(Belonging.WAYS_IN) or row.way_in == Belonging.MOVED, "unknown_way")
    return Person(full_name=name, name_key=name_key(name), folded_name=fold(name), scope_path=path)


@transaction.atomic
def recognise_official(person: Person, *, on: date, by: Actor, decision: str = "") -> Standing:
    """Công nhận đảng viên chính thức: probation ends the day before `on` (Điều lệ Đảng, Điều 5).

    Raises Refused("not_probationary").
    """
    person = locked(person, by)
    old = Standing.objects.on(on).filter(person=person).first()
    if old is None or old.kind != Standing.PROBATIONARY or old.during.lower == on:
        refuse_if(True, "not_probationary")
    assert old is not None
    until = old.during.upper
    old.during = DateRange(old.during.lower, on)
    old.save(update_fields=["during"])
    new = Standing.objects.create(
        person=person, kind=Standing.OFFICIAL, during=DateRange(on, until), scope_path=person.scope_path,
        decision=clean(decision, most=120),
    )  # fmt: skip
    record(by, "member.recognised", on=on, unit_id=None, touched=[person])
    return new


@transaction.atomic
def give_account(person: Person, account: Account, *, on: date, by: Actor) -> None:
    """Giao tài khoản: from now on this account acts with the person's posts. Raises Refused("account_taken")."""
    by.must(Power.APPOINT, person.scope_path)
    refuse_if(person.account_id is not None or hasattr(account, "person"), "account_taken")
    person.account = account
    person.save(update_fields=["account"])
    record(by, "account.given", on=on, unit_id=None, touched=[person, account])
