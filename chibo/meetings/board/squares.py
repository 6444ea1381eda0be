"""The squares of the board: what the figures answered, laid out by unit and month. Nothing is counted here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from chibo.figures.answers import Answer, Part, Row, Tree
from chibo.figures.door import figures
from chibo.kernel.actor import Actor
from chibo.kernel.periods import Period
from chibo.organisation.models import Unit
from chibo.rules.reader import rules_on

KINDS = {  # word in the address → prefix of the figures, words
    "thuong-ky": ("", "Sinh hoạt thường kỳ"),
    "chuyen-de": ("thematic_", "Sinh hoạt chuyên đề"),
    "bat-thuong": ("extraordinary_", "Sinh hoạt bất thường"),
    "chi-uy": ("cell_committee_", "Họp chi ủy"),
}
FILTERS = {"": "Tất cả", "tre": "Trễ, quá ngày", "khong-hop": "Không họp", "du-thap": "Dự thấp"}
BESIDE = ["tasks.open", "tasks.overdue", "members.count", "meetings.thematic",
          "meetings.committee_held", "meetings.committee_attendance"]  # fmt: skip
WINDOW = 6  # months that stay on a middling screen


@dataclass(frozen=True, slots=True)
class Ask:
    """What the address asks for."""

    year: int
    month: int = 0  # 0: the current one, or the last of the year
    kind: str = "thuong-ky"
    only: str = ""
    tree: Tree = Tree.RESTATED

    @property
    def as_was(self) -> bool:
        """Whether each meeting is counted where its unit stood that month."""
        return self.tree is Tree.AS_WAS


@dataclass(frozen=True, slots=True)
class Column:
    """A month as a column."""

    month: date
    shown: bool  # the one a phone shows
    old: bool  # makes room on a middling screen


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One unit in one month: the meeting itself below a commune, counts above."""

    column: Column
    state: str  # a state of the figure «held», or none
    meeting: str  # id, when the square is one meeting
    day: date | None
    present: int
    expected: int
    held: int
    due: int
    low: bool = False  # below the goal of that month
    reason: str = ""  # of what was postponed or not held
    hidden: bool = False  # the numbers of people are not for everybody's eyes


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit's year."""

    unit_id: int
    name: str
    cells: list[BoardCell]
    attendance: Part
    members: int
    open: int
    overdue: int
    thematic: Part
    low: bool
    hidden: frozenset[str] = frozenset()  # attendance | members | open | overdue

    @property
    def shown(self) -> BoardCell:
        """The square of the shown month."""
        return next(cell for cell in self.cells if cell.column.shown)


@dataclass(frozen=True, slots=True)
class Board:
    """The whole sheet."""

    ask: Ask
    columns: list[Column]
    rows: list[BoardRow]  # those the filter leaves
    all_rows: list[BoardRow]
    committee: list[BoardCell]  # of the unit itself; empty when it holds no such meetings
    answers: Mapping[str, Answer]
    goal: Fraction | None  # of the last day shown; None when nobody knows
    monthly: list[tuple[Column, int, int]]  # held and due of each month
    current: bool  # the shown month is this one
    hidden: frozenset[str] = field(default_factory=frozenset)  # totals that are not shown

    @property
    def held(self) -> Answer:
        """Meetings held, of the kind asked for."""
        return self.answers["held"]

    @property
    def attendance(self) -> Answer:
        """Attendance at them."""
        return self.answers["attendance"]

    @property
    def shown_month(self) -> date:
        """The month a phone shows, and the line of attention speaks of."""
        return next(column.month for column in self.columns if column.shown)

    @property
    def shown_held(self) -> int:
        """Units that have met in the shown month; of a branch, where nobody is missing."""
        return sum(row.shown.held > 0 and row.shown.held >= row.shown.due for row in self.all_rows)

    @property
    def shown_due(self) -> int:
        """Units that have a meeting in the calendar of the shown month."""
        return sum(row.shown.state != "none" for row in self.all_rows)

    @property
    def late(self) -> list[BoardRow]:
        """Units whose day of the shown month has passed without a meeting."""
        return [row for row in self.all_rows if row.shown.state == "missed"]

    @property
    def attention(self) -> list[BoardRow]:
        """Units to look at in the shown month: passed, postponed or not held, with the reason."""
        return [row for row in self.all_rows if row.shown.state in {"missed", "postponed", "not_held"}]

    @property
    def month_before(self) -> int:
        """Number of the month before the shown one; 0 before January."""
        return self.shown_month.month - 1

    @property
    def month_after(self) -> int:
        """Number of the month after the shown one; 0 after December."""
        return (self.shown_month.month + 1) % 13

    @property
    def years(self) -> tuple[int, int]:
        """The year before and the year after."""
        return self.ask.year - 1, self.ask.year + 1


