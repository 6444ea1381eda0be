"""The board of the month: units below × months, every number through the door of figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from chibo.figures.answers import Answer, Part, Row, Tree
from chibo.figures.door import figure
from chibo.kernel.actor import Actor
from chibo.kernel.periods import Period
from chibo.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One unit in one month: the meeting itself below a commune, counts above."""

    month: date
    state: str  # a state of the figure «held», or none
    meeting: str  # id, when the square is one meeting
    day: date | None
    present: int
    expected: int
    held: int
    due: int


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit's year."""

    unit_id: int
    name: str
    cells: list[BoardCell]
    attendance: Part


@dataclass(frozen=True, slots=True)
class Board:
    """The whole sheet."""

    year: int
    months: list[date]
    this_month: date | None
    rows: list[BoardRow]
    held: Answer
    attendance: Answer
    has_years: tuple[int, int]  # the year before and the year after

    @property
    def now_held(self) -> int:
        """Units that have met in the current month."""
        return sum(cell.held > 0 for cell in self._now())

    @property
    def now_late(self) -> list[BoardRow]:
        """Units whose day of this month has passed without a meeting."""
        return [row for row in self.rows if any(c.month == self.this_month and c.state == "missed" for c in row.cells)]

    def _now(self) -> list[BoardCell]:
        return [cell for row in self.rows for cell in row.cells if cell.month == self.this_month]


def board_of(unit: Unit, year: int, *, by: Actor, on: date) -> Board:
    """Bảng tháng của năm, on today's tree: two figures, nothing counted here but what they answered."""
    period = Period.year(year)
    held = figure("meetings.held", unit, period, Tree.RESTATED, by=by, on=on)
    attendance = figure("meetings.attendance", unit, period, Tree.RESTATED, by=by, on=on)
    came = {row.about: (row.numerator, row.denominator) for row in attendance.rows}
    squares: dict[tuple[int, date], list[Row]] = defaultdict(list)
    for row in held.rows:
        squares[row.child_id, row.month].append(row)
    parts = attendance.children or (_own(attendance, unit),)
    months = period.months()
    rows = [BoardRow(p.unit_id, p.name, [_square(m, squares[p.unit_id, m], came) for m in months], p) for p in parts]
    current = on.replace(day=1)
    return Board(year, months, current if current in months else None, rows, held, attendance, (year - 1, year + 1))


def _own(answer: Answer, unit: Unit) -> Part:
    """A cell's own line when nothing stands below it."""
    name = answer.rows[0].unit_name if answer.rows else ""
    return Part(unit.pk, name, answer.numerator, answer.denominator, answer.done, answer.due)


def _square(month: date, rows: list[Row], came: dict[tuple[str, str], tuple[int, int]]) -> BoardCell:
    numbers = [came.get(row.about, (0, 0)) for row in rows]
    one = rows[0] if len(rows) == 1 else None
    return BoardCell(
        month=month,
        state=_worst(rows),
        meeting=one.about[1] if one else "",
        day=one.day if one else None,
        present=sum(n for n, _ in numbers),
        expected=sum(d for _, d in numbers),
        held=sum(row.numerator for row in rows),
        due=sum(row.denominator for row in rows),
    )


def _worst(rows: list[Row]) -> str:
    states = {row.state for row in rows}
    return next(
        (state for state in ("missed", "not_held", "postponed", "late", "on_day", "not_yet") if state in states), "none"
    )
