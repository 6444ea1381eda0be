"""The figures this room declares: plans issued; targets in force, and how many were missed or low, met or passed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery

from chibo.figures.answers import Answer, Figure, Kind, Question, Row, Tree
from chibo.figures.branches import branch_condition, child_below, names_of, path_column
from chibo.figures.building import answer_from
from chibo.kernel.dates import show_day
from chibo.kernel.paths import unit_ids
from chibo.kernel.text import cut
from chibo.organisation.models import PathVersion
from chibo.targets.models import PlanIssue, Target, TargetSaid
from chibo.targets.queries import Asked, with_said
from chibo.targets.standing import DONE, FAILED
from chibo.targets.valuing import Valued, valued


def _issued(figure: Figure, question: Question) -> Answer:
    rows = question.once(_read_issued)
    names = names_of(question, {row.unit_id for row in rows})
    told = [
        Row(
            unit_id=row.unit_id, unit_name=names.get(row.unit_id, ""),
            child_id=child_below(row.place, question.unit.pk), month=row.on.replace(day=1), day=row.on, numerator=1,
            denominator=0, state="counted", about=("targets.plan", str(row.pk)), title=cut(row.plan.about, 120),
            note=row.plan.get_kind_display(), done=1, due=1,
        )
        for row in rows
    ]  # fmt: skip
    return answer_from(figure, question, told)


def _read_issued(question: Question) -> list[Any]:
    """A plan hangs where its unit stood on the day it was issued, or stands today; one query."""
    days = {"on__gte": question.period.first, "on__lt": question.period.after, "on__lte": question.last}
    stood = PathVersion.objects.filter(unit=OuterRef("plan__unit"), during__contains=OuterRef("on")).values("path")[:1]
    place = F("scope_path") if question.tree is Tree.RESTATED else Subquery(stood)
    rows = PlanIssue.objects.visible_to(question.by).filter(**days).annotate(place=place, unit_id=F("plan__unit"))
    found = rows.select_related("plan").order_by("on", "pk")
    return [row for row in found if row.place and question.unit.pk in unit_ids(row.place)]


def _standing(states: tuple[str, ...]) -> Any:
    """Targets in force in the period, and of them those in one of the states at its last day: «08/54»."""

    def answer(figure: Figure, question: Question) -> Answer:
        found = question.once(_read_standing)
        names = names_of(question, {each.row.unit_id for each, _ in found})
        return answer_from(figure, question, [_row(question, each, place, names, states) for each, place in found])

    return answer


def _row(question: Question, each: Valued, place: str, names: dict[int, str], states: tuple[str, ...]) -> Row:
    row, last = each.row, min(each.said.last, question.last)
    return Row(
        unit_id=row.unit_id, unit_name=names.get(row.unit_id, ""), child_id=child_below(place, question.unit.pk),
        month=last.replace(day=1), day=last, numerator=int(each.state in states), denominator=1, state=each.state,
        about=("targets.target", str(row.pk)), title=cut(row.name, 120),
        note=f"{each.asked}, hạn {show_day(each.said.last)}", done=1, due=1,
    )  # fmt: skip


def _read_standing(question: Question) -> list[tuple[Valued, str]]:
    """Those of the units themselves: the share of a unit below is a target of its own.

    What they asked for on the last day, or first asked for when they were written down later. Once the last day of a
    target is over it is settled.
    """
    rows = Target.objects.visible_to(question.by).filter(branch_condition(question, day="first"))
    placed = rows.filter(first__lte=question.last).annotate(place=F(path_column(question.tree))).order_by("first", "pk")
    asked = [each for each in _as_said(list(placed), question) if each.said.last >= question.period.first]
    over = question.on > question.last
    ended = [each for each in asked if over and each.said.last <= question.last]
    going = [each for each in asked if not (over and each.said.last <= question.last)]
    found = valued(ended, by=question.by, on=question.last + timedelta(days=1))
    found += valued(going, by=question.by, on=question.last)
    return [(each, each.row.place) for each in found]  # type: ignore[attr-defined]


def _as_said(rows: list[Target], question: Question) -> list[Asked]:
    then = with_said(rows, actor=question.by, on=question.last)
    said = TargetSaid.objects.visible_to(question.by).filter(target__in=[row.pk for row in rows])
    late = set(said.filter(on__gt=question.last).values_list("target", flat=True))
    early = set(said.filter(on__lte=question.last).values_list("target", flat=True))
    return then + with_said([row for row in rows if row.pk in late - early], actor=question.by)


_LEFT = (
    "Chỉ tiêu của từng tổ chức trong kỳ; mức giao và hạn như đã ghi đến ngày cuối kỳ (ghi muộn thì như ghi lần đầu), "
    "trạng thái tính ở ngày ấy."
)
FIGURES = [
    Figure(
        code="plans.issued", name="Kế hoạch, nghị quyết đã ban hành", kind=Kind.FLOW, unit_of_measure="kế hoạch",
        definition="Kế hoạch, chương trình hành động, nghị quyết của tổ chức đảng đã ban hành trong kỳ: mỗi dòng có ai "
        "làm, hạn, và chỉ tiêu hoặc lý do không đo được.",
        answer=_issued, one_row="kế hoạch", complete="kế hoạch đã ghi",
    ),
    Figure(
        code="targets.failed", name="Chỉ tiêu không đạt hoặc đạt thấp", kind=Kind.RATIO, unit_of_measure="chỉ tiêu",
        definition=f"{_LEFT} Đếm chỉ tiêu đã hết hạn mà không đạt, hoặc đạt thấp, trên tất cả chỉ tiêu trong kỳ.",
        answer=_standing(FAILED), one_row="chỉ tiêu", complete="chỉ tiêu đã ghi",
    ),
    Figure(
        code="targets.reached", name="Chỉ tiêu đạt và vượt", kind=Kind.RATIO, unit_of_measure="chỉ tiêu",
        definition=f"{_LEFT} Đếm chỉ tiêu đạt hoặc vượt trên tất cả chỉ tiêu trong kỳ.",
        answer=_standing(DONE), one_row="chỉ tiêu", complete="chỉ tiêu đã ghi",
    ),
]  # fmt: skip
