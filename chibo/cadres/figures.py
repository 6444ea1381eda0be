"""The figures this room declares: cells and who leads them, and whence secretaries of communes come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import OuterRef, Subquery

from chibo.cadres.cells import FEW, NO_COMMITTEE, NO_SECRETARY, SHORT, Bounds, CellState, cells_of
from chibo.cadres.models import Office, Post
from chibo.figures.answers import Answer, Figure, Kind, Question, Row
from chibo.figures.branches import child_below, standing_in
from chibo.figures.building import answer_from
from chibo.kernel.dates import show_day
from chibo.kernel.text import fold
from chibo.membership.policy import values_of
from chibo.organisation.localities import COMMUNES
from chibo.organisation.models import Placement

_DAY = "Tính ở ngày cuối kỳ, nếu kỳ chưa hết thì ở hôm nay."
Test = Callable[[CellState, Bounds], bool]


def _answer(test: Test, figure: Figure, question: Question) -> Answer:
    """One row for each cell that counts; for a share, for every cell."""
    bounds, ratio = Bounds.of(question.last), figure.kind is Kind.RATIO
    rows = (_row(question, cell, test(cell, bounds), ratio) for cell in cells_of(question))
    return answer_from(figure, question, [row for row in rows if ratio or row.numerator])


def _row(question: Question, cell: CellState, counts: bool, ratio: bool) -> Row:
    day = question.last
    return Row(
        unit_id=cell.unit_id, unit_name=cell.name, child_id=child_below(cell.place, question.unit.pk),
        month=day.replace(day=1), day=day, numerator=int(counts), denominator=int(ratio), state="counted",
        about=("organisation.unit", str(cell.unit_id)), title=f"Ngày {show_day(day)}",
        note=f"{cell.official} đảng viên chính thức", done=1, due=1,
    )  # fmt: skip


def _together(figure: Figure, question: Question) -> Answer:
    """One row for each village with a cell."""
    return answer_from(figure, question, list(_villages(question)))


def _villages(question: Question) -> Iterable[Row]:
    day = question.last
    for cell in cells_of(question):
        for village in cell.villages:
            yield Row(
                unit_id=cell.unit_id, unit_name=cell.name, child_id=child_below(cell.place, question.unit.pk),
                month=day.replace(day=1), day=day, numerator=int(cell.together(village)), denominator=1,
                state="counted", about=("organisation.locality", str(village.locality_id)), title=village.name,
                note="" if cell.together(village) else "bí thư chưa kiêm trưởng bản", done=1, due=1,
            )  # fmt: skip


def _from_elsewhere(figure: Figure, question: Question) -> Answer:
    """One row for each commune with a secretary; four queries."""
    day, by, places = question.last, question.by, standing_in(question, question.last)
    here: Iterable[Any] = (
        Placement.objects.visible_to(by).on(day).filter(kind__in=COMMUNES, unit__in=places.values("unit"))
        .annotate(place_now=Subquery(places.filter(unit=OuterRef("unit")).values("place")[:1]))
    )  # fmt: skip
    communes = {row.unit_id: row for row in here}
    held = Post.objects.visible_to(by).on(day).filter(office=Office.COMMITTEE_SECRETARY, unit__in=communes)
    posts = list(held.select_related("person").order_by("unit"))
    homes = values_of([post.person for post in posts], actor=by, codes=["home_village"], on=day)
    return answer_from(figure, question, [
        _secretary(question, communes[post.unit_id], homes.get(post.person_id, {}).get("home_village", ""))
        for post in posts
    ])  # fmt: skip


def _secretary(question: Question, commune: Any, home: str) -> Row:
    day, place = question.last, fold(commune.place or commune.short_name)
    elsewhere = bool(home) and place not in fold(home)
    return Row(
        unit_id=commune.unit_id, unit_name=commune.short_name, month=day.replace(day=1), day=day,
        child_id=child_below(commune.place_now, question.unit.pk), numerator=int(elsewhere), denominator=1,
        state="counted",
        about=("organisation.unit", str(commune.unit_id)), title=f"Ngày {show_day(day)}", done=int(bool(home)), due=1,
        note="" if elsewhere else ("quê ở xã" if home else "chưa ghi quê quán"),
    )  # fmt: skip


def _cells(code: str, name: str, kind: Kind, words: str, test: Test) -> Figure:
    return Figure(
        code=f"cells.{code}", name=name, kind=kind, unit_of_measure="chi bộ", definition=f"{words} {_DAY}",
        answer=lambda figure, question: _answer(test, figure, question), one_row="chi bộ", complete="chi bộ có số",
    )  # fmt: skip


FIGURES = [
    _cells("count", "Chi bộ", Kind.STOCK, "Số chi bộ trong nhánh.", lambda cell, bounds: True),
    _cells("with_committee", "Chi bộ có chi ủy", Kind.RATIO,
           "Chi bộ có chi ủy viên ngoài bí thư và phó bí thư, trên tất cả chi bộ.",
           lambda cell, bounds: cell.committee > 0),
    _cells("committee_due", "Chi bộ đủ người mà chưa có chi ủy", Kind.STOCK,
           "Chi bộ đủ số đảng viên chính thức để bầu chi ủy theo quy định của ngày ấy mà chưa ghi chi ủy viên.",
           lambda cell, bounds: NO_COMMITTEE in cell.lacks(bounds)),
    _cells("few", "Chi bộ ít đảng viên", Kind.STOCK,
           "Chi bộ chưa đủ số đảng viên chính thức để bầu chi ủy, theo quy định của ngày ấy.",
           lambda cell, bounds: bool({FEW, SHORT} & set(cell.lacks(bounds)))),
    _cells("without_secretary", "Chi bộ chưa có bí thư", Kind.STOCK, "Chi bộ không có ai giữ chức bí thư ngày ấy.",
           lambda cell, bounds: NO_SECRETARY in cell.lacks(bounds)),
    Figure(
        code="posts.secretary_is_head", name="Bí thư chi bộ đồng thời là trưởng bản", kind=Kind.RATIO,
        unit_of_measure="thôn, bản",
        definition=f"Thôn, bản mà bí thư của chi bộ phụ trách đang là trưởng thôn, trưởng bản, trên mọi thôn, bản có "
                   f"chi bộ riêng hoặc chi bộ ghép. {_DAY}",
        answer=_together, one_row="thôn, bản", complete="thôn, bản có số",
    ),
    Figure(
        code="posts.secretary_from_elsewhere", name="Bí thư đảng ủy xã không phải người địa phương", kind=Kind.RATIO,
        unit_of_measure="bí thư",
        definition=f"Bí thư đảng ủy xã có quê quán ghi trong phiếu không ở xã ấy, trên mọi xã có bí thư. {_DAY}",
        answer=_from_elsewhere, one_row="xã", complete="bí thư đã ghi quê quán",
    ),
]  # fmt: skip
