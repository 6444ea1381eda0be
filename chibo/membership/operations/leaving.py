"""Who need not attend for a while, or attends elsewhere for a while; and when that ends."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import days
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.membership.models import Absence, Belonging, Person
from chibo.membership.operations.bounds import refuse_before_birth
from chibo.membership.operations.entering import refuse_unless_cell
from chibo.membership.today import follow, locked
from chibo.organisation.models import Unit


@transaction.atomic
def leave_out(person: Person, kind: str, *, first: date, last: date | None, by: Actor, decision: str = "") -> Absence:
    """Miễn công tác và sinh hoạt, hoặc nhiệm vụ đặc biệt: not counted among those who must attend.

    Raises Refused: unknown_kind_of_absence, already_left_out, ends_before_it_starts, before_birth,
    before_the_party.
    """
    person = locked(person, by)
    refuse_before_birth(person, first)
    refuse_if(kind not in dict(Absence.KINDS), "unknown_kind_of_absence")
    during = days(first, last)
    clash = Absence.objects.live().filter(person=person, kind=kind, during__overlap=during).exists()
    refuse_if(clash, "already_left_out")
    row = Absence.objects.create(
        person=person, kind=kind, during=during, scope_path=person.scope_path, decision=clean(decision, most=120)
    )
    record(by, "member.left_out", on=first, unit_id=None, touched=[person])
    return row


@transaction.atomic
def end_absence(absence: Absence, *, last: date, by: Actor) -> Absence:
    """Thôi miễn sinh hoạt, hết nhiệm vụ đặc biệt: `last` is the last day. Raises Refused("not_in_force_then")."""
    person = locked(absence.person, by)
    row = Absence.objects.live().filter(pk=absence.pk).first()
    row = _ended(row, last)
    record(by, "member.counted_again", on=last, unit_id=None, touched=[person])
    return row


@transaction.atomic
def send_temporarily(
    person: Person, *, to: Unit | None, first: date, last: date | None, on: date, by: Actor, decision: str = ""
) -> Belonging:
    """Chuyển sinh hoạt đảng tạm thời: a guest of the cell `to`, or of a place outside when None.

    `on` is today, which decides whether the other cell sees the person already.
    Raises Refused: already_away, same_cell, not_a_cell, ends_before_it_starts.
    """
    row_of = locked(person, by)
    during = days(first, last)
    rows = Belonging.objects.live().filter(person=person, during__overlap=during)
    refuse_if(rows.filter(kind=Belonging.TEMPORARY).exists(), "already_away")
    if to is not None:
        refuse_unless_cell(to, first)
        refuse_if(rows.filter(kind=Belonging.OFFICIAL, unit=to).exists(), "same_cell")
    row = Belonging.objects.create(
        person=person, unit=to, kind=Belonging.TEMPORARY, during=during, scope_path=to.scope_path if to else "",
        home_path=row_of.scope_path, decision=clean(decision, most=120),
    )  # fmt: skip
    follow([person.pk], on=on)
    person.refresh_from_db(fields=["guest_path", "follow_on"])
    record(by, "member.sent_temporarily", on=first, unit_id=to.pk if to else None, touched=[person])
    return row


@transaction.atomic
def bring_back(belonging: Belonging, *, last: date, on: date, by: Actor) -> Belonging:
    """Hết sinh hoạt tạm thời: `last` is the last day there, `on` is today. Raises Refused("not_in_force_then")."""
    person = locked(belonging.person, by)
    row = Belonging.objects.live().filter(pk=belonging.pk, kind=Belonging.TEMPORARY).first()
    row = _ended(row, last)
    follow([person.pk], on=on)
    record(by, "member.came_back", on=last, unit_id=row.unit_id, touched=[person])
    return row


def _ended[Fact: (Absence, Belonging)](row: Fact | None, last: date) -> Fact:
    if row is None or last not in row.during:
        refuse_if(True, "not_in_force_then")
    assert row is not None
    row.during = DateRange(row.during.lower, days(last, last).upper)
    row.save(update_fields=["during"])
    return row
