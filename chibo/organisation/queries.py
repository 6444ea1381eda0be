"""The tree on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from chibo.access.querysets import within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.paths import unit_ids
from chibo.organisation.models import PathVersion, Placement, Unit


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit as it stood on a day."""

    unit_id: int
    name: str
    short_name: str
    kind: str
    place: str
    visible: bool = True  # its page opens; else only its name may be read


def placement_on(unit_id: int, day: date) -> Placement | None:
    """Name, kind and superior of the unit on that day; None when it did not stand."""
    return Placement.objects.on(day).filter(unit_id=unit_id).first()


def children_on(unit: Unit, day: date, *, actor: Actor) -> QuerySet[Placement]:
    """Placements of the units directly below, in Vietnamese order of their short names."""
    return Placement.objects.visible_to(actor).on(day).filter(parent=unit).order_by("sort_key", "unit_id")


def line_to(unit: Unit, day: date, *, actor: Actor, as_was: bool = False) -> list[Standing]:
    """From the highest unit whose name the actor may read down to the unit itself, on today's tree or that day's."""
    stood = PathVersion.objects.on(day).filter(unit=unit).values_list("path", flat=True).first() if as_was else None
    ids = unit_ids(stood or unit.scope_path)
    readable = Unit.objects.named_to(actor).filter(pk__in=ids).values("pk")
    rows = {p.unit_id: p for p in Placement.objects.on(day).filter(unit__in=readable)}
    return [_standing(rows[i], actor) for i in ids if i in rows]


def _standing(row: Placement, actor: Actor) -> Standing:
    visible = actor.can(Power.READ, row.scope_path)
    return Standing(row.unit_id, row.name, row.short_name, row.kind, row.place, visible)


def cells_within(actor: Actor, power: Power, day: date) -> QuerySet[Placement]:
    """Placements of all cells over which the actor holds the power, in Vietnamese order."""
    rows = Placement.objects.visible_to(actor).on(day).filter(within("scope_path", actor.ranges(power)), kind="cell")
    return rows.order_by("sort_key", "unit_id")


def cells_below(unit: Unit, day: date, *, actor: Actor) -> QuerySet[Placement]:
    """Placements of all cells in the branch on that day, the unit itself when it is a cell."""
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    return (
        Placement.objects.visible_to(actor)
        .on(day)
        .filter(kind="cell", scope_path__gte=low, scope_path__lt=high)
        .select_related("unit")
        .order_by("sort_key", "unit_id")
    )
