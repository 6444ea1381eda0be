"""The list of members and finding somebody, beside the same question in SQL by hand, as the province grows."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from django.db import connection

from bench.conftest import FOUNDED, YEAR, median
from chibo.demo.people import invented_names
from chibo.kernel.actor import MACHINE, Actor, Power
from chibo.kernel.paths import PathRange
from chibo.membership.finding import people_named
from chibo.membership.operations import NewMember, enter_lists
from chibo.membership.queries import member_lines
from chibo.organisation.models import Unit

LISTED = """
    SELECT p.id, p.full_name FROM membership_person p JOIN membership_belonging b ON b.person_id = p.id
    WHERE b.kind = 'official' AND b.during @> %s::date AND b.withdrawn_at IS NULL
      AND b.scope_path >= %s AND b.scope_path < %s ORDER BY p.name_key, p.id LIMIT 101
"""
NAMED = """
    SELECT id, full_name FROM membership_person WHERE scope_path >= %s AND scope_path < %s
      AND translate(folded_name, 'y', 'i') LIKE %s ORDER BY name_key, id LIMIT 31
"""


def people(units: list[Unit], each: int) -> None:
    cells = Unit.objects.filter(placements__kind="cell", scope_path__startswith=units[0].scope_path).distinct()
    names = invented_names(900, Random(3))
    for place, cell in enumerate(cells):
        rows = [NewMember(names[(place * 7 + n) % len(names)]) for n in range(each)]
        enter_lists({cell: rows}, on=FOUNDED, by=MACHINE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def reader(unit: Unit) -> Actor:
    return Actor(1, None, {Power.READ: (PathRange.of(unit.scope_path),)})


def ask(query: str, *facts: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, facts)
        return len(cursor.fetchall())


@pytest.mark.parametrize("communes", [1, 10])
def test_lists_and_names(province: Callable[[int], list[Unit]], communes: int) -> None:
    units = province(communes)
    people(units, 20)
    for where, unit in (("commune", units[1]), ("province", units[0])):
        actor, day, low = reader(unit), FOUNDED.replace(year=YEAR), unit.scope_path
        area = (low, low[:-1] + "0")
        listed = median(lambda: member_lines(unit, day, actor=actor, most=101))  # noqa: B023
        hand = median(lambda: ask(LISTED, day, *area))  # noqa: B023
        print(
            f"{communes:>3} communes, {where}: list {listed:.1f} ms, by hand {hand:.1f} ms, ratio {listed / hand:.1f}"
        )
        for typed in ("khiem", "van"):
            found = median(lambda: list(people_named(typed, actor=actor)[:31]))  # noqa: B023
            hand = median(lambda: ask(NAMED, *area, f"%{typed}%"))  # noqa: B023
            print(f"{communes:>3} communes, {where}: «{typed}» {found:.1f} ms, by hand {hand:.1f} ms")
