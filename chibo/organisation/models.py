"""Units, their placements, and the paths derived from them."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from chibo.access.querysets import ScopedQuerySet, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.fields import PathField, SortField
from chibo.kernel.periods import CorrectableQuerySet, DatedQuerySet, one_at_a_time


class UnitQuerySet(ScopedQuerySet):
    """Units by scope."""

    def named_to(self, actor: Actor) -> UnitQuerySet:
        """Units whose name the actor may read: the visible ones and the line above the actor's own."""
        seen = within("scope_path", actor.ranges(Power.READ)) | models.Q(pk__in=actor.named_units)
        return self.filter(seen)


class DatedScopedQuerySet(DatedQuerySet, ScopedQuerySet):  # type: ignore[override]  # as_manager of either
    """Facts with a period and a scope."""


class CorrectableScopedQuerySet(CorrectableQuerySet, ScopedQuerySet):  # type: ignore[override]
    """Facts with a period and a scope, of which some were withdrawn."""


class Unit(models.Model):
    """Tổ chức đảng: a thing that never changes; what it is called and where it stands are placements."""

    scope_columns = ("scope_path",)

    id = models.AutoField(primary_key=True)  # an integer, never reused: it is a segment of paths
    scope_path = PathField(unique=True)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return f"unit {self.pk}"


class Placement(models.Model):
    """Name, kind and superior of a unit while they hold. The truth; paths are derived."""

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="placed_below")
    kind = models.CharField(max_length=30)  # a code of the rule organisation.kinds of that day
    name = models.CharField(max_length=160)  # «Chi bộ bản Nà Lốc»
    short_name = models.CharField(max_length=80)  # «Bản Nà Lốc», for boards
    place = models.CharField(max_length=80, blank=True)  # địa danh in the date line of papers
    sort_key = SortField()
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)  # number and date of the paper it rests on
    scope_path = PathField(db_index=True)

    objects = DatedScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("unit", name="one_placement_at_a_time"),
            models.CheckConstraint(name="never_its_own_superior", condition=~models.Q(parent=models.F("unit"))),
        ]

    def __str__(self) -> str:
        return f"placement of {self.unit_id}"


class PathVersion(models.Model):
    """Where a unit stood in the tree over a period: derived from placements in the same transaction."""

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="paths")
    path = PathField(db_index=True)
    during = DateRangeField()
    scope_path = PathField(db_index=True)

    objects = DatedScopedQuerySet.as_manager()

    class Meta:
        constraints = [one_at_a_time("unit", name="one_path_at_a_time")]
        indexes = [GistIndex(fields=["during"], name="paths_by_day")]

    def __str__(self) -> str:
        return f"path of {self.unit_id}"
