"""The invented province while it is built: its units, people and dice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from uuid import UUID

from django.db import connection

from chibo.demo.people import invented_names
from chibo.demo.plan import COMMUNE, NEIGHBOUR, CellPlan
from chibo.kernel.periods import month_before
from chibo.membership.models import Person
from chibo.organisation.models import Unit

MONTHS = 12
SEED = 2026
Say = Callable[[str], None]


class Province:
    """What the acts of the play share. All chance comes from one seed, so that two loads of a day are alike."""

    def __init__(self, on: date, say: Say) -> None:
        self.on, self.say, self.random = on, say, Random(SEED)  # noqa: S311 - a play, not a secret
        self.months = _months_before(on, MONTHS)
        self.start = month_before(self.months[0])
        self.units: dict[str, Unit] = {}
        self.people: dict[str, list[Person]] = {}
        self.names = invented_names(sum(p.members for p in COMMUNE + NEIGHBOUR), self.random)

    def plan_of(self, unit_id: int) -> CellPlan:
        """The plan of a cell."""
        return next(plan for plan in COMMUNE + NEIGHBOUR if self.units[plan.key].pk == unit_id)

    def venue(self, key: str) -> str:
        """Where this cell meets."""
        return next(plan.venue for plan in COMMUNE + NEIGHBOUR if plan.key == key)

    def ago(self, month: date) -> int:
        """How many months before the one under way."""
        return (self.on.year - month.year) * 12 + self.on.month - month.month

    def look_at_tables(self) -> None:
        """Let the database count what is there by now: it is all of one transaction, which nobody else counts."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def uuid(self) -> UUID:
        """An id out of the seed."""
        return UUID(int=self.random.getrandbits(128), version=4)


def _months_before(on: date, count: int) -> list[date]:
    months = [month_before(on)]
    while len(months) < count:
        months.append(month_before(months[-1]))
    return months[::-1]
