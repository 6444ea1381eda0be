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
    SELECT sum(c.present), sum(c.expected) FROM meetings_meeting m JOIN meetings_closure c ON c.meeting_id = m.id
    WHERE m.kind = 'ordinary' AND m.scope_path >= %s AND m.scope_path < %s
      AND m.planned_on >= %s AND m.planned_on < %s
"""


def by_hand(unit: Unit) -> tuple[int, int]:
    with connection.cursor() as cursor:
        low = unit.scope_path
        cursor.execute(BY_HAND, [low, low[:-1] + "0", date(YEAR, 1, 1), date(YEAR + 1, 1, 1)])
        row = cursor.fetchone()
    return int(row[0] or 0), int(row[1] or 0)


def by_the_door(unit: Unit) -> tuple[int, int]:
    answer = figure("meetings.attendance", unit, Period.year(YEAR), Tree.RESTATED, by=MACHINE, on=ON)
    return answer.numerator, answer.denominator


def naive(unit: Unit) -> tuple[int, int]:
    low = unit.scope_path
    rows = [m for m in Meeting.objects.all() if low <= m.scope_path < low[:-1] + "0" and m.planned_on.year == YEAR]
    return sum(m.closure.present for m in rows), sum(m.closure.expected for m in rows)


@pytest.mark.parametrize("communes", [1, 10])
def test_attendance_of_a_year(province: Callable[[int], list[Unit]], communes: int) -> None:
    root, commune, *_ = province(communes)
    for name, unit in (("commune", commune), ("province", root)):
        assert by_hand(unit) == by_the_door(unit)
        hand, door = median(lambda: by_hand(unit)), median(lambda: by_the_door(unit))  # noqa: B023
        print(f"{communes:>3} communes, {name}: door {door:.1f} ms, by hand {hand:.1f} ms, ratio {door / hand:.1f}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            by_the_door(unit)
        assert len(seen) <= 8
    print(f"{communes:>3} communes, commune, naive: {median(lambda: naive(commune), runs=1):.1f} ms")
