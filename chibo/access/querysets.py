"""The first wall: rows as this actor may see them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Q

from chibo.kernel.actor import Actor, Power
from chibo.kernel.paths import PathRange

NOTHING = Q(pk__in=[])


def within(column: str, ranges: Iterable[PathRange]) -> Q:
    """Condition: the path in `column` lies in one of the ranges; no range, no rows."""
    parts = (Q(**{f"{column}__gte": r.low, f"{column}__lt": r.high}) for r in ranges)
    return reduce(or_, parts, NOTHING)


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that belong somewhere in the tree.

    The model names its columns: `scope_columns`, paths of where the row belongs *today* (both sides of a
    transfer), and `own_columns`, persons who may always see the row as their own.
    """

    def visible_to(self, actor: Actor) -> Self:
        """Rows in the actor's reading ranges, and the actor's own."""
        ranges = actor.ranges(Power.READ)
        seen = reduce(or_, (within(column, ranges) for column in self.model.scope_columns), NOTHING)
        for column in getattr(self.model, "own_columns", ()):
            if actor.person_id is not None:
                seen |= Q(**{column: actor.person_id})
        return self.filter(seen)

    def held_by(self, actor: Actor, power: Power) -> Self:
        """Of the rows the actor may see, those of units over which they hold the power."""
        areas = (within(column, actor.ranges(power)) for column in self.model.scope_columns)
        return self.visible_to(actor).filter(reduce(or_, areas, NOTHING))
