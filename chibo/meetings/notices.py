"""Absences told beforehand, and what a sheet shows while nobody has written a field."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from chibo.meetings.fields import ABSENT, default_of
from chibo.meetings.models import AbsenceNotice, Meeting, Postponement


def notices_of(meeting: Meeting) -> dict[UUID, str]:
    """Person → reason, of those who said they cannot come; one query."""
    return told_of([meeting.pk]).get(meeting.pk, {})


def told_of(meetings: Collection[UUID]) -> dict[UUID, dict[UUID, str]]:
    """Meeting → person → reason; one query.

    What was said before the meeting was moved to another day is about a day that is no more.
    """
    moved = Postponement.objects.filter(meeting=OuterRef("meeting")).order_by("-at").values("at")[:1]
    said = AbsenceNotice.objects.filter(meeting__in=meetings).annotate(moved=Subquery(moved))
    said = said.filter(Q(moved=None) | Q(at__gte=F("moved")))
    newest: dict[UUID, dict[UUID, str]] = {}
    for meeting, person, reason in said.order_by("at", "id").values_list("meeting", "person", "reason"):
        newest.setdefault(meeting, {})[person] = reason
    return {meeting: {p: reason for p, reason in told.items() if reason} for meeting, told in newest.items()}


def defaults_of(meeting: Meeting, notices: dict[UUID, str] | None = None) -> dict[str, str]:
    """Field → value as the page shows it, and closing takes it, before anybody wrote."""
    told = notices_of(meeting) if notices is None else notices
    return {
        **{field: default_of(field, meeting) for field in ("held_on", "started", "venue")},
        **{f"roll.{person}": ABSENT for person in told},
        **{f"reason.{person}": reason for person, reason in told.items()},
    }
