"""Thematic meetings quarter by quarter, against the rule of each quarter (LIM-16)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chibo.figures.answers import Answer, Figure, Kind, Question, Row, Tree
from chibo.figures.branches import child_below, names_of, standing_in
from chibo.figures.building import answer_from
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Period, next_month
from chibo.meetings.models import Meeting, WrittenElsewhere
from chibo.organisation.models import Placement
from chibo.rules.reader import rules_on

_Held = tuple[UUID, int, date, str]  # meeting, unit, day, theme
MET, SHORT, NOT_YET = "met", "short", "not_yet"


@dataclass(frozen=True, slots=True)
class _Quarter:
    first: date
    last: date
    least: int  # by the rule of its last day

    @property
    def name(self) -> str:
        return f"Quý {(self.first.month + 2) // 3}/{self.first.year}"


def quarters_of(period: Period) -> list[tuple[date, date]]:
    """First and last days of the quarters that end inside the period, or run on its last day."""
    found: list[tuple[date, date]] = []
    for month in period.months():
        first = month.replace(month=month.month - (month.month - 1) % 3)
        last = Period(first, next_month(next_month(next_month(first)))).last
        if not found or found[-1][0] != first:
            found.append((first, last))
    return found


def _answer(figure: Figure, question: Question) -> Answer:
    rows = [row for quarter in _known(question) for row in _rows(question, quarter)]
    return answer_from(figure, question, rows)


def _known(question: Question) -> list[_Quarter]:
    """Quarters with a rule; those nobody knows a rule for are not counted, and neither are those to come."""
    found = []
    for first, last in quarters_of(question.period):
        rule = rules_on(last).get("meeting.thematic_per_quarter")
        if rule is not None and first <= question.on:
            found.append(_Quarter(first, last, int(rule.value)))
    return found


def _rows(question: Question, quarter: _Quarter) -> list[Row]:
    held = _held_in(question, quarter)
    cells = _cells(question, min(quarter.last, question.on))
    away = _elsewhere(question, quarter)
    counted = {unit: place for unit, place in cells.items() if unit in held or unit not in away}
    names = names_of(question, counted)
    return [_row(question, quarter, unit, place, held[unit], names) for unit, place in counted.items()]


def _elsewhere(question: Question, quarter: _Quarter) -> set[int]:
    """Cells whose minutes of the end of that quarter are kept elsewhere."""
    day = min(quarter.last, question.on)
    return {unit for unit, during in question.once(_kept_elsewhere) if day in during}


def _kept_elsewhere(question: Question) -> list[tuple[int, Any]]:
    return list(WrittenElsewhere.objects.visible_to(question.by).values_list("unit_id", "during"))


def _cells(question: Question, day: date) -> dict[int, str]:
    """Cells standing in the branch on that day and where, in the order of their names."""
    if question.tree is Tree.RESTATED:
        stood = question.once(_placed_cells)
        return {unit: place for unit, place, during in stood if day in during}
    cells = Placement.objects.visible_to(question.by).on(day).filter(kind="cell").order_by("sort_key", "unit_id")
    place = dict(standing_in(question, day).values_list("unit_id", "place"))
    return {unit: place[unit] for unit in cells.values_list("unit_id", flat=True) if unit in place}


def _placed_cells(question: Question) -> list[tuple[int, str, Any]]:
    area, first = PathRange.of(question.unit.scope_path), question.period.first
    rows = (
        Placement.objects.visible_to(question.by)
        .filter(kind="cell", scope_path__gte=area.low, scope_path__lt=area.high)
        .filter(during__overlap=(min(first, question.on), question.on + timedelta(days=1)))
        .order_by("sort_key", "unit_id")
        .values_list("unit_id", "scope_path", "during")
    )
    return list(rows)


def _held_in(question: Question, quarter: _Quarter) -> dict[int, list[_Held]]:
    held = defaultdict(list)
    for each in question.once(_read):
        if quarter.first <= each[2] <= quarter.last:
            held[each[1]].append(each)
    return held


def _read(question: Question) -> list[_Held]:
    """Thematic meetings that were held in a quarter the period touches, whenever they were planned."""
    quarters = quarters_of(question.period)
    rows = Meeting.objects.visible_to(question.by).filter(
        kind=Meeting.THEMATIC, closure__held_on__gte=quarters[0][0], closure__held_on__lte=quarters[-1][1]
    )
    if question.tree is Tree.RESTATED:
        area = PathRange.of(question.unit.scope_path)
        rows = rows.filter(scope_path__gte=area.low, scope_path__lt=area.high)
    columns = ("pk", "unit_id", "closure__held_on", "theme")
    return list(rows.order_by("closure__held_on", "pk").values_list(*columns))


def _row(question: Question, quarter: _Quarter, unit: int, place: str, held: list[_Held], names: dict[int, str]) -> Row:
    enough = len(held) >= quarter.least
    due = enough or quarter.last <= question.on
    newest = held[-1] if held else None
    return Row(
        unit_id=unit, unit_name=names.get(unit, ""), child_id=child_below(place, question.unit.pk),
        month=quarter.first, day=newest[2] if newest else quarter.last,
        numerator=int(enough), denominator=int(due), state=MET if enough else SHORT if due else NOT_YET,
        about=("meetings.meeting", str(newest[0])) if newest else ("organisation.unit", str(unit)),
        note=newest[3] if newest else "", title=quarter.name, done=int(enough or not due), due=1,
    )  # fmt: skip


THEMATIC = [
    Figure(
        code="meetings.thematic",
        name="Chi bộ đủ sinh hoạt chuyên đề theo quý",
        kind=Kind.RATIO,
        unit_of_measure="lượt chi bộ mỗi quý",
        definition=(
            "Tử số: chi bộ và quý có đủ số buổi chuyên đề theo hướng dẫn của quý đó. Mẫu số: chi bộ và quý đã hết, "
            "hoặc chưa hết mà đã đủ. Quý không rõ hướng dẫn, chi bộ còn ghi sinh hoạt ở nơi khác thì không tính. "
            "Buổi tính theo ngày họp thật."
        ),
        answer=_answer,
        one_row="quý",
        complete="quý không còn thiếu buổi",
    )
]
