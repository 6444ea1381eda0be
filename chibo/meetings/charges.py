"""The table of charges: which cell is looked after by whom, and which by nobody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from chibo.kernel.actor import Actor
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Period
from chibo.meetings.models import Charge
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import cells_below


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """One cell and who looks after it in the year."""

    unit: Unit
    name: str
    charges: list[Charge]
    now: bool  # somebody does on the day of asking


def charges_of(unit: Unit, year: int, *, actor: Actor, on: date) -> list[ChargeRow]:
    """Bảng phân công of a branch: every cell below, those without anybody too; two queries."""
    period, area = Period.year(year), PathRange.of(unit.scope_path)
    day = min(max(period.first, on), period.last)
    rows = Charge.objects.visible_to(actor).filter(scope_path__gte=area.low, scope_path__lt=area.high)
    found: dict[int, list[Charge]] = defaultdict(list)
    for charge in rows.filter(during__overlap=(period.first, period.after)).order_by("during", "full_name"):
        found[charge.unit_id].append(charge)
    return [_row(cell, found[cell.unit_id], day) for cell in cells_below(unit, day, actor=actor)]


def _row(cell: Placement, charges: list[Charge], day: date) -> ChargeRow:
    return ChargeRow(cell.unit, cell.short_name, charges, any(holds_on(charge, day) for charge in charges))


def holds_on(charge: Charge, day: date) -> bool:
    """Whether the charge holds on that day."""
    return charge.during.lower <= day and (charge.during.upper is None or day < charge.during.upper)


def charges_on(unit: Unit, day: date, *, actor: Actor) -> list[Charge]:
    """Who looks after this unit on that day."""
    return list(Charge.objects.visible_to(actor).on(day).filter(unit=unit).order_by("full_name", "id"))


def my_cells(actor: Actor, day: date) -> list[tuple[int, str]]:
    """Chi bộ tôi phụ trách: ids and short names, by name; one query more when there are any."""
    if actor.person_id is None:
        return []
    mine = Charge.objects.visible_to(actor).on(day).filter(person=actor.person_id).values("unit")
    rows = Placement.objects.visible_to(actor).on(day).filter(unit__in=mine).order_by("sort_key", "unit_id")
    return list(rows.values_list("unit_id", "short_name"))
