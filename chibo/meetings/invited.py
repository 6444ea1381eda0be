"""What somebody asked to a meeting sees of it: the invitation, and their own notice of absence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import DateField, F, Func

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.actor import Actor
from chibo.meetings.bodies import called_on
from chibo.meetings.models import AbsenceNotice, Invitation, Meeting
from chibo.meetings.notices import notices_of
from chibo.membership.queries import RollMember


def invitations_of(actor: Actor, on: date) -> list[tuple[Invitation, str]]:
    """Lời mời còn hiệu lực from that day on, soonest first, each with the reason if one said «tôi vắng».

    An invitation no longer stands once the meeting was held, moved to another day or called off.
    """
    if actor.person_id is None:
        return []
    mine = Invitation.objects.visible_to(actor).filter(person=actor.person_id, meets_on__gte=on)
    asked = list(standing(mine).order_by("meets_on", "starts_at", "id"))
    said = AbsenceNotice.objects.visible_to(actor).filter(person=actor.person_id).order_by("at", "id")
    reasons = {row.meeting_id: row for row in said.filter(meeting__in=[row.meeting_id for row in asked])}
    return [(row, _reason(row, reasons.get(row.meeting_id))) for row in asked]


def _reason(asked: Invitation, said: AbsenceNotice | None) -> str:
    """Said since they were asked for this day: a notice for a day that was moved is none."""
    return said.reason if said is not None and said.at >= asked.at else ""


def standing(rows: ScopedQuerySet) -> ScopedQuerySet:
    """Of these invitations those whose meeting is still to be held on that day."""
    day = Func(F("meeting_id"), function="chibo_meeting_day", output_field=DateField())
    return rows.annotate(day=day).filter(day=F("meets_on"))


@dataclass(frozen=True, slots=True)
class Called:
    """One person called to a meeting, as who announces it sees them."""

    member: RollMember
    asked_at: datetime | None  # for the day it is to be held now
    away: str  # reason, when they said so


def called_to(meeting: Meeting) -> list[Called]:
    """Thành phần dự họp: who was asked, who said they cannot come."""
    asked = Invitation.objects.filter(meeting=meeting, meets_on=meeting.meets_on)
    at, told = dict(asked.values_list("person", "at")), notices_of(meeting)
    return [
        Called(member, at.get(member.person_id), told.get(member.person_id, ""))
        for member in called_on(meeting, meeting.meets_on)
    ]
