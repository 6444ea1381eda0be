"""An office clerk types for a cell: who told it, who typed it, who confirmed it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import record
from chibo.meetings.bodies import called_on
from chibo.meetings.models import Closure, Confirmation, Help, Meeting
from chibo.meetings.operations.saving import may_write, refuse_closed


@transaction.atomic
def help_with(meeting: Meeting, *, told_by: UUID, at: datetime, by: Actor, by_name: str) -> Help:
    """Ghi giúp buổi này theo lời của `told_by`: from now on the helper may write this sheet and close it.

    A second helper of the same meeting goes on with the first one's. Raises NoPower and Refused:
    already_closed, person_not_called.
    """
    by.must(Power.HELP, meeting.scope_path)
    meeting = Meeting.objects.select_for_update().select_related("unit").get(pk=meeting.pk)
    refuse_closed(meeting)
    if begun := Help.objects.filter(meeting=meeting).first():
        return begun
    called = {member.person_id for member in called_on(meeting, meeting.meets_on)}
    refuse_if(told_by not in called, "person_not_called")
    row = Help.objects.create(
        meeting=meeting, told_by_id=told_by, by_account=by.account_id, by_name=by_name, at=at,
        scope_path=meeting.scope_path,
    )  # fmt: skip
    record(by, "meeting.helped", on=at.date(), unit_id=meeting.unit_id, touched=[meeting])
    return row


@transaction.atomic
def confirm_minutes(
    closure: Closure, *, way: str, at: datetime, by: Actor, by_name: str, person: UUID | None = None
) -> Confirmation:
    """Xác nhận biên bản ghi giúp: on Chibo by who chairs the cell, or the helper notes the signed paper.

    `person` is who signed the paper. Raises NoPower and Refused: not_helped, unknown_choice, who_signed.
    """
    meeting = closure.meeting
    if way == Confirmation.SELF:
        by.must(Power.CHAIR, closure.scope_path)
        person = by.person_id
    else:
        may_write(meeting, by)
    refuse_if(way not in dict(Confirmation.WAYS), "unknown_choice")
    refuse_if(closure.helper_id is None, "not_helped")
    refuse_if(person is None, "who_signed")
    assert person is not None
    called = {member.person_id for member in called_on(meeting, closure.held_on)}
    refuse_if(way == Confirmation.PAPER and person not in called, "person_not_called")
    if said := Confirmation.objects.filter(closure=closure).first():
        return said
    row = Confirmation.objects.create(
        closure=closure, way=way, person_id=person, by_account=by.account_id, by_name=by_name, at=at,
        scope_path=closure.scope_path,
    )  # fmt: skip
    record(by, "minutes.confirmed", on=at.date(), unit_id=meeting.unit_id, touched=[meeting, row])
    return row
