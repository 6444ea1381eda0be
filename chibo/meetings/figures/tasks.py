"""Tasks open, overdue, done; and how many members have one. Units only: nothing here counts a person (decision 21)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from chibo.figures.answers import Answer, Figure, Kind, Question, Row
from chibo.figures.branches import branch_condition, child_below, names_of, path_column, standing_in
from chibo.figures.building import answer_from
from chibo.kernel.dates import show_day
from chibo.meetings.models import Task, TaskChange, TaskResult
from chibo.meetings.queries import OPEN, with_state
from chibo.membership.models import Absence, Belonging

OVERDUE, GIVEN = "overdue", "given"
_COLUMNS = ("id", "unit_id", "text", "given_on", "owner_id", "due", "state", "place")


@dataclass(frozen=True, slots=True)
class _Fact:
    values: dict[str, Any]
    child: int
    on: date  # the day its state is read

    @property
    def overdue(self) -> bool:
        return self.values["due"] is not None and self.values["due"] < self.on

    @property
    def state(self) -> str:
        settled = self.values["state"] in TaskResult.CLOSED
        return OVERDUE if self.overdue and not settled else self.values["state"] or GIVEN

    @property
    def specific(self) -> bool:
        """Whether it has an owner and a day (LIM-2)."""
        return self.values["owner_id"] is not None and self.values["due"] is not None


Counts = Callable[[_Fact], tuple[int, int]]


def _open(question: Question) -> list[_Fact]:
    """Tasks of the branch that are open on the last day asked for; read once for all stocks."""
    return question.once(_read_open)


def _read_open(question: Question) -> list[_Fact]:
    day = question.last
    places = standing_in(question, day)
    rows = (
        Task.objects.visible_to(question.by)
        .filter(Q(settled_on=None) | Q(settled_on__gt=day), given_on__lte=day, unit__in=places.values("unit"))
        .annotate(place=Subquery(places.filter(unit=OuterRef("unit")).values("place")[:1]))
    )
    rows = with_state(rows, by=day).filter(OPEN)
    return _facts(question, _as_it_was(rows, question), day)


def _as_it_was(rows: QuerySet[Task], question: Question) -> QuerySet[Task, Any]:
    """The due day of that day: a later change holds what it was before."""
    columns = rows.order_by("due", "given_on", "position", "id")
    if question.last == question.on:
        return columns.values(*_COLUMNS)
    later = TaskChange.objects.filter(task=OuterRef("pk"), at__date__gt=question.last).order_by("at")
    return columns.annotate(moved=Exists(later), then_due=Subquery(later.values("from_due")[:1])).values(
        *_COLUMNS, "moved", "then_due"
    )


def _facts(question: Question, rows: QuerySet[Task, Any], day: date) -> list[_Fact]:
    found = []
    for row in rows:
        if row.get("moved"):
            row["due"] = row["then_due"]
        found.append(_Fact(row, child_below(row["place"], question.unit.pk), day))
    return found


def _given(question: Question) -> list[_Fact]:
    """Tasks given in the period, in the state they have on the day of asking."""
    period, column = question.period, path_column(question.tree)
    rows = (
        Task.objects.visible_to(question.by)
        .filter(branch_condition(question, day="given_on"))
        .filter(given_on__gte=period.first, given_on__lt=period.after)
        .annotate(place=F(column))
        .order_by("given_on", "position", "id")
    )
    return _facts(question, with_state(rows, by=question.on).values(*_COLUMNS), question.on)


def _answer(figure: Figure, question: Question, facts: list[_Fact], counts: Counts) -> Answer:
    names = names_of(question, {fact.values["unit_id"] for fact in facts})
    dropped = sum(fact.values["state"] == TaskResult.DROPPED for fact in facts)
    rows = (_row(fact, names, counts(fact)) for fact in facts)
    return answer_from(figure, question, rows, (("nhiệm vụ đã thôi, có lý do", dropped),))


def _row(fact: _Fact, names: dict[int, str], counted: tuple[int, int]) -> Row:
    values = fact.values
    return Row(
        unit_id=values["unit_id"], unit_name=names.get(values["unit_id"], ""), child_id=fact.child,
        month=values["given_on"].replace(day=1), day=values["due"] or values["given_on"],
        numerator=counted[0], denominator=counted[1], state=fact.state, about=("meetings.task", str(values["id"])),
        note=f"giao ngày {show_day(values['given_on'])}", title=values["text"], done=int(fact.specific), due=1,
    )  # fmt: skip


def _open_answer(figure: Figure, question: Question) -> Answer:
    return _answer(figure, question, _open(question), lambda fact: (1, 0))


def _overdue_answer(figure: Figure, question: Question) -> Answer:
    return _answer(figure, question, [f for f in _open(question) if f.overdue], lambda fact: (1, 0))


def _done_answer(figure: Figure, question: Question) -> Answer:
    counts = {TaskResult.DONE: (1, 1), TaskResult.DROPPED: (0, 0)}
    return _answer(figure, question, _given(question), lambda fact: counts.get(fact.values["state"], (0, 1)))


def _members_answer(figure: Figure, question: Question) -> Answer:
    """One row for each cell: how many of its members had a task in the period."""
    day, places = question.last, standing_in(question, question.last)
    busy = Task.objects.filter(
        Q(settled_on=None) | Q(settled_on__gte=question.period.first), owner=OuterRef("person"), unit=OuterRef("unit"),
        given_on__lte=day,
    )  # fmt: skip
    left_out = Absence.objects.on(day).filter(person=OuterRef("person"))
    counted = (
        Belonging.objects.visible_to(question.by)
        .on(day)
        .filter(~Exists(left_out), kind=Belonging.OFFICIAL, unit__in=places.values("unit"))
        .values("unit_id")
        .annotate(
            place=Subquery(places.filter(unit=OuterRef("unit_id")).values("place")[:1]),
            members=Count("pk"), busy=Count("pk", filter=Exists(busy)),
        )
        .order_by("unit_id")
    )  # fmt: skip
    found = list(counted)
    names = names_of(question, {each["unit_id"] for each in found})
    return answer_from(figure, question, (_members_row(question, each, names) for each in found))


def _members_row(question: Question, each: dict[str, Any], names: dict[int, str]) -> Row:
    unit, day = each["unit_id"], question.last
    return Row(
        unit_id=unit, unit_name=names.get(unit, ""), child_id=child_below(each["place"], question.unit.pk),
        month=day.replace(day=1), day=day, numerator=each["busy"], denominator=each["members"], state="counted",
        about=("organisation.unit", str(unit)), title=f"Ngày {show_day(day)}", done=1, due=1,
    )  # fmt: skip


_SPECIFIC = "nhiệm vụ có đủ người phụ trách và thời hạn"
_STOCK = "Tính ở ngày cuối kỳ, nếu kỳ chưa hết thì ở hôm nay."
TASKS = [
    Figure(
        code="tasks.open", name="Nhiệm vụ đang mở", kind=Kind.STOCK, unit_of_measure="nhiệm vụ",
        definition=f"Nhiệm vụ đã giao, chưa ghi «Xong» hoặc «Thôi». {_STOCK}",
        answer=_open_answer, one_row="nhiệm vụ", complete=_SPECIFIC,
    ),
    Figure(
        code="tasks.overdue", name="Nhiệm vụ quá hạn", kind=Kind.STOCK, unit_of_measure="nhiệm vụ",
        definition=f"Nhiệm vụ đang mở mà thời hạn đã qua. Nhiệm vụ không có thời hạn thì không tính. {_STOCK}",
        answer=_overdue_answer, one_row="nhiệm vụ", complete=_SPECIFIC,
    ),
    Figure(
        code="tasks.done", name="Nhiệm vụ đã xong", kind=Kind.RATIO, unit_of_measure="nhiệm vụ",
        definition=(
            "Mẫu số: nhiệm vụ giao trong kỳ, không kể nhiệm vụ đã thôi. Tử số: số trong đó đã ghi «Xong», "
            "tính đến hôm nay."
        ),
        answer=_done_answer, one_row="nhiệm vụ", complete=_SPECIFIC,
    ),
    Figure(
        code="tasks.members", name="Đảng viên có nhiệm vụ được giao", kind=Kind.RATIO, unit_of_measure="đảng viên",
        definition=(
            "Mẫu số: đảng viên chính thức và dự bị của chi bộ, không tính người được miễn, làm nhiệm vụ đặc biệt. "
            "Tử số: số trong đó có ít nhất một nhiệm vụ chi bộ giao còn mở trong kỳ. Chỉ tính theo đơn vị."
        ),
        answer=_members_answer, one_row="chi bộ", complete="chi bộ có số",
    ),
]  # fmt: skip
