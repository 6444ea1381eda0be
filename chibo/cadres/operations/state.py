"""Give, end, correct and withdraw a post of the state, the Front or a mass organisation."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from chibo.cadres.models import Post, StatePost
from chibo.cadres.offices import state_offices
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import days
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.membership.models import Person
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on


@transaction.atomic
def give_state_post(
    person: Person, office: str, unit: Unit, *, first: date, by: Actor, last: date | None = None, place: str = "",
    decision: str = "",
) -> StatePost:  # fmt: skip
    """Ghi chức vụ chính quyền, đoàn thể: trưởng bản beside the cell of the village, chủ tịch beside the commune.

    Raises Refused: not_standing, unknown_state_office, post_held_already, ends_before_it_starts.
    """
    by.must(Power.APPOINT, unit.scope_path)
    during = days(first, last)
    Unit.objects.select_for_update().get(pk=unit.pk)
    _refuse_unfit(office, unit, first)
    row = StatePost(
        person=person, unit=unit, office=office, place=clean(place, most=80), during=during,
        decision=clean(decision, most=120), scope_path=unit.scope_path,
    )  # fmt: skip
    _refuse_held(row)
    row.save(force_insert=True)
    record(by, "state_post.given", on=first, unit_id=unit.pk, touched=[row, person])
    return row


def _refuse_unfit(office: str, unit: Unit, day: date) -> None:
    placement = placement_on(unit.pk, day)
    if placement is None:
        refuse_if(True, "not_standing")
    assert placement is not None
    refuse_if(office not in state_offices(day, placement.kind), "unknown_state_office")


def _refuse_held(row: StatePost) -> None:
    same = StatePost.objects.live().filter(person=row.person_id, unit=row.unit_id, office=row.office)
    refuse_if(same.filter(during__overlap=row.during).exists(), "post_held_already")


@transaction.atomic
def end_state_post(row: StatePost, *, last: date, by: Actor, reason: str = "") -> StatePost:
    """Thôi chức vụ chính quyền, đoàn thể: `last` is the last day. Raises Refused: not_held_then, unknown_ending."""
    by.must(Power.APPOINT, row.scope_path)
    refuse_if(reason and reason not in dict(Post.ENDINGS), "unknown_ending")
    row = StatePost.objects.select_for_update().get(pk=row.pk)
    refuse_if(row.withdrawn_at is not None or last not in row.during, "not_held_then")
    row.during = DateRange(row.during.lower, last + timedelta(days=1))
    row.save(update_fields=["during"])
    record(by, "state_post.ended", on=last, unit_id=row.unit_id, touched=[row], reason=reason)
    return row


@transaction.atomic
def correct_state_post(
    row: StatePost, *, office: str, first: date, last: date | None, why: str, at: datetime, by: Actor, place: str = "",
    decision: str = "",
) -> StatePost:  # fmt: skip
    """Sửa chức vụ chính quyền, đoàn thể đã ghi sai: the row is withdrawn and said anew.

    Raises Refused: unknown_why, withdrawn_already, ends_before_it_starts, not_standing, unknown_state_office,
    post_held_already.
    """
    by.must(Power.APPOINT, row.scope_path)
    row = StatePost.objects.select_for_update(of=("self",)).select_related("unit").get(pk=row.pk)
    during = days(first, last)
    _refuse_unfit(office, row.unit, first)
    row.withdraw(why=why, at=at, by_account=by.account_id)
    new = row.said_anew(
        office=office, during=during, place=clean(place, most=80), decision=clean(decision, most=120)
    )  # fmt: skip
    _refuse_held(new)
    new.save(force_insert=True)
    record(by, "state_post.corrected", on=timezone.localdate(at), unit_id=row.unit_id,
           touched=[row, new, ("membership.person", row.person_id)], reason=why)  # fmt: skip
    return new


@transaction.atomic
def withdraw_state_post(row: StatePost, *, why: str, at: datetime, by: Actor) -> None:
    """Rút chức vụ chính quyền, đoàn thể đã ghi mà không giữ. Raises Refused: unknown_why, withdrawn_already."""
    by.must(Power.APPOINT, row.scope_path)
    row = StatePost.objects.select_for_update().get(pk=row.pk)
    row.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "state_post.withdrawn", on=timezone.localdate(at), unit_id=row.unit_id,
           touched=[row, ("membership.person", row.person_id)], reason=why)  # fmt: skip
