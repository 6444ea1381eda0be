"""A province as wide as the gate asks for, written by the bulk: communes of ninety cells, five years of meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

from django.db import connection

from chibo.kernel.actor import MACHINE
from chibo.kernel.paths import segment
from chibo.kernel.periods import since
from chibo.organisation.models import PathVersion, Placement, Unit
from chibo.organisation.operations import found_unit

FIRST, YEARS, CELLS = date(2021, 8, 1), 5, 90
MEETINGS = """
INSERT INTO meetings_meeting (id, unit_id, kind, month, planned_on, meets_on, starts_at, venue, theme, scope_path,
    place_path)
SELECT gen_random_uuid(), p.unit_id, 'ordinary', m::date, m::date + 2, m::date + 2, '19:30', '', '', p.path, p.path
FROM organisation_pathversion p, generate_series(%(first)s::date, %(last)s::date, interval '1 month') m
WHERE length(p.path) = 21
"""
CLOSURES = """
INSERT INTO meetings_closure (meeting_id, key, held_on, started, ended, roll, total, expected, present, late, excused,
    unexcused, not_counted, at, by_name, from_paper, scope_path,
    place_path)
SELECT m.id, gen_random_uuid(), m.planned_on, '19:30', '21:15', '{}', 22, 20, 20 - n % 4, 0, n % 4, 0, 2,
    m.planned_on + time '21:30', '', false, m.scope_path, m.place_path
FROM (SELECT m.*, row_number() OVER () AS n FROM meetings_meeting m) m WHERE n % 25 <> 0
"""


@dataclass(frozen=True, slots=True)
class Wide:
    """What was built."""

    root: Unit
    communes: list[Unit]
    cells: int


def build(communes: int, *, cells: int = CELLS, years: int = YEARS) -> Wide:
    """So many communes under a new province, with a meeting a month in every cell; one in twenty-five was missed."""
    root = found_unit("Đảng bộ tỉnh", kind="province", parent=None, on=FIRST, by=MACHINE)
    numbers = count(root.pk + 1)
    above = [_unit(next(numbers), root) for _ in range(communes)]
    below = [(_unit(next(numbers), commune), commune) for commune in above for _ in range(cells)]
    Unit.objects.bulk_create([*above, *(cell for cell, _ in below)], 5_000)
    rows = [(unit, root, "commune") for unit in above] + [(cell, commune, "cell") for cell, commune in below]
    Placement.objects.bulk_create((_placement(*row) for row in rows), 5_000)
    PathVersion.objects.bulk_create(
        (PathVersion(unit=unit, path=unit.scope_path, during=since(FIRST), scope_path=unit.scope_path)
         for unit, *_ in rows), 5_000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('organisation_unit', 'id'), %s)", [next(numbers)])
        last = FIRST.replace(year=FIRST.year + years, month=FIRST.month - 1)
        cursor.execute(MEETINGS, {"first": FIRST, "last": last})
        cursor.execute(CLOSURES)
        cursor.execute("SELECT chibo_fold_tallies()")
        cursor.execute("TRUNCATE figures_pending")  # what was folded lies there dead until the next vacuum
        cursor.execute("ANALYZE")
    return Wide(root, above, len(below))


def _unit(number: int, parent: Unit) -> Unit:
    return Unit(pk=number, scope_path=parent.scope_path + segment(number))


def _placement(unit: Unit, parent: Unit, kind: str) -> Placement:
    return Placement(
        unit=unit, parent=parent, kind=kind, name=f"Tổ chức {unit.pk}", short_name=f"{unit.pk}",
        sort_key=f"{unit.pk:08}", during=since(FIRST), scope_path=unit.scope_path,
    )  # fmt: skip
