"""The figures this room declares: members."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Subquery

from chibo.figures.answers import Answer, Figure, Kind, Question, Row
from chibo.figures.branches import child_below, names_of, standing_in
from chibo.figures.building import answer_from
from chibo.kernel.dates import show_day
from chibo.membership.models import Belonging


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
    )
]
