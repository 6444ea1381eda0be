"""A person's path, as the rooms below keep it: cells, standing, posts, cells in charge; each with its document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from chibo.cadres.models import Post
from chibo.kernel.actor import Actor
from chibo.meetings.models import Charge
from chibo.membership.models import Absence, Belonging, Person, Standing
from chibo.organisation.models import Placement


@dataclass(frozen=True, slots=True)
class Step:
    """One fact with its period."""

    first: date
    after: date | None  # first day it no longer holds
    words: str
    unit_id: int | None
    unit_name: str
    document: str

    def holds(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.first <= day and (self.after is None or day < self.after)


def path_of(person: Person, *, actor: Actor) -> list[Step]:
    """Quá trình: what the actor may see of it, the newest first; five queries."""
    mine = {"person": person}
    found = [
        *((row, f"Sinh hoạt {row.get_kind_display()} tại") for row in _rows(Belonging, actor, mine)),
        *((row, f"Đảng viên {row.get_kind_display()}") for row in _rows(Standing, actor, mine)),
        *((row, row.get_kind_display().capitalize()) for row in _rows(Absence, actor, mine)),
        *((row, f"{row.get_office_display()},") for row in _rows(Post, actor, mine)),
        *((row, "Phụ trách") for row in _rows(Charge, actor, mine)),
    ]
    names = _names({row.unit_id for row, _ in found if getattr(row, "unit_id", None)}, actor)
    steps = [_step(row, words, names) for row, words in found]
    return sorted(steps, key=lambda step: (step.first, step.words), reverse=True)


def _rows(model: Any, actor: Actor, mine: dict[str, Person]) -> Any:
    return model.objects.visible_to(actor).filter(**mine)


def _names(units: set[int], actor: Actor) -> dict[int, str]:
    """The newest name of each unit the actor may see; others stay «tổ chức khác»."""
    rows = Placement.objects.visible_to(actor).filter(unit__in=units).order_by("during")
    return dict(rows.values_list("unit_id", "name"))


def _step(row: Any, words: str, names: dict[int, str]) -> Step:
    unit = getattr(row, "unit_id", None)
    away = isinstance(row, Belonging) and unit is None
    name = "nơi khác, ngoài đảng bộ" if away else names.get(unit or 0, "tổ chức khác" if unit else "")
    return Step(
        row.during.lower, row.during.upper, words, unit if unit in names else None, name[:1].lower() + name[1:],
        row.decision,
    )  # fmt: skip
