"""Postpone a meeting, say that it is not held, take that back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.meetings.models import Invitation, Meeting, NotHeld, Postponement
from chibo.meetings.operations.inviting import ask_called
from chibo.meetings.operations.saving import refuse_closed, refuse_not_held


@transaction.atomic
def postpone_meeting(
    meeting: Meeting, *, to: date, reason: str, key: UUID, at: datetime, by: Actor, by_name: str
) -> Postponement:
    """Hoãn buổi sinh hoạt sang ngày `to`: the calendar's day stays, so the board still shows it as late.

    Who was asked already is asked for the new day. Sending the same `key` again changes nothing. Raises
    Refused: already_closed, not_held_said, no_reason, same_day, day_passed.
    """
    by.must(Power.SCHEDULE, meeting.scope_path)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if sent := Postponement.objects.filter(pk=key, meeting=meeting).first():
        return sent
    reason = _open_with_reason(meeting, reason)
    refuse_if(to == meeting.meets_on, "same_day", day=to)
    refuse_if(to < at.date(), "day_passed", day=to)
    row = Postponement.objects.create(
        id=key, meeting=meeting, from_day=meeting.meets_on, to_day=to, reason=reason, at=at,
        by_account=by.account_id, by_name=by_name, scope_path=meeting.scope_path,
    )  # fmt: skip
    meeting.meets_on = to
    meeting.save(update_fields=["meets_on"])
    record(by, "meeting.postponed", on=at.date(), unit_id=meeting.unit_id, touched=[meeting, row])
    if Invitation.objects.filter(meeting=meeting).exists():
        ask_called(meeting, at=at, by=by)
    return row


@transaction.atomic
def say_not_held(meeting: Meeting, *, reason: str, key: UUID, at: datetime, by: Actor, by_name: str) -> NotHeld:
    """Ghi không họp, có lý do. Raises Refused: already_closed, not_held_said, no_reason."""
    by.must(Power.SCHEDULE, meeting.scope_path)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if sent := NotHeld.objects.filter(pk=key, meeting=meeting).first():
        return sent
    row = NotHeld.objects.create(
        id=key, meeting=meeting, reason=_open_with_reason(meeting, reason), at=at, by_account=by.account_id,
        by_name=by_name, scope_path=meeting.scope_path,
    )  # fmt: skip
    record(by, "meeting.not_held", on=at.date(), unit_id=meeting.unit_id, touched=[meeting, row])
    return row


@transaction.atomic
def withdraw_not_held(meeting: Meeting, *, at: datetime, by: Actor) -> None:
    """Bỏ ghi không họp: the meeting can be held after all. Raises Refused("not_said_so")."""
    by.must(Power.SCHEDULE, meeting.scope_path)
    row = NotHeld.objects.select_for_update().filter(meeting=meeting, withdrawn_at=None).first()
    refuse_if(row is None, "not_said_so")
    assert row is not None
    row.withdrawn_at, row.withdrawn_by = at, by.account_id
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(by, "meeting.held_after_all", on=at.date(), unit_id=meeting.unit_id, touched=[meeting, row])


def _open_with_reason(meeting: Meeting, reason: str) -> str:
    refuse_closed(meeting)
    refuse_not_held(meeting)
    reason = clean(reason, most=300)
    refuse_if(not reason, "no_reason")
    return reason
