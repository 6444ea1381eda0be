"""Meetings held, and attendance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from chibo.figures.answers import Answer, Figure, Kind, Part, Question, Row
from chibo.figures.branches import branch_condition, child_below, children_of, path_column
from chibo.meetings.models import Meeting, NotHeld
from chibo.organisation.models import Placement

ON_DAY, LATE, MISSED, NOT_YET = "on_day", "late", "missed", "not_yet"
NOT_HELD, POSTPONED = "not_held", "postponed"  # said so, with a reason
_COLUMNS = (
    "id", "unit_id", "month", "planned_on", "meets_on", "said_not_held",
    "scope_path", "place_path", "closure__held_on", "closure__expected",
    "closure__present", "closure__late", "closure__excused", "closure__unexcused", "closure__not_counted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fact:
    """A meeting of the calendar as a figure reads it."""

    values: dict[str, Any]
    child: int
    on: date

    @property
    def closed(self) -> bool:
        return self.values["closure__held_on"] is not None

    @property
    def due(self) -> bool:
        return bool(self.values["planned_on"] <= self.on)

    @property
    def state(self) -> str:
        held = self.values["closure__held_on"]
        if held is None:
            return self._open_state()
        return LATE if held > self.values["planned_on"] else ON_DAY

    def _open_state(self) -> str:
        if self.values["said_not_held"]:
            return NOT_HELD
        if self.values["meets_on"] >= self.on:
            return POSTPONED if self.values["meets_on"] > self.values["planned_on"] else NOT_YET
        return MISSED


Counts = Callable[[_Fact], tuple[int, int]]


def _held(fact: _Fact) -> tuple[int, int]:
    return int(fact.closed), int(fact.due or fact.closed)


def _attendance(fact: _Fact) -> tuple[int, int]:
    return (fact.values["closure__present"], fact.values["closure__expected"]) if fact.closed else (0, 0)


def _answer(figure: Figure, question: Question, counts: Counts) -> Answer:
    """Two queries for the rows and the children, one for the names of cells further down, one for the path."""
    facts = _facts(question)
    children = children_of(question)
    names = _names(question, children, facts)
    rows = tuple(_row(fact, names, counts(fact)) for fact in facts)
    left_out = sum(fact.values["closure__not_counted"] for fact in facts if fact.closed)
    return Answer(
        figure=figure,
        question=question,
        numerator=sum(row.numerator for row in rows),
        denominator=sum(row.denominator for row in rows),
        children=_parts(children, facts, counts),
        rows=rows,
        done=sum(fact.closed for fact in facts),
        due=sum(fact.due or fact.closed for fact in facts),
        exceptions=(("lượt không tính: miễn sinh hoạt, nhiệm vụ đặc biệt, sinh hoạt tạm thời nơi khác", left_out),),
    )


def _facts(question: Question) -> list[_Fact]:
    period, column = question.period, path_column(question.tree)
    rows = (
        Meeting.objects.visible_to(question.by)
        .filter(branch_condition(question, day="planned_on"))
        .filter(kind=Meeting.ORDINARY, planned_on__gte=period.first, planned_on__lt=period.after)
        .annotate(said_not_held=Exists(NotHeld.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None)))
        .order_by("month", "unit_id", "id")
        .values(*_COLUMNS)
    )
    return [_Fact(row, child_below(row[column], question.unit.pk), question.on) for row in rows]


def _names(question: Question, children: Iterable[Placement], facts: Iterable[_Fact]) -> dict[int, str]:
    names = {child.unit_id: child.short_name for child in children}
    missing = {fact.values["unit_id"] for fact in facts} - set(names)
    day = min(question.period.last, question.on)
    rows = Placement.objects.visible_to(question.by).on(day).filter(unit__in=missing)
    return names | dict(rows.values_list("unit_id", "short_name"))


def _row(fact: _Fact, names: dict[int, str], counted: tuple[int, int]) -> Row:
    values = fact.values
    return Row(
        unit_id=values["unit_id"], unit_name=names.get(values["unit_id"], ""), child_id=fact.child,
        month=values["month"],
        day=values["closure__held_on"] or values["meets_on"], numerator=counted[0], denominator=counted[1],
        state=fact.state, about=("meetings.meeting", str(values["id"])), note=_note(values),
    )  # fmt: skip


def _note(values: dict[str, Any]) -> str:
    if values["closure__held_on"] is None:
        return ""
    parts = [("muộn", "late"), ("vắng có lý do", "excused"), ("vắng không lý do", "unexcused"),
             ("không tính", "not_counted")]  # fmt: skip
    found = [f"{values[f'closure__{name}']} {word}" for word, name in parts if values[f"closure__{name}"]]
    return ", ".join(found)


def _parts(children: Iterable[Placement], facts: Iterable[_Fact], counts: Counts) -> tuple[Part, ...]:
    by_child: dict[int, list[_Fact]] = defaultdict(list)
    for fact in facts:
        by_child[fact.child].append(fact)
    return tuple(_part(child, by_child[child.unit_id], counts) for child in children)


def _part(child: Placement, facts: list[_Fact], counts: Counts) -> Part:
    numbers = [counts(fact) for fact in facts]
    return Part(
        unit_id=child.unit_id, name=child.short_name,
        numerator=sum(n for n, _ in numbers), denominator=sum(d for _, d in numbers),
        done=sum(fact.closed for fact in facts), due=sum(fact.due or fact.closed for fact in facts),
    )  # fmt: skip


MEETINGS = [
    Figure(
        code="meetings.held",
        name="Buổi sinh hoạt thường kỳ đã họp",
        kind=Kind.RATIO,
        unit_of_measure="buổi",
        definition=(
            "Tử số: buổi thường kỳ đã kết thúc trên Chibo. Mẫu số: buổi có trong lịch, đã đến ngày họp. "
            "Buổi tính vào kỳ theo ngày họp trong lịch."
        ),
        answer=lambda figure, question: _answer(figure, question, _held),
    ),
    Figure(
        code="meetings.attendance",
        name="Tỷ lệ đảng viên dự sinh hoạt",
        kind=Kind.RATIO,
        unit_of_measure="lượt đảng viên",
        definition=(
            "Tử số: lượt có mặt, kể cả đến muộn. Mẫu số: lượt phải dự của các buổi đã kết thúc. Không tính đảng "
            "viên được miễn sinh hoạt, làm nhiệm vụ đặc biệt, sinh hoạt tạm thời nơi khác."
        ),
        answer=lambda figure, question: _answer(figure, question, _attendance),
    ),
]
