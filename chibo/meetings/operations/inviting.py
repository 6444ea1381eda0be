"""Ask people to a meeting; say beforehand that one cannot come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.meetings.announcing import title_of
from chibo.meetings.bodies import called_on
from chibo.meetings.models import AbsenceNotice, Invitation, Meeting
from chibo.meetings.operations.saving import refuse_closed, refuse_not_held


@transaction.atomic
def invite(meeting: Meeting, *, at: datetime, by: Actor) -> list[Invitation]:
    """Mời họp: everybody called sees it on their own page. Asking again for the same day changes nothing.

    Returns those newly asked. Raises Refused: already_closed, not_held_said, nobody_on_the_roll.
    """
    by.must(Power.SCHEDULE, meeting.scope_path)
    meeting = Meeting.objects.select_for_update().select_related("unit").get(pk=meeting.pk)
    refuse_closed(meeting)
    refuse_not_held(meeting)
    refuse_if(not called_on(meeting, meeting.meets_on), "nobody_on_the_roll")
    return ask_called(meeting, at=at, by=by)


def ask_called(meeting: Meeting, *, at: datetime, by: Actor) -> list[Invitation]:
    """Ask for its day everybody called who was not asked for that day yet; part of the act that sets the day."""
    asked = set(Invitation.objects.filter(meeting=meeting, meets_on=meeting.meets_on).values_list("person", flat=True))
    new = Invitation.objects.bulk_create(
        Invitation(
            meeting=meeting, person_id=member.person_id, title=title_of(meeting), meets_on=meeting.meets_on,
            starts_at=meeting.starts_at, venue=meeting.venue, at=at, scope_path=meeting.scope_path,
        )
        for member in called_on(meeting, meeting.meets_on)
        if member.person_id not in asked
    )  # fmt: skip
    if new:
        record(by, "meeting.announced", on=at.date(), unit_id=meeting.unit_id, touched=[meeting])
    return new


@transaction.atomic
def give_notice(
    invitation: Invitation, reason: str, *, key: UUID, at: datetime, by: Actor, by_name: str
) -> AbsenceNotice:
    """Báo vắng trước, có lý do; an empty reason takes the notice back.

    By the person asked, or by who chairs. Raises NoPower and Refused: already_closed, notice_too_late,
    looks_like_identity.
    """
    if by.person_id != invitation.person_id:
        by.must(Power.CHAIR, invitation.scope_path)
    if sent := AbsenceNotice.objects.filter(pk=key, person_id=invitation.person_id).first():
        return sent
    refuse_closed(invitation.meeting_id)  # by its id: the person asked may not see the meeting itself
    refuse_if(invitation.meets_on < at.date(), "notice_too_late", day=invitation.meets_on)
    reason = clean(reason, most=200)
    found = looks_like_identity(reason)
    refuse_if(found, "looks_like_identity", found=found)
    notice = AbsenceNotice.objects.create(
        id=key, meeting_id=invitation.meeting_id, person_id=invitation.person_id, reason=reason, at=at,
        by_account=by.account_id, by_name=by_name, scope_path=invitation.scope_path,
    )  # fmt: skip
    record(by, "absence.noticed", on=at.date(), unit_id=None, touched=[notice])
    return notice


@transaction.atomic
def note_absence(
    meeting: Meeting, person: UUID, reason: str, *, key: UUID, at: datetime, by: Actor, by_name: str
) -> AbsenceNotice:
    """The same noted by who chairs for somebody called who told them. Raises Refused: person_not_called."""
    by.must(Power.CHAIR, meeting.scope_path)
    called = {member.person_id for member in called_on(meeting, meeting.meets_on)}
    refuse_if(person not in called, "person_not_called")
    asked = Invitation(
        meeting=meeting, person_id=person, meets_on=max(meeting.meets_on, at.date()), scope_path=meeting.scope_path
    )
    return give_notice(asked, reason, key=key, at=at, by=by, by_name=by_name)
