"""When an invented member was born and admitted; of a few nobody has the papers any more."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from chibo.demo.plan import CellPlan
from chibo.membership.models import Standing
from chibo.membership.operations import NewMember


def born_on(plan: CellPlan, place: int, first: date, random: Random) -> date:
    """Ngày sinh; whoever is on probation, the last of the list, is young."""
    age = random.randint(20, 29) if place == plan.members - 1 else random.randint(26, 66)
    return date(first.year - age, random.randint(1, 12), random.randint(1, 28))


def listed(name: str, plan: CellPlan, place: int, born: date, first: date, random: Random) -> NewMember:
    """The line of one member on the list of a cell."""
    if place == plan.members - 1:
        admitted = first - timedelta(days=random.randint(5, 60))
        return NewMember(name, Standing.PROBATIONARY, admitted_on=admitted, decided_on=admitted - timedelta(days=20))
    if random.random() < 0.12:
        return NewMember(name)
    year = random.randint(born.year + 20, max(born.year + 20, first.year - 2))
    admitted = date(year, random.randint(1, 12), random.randint(1, 28))
    return NewMember(name, admitted_on=admitted, decided_on=admitted - timedelta(days=20),
                     official_on=admitted.replace(year=admitted.year + 1))  # fmt: skip
