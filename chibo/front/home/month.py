"""The month of the units below, for those who answer for them: who is late, how many met, what just came in."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from chibo.figures.answers import Answer, Row, Tree
from chibo.figures.door import figures
from chibo.front.home.lines import Line, line_of
from chibo.kernel.actor import Actor
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Period
from chibo.meetings.board.squares import goal_on
from chibo.meetings.models import Closure, Meeting, NotHeld
from chibo.meetings.owed import Owed
from chibo.organisation.models import Placement, Unit

HELD, ATTENDANCE = "meetings.held", "meetings.attendance"
AHEAD, SHOWN, NAMED, BEHIND = timedelta(days=14), 6, 3, 12


@dataclass(frozen=True, slots=True)
class Coming:
    """Meetings of one kind on one day."""

    day: date
    words: str
    count: int
    meeting: Any  # the meeting, when there is only one
    name: str


@dataclass(frozen=True, slots=True)
class MonthAtAGlance:
    """Tháng này of a branch, through the door of figures."""

    unit: Unit
    held: Answer
    attendance: Answer
    year: Answer | None  # attendance since January; None where a year is too much for a first page
    behind: list[Line]  # one line for the cells of a commune; of a province one for each commune
    more: int  # communes behind that are not shown
    coming: list[Coming]
    arrived: list[tuple[Closure, str]]

    @property
    def states(self) -> Counter[str]:
        """How many meetings of the month are in which state."""
        return Counter(row.state for row in self.held.rows)

    @property
    def missed(self) -> int:
        """Cells whose day has passed without a meeting."""
        return self.states["missed"]

    @property
    def booked(self) -> int:
        """Meetings that are still to come."""
        return self.states["not_yet"] + self.states["postponed"]

    @property
    def drawn(self) -> bool:
        """Few enough for one square each."""
        return 0 < len(self.held.rows) <= 60

    @property
    def months(self) -> list[tuple[str, int, int]]:
        """Attendance of each month of the year."""
        found: dict[date, list[int]] = defaultdict(lambda: [0, 0])
        for row in self.year.rows if self.year else ():
            found[row.month][0] += row.numerator
            found[row.month][1] += row.denominator
        return [(f"th.{month.month}", found[month][0], found[month][1]) for month in sorted(found)]

    @property
    def goals(self) -> list[float | None]:
        """The goal of each of these months."""
        found = [goal_on(month) for month in sorted({row.month for row in self.year.rows})] if self.year else []
        return [float(goal * 100) if goal is not None else None for goal in found]


def month_of(unit: Unit, *, by: Actor, at: datetime) -> MonthAtAGlance:
    """Tình hình tháng of a branch; a fixed number of queries."""
    on = at.date()
    answers = figures([HELD, ATTENDANCE], unit, Period.month(on), Tree.RESTATED, by=by, on=on)
    held = answers[HELD]
    of_cells = all(row.child_id == row.unit_id for row in held.rows)
    year = (
        figures([ATTENDANCE], unit, Period.year(on.year), Tree.RESTATED, by=by, on=on)[ATTENDANCE] if of_cells else None
    )
    late = [row for row in held.rows if row.state == "missed"]
    behind = _cells(unit, late, on) if of_cells else _communes(held, late, on)
    coming, arrived = _coming(unit, by, on) if of_cells else [], _arrived(unit, by, at)
    names = _names({c.meeting.unit_id for c in coming if c.meeting} | {row.meeting.unit_id for row in arrived}, by, on)
    return MonthAtAGlance(
        unit, held, answers[ATTENDANCE], year, behind[:BEHIND], max(0, len(behind) - BEHIND),
        [Coming(c.day, c.words, c.count, c.meeting, names.get(c.meeting.unit_id, "") if c.meeting else "")
         for c in coming],
        [(row, names.get(row.meeting.unit_id, "")) for row in arrived],
    )  # fmt: skip


def _cells(unit: Unit, late: list[Row], on: date) -> list[Line]:
    """One line for all cells whose day has passed."""
    if not late:
        return []
    named = ", ".join(row.unit_name for row in late[:NAMED])
    more = f" và {len(late) - NAMED} chi bộ khác" if len(late) > NAMED else ""
    first = min(row.day for row in late)
    return [line_of(Owed(
        kind="chase", about="", unit_id=unit.pk, title=f"{len(late)} chi bộ chưa sinh hoạt: {named}{more}",
        why="Đã có sẵn lời nhắc để chép gửi bí thư", due=first, days_late=(on - first).days, mine=True,
        page="meetings:chase", button="Chép lời nhắc", args=(unit.pk, on.year),
    ), on)]  # fmt: skip


def _communes(held: Answer, late: list[Row], on: date) -> list[Line]:
    """One line for each commune that has cells behind, most behind first."""
    below: dict[int, list[Row]] = defaultdict(list)
    for row in late:
        below[row.child_id].append(row)
    found = [
        line_of(Owed(
            kind="chase", about="", unit_id=part.unit_id, title=part.name,
            why=f"{len(below[part.unit_id])} chi bộ đã qua ngày họp; đã họp {part.numerator}/{part.denominator} buổi",
            due=min(row.day for row in below[part.unit_id]),
            days_late=max((on - row.day).days for row in below[part.unit_id]), mine=True, page="meetings:board",
            button="Mở bảng tháng", args=(part.unit_id,),
        ), on)
        for part in held.children if part.unit_id in below
    ]  # fmt: skip
    return sorted(found, key=lambda line: -len(below[line.item.unit_id]))


def _coming(unit: Unit, by: Actor, on: date) -> list[Coming]:
    """Buổi sắp tới: two weeks ahead, those of one day and kind together."""
    rows = (
        _inside(Meeting.objects.visible_to(by), unit)
        .filter(meets_on__gte=on, meets_on__lte=on + AHEAD, closure=None)
        .exclude(not_held__in=NotHeld.objects.filter(withdrawn_at=None))
        .order_by("meets_on", "kind", "starts_at", "id")
    )
    found = []
    for (day, words), group in groupby(rows, key=lambda each: (each.meets_on, each.get_kind_display())):
        meetings = list(group)
        found.append(Coming(day, words, len(meetings), meetings[0] if len(meetings) == 1 else None, ""))
    return found[:SHOWN]


def _arrived(unit: Unit, by: Actor, at: datetime) -> list[Closure]:
    """Vừa về: minutes closed since yesterday, the newest first."""
    since = at.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    rows = _inside(Closure.objects.visible_to(by), unit).filter(at__gte=since).select_related("meeting")
    return list(rows.order_by("-at", "pk")[:SHOWN])


def _inside(rows: Any, unit: Unit) -> Any:
    area = PathRange.of(unit.scope_path)
    return rows.filter(scope_path__gte=area.low, scope_path__lt=area.high)


def _names(ids: set[int], by: Actor, on: date) -> dict[int, str]:
    if not ids:
        return {}
    rows = Placement.objects.visible_to(by).on(on).filter(unit__in=ids)
    return dict(rows.values_list("unit_id", "short_name"))
