"""Every cell of a branch on a day: how many it is, who leads it, whether the secretary is the village head too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from chibo.cadres.models import Office, Post, StatePost
from chibo.cadres.offices import OF_A_CELL
from chibo.figures.answers import Question
from chibo.figures.branches import standing_in
from chibo.kernel.actor import Actor
from chibo.kernel.text import fold
from chibo.membership.models import Belonging, Person, Standing
from chibo.organisation.localities import JOINT, OWN, VILLAGE, Registered, registered
from chibo.organisation.models import Placement, Service, Siting
from chibo.rules.reader import rules_on

HEAD = "village_head"
LEAST, FOR_COMMITTEE = "cell.min_official_members", "cell.committee_min_official_members"
NO_SECRETARY, NO_COMMITTEE, FEW, SHORT, APART = "thieu-bi-thu", "chua-chi-uy", "it-dang-vien", "duoi-muc", "chua-kiem"
FILTERS = {
    NO_SECRETARY: "Chưa có bí thư", NO_COMMITTEE: "Đủ người mà chưa có chi ủy", FEW: "Chưa đủ người để bầu chi ủy",
    SHORT: "Dưới số đảng viên tối thiểu", APART: "Bí thư chưa kiêm trưởng bản",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many official members a cell needs at all, and to elect a committee; None where the book does not know."""

    least: int | None
    for_committee: int | None

    @classmethod
    def of(cls, day: date) -> Bounds:
        """By the rules of that day."""
        rules = [rules_on(day).get(code) for code in (LEAST, FOR_COMMITTEE)]
        return cls(*(rule.value if rule else None for rule in rules))


@dataclass(slots=True)
class CellState:
    """Một chi bộ trong ngày."""

    unit_id: int
    name: str
    place: str  # where it hangs on the tree asked for
    official: int = 0
    secretary: Person | None = None
    deputies: int = 0
    committee: int = 0  # members besides secretary and deputy
    villages: list[Registered] = field(default_factory=list)
    heads: list[tuple[UUID, str]] = field(default_factory=list)  # who is head of which village

    def together(self, village: Registered) -> bool:
        """Whether the secretary is the head of this village."""
        return self.secretary is not None and any(
            who == self.secretary.pk and (not place or fold(village.bare) in fold(place)) for who, place in self.heads
        )

    @property
    def seats(self) -> int:
        """How many sit in its committee: secretary, deputies, members."""
        return self.committee + self.deputies + (self.secretary is not None)

    @property
    def apart(self) -> list[Registered]:
        """Villages it serves whose head is somebody else, or nobody the book knows."""
        return [village for village in self.villages if not self.together(village)]

    def lacks(self, bounds: Bounds) -> list[str]:
        """What is wanting, as codes of `FILTERS`."""
        found = []
        if self.secretary is None:
            found.append(NO_SECRETARY)
        if bounds.least is not None and self.official < bounds.least:
            found.append(SHORT)
        elif bounds.for_committee is not None and self.official < bounds.for_committee:
            found.append(FEW)
        elif bounds.for_committee is not None and not self.committee:
            found.append(NO_COMMITTEE)
        if self.apart:
            found.append(APART)
        return found


def cells_of(question: Question) -> list[CellState]:
    """Chi bộ của nhánh ở ngày cuối kỳ, in Vietnamese order, on either tree; eight queries however many."""
    return question.once(_read)


def _read(question: Question) -> list[CellState]:
    day, by = question.last, question.by
    places = standing_in(question, day)
    rows: Iterable[Any] = (
        Placement.objects.visible_to(by).on(day).filter(kind="cell", unit__in=places.values("unit"))
        .annotate(place_now=Subquery(places.filter(unit=OuterRef("unit")).values("place")[:1]))
        .order_by("sort_key", "unit_id")
    )  # fmt: skip
    found = {row.unit_id: CellState(row.unit_id, row.short_name, row.place_now) for row in rows}
    for unit, official in _official(found, day, by).items():
        found[unit].official = official
    _led(found, day, by)
    for unit, villages in _villages(found, day, by).items():
        found[unit].villages = villages
    heads = StatePost.objects.visible_to(by).on(day).filter(unit__in=found, office=HEAD)
    for unit_id, who, place in heads.values_list("unit_id", "person_id", "place"):
        found[unit_id].heads.append((who, place))
    return list(found.values())


def _official(cells: Collection[int], day: date, by: Actor) -> Mapping[int, int]:
    standing = Standing.objects.on(day).filter(kind=Standing.OFFICIAL).values("person")
    here = Belonging.objects.visible_to(by).on(day).filter(kind=Belonging.OFFICIAL, unit__in=cells)
    return Counter(here.filter(person__in=standing).values_list("unit_id", flat=True))


def _led(cells: Mapping[int, CellState], day: date, by: Actor) -> None:
    posts = Post.objects.visible_to(by).on(day).filter(unit__in=cells, office__in=OF_A_CELL)
    for post in posts.select_related("person"):
        cell = cells[post.unit_id]
        match post.office:
            case Office.CELL_SECRETARY:
                cell.secretary = post.person
            case Office.CELL_DEPUTY:
                cell.deputies += 1
            case _:
                cell.committee += 1


def _villages(cells: Collection[int], day: date, by: Actor) -> Mapping[int, list[Registered]]:
    served = Service.objects.visible_to(by).on(day).filter(cell__in=cells).values("locality")
    rows = Siting.objects.visible_to(by).on(day).filter(locality__in=served).order_by("sort_key", "locality_id")
    found: dict[int, list[Registered]] = defaultdict(list)
    for each in registered(rows, day, actor=by):
        if each.kind.family == VILLAGE and each.way in {OWN, JOINT} and each.cell_id in cells:
            found[each.cell_id or 0].append(each)
    return found
