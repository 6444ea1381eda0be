"""The figures this room declares: members."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from chibo.figures.answers import Answer, Figure, Kind, Question, Row, Tree
from chibo.figures.branches import child_below, names_of, path_column, standing_in
from chibo.figures.building import answer_from
from chibo.kernel.dates import show_day
from chibo.membership.models import Belonging
from chibo.membership.movement import IN, OUT, Step, movement
from chibo.organisation.models import PathVersion


def _answer(figure: Figure, question: Question) -> Answer:
    """One row for each cell; one query, and one for the names of cells further down."""
    places = standing_in(question, question.last)
    counted = (
        Belonging.objects.visible_to(question.by)
        .on(question.last)
        .filter(kind=Belonging.OFFICIAL, unit__in=places.values("unit"))
        .values("unit_id")
        .annotate(place=Subquery(places.filter(unit=OuterRef("unit_id")).values("place")[:1]), members=Count("pk"))
        .order_by("unit_id")
    )
    found = list(counted)
    names = names_of(question, {each["unit_id"] for each in found})
    return answer_from(figure, question, (_row(question, each, names) for each in found))


def _row(question: Question, each: dict[str, Any], names: dict[int, str]) -> Row:
    unit, day = each["unit_id"], question.last
    return Row(
        unit_id=unit, unit_name=names.get(unit, ""), child_id=child_below(each["place"], question.unit.pk),
        month=day.replace(day=1), day=day, numerator=each["members"], denominator=0, state="counted",
        about=("organisation.unit", str(unit)), title=f"Ngày {show_day(day)}", done=1, due=1,
    )  # fmt: skip


def _by_way(side: str, ways: frozenset[str]) -> Callable[[Figure, Question], Answer]:
    """One row for each member who came or left that way; moves inside the book are none of these, so parts add up."""

    def answer(figure: Figure, question: Question) -> Answer:
        moved = question.once(movement)
        steps = [step for step in (moved.came if side == IN else moved.left) if step.way in ways]
        units = {step.unit_id for step in steps}
        places, names = dict(_places(question, units)), names_of(question, units)
        return answer_from(figure, question, (_step_row(question, step, places, names) for step in steps))

    return answer


def _places(question: Question, units: set[int]) -> Iterable[tuple[int, str]]:
    """Where each cell hangs: of today when restated, else where it stood last in the period."""
    column = path_column(question.tree) if question.tree is Tree.RESTATED else "path"
    rows = PathVersion.objects.filter(unit__in=units, during__startswith__lte=question.last).order_by("during")
    return rows.values_list("unit_id", column)


def _step_row(question: Question, step: Step, places: dict[int, str], names: dict[int, str]) -> Row:
    return Row(
        unit_id=step.unit_id, unit_name=names.get(step.unit_id, ""),
        child_id=child_below(places[step.unit_id], question.unit.pk), month=step.day.replace(day=1), day=step.day,
        numerator=1, denominator=0, state="counted", about=("membership.person", str(step.person_id)),
        note=step.decision, title="Một đảng viên", done=1, due=1,
    )  # fmt: skip


def _flow(code: str, name: str, definition: str, side: str, *ways: str) -> Figure:
    return Figure(code=code, name=name, kind=Kind.FLOW, unit_of_measure="đảng viên", definition=definition,
                  answer=_by_way(side, frozenset(ways)), one_row="đảng viên", complete="dòng có trong sổ")  # fmt: skip


FIGURES = [
    Figure(
        code="members.count",
        name="Đảng viên",
        kind=Kind.STOCK,
        unit_of_measure="đảng viên",
        definition=(
            "Đảng viên chính thức và dự bị có sinh hoạt chính thức ở chi bộ, kể cả người được miễn hoặc đang sinh hoạt "
            "tạm thời nơi khác. Tính ở ngày cuối kỳ, nếu kỳ chưa hết thì ở hôm nay."
        ),
        answer=_answer,
        one_row="chi bộ",
        complete="chi bộ có số",
    ),
    _flow("members.admitted", "Kết nạp",
          "Số đảng viên được kết nạp trong kỳ, tính từ ngày lễ kết nạp.", IN, "admitted"),
    _flow("members.transferred_in", "Chuyển đến từ ngoài đảng bộ",
          "Số đảng viên chuyển sinh hoạt chính thức đến từ ngoài đảng bộ tỉnh trong kỳ.", IN, "transferred_in"),
    _flow("members.transferred_out", "Chuyển ra ngoài đảng bộ",
          "Số đảng viên chuyển sinh hoạt chính thức ra ngoài đảng bộ tỉnh trong kỳ.", OUT, "transferred_out"),
    _flow("members.lost", "Từ trần, ra khỏi Đảng",
          "Số đảng viên từ trần, bị khai trừ, bị xóa tên hoặc xin ra khỏi Đảng trong kỳ.", OUT,
          "died", "expelled", "removed", "resigned"),
]  # fmt: skip
