"""The figures of the tree: grassroots organisations and the cells below them, by the levels of the day.

They stand here because the tree lies below this room, and whoever declares a figure stands above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from chibo.figures.answers import Answer, Figure, Kind, Question, Row
from chibo.figures.branches import child_below, names_of, standing_in
from chibo.figures.building import answer_from
from chibo.kernel.dates import show_day
from chibo.organisation.localities import COMMUNES
from chibo.organisation.models import Placement
from chibo.rules.reader import rules_on

COMMITTEE, CELL, BELOW = "committee", "grassroots_cell", "cell_below"  # what a unit is in this count
GRASSROOTS = "grassroots"
ABOVE = {"province", "above_grassroots"}  # levels whose own cells are grassroots cells


@dataclass(frozen=True, slots=True)
class _Placed:
    unit_id: int
    kind: str
    part: str
    place: str


Test = Callable[[_Placed], bool]


def _read(question: Question) -> list[_Placed]:
    """Every unit of the branch, in Vietnamese order; three queries."""
    day = question.last
    places = standing_in(question, day)
    rows = (
        Placement.objects.visible_to(question.by).on(day).filter(unit__in=places.values("unit"))
        .annotate(place_now=Subquery(places.filter(unit=OuterRef("unit")).values("place")[:1]))
        .order_by("sort_key", "unit_id")
    )  # fmt: skip
    found = list(rows)
    kinds = {row.unit_id: row.kind for row in found}
    over = {row.parent_id for row in found} - set(kinds)
    kinds |= dict(Placement.objects.on(day).filter(unit__in=over).values_list("unit_id", "kind"))
    rule = rules_on(day).get("organisation.kinds")
    levels = {kind: each["level"] for kind, each in rule.value.items()} if rule else {}
    placed = ((row, _part(row.kind, kinds.get(row.parent_id or 0, ""), levels)) for row in found)
    return [_Placed(row.unit_id, row.kind, part, row.place_now) for row, part in placed]


def _part(kind: str, above: str, levels: dict[str, str]) -> str:
    if kind == "cell":
        return CELL if levels.get(above) in ABOVE else BELOW
    return COMMITTEE if levels.get(kind) == GRASSROOTS else ""


def _of(counts: Test) -> Callable[[Figure, Question], Answer]:
    def answer(figure: Figure, question: Question) -> Answer:
        mine = [each for each in question.once(_read) if counts(each)]
        names = names_of(question, {each.unit_id for each in mine})
        return answer_from(figure, question, (_row(question, each, names) for each in mine))

    return answer


def _row(question: Question, each: _Placed, names: dict[int, str]) -> Row:
    day = question.last
    return Row(
        unit_id=each.unit_id, unit_name=names.get(each.unit_id, ""), child_id=child_below(each.place, question.unit.pk),
        month=day.replace(day=1), day=day, numerator=1, denominator=0, state="counted",
        about=("organisation.unit", str(each.unit_id)), title=f"Ngày {show_day(day)}", done=1, due=1,
    )  # fmt: skip


def _stock(code: str, name: str, words: str, measure: str, counts: Test) -> Figure:
    return Figure(
        code=f"units.{code}", name=name, kind=Kind.STOCK, unit_of_measure=measure,
        definition=f"{words} Theo quy định của ngày ấy; tính ở ngày cuối kỳ, nếu kỳ chưa hết thì ở hôm nay.",
        answer=_of(counts), one_row="tổ chức", complete="tổ chức có số",
    )  # fmt: skip


FIGURES = [
    _stock("grassroots", "Tổ chức cơ sở đảng", "Đảng bộ cơ sở và chi bộ cơ sở trong nhánh.", "tổ chức đảng",
           lambda each: each.part in {COMMITTEE, CELL}),
    _stock("committees", "Đảng bộ cơ sở", "Đảng bộ thuộc cấp cơ sở, có cả đảng bộ xã khi xã là cấp cơ sở.", "đảng bộ",
           lambda each: each.part == COMMITTEE),
    _stock("communes", "Đảng bộ xã", "Đảng bộ xã trong nhánh, ở cấp nào cũng tính.", "đảng bộ",
           lambda each: each.kind in COMMUNES),
    _stock("grassroots_cells", "Chi bộ cơ sở", "Chi bộ trực thuộc cấp trên của cấp cơ sở.", "chi bộ",
           lambda each: each.part == CELL),
    _stock("cells_below", "Chi bộ trực thuộc", "Chi bộ trực thuộc đảng bộ cơ sở hoặc đảng bộ bộ phận.", "chi bộ",
           lambda each: each.part == BELOW),
]  # fmt: skip