def board_of(unit: Unit, ask: Ask, *, by: Actor, on: date) -> Board:
    """Bảng tháng của năm, on today's tree or as it was."""
    prefix, period = KINDS[ask.kind][0], Period.year(ask.year)
    held, attendance = f"meetings.{prefix}held", f"meetings.{prefix}attendance"
    found = figures([held, attendance, *BESIDE], unit, period, ask.tree, by=by, on=on)
    answers = {**found, "held": found[held], "attendance": found[attendance]}
    columns = _columns(ask, period, on)
    rows = _rows(unit, columns, answers)
    committee = [row for row in answers["meetings.committee_held"].rows if row.unit_id == unit.pk]
    return Board(
        ask=ask,
        columns=columns,
        rows=[row for row in rows if _keeps(row, ask)],
        all_rows=rows,
        committee=_squares(columns, committee, _came(answers["meetings.committee_attendance"])) if committee else [],
        answers=answers,
        goal=goal_on(min(period.last, on)),
        monthly=[_monthly(column, rows, place) for place, column in enumerate(columns)],
        current=on.replace(day=1) == next(c.month for c in columns if c.shown),
    )


def goal_on(day: date) -> Fraction | None:
    """Tỷ lệ dự cần vượt by the rule of the day; None when nobody knows."""
    rule = rules_on(day).get("meeting.attendance_goal")
    return Fraction(str(rule.value)) if rule else None


def _columns(ask: Ask, period: Period, on: date) -> list[Column]:
    months = period.months()
    shown = ask.month or (on.month if on.year == ask.year else 12 if on.year > ask.year else 1)
    start = min(max(shown - 4, 1), 13 - WINDOW)
    return [Column(m, m.month == shown, not start <= m.month < start + WINDOW) for m in months]


def _rows(unit: Unit, columns: list[Column], answers: Mapping[str, Answer]) -> list[BoardRow]:
    came = _came(answers["attendance"])
    by_unit: dict[int, list[Row]] = defaultdict(list)
    for row in answers["held"].rows:
        by_unit[row.child_id].append(row)
    parts = answers["attendance"].children or (_own(answers["attendance"], unit),)
    goal = goal_on(min(columns[-1].month, answers["held"].question.on))
    return [
        BoardRow(
            unit_id=part.unit_id, name=part.name, cells=_squares(columns, by_unit[part.unit_id], came), attendance=part,
            members=_count(answers["members.count"], part), open=_count(answers["tasks.open"], part),
            overdue=_count(answers["tasks.overdue"], part),
            thematic=answers["meetings.thematic"].part(part.unit_id) or _own(answers["meetings.thematic"], unit),
            low=_low(part.numerator, part.denominator, goal),
        )
        for part in parts
    ]  # fmt: skip


def _came(attendance: Answer) -> dict[tuple[str, str], tuple[int, int]]:
    return {row.about: (row.numerator, row.denominator) for row in attendance.rows}


def _count(answer: Answer, part: Part) -> int:
    return (answer.part(part.unit_id) or answer).numerator


def _own(answer: Answer, unit: Unit) -> Part:
    """A cell's own line when nothing stands below it."""
    name = answer.rows[0].unit_name if answer.rows else ""
    return Part(unit.pk, name, answer.numerator, answer.denominator, answer.done, answer.due)


def _squares(
    columns: list[Column], rows: list[Row], came: Mapping[tuple[str, str], tuple[int, int]]
) -> list[BoardCell]:
    return [_square(column, [row for row in rows if row.month == column.month], came) for column in columns]


def _square(column: Column, rows: list[Row], came: Mapping[tuple[str, str], tuple[int, int]]) -> BoardCell:
    numbers = [came.get(row.about, (0, 0)) for row in rows]
    present, expected = sum(n for n, _ in numbers), sum(d for _, d in numbers)
    one, state = rows[0] if len(rows) == 1 else None, _worst(rows)
    return BoardCell(
        column=column, state=state, meeting=one.about[1] if one else "", day=one.day if one else None,
        present=present, expected=expected,
        held=sum(row.numerator for row in rows), due=sum(row.denominator for row in rows),
        low=_low(present, expected, goal_on(column.month)),
        reason=one.note if one and not one.numerator else "",
    )  # fmt: skip


def _low(present: int, expected: int, goal: Fraction | None) -> bool:
    return bool(expected and goal is not None and Fraction(present, expected) < goal)


def _worst(rows: list[Row]) -> str:
    states = {row.state for row in rows}
    order = ("missed", "not_held", "postponed", "late", "on_day", "not_yet")
    return next((state for state in order if state in states), "none")


def _monthly(column: Column, rows: list[BoardRow], place: int) -> tuple[Column, int, int]:
    return column, sum(row.cells[place].held for row in rows), sum(row.cells[place].due for row in rows)


def _keeps(row: BoardRow, ask: Ask) -> bool:
    cells = [row.shown] if ask.month else row.cells
    tests: dict[str, Callable[[BoardCell], bool]] = {
        "": lambda cell: True,
        "tre": lambda cell: cell.state in {"missed", "late"},
        "khong-hop": lambda cell: cell.state == "not_held",
        "du-thap": lambda cell: cell.low,
    }
    return any(tests[ask.only](cell) for cell in cells)
