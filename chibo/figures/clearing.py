"""Villages that got their first members, and those that lost their last: changes of the register over days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef

from chibo.figures.answers import Answer, Figure, Kind, Question, Row, Tree
from chibo.figures.branches import child_below, names_of
from chibo.figures.building import answer_from
from chibo.kernel.paths import unit_ids
from chibo.organisation.localities import VILLAGE, full_name, kind_named
from chibo.organisation.models import PathVersion, Service, Siting

CLEARED, AGAIN = "cleared", "blank_again"
_CAUSES = dict(Service.CAUSES)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One village on the day somebody came to be a member there, or the last one went."""

    service: Any
    siting: Siting
    place: str
    cleared: bool

    @property
    def day(self) -> date:
        """The day it changed."""
        day: date = self.service.during.lower
        return day


def turns(question: Question) -> list[_Turn]:
    """Every such change in the branch and the period, in the order of days; four queries."""
    return question.once(_read)


def _read(question: Question) -> list[_Turn]:
    live = Service.objects.live()
    before = live.filter(locality=OuterRef("locality"), during__endswith=OuterRef("first"))
    rows = (
        live.visible_to(question.by)
        .annotate(first=F("during__startswith"))
        .filter(first__gte=question.period.first, first__lte=question.last)
        .annotate(came=Exists(before.filter(has_members=False)), went=Exists(before.filter(has_members=True)))
        .select_related("locality")
        .order_by("first", "locality_id")
    )
    changed = [row for row in rows if (row.came and row.has_members) or (row.went and not row.has_members)]
    sitings = _sitings({row.locality_id for row in changed})
    paths = _paths({siting.unit_id for found in sitings.values() for siting in found})
    found = []
    for row in changed:
        day = row.during.lower
        siting = next((each for each in sitings.get(row.locality_id, ()) if day in each.during), None)
        if siting is None or kind_named(siting.kind, day).family != VILLAGE:
            continue
        place = row.locality.scope_path if question.tree is Tree.RESTATED else paths(siting.unit_id, day)
        if question.unit.pk in unit_ids(place):
            found.append(_Turn(row, siting, place, bool(row.has_members)))
    return found


def _sitings(localities: set[int]) -> dict[int, list[Siting]]:
    found: dict[int, list[Siting]] = {}
    for row in Siting.objects.live().filter(locality__in=localities):
        found.setdefault(row.locality_id, []).append(row)
    return found


def _paths(units: set[int]) -> Callable[[int, date], str]:
    versions: dict[int, list[PathVersion]] = {}
    for row in PathVersion.objects.filter(unit__in=units):
        versions.setdefault(row.unit_id, []).append(row)
    return lambda unit, day: next((row.path for row in versions.get(unit, ()) if day in row.during), "")


def _of(code: str) -> Callable[[Figure, Question], Answer]:
    def answer(figure: Figure, question: Question) -> Answer:
        mine = [turn for turn in turns(question) if turn.cleared == (code == CLEARED)]
        return answer_from(figure, question, list(_rows(question, mine, code)))

    return answer


def _rows(question: Question, mine: list[_Turn], code: str) -> Iterator[Row]:
    units = {turn: unit_ids(turn.place)[-1] for turn in mine}
    names = names_of(question, set(units.values()))
    for turn, unit in units.items():
        cause, paper = _CAUSES.get(turn.service.cause, ""), turn.service.decision
        yield Row(
            unit_id=unit, unit_name=names.get(unit, ""), child_id=child_below(turn.place, question.unit.pk),
            month=turn.day.replace(day=1), day=turn.day, numerator=1, denominator=0, state=code,
            about=("organisation.locality", str(turn.service.locality_id)),
            title=full_name(kind_named(turn.siting.kind, turn.day), turn.siting.name), done=1, due=1,
            note=", ".join(filter(None, [cause, paper])),
        )  # fmt: skip


def _figure(code: str, name: str, words: str) -> Figure:
    return Figure(
        code=f"villages.{code}", name=name, kind=Kind.FLOW, unit_of_measure="thôn, bản", answer=_of(code),
        definition=f"{words} Tính theo ngày ghi trong sổ; địa bàn ghi vào sổ lần đầu không tính.",
        one_row="thôn, bản", complete="thôn, bản có ngày",
    )  # fmt: skip


FIGURES = [
    _figure(CLEARED, "Bản «trắng» đảng viên đã xóa", "Thôn, bản từ chưa có đảng viên thành có đảng viên trong kỳ."),
    _figure(AGAIN, "Bản trở lại «trắng» đảng viên", "Thôn, bản từ có đảng viên thành không còn đảng viên trong kỳ."),
]
