"""Where the meetings of a branch are written: here, or still in another book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from chibo.figures.branches import child_below
from chibo.kernel.actor import Actor
from chibo.kernel.paths import PathRange
from chibo.meetings.models import WrittenElsewhere
from chibo.organisation.models import Placement, Unit


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One unit right below, with its cells; a cell alone stands for itself."""

    unit_id: int
    name: str
    cells: int
    elsewhere: int
    since: date | None  # the first month kept elsewhere, when it is the same for all of them

    @property
    def here(self) -> int:
        """Cells that write here."""
        return self.cells - self.elsewhere


def written_rows(unit: Unit, *, by: Actor, on: date) -> list[WrittenRow]:
    """Nơi ghi sinh hoạt of the cells of a branch, by the unit right below; three queries."""
    cells = dict(cells_of(unit, by=by, on=on))
    elsewhere = {row.unit_id: row.during.lower for row in _elsewhere(unit, by, on).filter(unit__in=cells)}
    below: dict[int, list[int]] = defaultdict(list)
    for cell, path in cells.items():
        below[child_below(path, unit.pk)].append(cell)
    names = Placement.objects.visible_to(by).on(on).filter(unit__in=below).order_by("sort_key", "unit_id")
    return [
        _row(child, name, below[child], elsewhere) for child, name in names.values_list("unit_id", "short_name")
    ]  # fmt: skip


def _row(child: int, name: str, cells: list[int], elsewhere: dict[int, date]) -> WrittenRow:
    since = {elsewhere[cell] for cell in cells if cell in elsewhere}
    return WrittenRow(
        child, name, len(cells), sum(cell in elsewhere for cell in cells), since.pop() if len(since) == 1 else None
    )


def cells_of(unit: Unit, *, by: Actor, on: date) -> Iterable[tuple[int, str]]:
    """Cells that stand in the branch on that day, the unit itself among them: id and path."""
    rows = _inside(Placement.objects.visible_to(by).on(on).filter(kind="cell"), unit)
    return rows.order_by("unit_id").values_list("unit_id", "scope_path")


def cells_written_elsewhere(unit: Unit, month: date, *, by: Actor) -> int:
    """How many cells standing in the branch keep the minutes of that month elsewhere; one query."""
    day = month.replace(day=28)
    standing = Placement.objects.visible_to(by).on(day).filter(kind="cell").values("unit_id")
    return _elsewhere(unit, by, day).filter(unit__in=standing).count()


def _elsewhere(unit: Unit, by: Actor, on: date) -> Any:
    return _inside(WrittenElsewhere.objects.visible_to(by).on(on), unit)


def _inside(rows: Any, unit: Unit) -> Any:
    area = PathRange.of(unit.scope_path)
    return rows.filter(scope_path__gte=area.low, scope_path__lt=area.high)
