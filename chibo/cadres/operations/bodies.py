"""Set up a body, seat its members with their duties, end and withdraw both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from chibo.cadres.bodies import BodyKind, body_kinds, kind_named
from chibo.cadres.models import Body, Seat
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import days
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.membership.models import Belonging, Person
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on


@transaction.atomic
def set_up_body(
    unit: Unit, kind: str, name: str, *, first: date, last: date | None, by: Actor, purpose: str = "",
    decision: str = "",
) -> Body:  # fmt: skip
    """Lập ban, tổ: ban chỉ đạo, tổ giúp việc, ủy ban kiểm tra, tổ đảng.

    Raises Refused: not_standing, unknown_body_kind, no_body_name, looks_like_identity, ends_before_it_starts.
    """
    by.must(Power.APPOINT, unit.scope_path)
    Unit.objects.select_for_update().get(pk=unit.pk)
    _kind_for(unit, kind, first)
    name, purpose = clean(name, most=160), _plain(purpose, 400)
    refuse_if(not name, "no_body_name")
    body = Body.objects.create(
        unit=unit, kind=kind, name=name, purpose=purpose, during=days(first, last),
        decision=clean(decision, most=120), scope_path=unit.scope_path,
    )  # fmt: skip
    record(by, "body.set_up", on=first, unit_id=unit.pk, touched=[body])
    return body


def _kind_for(unit: Unit, code: str, day: date) -> BodyKind:
    placement = placement_on(unit.pk, day)
    if placement is None:
        refuse_if(True, "not_standing")
    assert placement is not None
    kind = body_kinds(day, placement.kind).get(code)
    if kind is None or kind.offices:
        refuse_if(True, "unknown_body_kind")
    assert kind is not None
    return kind


def _plain(text: str, most: int) -> str:
    text = clean(text, most=most)
    found = looks_like_identity(text)
    refuse_if(found, "looks_like_identity", found=found)
    return text


@dataclass(frozen=True, slots=True)
class NewSeat:
    """One line of the decision: who, in which role, charged with what."""

    person: Person
    role: str
    duty: str = ""


@transaction.atomic
def seat_members(
    body: Body, seats: Iterable[NewSeat], *, first: date, last: date | None = None, by: Actor, decision: str = ""
) -> list[Seat]:
    """Ghi thành viên và nhiệm vụ từng người: one act for the whole list.

    Without a last day they sit as long as the body lasts. Raises Refused: withdrawn_already, outside_the_body,
    unknown_role, head_seated, seated_already, not_on_the_list, looks_like_identity, ends_before_it_starts.
    """
    by.must(Power.APPOINT, body.scope_path)
    body = Body.objects.select_for_update().get(pk=body.pk)
    refuse_if(body.withdrawn_at is not None, "withdrawn_already")
    during = days(first, last)
    upper = during.upper or body.during.upper
    refuse_if(first not in body.during or not _within(upper, body.during.upper), "outside_the_body")
    roles = kind_named(body.kind, first).roles
    rows = []
    for each in seats:
        refuse_if(each.role not in roles, "unknown_role")
        rows.append(Seat(
            body=body, person=each.person, role=each.role, duty=_plain(each.duty, 300), scope_path=body.scope_path,
            during=DateRange(first, upper), decision=clean(decision, most=120),
        ))  # fmt: skip
    _refuse_clashes(body, rows, first)
    Seat.objects.bulk_create(rows)
    record(by, "body.seated", on=first, unit_id=body.unit_id, touched=[body, *rows, *(row.person for row in rows)])
    return rows


def _within(upper: date | None, limit: date | None) -> bool:
    return limit is None or (upper is not None and upper <= limit)


def _refuse_clashes(body: Body, rows: list[Seat], first: date) -> None:
    people = {row.person_id for row in rows}
    same = Seat.objects.live().filter(body=body)
    for row in rows:
        refuse_if(same.filter(person=row.person_id, during__overlap=row.during).exists(), "seated_already")
    heads = [row for row in rows if row.role == "head"]
    taken = heads and same.filter(role="head", during__overlap=heads[0].during).exists()
    refuse_if(len(heads) > 1 or taken, "head_seated")
    refuse_if(len(people) < len(rows), "seated_already")
    listed = Belonging.objects.on(first).filter(person__in=people, kind=Belonging.OFFICIAL)
    refuse_if(listed.values("person").distinct().count() < len(people), "not_on_the_list")


@transaction.atomic
def end_seat(seat: Seat, *, last: date, by: Actor) -> Seat:
    """Thôi tham gia: `last` is the last day. Raises Refused("not_held_then")."""
    by.must(Power.APPOINT, seat.scope_path)
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    refuse_if(seat.withdrawn_at is not None or last not in seat.during, "not_held_then")
    seat.during = DateRange(seat.during.lower, last + timedelta(days=1))
    seat.save(update_fields=["during"])
    record(by, "seat.ended", on=last, unit_id=None, touched=[seat])
    return seat


@transaction.atomic
def correct_seat(
    seat: Seat, *, role: str, duty: str, first: date, last: date | None, why: str, at: datetime, by: Actor
) -> Seat:
    """Sửa thành viên, nhiệm vụ đã ghi sai: the row is withdrawn and said anew.

    Raises as `seat_members`, and Refused: unknown_why, withdrawn_already.
    """
    by.must(Power.APPOINT, seat.scope_path)
    body = Body.objects.select_for_update().get(pk=seat.body_id)
    seat = Seat.objects.get(pk=seat.pk)
    during = days(first, last)
    upper = during.upper or body.during.upper
    refuse_if(first not in body.during or not _within(upper, body.during.upper), "outside_the_body")
    refuse_if(role not in kind_named(body.kind, first).roles, "unknown_role")
    seat.withdraw(why=why, at=at, by_account=by.account_id)
    new = seat.said_anew(role=role, duty=_plain(duty, 300), during=DateRange(first, upper))
    _refuse_clashes(body, [new], first)
    new.save(force_insert=True)
    record(by, "seat.corrected", on=timezone.localdate(at), unit_id=body.unit_id, touched=[seat, new], reason=why)
    return new


@transaction.atomic
def withdraw_seat(seat: Seat, *, why: str, at: datetime, by: Actor) -> None:
    """Rút một thành viên đã ghi mà không tham gia. Raises Refused: unknown_why, withdrawn_already."""
    by.must(Power.APPOINT, seat.scope_path)
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    seat.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "seat.withdrawn", on=timezone.localdate(at), unit_id=None, touched=[seat], reason=why)


@transaction.atomic
def end_body(body: Body, *, last: date, by: Actor) -> Body:
    """Giải thể, hết nhiệm vụ: the body and all its seats end with `last`.

    Raises Refused: not_held_then, facts_afterwards.
    """
    by.must(Power.APPOINT, body.scope_path)
    body = Body.objects.select_for_update().get(pk=body.pk)
    refuse_if(body.withdrawn_at is not None or last not in body.during, "not_held_then")
    after = last + timedelta(days=1)
    seats = Seat.objects.live().filter(body=body)
    refuse_if(seats.filter(during__startswith__gte=after).exists(), "facts_afterwards")
    ended = list(seats.filter(during__contains=after))
    for row in [body, *ended]:
        row.during = DateRange(row.during.lower, after)
    body.save(update_fields=["during"])
    Seat.objects.bulk_update(ended, ["during"])
    record(by, "body.ended", on=last, unit_id=body.unit_id, touched=[body, *ended])
    return body


@transaction.atomic
def withdraw_body(body: Body, *, why: str, at: datetime, by: Actor) -> None:
    """Rút một ban, tổ ghi nhầm, with all its seats. Raises Refused: unknown_why, withdrawn_already."""
    by.must(Power.APPOINT, body.scope_path)
    body = Body.objects.select_for_update().get(pk=body.pk)
    body.withdraw(why=why, at=at, by_account=by.account_id)
    seats = list(Seat.objects.live().filter(body=body))
    for seat in seats:
        seat.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "body.withdrawn", on=timezone.localdate(at), unit_id=body.unit_id, touched=[body, *seats], reason=why)
