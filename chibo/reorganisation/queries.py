"""Decisions about a unit, who it descends from, what it was called last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from chibo.kernel.actor import Actor
from chibo.organisation.models import Placement, Unit
from chibo.reorganisation.models import Decision, Descent


def decisions_of(unit: Unit, *, actor: Actor) -> list[Decision]:
    """Quyết định có tên tổ chức này, hoặc về các tổ chức ngay dưới; the newest first."""
    rows = Decision.objects.visible_to(actor).filter(Q(unit=unit) | Q(units__unit=unit)).distinct()
    return list(rows.order_by("-effective_on", "-at")[:100])


def last_names(units: Iterable[int], *, actor: Actor) -> dict[int, Placement]:
    """The newest placement of each unit: an ended one keeps its last name."""
    rows = Placement.objects.visible_to(actor).filter(unit__in=list(units)).order_by("unit", "-during__startswith")
    return {row.unit_id: row for row in rows.distinct("unit")}


@dataclass(frozen=True, slots=True)
class Kin:
    """Whom a unit descends from, and who descends from it, by their last names."""

    sources: list[Placement]
    heirs: list[Placement]


def kin_of(unit: Unit, *, actor: Actor) -> Kin:
    """Tổ chức cũ và tổ chức kế thừa."""
    rows = Descent.objects.visible_to(actor).filter(Q(source=unit) | Q(heir=unit), decision__withdrawn_at=None)
    pairs = set(rows.values_list("source", "heir"))
    names = last_names({pk for pair in pairs for pk in pair}, actor=actor)
    sources = [names[s] for s, heir in sorted(pairs) if heir == unit.pk and s in names]
    return Kin(sources, [names[heir] for s, heir in sorted(pairs) if s == unit.pk and heir in names])
