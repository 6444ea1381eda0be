"""A province's page beside other ways to come to it: the sums kept, the same by hand, counting anew, a yearly table.

Five years of meetings of ninety cells a commune. Everything in one run; times are printed, what is read is asserted.
"""

from __future__ import annotations

import math
import statistics
import time
from datetime import date
from typing import Any

import pytest
from django.db import connection

from bench.conftest import medians
from bench.wide import FIRST, YEARS, build
from chibo.access.wall import raise_wall
from chibo.figures.answers import Tree
from chibo.figures.checks import checks
from chibo.figures.door import figure
from chibo.kernel.actor import Actor, Power
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Period
from chibo.meetings.models import Meeting
from chibo.organisation.models import Unit
from tests.access.conftest import as_application

ON = date(2026, 7, 31)
YEAR = Period(date(2025, 8, 1), date(2026, 8, 1))
TERM = Period(FIRST, date(2026, 8, 1))
TOP: dict[int, float] = {}  # communes → the province's year in ms

BY_HAND = """
SELECT p.unit_id, p.short_name, coalesce(t.present, 0), coalesce(t.expected, 0), coalesce(t.held, 0), coalesce(t.due, 0)
FROM organisation_placement p LEFT JOIN (
    SELECT child, sum(sums[1]) AS due, sum(sums[2]) AS held, sum(sums[3]) AS present, sum(sums[4]) AS expected
    FROM (SELECT child, sums FROM figures_tally
          WHERE tree = 1 AND parent = %(segment)s AND measure = 'meetings.ordinary'
            AND month >= %(first)s AND month < %(after)s
          UNION ALL
          SELECT e.child, p.sums FROM figures_pending p, chibo_tally_places(p.path, p.whole) e
          WHERE p.tree = 1 AND p.path LIKE %(like)s AND p.measure = 'meetings.ordinary'
            AND p.month >= %(first)s AND p.month < %(after)s AND e.parent = %(segment)s) s GROUP BY child
) t ON t.child = right(left(p.scope_path, -1), 6)
WHERE p.parent_id = %(unit)s AND p.during @> %(on)s::date ORDER BY p.sort_key, p.unit_id
"""
COUNTED = """
SELECT substr(m.scope_path, %(from)s, 6), sum(c.present), sum(c.expected), count(c.meeting_id), count(*)
FROM meetings_meeting m LEFT JOIN meetings_closure c ON c.meeting_id = m.id
WHERE m.kind = 'ordinary' AND m.scope_path >= %(low)s AND m.scope_path < %(high)s
  AND m.planned_on >= %(first)s AND m.planned_on < %(after)s GROUP BY 1 ORDER BY 1
"""
YEARLY = """
CREATE TABLE yearly_facts AS
SELECT extract(year FROM m.planned_on)::int AS year, date_trunc('month', m.planned_on)::date AS month, m.kind,
       substr(m.scope_path, 1, 6) AS level_1, substr(m.scope_path, 8, 6) AS level_2,
       substr(m.scope_path, 15, 6) AS level_3, 1 AS due, (c.meeting_id IS NOT NULL)::int AS held,
       coalesce(c.present, 0) AS present, coalesce(c.expected, 0) AS expected
FROM meetings_meeting m LEFT JOIN meetings_closure c ON c.meeting_id = m.id;
CREATE INDEX ON yearly_facts (month); CREATE INDEX ON yearly_facts (level_1); CREATE INDEX ON yearly_facts (level_2);
CREATE INDEX ON yearly_facts (level_3); CREATE INDEX ON yearly_facts (year); ANALYZE yearly_facts;
"""
FROM_YEARLY = """
SELECT level_2, sum(present), sum(expected), sum(held), sum(due) FROM yearly_facts
WHERE kind = 'ordinary' AND level_1 = %(segment)s AND month >= %(first)s AND month < %(after)s GROUP BY 1 ORDER BY 1
"""


def ask(query: str, unit: Unit, period: Period) -> list[Any]:
    """Rows of one statement."""
    low = unit.scope_path
    with connection.cursor() as cursor:
        cursor.execute(query, {
            "unit": unit.pk, "segment": low[-7:-1], "like": f"%{low[-7:]}%", "on": ON, "low": low,
            "high": low[:-1] + "0", "from": len(low) + 1, "first": period.first, "after": period.after,
        })  # fmt: skip
        return cursor.fetchall()


def reader(unit: Unit) -> Actor:
    """Somebody who reads this branch."""
    return Actor(account_id=None, person_id=None, powers={Power.READ: (PathRange.of(unit.scope_path),)})


def door(unit: Unit, period: Period, tree: Tree = Tree.RESTATED) -> Any:
    """Attendance by the door: totals, and every unit below."""
    answer = figure("meetings.attendance", unit, period, tree, by=reader(unit), on=ON)
    return answer.numerator, answer.denominator, [
        (part.unit_id, part.numerator, part.denominator, part.done, part.due) for part in answer.children
    ]  # fmt: skip


def naive(unit: Unit, period: Period) -> tuple[int, int]:
    """As one writes it first: the objects of the branch, added up in a loop."""
    rows = Meeting.objects.filter(scope_path__startswith=unit.scope_path, kind="ordinary").select_related("closure")
    closed = [m.closure for m in rows.filter(planned_on__gte=period.first, planned_on__lt=period.after)
              if hasattr(m, "closure")]  # fmt: skip
    return sum(each.present for each in closed), sum(each.expected for each in closed)


