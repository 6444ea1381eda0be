"""What the measurements share: a province of any size, and a fair way to compare two pieces of work."""

from __future__ import annotations

import os
import platform
import statistics
import time
import uuid
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock
from typing import Any

import pytest
from django.db import connection, transaction

from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE, today
from chibo.meetings.models import Closure, Meeting
from chibo.organisation.models import Unit
from chibo.organisation.operations import found_unit

FOUNDED = date(2025, 8, 1)
YEAR = 2026


@pytest.fixture(scope="session", autouse=True)
def _machine() -> None:
    print(f"\n{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {today()}")


@pytest.fixture
def province(db: None) -> Callable[[int], list[Unit]]:
    """Found that many communes of twelve cells, each cell with twelve closed meetings; gives the communes back."""

    def build(communes: int, *, met: bool = True) -> list[Unit]:
        root = found_unit("Đảng bộ tỉnh", kind="province", parent=None, on=FOUNDED, by=MACHINE)
        made = [_commune(root, number, met=met) for number in range(communes)]
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return [root, *made]

    return build


def _commune(root: Unit, number: int, *, met: bool) -> Unit:
    commune = found_unit(f"Đảng bộ xã {number}", kind="commune", parent=root, on=FOUNDED, by=MACHINE)
    cells = [
        found_unit(f"Chi bộ {number}.{each}", kind="cell", parent=commune, on=FOUNDED, by=MACHINE) for each in range(12)
    ]
    if met:
        meetings = [_meeting(cell, month) for cell in cells for month in range(1, 13)]
        Meeting.objects.bulk_create(meetings)
        Closure.objects.bulk_create(_closure(meeting) for meeting in meetings)
    return commune


def _meeting(cell: Unit, month: int) -> Meeting:
    day = date(YEAR, month, 3)
    return Meeting(
        unit=cell, month=day.replace(day=1), planned_on=day, meets_on=day, starts_at=clock(19, 30),
        scope_path=cell.scope_path, place_path=cell.scope_path,
    )  # fmt: skip


def _closure(meeting: Meeting) -> Closure:
    return Closure(
        meeting=meeting, key=uuid.uuid4(), held_on=meeting.planned_on, started=clock(19, 30), ended=clock(21, 15),
        roll=[], total=20, expected=19, present=17, late=1, excused=1, unexcused=1, not_counted=1,
        at=datetime.combine(meeting.planned_on, clock(21, 30), ZONE), scope_path=meeting.scope_path,
        place_path=meeting.place_path,
    )  # fmt: skip


def median(work: Callable[[], Any], runs: int = 9) -> float:
    """Milliseconds, the median of some runs after one nobody counts."""
    work()
    return statistics.median(_spent(work) for _ in range(runs))


def _spent(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def medians(*works: Callable[[], Any], runs: int = 9) -> list[float]:
    """The same for several pieces of work in turn, so that whatever else the machine does meets them all alike."""
    for work in works:
        work()
    turns = [[_spent(work) for work in works] for _ in range(runs)]
    return [statistics.median(times) for times in zip(*turns, strict=True)]


def undone(work: Callable[[], Any]) -> Callable[[], Any]:
    """Do it and undo it, so that it can be done again."""

    def both() -> Any:
        with transaction.atomic():
            made = work()
            transaction.set_rollback(True)
        return made

    return both
