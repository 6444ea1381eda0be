"""Villages where something is still wanting: who may see to them, what was said last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chibo.cadres.models import Office, Post, VillageStep
from chibo.kernel.actor import Actor
from chibo.kernel.paths import PathRange
from chibo.organisation.models import Locality, Service

SEES_TO = [
    Office.COMMITTEE_SECRETARY, Office.COMMITTEE_DEPUTY, Office.STANDING_MEMBER, Office.COMMITTEE_MEMBER,
    Office.CELL_SECRETARY, Office.CELL_DEPUTY, Office.CELL_COMMITTEE,
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeesTo:
    """Who can be asked to see to a village: of the committee of the commune or of one of its cells."""

    person_id: UUID
    full_name: str
    words: str  # «Lò Văn Inh, bí thư chi bộ»


def may_see_to(locality: Locality, day: date, *, by: Actor) -> dict[UUID, SeesTo]:
    """People of the commune who hold a post that day, by given name; one query."""
    area = PathRange.of(locality.scope_path)
    rows = (
        Post.objects.visible_to(by).live().on(day)
        .filter(scope_path__gte=area.low, scope_path__lt=area.high, office__in=SEES_TO)
        .select_related("person").order_by("person__name_key", "person_id", "scope_path")
    )  # fmt: skip
    found: dict[UUID, SeesTo] = {}
    for row in rows:
        words = f"{row.person.full_name}, {row.get_office_display().lower()}"
        found.setdefault(row.person_id, SeesTo(row.person_id, row.person.full_name, words))
    return found


def open_matter(locality: Locality, matter: str, day: date) -> bool:
    """Whether there is still something to do: nobody there is a member, or a cell serves it and may lead it."""
    service = Service.objects.live().on(day).filter(locality=locality).first()
    if service is None:
        return False
    return not service.has_members if matter == VillageStep.BLANK else service.cell_id is not None


def steps_of(localities: Iterable[int], matter: str, *, by: Actor) -> dict[int, VillageStep]:
    """The newest of each village; one query."""
    rows = VillageStep.objects.visible_to(by).filter(locality__in=list(localities), matter=matter)
    newest: Any = rows.order_by("locality", "-at", "-pk").distinct("locality")
    return {row.locality_id: row for row in newest}
