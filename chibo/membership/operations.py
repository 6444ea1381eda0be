"""Enter a member, recognise as official, exempt, send to temporary activity, give the account."""

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
from chibo.membership.models import Absence, Belonging, Person, Standing
from chibo.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class NewMember:
    """One line of a list of members."""

    full_name: str
    standing: str = Standing.OFFICIAL
    since: date | None = None


def enter_member(full_name: str, unit: Unit, *, on: date, by: Actor, standing: str = Standing.OFFICIAL) -> Person:
    """Ghi đảng viên vào sổ: a member who belongs to the cell `unit` from `on`. Raises Refused("no_name")."""
    return enter_members([NewMember(full_name, standing, on)], unit, on=on, by=by)[0]


@transaction.atomic
def enter_members(rows: Iterable[NewMember], unit: Unit, *, on: date, by: Actor) -> list[Person]:
    """The same for a whole list: one act, one ledger line, one touch for each person.

    Raises Refused: no_name, unknown_standing.
    """
    by.must(Power.ADMIT, unit.scope_path)
    path, people, belongings, standings = unit.scope_path, [], [], []
    for row in rows:
        name = clean(row.full_name, most=80)
        refuse_if(not name, "no_name")
        refuse_if(row.standing not in dict(Standing.KINDS), "unknown_standing", standing=row.standing)
        person = Person(full_name=name, name_key=name_key(name), folded_name=fold(name), scope_path=path)
        during = since(row.since or on)
        people.append(person)
        belongings.append(Belonging(person=person, unit=unit, during=during, scope_path=path, home_path=path))
        standings.append(Standing(person=person, kind=row.standing, during=during, scope_path=path))
    Person.objects.bulk_create(people)
    Belonging.objects.bulk_create(belongings)
    Standing.objects.bulk_create(standings)
    record(by, "members.entered", on=on, unit_id=unit.pk, touched=people)
    return people


@transaction.atomic
def recognise_official(person: Person, *, on: date, by: Actor, decision: str = "") -> Standing:
    """Công nhận đảng viên chính thức: probation ends the day before `on` (Điều lệ Đảng, Điều 5).

    Raises Refused("not_probationary").
    """
    by.must(Power.ADMIT, person.scope_path)
    old = Standing.objects.select_for_update().on(on).filter(person=person).first()
    if old is None or old.kind != Standing.PROBATIONARY or old.during.lower == on:
        refuse_if(True, "not_probationary")
    assert old is not None
    old.during = DateRange(old.during.lower, on)
    old.save(update_fields=["during"])
    new = Standing.objects.create(
        person=person, kind=Standing.OFFICIAL, during=since(on), scope_path=person.scope_path,
        decision=clean(decision, most=120),
    )  # fmt: skip
    record(by, "member.recognised", on=on, unit_id=None, touched=[person])
    return new


@transaction.atomic
def leave_out(person: Person, kind: str, *, first: date, last: date | None, by: Actor, decision: str = "") -> Absence:
    """Miễn công tác và sinh hoạt, hoặc nhiệm vụ đặc biệt: not counted among those who must attend.

    Raises Refused: already_left_out, ends_before_it_starts.
    """
    by.must(Power.ADMIT, person.scope_path)
    during = _during(first, last)
    clash = Absence.objects.filter(person=person, kind=kind, during__overlap=during).exists()
    refuse_if(clash, "already_left_out")
    row = Absence.objects.create(
        person=person, kind=kind, during=during, scope_path=person.scope_path, decision=clean(decision, most=120)
    )
    record(by, "member.left_out", on=first, unit_id=None, touched=[person])
    return row


@transaction.atomic
def send_temporarily(
    person: Person, *, to: Unit | None, first: date, last: date | None, on: date, by: Actor, decision: str = ""
) -> Belonging:
    """Chuyển sinh hoạt đảng tạm thời: a guest of the cell `to`, or of a place outside when None.

    `on` is today, which decides whether the other cell sees the person already.
    Raises Refused: already_away, ends_before_it_starts.
    """
    by.must(Power.ADMIT, person.scope_path)
    during = _during(first, last)
    clash = Belonging.objects.filter(person=person, kind=Belonging.TEMPORARY, during__overlap=during).exists()
    refuse_if(clash, "already_away")
    path = to.scope_path if to else ""
    row = Belonging.objects.create(
        person=person, unit=to, kind=Belonging.TEMPORARY, during=during, scope_path=path,
        home_path=person.scope_path, decision=clean(decision, most=120),
    )  # fmt: skip
    if first <= on and (last is None or on <= last):
        person.guest_path = path
        person.save(update_fields=["guest_path"])
    record(by, "member.sent_temporarily", on=first, unit_id=to.pk if to else None, touched=[person])
    return row


def _during(first: date, last: date | None) -> DateRange:
    refuse_if(last is not None and last < first, "ends_before_it_starts")
    return DateRange(first, last, bounds="[]") if last else since(first)


@transaction.atomic
def give_account(person: Person, account: Account, *, on: date, by: Actor) -> None:
    """Giao tài khoản: from now on this account acts with the person's posts. Raises Refused("account_taken")."""
    by.must(Power.APPOINT, person.scope_path)
    refuse_if(person.account_id is not None or hasattr(account, "person"), "account_taken")
    person.account = account
    person.save(update_fields=["account"])
    record(by, "account.given", on=on, unit_id=None, touched=[person, account])
