"""The board's figures beside the same question in SQL by hand, for one commune and for the province, as it grows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.conftest import YEAR, median
from chibo.figures.answers import Tree
from chibo.figures.door import figure
from chibo.kernel.actor import MACHINE
from chibo.kernel.periods import Period
from chibo.meetings.models import Meeting
from chibo.organisation.models import Unit

ON = date(YEAR, 12, 31)
BY_HAND = """
    SELECT p.unit_id, p.short_name, coalesce(s.present, 0), coalesce(s.expected, 0), coalesce(s.held, 0),
           coalesce(s.due, 0), coalesce(s.left_out, 0)
    FROM organisation_placement p LEFT JOIN (
        SELECT substr(m.scope_path, %(after)s, 6) AS child, sum(c.present) AS present, sum(c.expected) AS expected,
               count(c.meeting_id) AS held, sum(c.not_counted) AS left_out,
               count(*) FILTER (WHERE c.meeting_id IS NOT NULL OR m.planned_on <= %(on)s) AS due
        FROM meetings_meeting m LEFT JOIN meetings_closure c ON c.meeting_id = m.id
        WHERE m.kind = 'ordinary' AND m.scope_path >= %(low)s AND m.scope_path < %(high)s
          AND m.planned_on >= %(first)s AND m.planned_on < %(last)s
        GROUP BY 1
    ) s ON substr(p.scope_path, %(after)s, 6) = s.child
    WHERE p.parent_id = %(unit)s AND p.during @> %(on)s::date ORDER BY p.sort_key, p.unit_id
"""
Told = tuple[int, int, list[tuple[int, ...]]]


def by_hand(unit: Unit) -> Told:
    """The same answer: totals, every child with its numbers, and how complete it is."""
    low = unit.scope_path
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"after": len(low) + 1, "on": ON, "low": low, "high": low[:-1] + "0", "unit": unit.pk,
                                 "first": date(YEAR, 1, 1), "last": date(YEAR + 1, 1, 1)})  # fmt: skip
        rows = cursor.fetchall()
    children = [(unit_id, present, expected, held, due) for unit_id, _, present, expected, held, due, _ in rows]
    return sum(row[2] for row in rows), sum(row[3] for row in rows), children


def by_the_door(unit: Unit) -> Told:
    answer = figure("meetings.attendance", unit, Period.year(YEAR), Tree.RESTATED, by=MACHINE, on=ON)
    children = [(part.unit_id, part.numerator, part.denominator, part.done, part.due) for part in answer.children]
    return answer.numerator, answer.denominator, children


def naive(unit: Unit) -> tuple[int, int]:
    low = unit.scope_path
    rows = [m for m in Meeting.objects.all() if low <= m.scope_path < low[:-1] + "0" and m.planned_on.year == YEAR]
    return sum(m.closure.present for m in rows), sum(m.closure.expected for m in rows)


@pytest.mark.parametrize("communes", [1, 10, 50])
def test_attendance_of_a_year(province: Callable[[int], list[Unit]], communes: int) -> None:
    root, commune, *_ = province(communes)
    for name, unit in (("commune", commune), ("province", root)):
        assert by_hand(unit) == by_the_door(unit)
        hand, door = median(lambda: by_hand(unit)), median(lambda: by_the_door(unit))  # noqa: B023
        print(f"{communes:>3} communes, {name}: door {door:.1f} ms, by hand {hand:.1f} ms, ratio {door / hand:.1f}")
        with CaptureQueriesContext(connection) as seen:
            by_the_door(unit)
        assert len(seen) <= 3
    print(f"{communes:>3} communes, commune, naive: {median(lambda: naive(commune), runs=1):.1f} ms")
