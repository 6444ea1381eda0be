"""Move a member to another cell for good; end membership in one of the ways the list knows."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import since
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.membership.models import Absence, Belonging, Person, Standing
from chibo.membership.operations.entering import refuse_unless_cell
from chibo.membership.today import follow, locked
from chibo.organisation.models import Unit


@transaction.atomic
def move_member(person: Person, *, to: Unit, first: date, on: date, by: Actor, decision: str = "") -> Belonging:
    """Chuyển sinh hoạt đảng chính thức: the old cell keeps the member to the day before `first`, then it is `to`.

    `on` is today: a move of a later day is written now and followed when its day comes; a back-dated one is
    followed at once, and rolls that were frozen in between stay as they are (decision 14). Posts are not ended
    here: `cadres.operations.transfer_member` does both.
    Raises NoPower unless both cells are within reach, Refused: not_a_cell, not_a_member_then, same_cell,
    moved_later, belongs_since_then.
    """
    row_of = locked(person, by)
    by.must(Power.ADMIT, to.scope_path)
    refuse_unless_cell(to, first)
    old = _cell_of(person, first)
    refuse_if(old.unit_id == to.pk, "same_cell")
    refuse_if(old.during.upper is not None, "moved_later")
    refuse_if(old.during.lower == first, "belongs_since_then")
    old.during, old.way_out = DateRange(old.during.lower, first), Belonging.MOVED
    old.save(update_fields=["during", "way_out"])
    _no_guest_at_home(person, to, first)
    new = Belonging.objects.create(
        person=person, unit=to, during=since(first), way_in=Belonging.MOVED, scope_path=to.scope_path,
        home_path=row_of.scope_path, decision=clean(decision, most=120),
    )  # fmt: skip
    follow([person.pk], on=on)
    person.refresh_from_db(fields=["scope_path", "guest_path", "follow_on"])
    record(by, "member.moved", on=first, unit_id=to.pk, touched=[person, ("organisation.unit", old.unit_id)])
    return new


@transaction.atomic
def end_belonging(person: Person, way: str, *, last: date, on: date, by: Actor, decision: str = "") -> Belonging:
    """Ra khỏi danh sách đảng viên: từ trần, khai trừ, xóa tên, xin ra, chuyển ra ngoài (Biểu 1-TCTW).

    `last` is the last day, `on` is today. Standing, exemptions and temporary activity end with it; posts are not
    ended here: `cadres.operations.leave_list` does both.
    Raises Refused: unknown_way, not_a_member_then, moved_later, facts_afterwards.
    """
    row_of = locked(person, by)
    refuse_if(way not in dict(Belonging.WAYS_OUT) or way == Belonging.MOVED, "unknown_way")
    old = _cell_of(person, last)
    refuse_if(old.during.upper is not None, "moved_later")
    after = last + timedelta(days=1)
    for rows in _other_facts(person):
        refuse_if(rows.filter(during__startswith__gte=after).exists(), "facts_afterwards")
        for row in rows.filter(during__contains=after):
            row.during = DateRange(row.during.lower, after)
            row.save(update_fields=["during"])
    old.during, old.way_out = DateRange(old.during.lower, after), way
    old.decision_out = clean(decision, most=120)
    old.save(update_fields=["during", "way_out", "decision_out"])
    follow([person.pk], on=on)
    person.refresh_from_db(fields=["scope_path", "guest_path", "follow_on"])
    record(by, "member.left", on=last, unit_id=old.unit_id, touched=[row_of, old], reason=way)
    return old


def _cell_of(person: Person, day: date) -> Belonging:
    row = Belonging.objects.on(day).filter(person=person, kind=Belonging.OFFICIAL).first()
    if row is None:
        refuse_if(True, "not_a_member_then")
    assert row is not None
    return row


def _other_facts(person: Person) -> list[QuerySet]:  # type: ignore[type-arg]
    return [
        Standing.objects.live().filter(person=person),
        Absence.objects.live().filter(person=person),
        Belonging.objects.live().filter(person=person, kind=Belonging.TEMPORARY),
    ]


def _no_guest_at_home(person: Person, to: Unit, first: date) -> None:
    """Who was a guest of the new cell is its member now."""
    stays = Belonging.objects.live().filter(person=person, kind=Belonging.TEMPORARY, unit=to)
    refuse_if(stays.filter(during__startswith__gte=first).exists(), "facts_afterwards")
    for stay in stays.filter(during__contains=first):
        stay.during = DateRange(stay.during.lower, first)
        stay.save(update_fields=["during"])
