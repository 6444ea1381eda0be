"""What a unit tried in order to meet better, and what came of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.fields import PathField
from chibo.kernel.written import Written
from chibo.organisation.models import Unit


class ChangeTried(Written):
    """Đổi mới đã làm: one change in form or content of the meetings, from a day on (MTG-23)."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes_tried")
    on = models.DateField(db_column="on_day")
    what = models.TextField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="a_change_says_what", condition=~Q(what=""))]

    def __str__(self) -> str:
        return f"change in {self.unit_id} on {self.on}"


class ChangeEffect(Written):
    """Kết quả của đổi mới, seen on a later day; a second look is a second row."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    change = models.ForeignKey(ChangeTried, models.PROTECT, related_name="effects")
    on = models.DateField(db_column="on_day")
    text = models.TextField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="an_effect_says_what", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"effect of {self.change_id}"
