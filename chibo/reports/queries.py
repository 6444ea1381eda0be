"""Reads of papers: sealed content with what belongs beside it, and the papers of a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chibo.kernel.actor import Actor
from chibo.kernel.periods import Period
from chibo.meetings.models import Minutes, MinutesNote
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import children_on, placement_on
from chibo.reports.models import MonthReport, ReportNote

_NAMES = {"BB": "bien-ban", "NQ": "nghi-quyet", "BC": "bao-cao"}


def notes_of(paper: Minutes | MonthReport) -> list[dict[str, Any]]:
    """Đính chính beside sealed minutes or a report, the oldest first, as papers take them."""
    return told(paper.notes.all())


def told(notes: Iterable[MinutesNote | ReportNote]) -> list[dict[str, Any]]:
    """Notes as papers take them, the oldest first."""
    rows = sorted(notes, key=lambda note: (note.at, str(note.pk)))
    return [{"text": note.text, "at": note.at.isoformat(), "by_name": note.by_name} for note in rows]


def confirmed_of(minutes: Minutes) -> dict[str, Any] | None:
    """Who of the cell confirmed minutes an office typed for it, as papers take it; None while nobody has."""
    said = getattr(minutes.meeting.closure, "confirmation", None)
    if said is None:
        return None
    return {"name": said.person.full_name, "on_paper": said.way == said.PAPER, "at": said.at.isoformat()}


def paper_file(content: dict[str, Any], ending: str) -> str:
    """bien-ban-02-2026-11-03.docx."""
    return f"{_NAMES[content['kind']]}-{content['number']:02d}-{content['issued_on']}.{ending}"


@dataclass(slots=True)
class UnitPapers:
    """Giấy tờ một tháng of one unit."""

    placement: Placement
    minutes: list[Minutes] = field(default_factory=list)
    report: MonthReport | None = None
    report_notes: list[ReportNote] = field(default_factory=list)

    @property
    def is_cell(self) -> bool:
        """Its papers stand here; another unit has a page of its own for the units below it."""
        return bool(self.placement.kind == "cell")


@dataclass(frozen=True, slots=True)
class MonthPapers:
    """Giấy tờ tháng: the unit's own, and of the units directly below."""

    month: date
    own: UnitPapers
    below: list[UnitPapers]

    @property
    def in_bundle(self) -> list[UnitPapers]:
        """Whose papers go into one file: the unit and its own cells, never a whole province."""
        return [self.own, *(each for each in self.below if each.is_cell)]

    @property
    def missing(self) -> list[UnitPapers]:
        """Cells of the bundle without minutes of an ordinary meeting this month."""
        cells = [each for each in self.in_bundle if each.is_cell]
        return [each for each in cells if not any(m.meeting.kind == "ordinary" for m in each.minutes)]


def papers_of_month(unit: Unit, month: date, *, actor: Actor, on: date) -> MonthPapers | None:
    """Giấy tờ của tháng ở một đơn vị; None when it did not stand then. Six queries, however many units."""
    period = Period.month(month)
    day = min(period.last, max(on, period.first))
    own = placement_on(unit.pk, day)
    if own is None:
        return None
    found = {own.unit_id: UnitPapers(own)}
    found |= {each.unit_id: UnitPapers(each) for each in children_on(unit, day, actor=actor)}
    sealed = Minutes.objects.visible_to(actor).filter(meeting__unit__in=found, meeting__month=period.first)
    rows = (
        sealed.select_related("meeting__closure__confirmation__person", "resolution")
        .prefetch_related("notes")
        .order_by("number__issued_on", "number__number")
    )
    by_unit: dict[int, list[Minutes]] = defaultdict(list)
    for row in rows:
        by_unit[row.meeting.unit_id].append(row)
    reports = MonthReport.objects.visible_to(actor).filter(unit__in=found, month=period.first)
    issued = {report.unit_id: report for report in reports}
    notes_by_report: dict[Any, list[ReportNote]] = defaultdict(list)
    for note in ReportNote.objects.visible_to(actor).filter(report__in=reports).order_by("at", "pk"):
        notes_by_report[note.report_id].append(note)
    for unit_id, papers in found.items():
        if unit_id in issued:
            papers.report_notes = notes_by_report[issued[unit_id].pk]
        papers.minutes, papers.report = by_unit[unit_id], issued.get(unit_id)
    return MonthPapers(period.first, found.pop(own.unit_id), list(found.values()))
