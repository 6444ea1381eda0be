"""The figures this room declares: who studied what was asked, in time or not, and how many were reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import F

from chibo.directives.models import Delivery, StudySession
from chibo.directives.studying import LATE, OVERDUE, STUDIED, state_of, with_study
from chibo.figures.answers import Answer, Figure, Kind, Question, Row
from chibo.figures.branches import branch_condition, child_below, names_of, path_column
from chibo.figures.building import answer_from
from chibo.kernel.dates import show_day

Counted = tuple[int, int]


def _asked(question: Question) -> list[Any]:
    """Deliveries of the branch asked for by the last day, with their study by then; read once for all."""
    return question.once(_read)


def _read(question: Question) -> list[Any]:
    rows = (
        Delivery.objects.visible_to(question.by)
        .live()
        .filter(branch_condition(question, day="asked_on"), asked_on__lte=question.last)
        .annotate(place=F(path_column(question.tree)))
        .order_by("asked_on", "pk")
    )
    return list(with_study(rows, question.last))


def _in_period(day: date, question: Question) -> bool:
    return question.period.first <= day < question.period.after


def _rows(question: Question, rows: Iterable[Any], counts: Callable[[Any, str], Counted]) -> list[Row]:
    rows = list(rows)
    names = names_of(question, {row.unit_id for row in rows})
    return [_row(question, row, names, counts) for row in rows]


def _row(question: Question, row: Any, names: dict[int, str], counts: Callable[[Any, str], Counted]) -> Row:
    state = state_of(row, question.last)
    numerator, denominator = counts(row, state)
    studied = f"học ngày {show_day(row.studied_on)}" if row.studied_on else f"hạn {show_day(row.due_on)}"
    return Row(
        unit_id=row.unit_id, unit_name=names.get(row.unit_id, ""), child_id=child_below(row.place, question.unit.pk),
        month=row.asked_on.replace(day=1), day=row.studied_on or row.due_on, numerator=numerator,
        denominator=denominator, state=state, about=("directives.delivery", str(row.pk)), title=row.title, note=studied,
        done=int(row.studied_on is not None), due=int(row.due_on <= question.last),
    )  # fmt: skip


def _units(figure: Figure, question: Question) -> Answer:
    rows = [row for row in _asked(question) if _in_period(row.asked_on, question)]
    counted = _rows(question, rows, lambda row, state: (int(state in (STUDIED, LATE)), 1))
    return answer_from(figure, question, counted)


def _on_time(figure: Figure, question: Question) -> Answer:
    rows = [row for row in _asked(question) if _in_period(row.due_on, question) and row.due_on <= question.last]
    return answer_from(figure, question, _rows(question, rows, lambda row, state: (int(state == STUDIED), 1)))


def _turns(figure: Figure, question: Question) -> Answer:
    rows = [row for row in _asked(question) if row.studied_on and _in_period(row.studied_on, question)]
    counted = _rows(question, rows, lambda row, state: (min(row.turns, row.expected), row.expected))
    return answer_from(figure, question, counted)


def _overdue(figure: Figure, question: Question) -> Answer:
    rows = [row for row in _asked(question) if state_of(row, question.last) == OVERDUE]
    return answer_from(figure, question, _rows(question, rows, lambda row, state: (1, 0)))


def _with_people(value: Callable[[StudySession], int]) -> Callable[[Figure, Question], Answer]:
    def answer(figure: Figure, question: Question) -> Answer:
        sessions = question.once(_read_people)
        names = names_of(question, {row.delivery.unit_id for row in sessions})
        return answer_from(figure, question, [_people_row(question, row, names, value(row)) for row in sessions])

    return answer


def _read_people(question: Question) -> list[Any]:
    rows = (
        StudySession.objects.visible_to(question.by)
        .live()
        .filter(branch_condition(question, day="held_on"), audience=StudySession.PEOPLE)
        .filter(held_on__gte=question.period.first, held_on__lt=question.period.after, held_on__lte=question.last)
        .annotate(place=F(path_column(question.tree)))
        .select_related("delivery")
        .order_by("held_on", "pk")
    )
    return list(rows)


def _people_row(question: Question, row: Any, names: dict[int, str], number: int) -> Row:
    unit = row.delivery.unit_id
    return Row(
        unit_id=unit, unit_name=names.get(unit, ""), child_id=child_below(row.place, question.unit.pk),
        month=row.held_on.replace(day=1), day=row.held_on, numerator=number, denominator=0, state="counted",
        about=("directives.delivery", str(row.delivery_id)), title=row.delivery.title,
        note=f"{row.attended} hộ, {row.villages} thôn, bản", done=1, due=1,
    )  # fmt: skip


_STUDY = "Một buổi bị cấp trên nhận xét «cần học lại» thì chưa tính là đã học."
FIGURES = [
    Figure(
        code="study.units", name="Tổ chức đã học tập, quán triệt", kind=Kind.RATIO, unit_of_measure="lượt tổ chức",
        definition=f"Lượt tổ chức đã học văn bản, trên lượt được giao trong kỳ. {_STUDY}",
        answer=_units, one_row="lượt giao", complete="lượt giao đến hạn đã học",
    ),
    Figure(
        code="study.on_time", name="Học tập, quán triệt đúng hạn", kind=Kind.RATIO, unit_of_measure="lượt tổ chức",
        definition=f"Lượt tổ chức học xong không quá ngày được giao, trên lượt đến hạn trong kỳ. {_STUDY}",
        answer=_on_time, one_row="lượt giao", complete="lượt giao đến hạn đã học",
    ),
    Figure(
        code="study.turns", name="Lượt đảng viên học tập, quán triệt", kind=Kind.RATIO,
        unit_of_measure="lượt đảng viên",
        definition="Lượt đảng viên dự học, trên lượt phải dự, của văn bản học trong kỳ. Ai học bù không tính hai lần.",
        answer=_turns, one_row="lượt giao", complete="lượt giao đã học",
    ),
    Figure(
        code="study.overdue", name="Quá hạn học tập, quán triệt", kind=Kind.STOCK, unit_of_measure="lượt tổ chức",
        definition=f"Lượt tổ chức được giao học mà quá hạn chưa học, ở ngày cuối kỳ. {_STUDY}",
        answer=_overdue, one_row="lượt giao", complete="lượt giao đã học",
    ),
    Figure(
        code="study.with_people", name="Buổi phổ biến đến nhân dân", kind=Kind.FLOW, unit_of_measure="buổi",
        definition="Buổi phổ biến văn bản đến nhân dân do chi bộ, đảng ủy tổ chức trong kỳ.",
        answer=_with_people(lambda row: 1), one_row="buổi", complete="buổi đã ghi",
    ),
    Figure(
        code="study.households", name="Lượt hộ dân được phổ biến", kind=Kind.FLOW, unit_of_measure="lượt hộ",
        definition="Lượt hộ dân dự các buổi phổ biến văn bản trong kỳ; không ghi tên hộ nào.",
        answer=_with_people(lambda row: row.attended), one_row="buổi", complete="buổi đã ghi",
    ),
]  # fmt: skip
