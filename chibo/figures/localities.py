"""The figures of the register of localities: villages and institutions by who serves them.

They stand here because the register lies below this room, and whoever declares a figure stands above it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from chibo.figures.answers import Answer, Figure, Kind, Question, Row, Tree
from chibo.figures.branches import child_below, names_of, standing_in, standing_on
from chibo.figures.building import answer_from
from chibo.kernel.actor import Actor
from chibo.kernel.dates import show_day
from chibo.organisation.localities import BLANK, INSTITUTION, JOINT, MEMBERS, OWN, VILLAGE, Registered, registered
from chibo.organisation.models import Siting, Unit

Served = tuple[Registered, str]  # with the place its commune hangs by on the tree asked for


def _read(question: Question) -> list[Served]:
    places = standing_in(question, question.last)
    found = (
        Siting.objects.visible_to(question.by)
        .on(question.last)
        .filter(unit__in=places.values("unit"))
        .annotate(place=Subquery(places.filter(unit=OuterRef("unit")).values("place")[:1]))
        .order_by("sort_key", "locality_id")
    )
    rows: list[Any] = list(found)
    return [(each, each.siting.place) for each in registered(rows, question.last, actor=question.by)]


def localities_on_tree(unit: Unit, day: date, tree: Tree, *, actor: Actor) -> list[Registered]:
    """Every locality of the branch as it was on a day, or that day's on today's tree; in Vietnamese order."""
    places = standing_on(unit, day, tree)
    rows = Siting.objects.visible_to(actor).on(day).filter(unit__in=places.values("unit"))
    return registered(rows.order_by("sort_key", "locality_id"), day, actor=actor)


def _answer(family: str, counted: Collection[str], figure: Figure, question: Question) -> Answer:
    read = question.once(_read)
    mine = [pair for pair in read if pair[0].kind.family == family]
    ratio = figure.kind is Kind.RATIO
    kept = mine if ratio else [pair for pair in mine if pair[0].way in counted]
    names = names_of(question, {each.unit_id for each, _ in kept})
    return answer_from(figure, question, [_row(question, each, place, counted, ratio, names) for each, place in kept])


def _row(
    question: Question, each: Registered, place: str, counted: Collection[str], ratio: bool, names: dict[int, str]
) -> Row:
    day = question.last
    return Row(
        unit_id=each.unit_id, unit_name=names.get(each.unit_id, ""), child_id=child_below(place, question.unit.pk),
        month=day.replace(day=1), day=day, numerator=int(each.way in counted), denominator=int(ratio), state=each.way,
        about=("organisation.locality", str(each.locality_id)), title=each.name, done=int(each.service is not None),
        due=1, note=each.cell_name or f"Ngày {show_day(day)}",
    )  # fmt: skip


def _of(family: str, *counted: str) -> Callable[[Figure, Question], Answer]:
    return lambda figure, question: _answer(family, counted, figure, question)


_DAY = "Tính ở ngày cuối kỳ, nếu kỳ chưa hết thì ở hôm nay."


def _villages(code: str, name: str, words: str, *counted: str) -> Figure:
    return Figure(
        code=f"villages.{code}", name=name, kind=Kind.STOCK, unit_of_measure="thôn, bản", definition=f"{words} {_DAY}",
        answer=_of(VILLAGE, *counted), one_row="thôn, bản", complete="thôn, bản đã ghi ai phụ trách",
    )  # fmt: skip


FIGURES = [
    Figure(
        code="villages.served", name="Thôn, bản có chi bộ", kind=Kind.RATIO, unit_of_measure="thôn, bản",
        definition=f"Thôn, bản, tổ dân phố có chi bộ riêng hoặc chi bộ ghép, trên tất cả trong sổ. {_DAY}",
        answer=_of(VILLAGE, OWN, JOINT), one_row="thôn, bản", complete="thôn, bản đã ghi ai phụ trách",
    ),
    _villages("own", "Thôn, bản có chi bộ riêng", "Chi bộ phụ trách chỉ phụ trách một địa bàn.", OWN),
    _villages("joint", "Thôn, bản sinh hoạt ghép", "Chi bộ phụ trách còn phụ trách địa bàn khác.", JOINT),
    _villages("members", "Thôn, bản có đảng viên, chưa có chi bộ", "Có đảng viên tại chỗ mà chưa chi bộ nào phụ trách.",
              MEMBERS),
    _villages("blank", "Thôn, bản chưa có đảng viên", "Bản «trắng»: chưa có đảng viên, chưa chi bộ nào phụ trách.",
              BLANK),
    Figure(
        code="institutions.served", name="Trường học, trạm y tế có tổ chức đảng", kind=Kind.RATIO,
        unit_of_measure="trường, trạm",
        definition=f"Trường học, trạm y tế có chi bộ riêng hoặc chi bộ ghép, trên tất cả trong sổ. {_DAY}",
        answer=_of(INSTITUTION, OWN, JOINT), one_row="trường, trạm", complete="trường, trạm đã ghi ai phụ trách",
    ),
]  # fmt: skip
