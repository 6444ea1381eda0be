"""Sums of whole branches, kept by the database as facts are written, and read in one statement (decision 18).

A room that wants its facts kept so makes a view of what each fact adds (tree, path, whole, month, measure, sums), has
its triggers write the same to `figures_pending`, and is named in `settings.CHIBO_TALLIED`. What is asked of cells is
read from the registers: there are few rows of one, and the sums of all of them would outweigh the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection

from chibo.figures.answers import Question, Tree
from chibo.figures.branches import children_of
from chibo.figures.models import TREES
from chibo.kernel.actor import Power
from chibo.kernel.periods import Period, next_month

CELL = "cell"
Sums = dict[tuple[str, int], tuple[int, ...]]  # by measure and child


def whole_months(period: Period, *, until: date) -> Period | None:
    """The calendar months that lie in the period and are over on `until`; None when there is none."""
    first = period.first if period.first.day == 1 else next_month(period.first)
    after = min(period.after, until + timedelta(days=1)).replace(day=1)
    return Period(first, after) if first < after else None


def edges(period: Period, months: Period) -> list[Period]:
    """What is left of the period before and after its whole months."""
    days = [period.first, months.first, months.after, period.after]
    return [Period(first, after) for first, after in list(pairwise(days))[::2] if first < after]


def sums_of(question: Question, measures: Sequence[str], months: Period) -> Sums | None:
    """What the kept sums say of the branch, child by child; None when its registers have to be read.

    They have to be for a branch of cells, for cells that hang beside committees, and for the tree of another day when
    the one who asks does not see the whole of today's.
    """
    if not _kept(question):
        return None
    facts: list[Any] = [TREES[question.tree], question.unit.scope_path, list(measures), months.first, months.after]
    with connection.cursor() as cursor:
        cursor.execute("SELECT child, measure, sums FROM chibo_tallies(%s::smallint, %s, %s, %s, %s)", facts)
        rows = [row for row in cursor.fetchall() if any(row[2])]  # what moved away leaves zeros behind
    if any(not child for child, *_ in rows):
        return None
    return {(measure, int(child, 36)): tuple(sums) for child, measure, sums in rows}


def _kept(question: Question) -> bool:
    if all(child.kind == CELL for child in children_of(question)):
        return False
    path = question.unit.scope_path
    seen = path if question.tree is Tree.RESTATED else path[: path.index("/") + 1]
    return question.by.can(Power.READ, seen)


def fold() -> int:
    """Add what was written since to the sums; how many pieces that were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT chibo_fold_tallies()")
        return int(cursor.fetchone()[0])


def tick(*, at: datetime) -> str:
    """Cộng dồn: says what it did in one Vietnamese line."""
    return f"số liệu: cộng dồn {fold()} phần"
