"""What the database really did for some piece of work: which tables it walked whole, how many rows it took in hand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(slots=True)
class Walk:
    """All questions of one piece of work together."""

    rows: Counter[str] = field(default_factory=Counter)  # table → rows taken in hand, those thrown away too
    whole: set[str] = field(default_factory=set)  # tables read from end to end

    @property
    def touched(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


def walked(work: Callable[[], Any]) -> Walk:
    """Do it, then ask each of its questions again and look at the plan as it ran."""
    with CaptureQueriesContext(connection) as asked:
        work()
    walk = Walk()
    for question in asked.captured_queries:
        if not question["sql"].startswith(("SELECT", "WITH")):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {question['sql']}")
            plan = cursor.fetchone()[0]
        for node in _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]):
            _note(walk, node)
    return walk


def _note(walk: Walk, node: dict[str, Any]) -> None:
    table, loops = node.get("Relation Name"), node["Actual Loops"]
    if table is None or not loops:
        return
    thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    walk.rows[table] += round((node["Actual Rows"] + thrown) * loops)
    if node["Node Type"].endswith("Seq Scan"):
        walk.whole.add(table)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from _nodes(below)