def sizes(*tables: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(pg_total_relation_size(t::regclass)) FROM unnest(%s::text[]) t", [list(tables)])
        return int(cursor.fetchone()[0])


def printed(communes: int, what: str, ms: float, base: float) -> None:
    print(f"{communes:>4} communes | {what:<44} | {ms:9.2f} ms | {ms / base:8.1f} × by hand")


@pytest.mark.parametrize("communes", [1, 10, 100])
@pytest.mark.django_db
@pytest.mark.timeout(1200)
def test_a_year_of_a_province(communes: int) -> None:
    wide = build(communes)
    root, commune = wide.root, wide.communes[0]
    meetings = Meeting.objects.count()
    print(f"\n{communes:>4} communes, {wide.cells} cells, {meetings} meetings in {YEARS} years")
    assert list(checks()) == []
    with as_application():
        raise_wall(reader(root))
        same_as_counted(root)
        reads_no_meeting(root)
    hand, by_door, as_was, term = medians(
        lambda: ask(BY_HAND, root, YEAR), lambda: behind(root), lambda: behind(root, tree=Tree.AS_WAS),
        lambda: behind(root, period=TERM),
    )  # fmt: skip
    TOP[communes] = by_door
    printed(communes, "province, a year, by hand from the sums", hand, hand)
    printed(communes, "province, a year, by the door", by_door, hand)
    printed(communes, "province, a year, as it was", as_was, hand)
    printed(communes, "province, five years, by the door", term, hand)
    others(communes, root, hand)
    by_hand, of_commune = medians(lambda: behind(commune, COUNTED), lambda: behind(commune))
    printed(communes, "commune, a year, counted by hand", by_hand, by_hand)
    printed(communes, "commune, a year, by the door", of_commune, by_hand)
    weighed(meetings)
    if len(TOP) > 1:
        (few, first), (many, last) = min(TOP.items()), max(TOP.items())
        print(
            f"growth of the province's page, {few} → {many} communes: exponent {math.log(last / first, many / few):.2f}"
        )


def behind(unit: Unit, query: str = "", period: Period = YEAR, tree: Tree = Tree.RESTATED) -> Any:
    """By the application's role, behind both walls: a statement, or the door."""
    with as_application():
        raise_wall(reader(unit))
        return ask(query, unit, period) if query else door(unit, period, tree)


def same_as_counted(root: Unit) -> None:
    counted = [(int(child, 36), *numbers) for child, *numbers in ask(COUNTED, root, YEAR)]
    for tree in Tree:
        assert sorted(door(root, YEAR, tree)[2]) == counted


def reads_no_meeting(root: Unit) -> None:
    """Whole months: not a row of the meetings is taken in hand."""
    taken = (
        "SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(taken, ["meetings_meeting"])
        before = cursor.fetchone()
        door(root, YEAR)
        cursor.execute(taken, ["meetings_meeting"])
        assert cursor.fetchone() == before


def others(communes: int, root: Unit, hand: float) -> None:
    """Counting anew, by hand and by objects; a table of facts rebuilt by a batch, and how old its numbers are."""
    (counting,) = medians(lambda: ask(COUNTED, root, YEAR), runs=3)
    printed(communes, "province, a year, counted anew by hand", counting, hand)
    (objects,) = medians(lambda: naive(root, YEAR), runs=1)
    printed(communes, "province, a year, naive objects", objects, hand)

    def rebuild() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS yearly_facts")
            cursor.execute(YEARLY)

    (rebuilt,) = medians(rebuild, runs=1)
    (from_table,) = medians(lambda: ask(FROM_YEARLY, root, YEAR), runs=3)
    printed(communes, f"a yearly table (rebuilt in {rebuilt / 1000:.1f} s)", from_table, hand)


def weighed(meetings: int) -> None:
    facts = sizes("meetings_meeting", "meetings_closure") / meetings
    print(f"bytes a meeting: {facts:.0f}; of sums {sizes('figures_tally') / meetings:.1f}")


CLOSE_ONE = """
INSERT INTO meetings_closure (meeting_id, key, held_on, started, ended, roll, total, expected, present, late, excused,
    unexcused, not_counted, at, by_name, from_paper, scope_path,
    place_path)
SELECT id, gen_random_uuid(), planned_on, '19:30', '21:15', '{}', 22, 20, 18, 0, 2, 0, 2, now(), '', false, scope_path,
    place_path
FROM meetings_meeting WHERE id = %s
"""


@pytest.mark.django_db
@pytest.mark.timeout(600)
def test_closing_with_and_without_sums() -> None:
    """Meetings closed one by one by plain SQL, a statement each, in turns with the triggers on and off."""
    build(4)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM meetings_meeting LEFT JOIN meetings_closure ON meeting_id = id"
            " WHERE meeting_id IS NULL LIMIT 800"
        )
        left = [row[0] for row in cursor.fetchall()]
    spent: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(8):
        kept = turn % 2 == 0
        triggers(on=kept)
        began = time.perf_counter()
        with connection.cursor() as cursor:
            for meeting in left[turn * 100 : turn * 100 + 100]:
                cursor.execute(CLOSE_ONE, [meeting])
        spent[kept].append((time.perf_counter() - began) * 1000)
    with_sums, without = (statistics.median(spent[kept]) for kept in (True, False))
    print(f"\na hundred meetings closed one by one: {with_sums:.1f} ms with sums, {without:.1f} ms without: "
          f"{without / with_sums:.2f} of the speed")  # fmt: skip


def triggers(*, on: bool) -> None:
    """The triggers that keep sums; nothing of the transaction may be waiting while they change."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE meetings_closure {'ENABLE' if on else 'DISABLE'} TRIGGER tallied_insert")
