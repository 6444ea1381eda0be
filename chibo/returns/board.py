"""Who handed in and when: units directly below × periods of a year, of one form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chibo.cadres.models import Office, Post
from chibo.figures.branches import child_below
from chibo.kernel.actor import Actor
from chibo.kernel.dates import show_day
from chibo.kernel.periods import Period
from chibo.kernel.text import lower_first
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import children_on
from chibo.returns.models import Form
from chibo.returns.owing import (
    GIVEN_BACK,
    HANDED,
    LATE,
    MISSING,
    NOT_YET,
    ON_TIME,
    WAITS,
    Square,
    Stood,
    branch_over,
    sheets_of,
    squares_of,
)
from chibo.returns.periods import label_of, periods_in, short_label, slug_of

WORST = (MISSING, GIVEN_BACK, WAITS, LATE, ON_TIME, NOT_YET)


@dataclass(frozen=True, slots=True)
class Column:
    """One period."""

    first: date
    label: str
    short: str
    slug: str
    shown: bool  # the one the page speaks of


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit below and one period: a sheet of its own, or those of everybody below it."""

    column: Column
    squares: list[Square]

    @property
    def one(self) -> Square | None:
        """The sheet, when there is only one."""
        return self.squares[0] if len(self.squares) == 1 else None

    @property
    def state(self) -> str:
        """The worst of them; «none» when nobody owes anything."""
        states = {each.state for each in self.squares}
        return next((state for state in WORST if state in states), "none")

    @property
    def handed(self) -> int:
        """Handed in."""
        return sum(each.state in HANDED for each in self.squares)


@dataclass(frozen=True, slots=True)
class Row:
    """A unit directly below, or the unit itself."""

    unit_id: int
    name: str
    cells: list[Cell]

    @property
    def due(self) -> int:
        """Sheets whose day has come."""
        return sum(each.state != NOT_YET for cell in self.cells for each in cell.squares)

    @property
    def on_time(self) -> int:
        """Those handed in by their day."""
        return sum(each.on_time for cell in self.cells for each in cell.squares if each.state != NOT_YET)


@dataclass(frozen=True, slots=True)
class Board:
    """Bảng nộp phiếu của một năm."""

    form: Form
    year: int
    columns: list[Column]
    rows: list[Row]

    @property
    def shown(self) -> Column | None:
        """The period the page speaks of."""
        return next((column for column in self.columns if column.shown), None)

    @property
    def beside(self) -> tuple[Column | None, Column | None]:
        """The periods before and after the one shown, in the same year."""
        at = next((place for place, column in enumerate(self.columns) if column.shown), 0)
        return (self.columns[at - 1] if at else None), (self.columns[at + 1] if self.columns[at + 1 :] else None)

    @property
    def squares(self) -> list[Square]:
        """Every sheet of that period."""
        return [each for row in self.rows for cell in row.cells if cell.column.shown for each in cell.squares]

    @property
    def handed(self) -> int:
        """Handed in."""
        return sum(each.state in HANDED for each in self.squares)

    @property
    def late(self) -> list[Square]:
        """Not handed in though the day has passed."""
        return [each for each in self.squares if each.state == MISSING]

    @property
    def waiting(self) -> list[Square]:
        """Waiting to be checked."""
        return [each for each in self.squares if each.state == WAITS]

    @property
    def sums(self) -> list[Cell]:
        """Each period over all rows."""
        return [
            Cell(column, [each for row in self.rows for each in row.cells[at].squares])
            for at, column in enumerate(self.columns)
        ]


def board_of(form: Form, unit: Unit, year: int, shown: date | None, *, actor: Actor, on: date) -> Board:
    """The form over a year, as units stood in each period; seven queries."""
    span = Period.year(year)
    periods = [each for each in periods_in(form, span) if each.first <= on]
    columns = _columns(form, periods, shown, on)
    stood = Stood([form], span, branch_over(unit, span), actor=actor)
    sheets = sheets_of([form], span, actor=actor)
    below: dict[int, dict[date, list[Square]]] = defaultdict(lambda: defaultdict(list))
    for each in squares_of(form, stood, periods, sheets, on):
        below[child_below(each.owner.place, unit.pk) or unit.pk][each.first].append(each)
    names = {row.unit_id: row.short_name for row in children_on(unit, on, actor=actor)}
    order = [pk for pk in names if pk in below] + [pk for pk in below if pk not in names]
    rows = [
        Row(pk, names.get(pk) or _name(below[pk]), [Cell(column, below[pk][column.first]) for column in columns])
        for pk in order
    ]
    return Board(form, year, columns, rows)


def _columns(form: Form, periods: list[Period], shown: date | None, on: date) -> list[Column]:
    over = [each.first for each in periods if each.last <= on]
    known = [each.first for each in periods]
    at = shown if shown in known else next(reversed(over or known), None)
    return [
        Column(first, label_of(form.every, first), short_label(form.every, first), slug_of(first), first == at)
        for first in known
    ]


def _name(squares: dict[date, list[Square]]) -> str:
    """A unit that stands there no more, or the unit itself."""
    return next((each.owner.name for found in squares.values() for each in found), "")


def default_year(form: Form, on: date) -> int:
    """The year of the newest period that is over, or of the first one."""
    over = periods_in(form, Period(form.begins, on + timedelta(days=1))) if form.begins <= on else []
    return over[-1].first.year if over else form.begins.year


@dataclass(frozen=True, slots=True)
class Reminder:
    """Lời nhắc to one secretary."""

    unit_id: int
    unit_name: str
    to: str
    text: str


def reminders(board: Board, *, sender: str, by: Actor, on: date, reply: date) -> tuple[list[Reminder], str]:
    """One for each unit that is late with the period shown, and one text for all; two queries."""
    late = board.late
    if not late or board.shown is None:
        return [], ""
    ids = {each.owner.unit_id for each in late}
    names = dict(Placement.objects.visible_to(by).on(on).filter(unit__in=ids).values_list("unit_id", "name"))
    leaders = _leaders(ids, by, on)
    what = f"phiếu «{board.form.name}» {board.shown.label} (hạn {show_day(late[0].due)})"
    tail = f"Đề nghị nộp trước 17 giờ ngày {show_day(reply)}.{f' {sender}.' if sender else ''}"
    found = [_reminder(each, names, leaders, what, tail, on) for each in late]
    to, who = ", ".join(each.to for each in found), ", ".join(lower_first(each.unit_name) for each in found)
    return found, f"Kính gửi {to}: đến ngày {show_day(on)}, {who} chưa nộp {what}. {tail}"


def _reminder(
    each: Square, names: dict[int, str], leaders: dict[int, str], what: str, tail: str, on: date
) -> Reminder:  # fmt: skip
    pk = each.owner.unit_id
    name = names.get(pk, each.owner.name)
    to = f"đồng chí {leaders[pk]}" if pk in leaders else f"đồng chí bí thư {lower_first(name)}"
    return Reminder(
        pk, name, to, f"Kính gửi {to}: đến ngày {show_day(on)}, {lower_first(name)} chưa nộp {what}. {tail}"
    )


def _leaders(units: Iterable[int], by: Actor, on: date) -> dict[int, str]:
    offices = [Office.CELL_SECRETARY, Office.COMMITTEE_SECRETARY]
    rows = Post.objects.visible_to(by).on(on).filter(unit__in=units, office__in=offices)
    return dict(rows.values_list("unit_id", "person__full_name"))
