"""Sums kept ready: what the facts of whole branches add up to, month by month, and what was written since."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from chibo.figures.answers import Tree
from chibo.kernel.fields import PathField

TREES = {Tree.AS_WAS: 0, Tree.RESTATED: 1}  # as the database numbers them


class Tally(models.Model):
    """Tổng giữ sẵn: what hangs below `child` under `parent` in a month; derived, never typed (decision 18).

    Units are named by their segment of the path. `child` is the parent itself for facts of its own, and empty for
    all cells directly below it together: what is not kept cell by cell is read from the registers.
    """

    tree = models.SmallIntegerField()  # of TREES
    parent = models.CharField(max_length=6, db_collation="C")
    child = models.CharField(max_length=6, db_collation="C", blank=True)
    month = models.DateField()  # its first day
    measure = models.CharField(max_length=60, db_collation="C")  # «meetings.ordinary»
    sums = ArrayField(models.BigIntegerField())  # what each place means, the room that writes it says

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tree", "parent", "measure", "month", "child"], name="one_tally_of_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.parent}/{self.child} in {self.month}"


class Pending(models.Model):
    """Phần chưa cộng: what a write adds to the sums or takes from them, until it is folded in."""

    tree = models.SmallIntegerField()
    path = PathField()
    whole = models.BooleanField()  # whether the last unit of the path is kept by itself
    month = models.DateField()
    measure = models.CharField(max_length=60, db_collation="C")
    sums = ArrayField(models.BigIntegerField())

    def __str__(self) -> str:
        return f"{self.measure} of {self.path} in {self.month}"
