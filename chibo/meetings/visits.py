"""The log of visits: which cell was attended from above in which month (MTG-18, MTG-19)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from chibo.kernel.actor import Actor
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Period
from chibo.meetings.beside import noted
from chibo.meetings.care import day_of
from chibo.meetings.models import Visit
from chibo.organisation.models import Unit
from chibo.organisation.queries import cells_below


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One visit as the log shows it."""

    visit: Visit
    day: date
    state: str  # attended | absent | open (day passed, nothing noted) | ahead


@dataclass(frozen=True, slots=True)
class LogRow:
    """One cell's year."""

    unit_id: int
    name: str
    months: list[tuple[date, list[LogEntry]]]


@dataclass(frozen=True, slots=True)
class VisitLog:
    """Sổ dự sinh hoạt of a branch in a year."""

    year: int
    months: list[date]
    rows: list[LogRow]
    entries: list[LogEntry]  # all, newest first
    has_years: tuple[int, int]

    @property
    def attended(self) -> int:
        """Visits that took place."""
        return sum(entry.state == "attended" for entry in self.entries)

    @property
    def reached(self) -> int:
        """Cells attended at least once."""
        return sum(any(e.state == "attended" for _, found in row.months for e in found) for row in self.rows)

    @property
    def unvisited(self) -> list[LogRow]:
        """Cells nobody attended or plans to."""
        return [row for row in self.rows if not any(found for _, found in row.months)]


def log_of(unit: Unit, year: int, *, actor: Actor, on: date) -> VisitLog:
    """Two queries: the cells below on that day, the visits of the year."""
    period = Period.year(year)
    area = PathRange.of(unit.scope_path)
    visits = (
        Visit.objects.visible_to(actor)
        .filter(scope_path__gte=area.low, scope_path__lt=area.high)
        .filter(meeting__month__gte=period.first, meeting__month__lt=period.after)
        .select_related("meeting__closure", "observation")
        .order_by("-meeting__meets_on", "full_name", "id")
    )
    entries = [_entry(visit, on) for visit in visits]
    squares: dict[tuple[int, date], list[LogEntry]] = defaultdict(list)
    for entry in entries:
        squares[entry.visit.meeting.unit_id, entry.visit.meeting.month].append(entry)
    months = period.months()
    cells = cells_below(unit, min(max(period.first, on), period.last), actor=actor)
    rows = [LogRow(c.unit_id, c.short_name, [(m, squares[c.unit_id, m]) for m in months]) for c in cells]
    return VisitLog(year, months, rows, entries, (year - 1, year + 1))


def _entry(visit: Visit, on: date) -> LogEntry:
    day = day_of(visit.meeting)
    if noted(visit):
        return LogEntry(visit, day, "attended" if visit.observation.attended else "absent")
    return LogEntry(visit, day, "open" if visit.meeting.meets_on <= on else "ahead")
