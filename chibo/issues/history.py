"""One limitation with everything that happened to it, oldest first; its remedies and what each waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from chibo.issues.codes import CauseCode, cause_named
from chibo.issues.models import Cause, Limitation, Remedy, RemedyReport, Turn
from chibo.kernel.actor import Actor
from chibo.meetings.models import Minutes

DONE, WAITING, LATE, GOING, DROPPED = "done", "to_confirm", "overdue", "mending", "dropped"


@dataclass(slots=True)
class Told:
    """A remedy with its reports, each with how it was looked at."""

    row: Remedy
    reports: list[RemedyReport] = field(default_factory=list)

    @property
    def waiting(self) -> RemedyReport | None:
        """The report nobody has looked at yet."""
        return next((each for each in self.reports if not hasattr(each, "check_of")), None)

    def state(self, on: date) -> str:
        """Confirmed, waiting for somebody else, past its day, or under way."""
        if self.row.withdrawn_at:
            return DROPPED
        if self.row.confirmed_on:
            return DONE
        if self.waiting and self.row.confirmed_on is None:
            return WAITING
        return LATE if self.row.due < on else GOING


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: seen, written, cause, remedy, reported, checked, discussed, closed, reopened …"""

    kind: str
    on: date
    at: datetime | None
    row: Any
    said: Any = None  # the cause by name, the remedy it is about


@dataclass(frozen=True, slots=True)
class History:
    """Everything about one limitation."""

    causes: list[tuple[Cause, CauseCode]]  # said and not withdrawn
    remedies: list[Told]  # of this round, the withdrawn ones left out
    events: list[Event]


def history_of(row: Limitation, *, actor: Actor) -> History:
    """Quá trình: causes, remedies, reports with their checks, meetings about it, turns; five queries."""
    causes = [(each, cause_named(each.code, _day(each.at)))
              for each in Cause.objects.visible_to(actor).filter(limitation=row).order_by("at", "pk")]  # fmt: skip
    told = remedies_of(row, actor=actor)
    events = [Event("seen", row.seen_on, None, row), Event("written", row.entered_on, row.at, row)]
    for cause, code in causes:
        events.append(Event("cause", _day(cause.at), cause.at, cause, code))
        if cause.withdrawn_at:
            events.append(Event("cause_dropped", _day(cause.withdrawn_at), cause.withdrawn_at, cause, code))
    for each in told:
        events += _of_remedy(each)
    events += [Event("discussed", held, None, meeting, title) for meeting, title, held in _discussed(row, actor)]
    for turn in Turn.objects.visible_to(actor).filter(limitation=row):
        events.append(Event(turn.kind, turn.on, turn.at, turn))
    return History(
        [pair for pair in causes if pair[0].withdrawn_at is None],
        [each for each in told if each.row.round == row.reopened and each.row.withdrawn_at is None],
        sorted(events, key=_order),
    )


_ORDER = (
    "seen",
    "written",
    "cause",
    "cause_dropped",
    "remedy",
    "dropped",
    "reported",
    "checked",
    "discussed",
    "closed",
    "reopened",
)


def _order(event: Event) -> tuple[date, float, int]:
    return event.on, event.at.timestamp() if event.at else 0.0, _ORDER.index(event.kind)


def _discussed(row: Limitation, actor: Actor) -> Iterable[tuple[UUID, str, date]]:
    """Closed meetings of the unit that took it as their focal item."""
    papers = Minutes.objects.visible_to(actor).filter(meeting__unit=row.unit_id, content__focal_of__id=str(row.pk))
    for paper in papers.select_related("meeting__closure"):
        yield paper.meeting_id, paper.meeting.title, paper.meeting.closure.held_on


def remedies_of(row: Limitation, *, actor: Actor) -> list[Told]:
    """Every remedy of every round with its reports and their checks; two queries."""
    rows = Remedy.objects.visible_to(actor).filter(limitation=row).select_related("owner").order_by("at", "pk")
    told = {each.pk: Told(each) for each in rows}
    for report in reports_about(list(told), actor=actor):
        told[report.remedy_id].reports.append(report)
    return list(told.values())


def reports_about(remedies: list[Any], *, actor: Actor) -> list[RemedyReport]:
    """Reports of these remedies, oldest first, each with its file and its check."""
    rows = RemedyReport.objects.visible_to(actor).filter(remedy__in=remedies)
    return list(rows.select_related("attachment", "check_of").order_by("at", "pk"))


def _of_remedy(told: Told) -> list[Event]:
    row = told.row
    events = [Event("remedy", _day(row.at), row.at, row)]
    if row.withdrawn_at:
        events.append(Event("dropped", _day(row.withdrawn_at), row.withdrawn_at, row))
    for report in told.reports:
        events.append(Event("reported", _day(report.at), report.at, report, row))
        if check := getattr(report, "check_of", None):
            events.append(Event("checked", check.on, check.at, check, row))
    return events


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
