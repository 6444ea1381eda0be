"""Absences told beforehand, and what a sheet shows while nobody has written a field."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Q, Subquery

from chibo.meetings.fields import ABSENT, default_of
from chibo.meetings.models import AbsenceNotice, Meeting, Postponement


def notices_of(meeting: Meeting) -> dict[UUID, str]:
    """Person → reason, of those who said they cannot come; one query.

    What was said before the meeting was moved to another day is about a day that is no more.
    """
    moved = Postponement.objects.filter(meeting=meeting).order_by("-at").values("at")[:1]
    said = AbsenceNotice.objects.filter(meeting=meeting).annotate(moved=Subquery(moved))
    said = said.filter(Q(moved=None) | Q(at__gte=F("moved")))
    rows = said.order_by("at", "id").values_list("person", "reason")
    return {person: reason for person, reason in dict(rows).items() if reason}


def defaults_of(meeting: Meeting, notices: dict[UUID, str] | None = None) -> dict[str, str]:
    """Field → value as the page shows it, and closing takes it, before anybody wrote."""
    told = notices_of(meeting) if notices is None else notices
    return {
        **{field: default_of(field, meeting) for field in ("held_on", "started", "venue")},
        **{f"roll.{person}": ABSENT for person in told},
        **{f"reason.{person}": reason for person, reason in told.items()},
    }
