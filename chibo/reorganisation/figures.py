"""The figures this room declares: units set up, split off, upgraded, ended in a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from chibo.figures.answers import Answer, Figure, Kind, Question, Row, Tree
from chibo.figures.branches import child_below
from chibo.figures.building import answer_from
from chibo.organisation.models import PathVersion
from chibo.reorganisation.models import Decision, DecisionUnit
from chibo.reorganisation.queries import last_names

Wanted = frozenset[tuple[str, str]]  # an act, and what the unit was in it
_D, _U = Decision, DecisionUnit


def _answer(wanted: Wanted, figure: Figure, question: Question) -> Answer:
    """One row for each unit the decisions of the period made or ended, below where it stood then; four queries."""
    named = [row for row in question.once(_read) if (row.act, row.part) in wanted]
    stood = question.once(_stood)
    names = last_names({row.unit_id for row in named}, actor=question.by) if named else {}
    top = question.unit.scope_path
    rows = []
    for row in named:
        path = (
            row.scope_path if question.tree is Tree.RESTATED else _path(stood, row.unit_id, row.decision.effective_on)
        )
        above = top if question.tree is Tree.RESTATED else _path(stood, question.unit.pk, row.decision.effective_on)
        if path and above and path.startswith(above):
            rows.append(_row(question, row, path, names[row.unit_id].short_name if row.unit_id in names else ""))
    return answer_from(figure, question, rows)


def _read(question: Question) -> list[Any]:
    first, last = question.period.first, question.last
    rows = DecisionUnit.objects.visible_to(question.by).filter(
        decision__effective_on__range=(first, last), decision__withdrawn_at=None
    )
    return list(rows.select_related("decision").order_by("decision__effective_on", "unit"))


def _stood(question: Question) -> dict[int, list[PathVersion]]:
    found: dict[int, list[PathVersion]] = {}
    met = {row.unit_id for row in question.once(_read)} | {question.unit.pk}
    for version in PathVersion.objects.filter(unit__in=met).order_by("during"):
        found.setdefault(version.unit_id, []).append(version)
    return found


def _path(stood: dict[int, list[PathVersion]], unit_id: int, day: date) -> str:
    """Where it stood that day; an ended one, where it stood the day before."""
    versions = stood.get(unit_id, [])
    for each in (day, day - timedelta(days=1)):
        for version in versions:
            if each in version.during:
                return version.path
    return ""


def _row(question: Question, row: Any, path: str, name: str) -> Row:
    day = row.decision.effective_on
    return Row(
        unit_id=row.unit_id, unit_name=name, child_id=child_below(path, question.unit.pk), month=day.replace(day=1),
        day=day, numerator=1, denominator=0, state="counted", about=("reorganisation.decision", str(row.decision_id)),
        title=f"{row.get_act_display()}, quyết định số {row.decision.paper}", done=1, due=1,
    )  # fmt: skip


def _flow(code: str, name: str, words: str, *wanted: tuple[str, str]) -> Figure:
    return Figure(
        code=f"units.{code}", name=name, kind=Kind.FLOW, unit_of_measure="tổ chức đảng", one_row="tổ chức",
        definition=f"{words} Tính theo ngày hiệu lực của quyết định; quyết định đã lấy lại không tính.",
        answer=_of(frozenset(wanted)), complete="quyết định có trong sổ",
    )  # fmt: skip


def _of(wanted: Wanted) -> Callable[[Figure, Question], Answer]:
    return lambda figure, question: _answer(wanted, figure, question)


FIGURES: Iterable[Figure] = [
    _flow("founded", "Thành lập mới", "Tổ chức lập mới, không từ tổ chức nào đang có.", (_D.FOUND, _U.CHANGED),
          (_D.FOUND, _U.HEIR)),
    _flow("from_split", "Lập từ chia tách", "Tổ chức kế thừa của các quyết định chia tách.", (_D.SPLIT, _U.HEIR)),
    _flow("upgraded", "Nâng cấp", "Chi bộ được nâng thành đảng bộ.", (_D.UPGRADE, _U.CHANGED), (_D.UPGRADE, _U.SOURCE)),
    _flow("ended", "Kết thúc, sáp nhập", "Tổ chức kết thúc hoạt động, hoặc nhập vào tổ chức khác.",
          (_D.END, _U.CHANGED), (_D.END, _U.SOURCE), (_D.MERGE, _U.SOURCE)),
]  # fmt: skip
