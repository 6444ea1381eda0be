"""Papers an office fills in about its handling of personal data: every save is a version, none is rewritten."""

from __future__ import annotations

from typing import Self

from django.db import models

from chibo.access.querysets import ScopedQuerySet, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.fields import PathField


class FormQuerySet(ScopedQuerySet):
    """Forms of an office."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the office itself: who keeps the book of members there."""
        return self.filter(within("scope_path", actor.ranges(Power.ADMIT)))


class FilledForm(models.Model):
    """Sổ xử lý dữ liệu cá nhân, hồ sơ báo vi phạm: the newest row of a key is the form as it stands."""

    REGISTER, BREACH = "register", "breach"
    KINDS = [(REGISTER, "sổ xử lý dữ liệu cá nhân"), (BREACH, "hồ sơ báo vi phạm dữ liệu")]
    scope_columns = ("scope_path",)

    form = models.UUIDField(db_index=True)
    unit_id = models.IntegerField(db_index=True)  # units live on a floor above
    kind = models.CharField(max_length=10, choices=KINDS)
    content = models.JSONField()
    at = models.DateTimeField()
    by_account = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    scope_path = PathField(db_index=True)

    objects = FormQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} of {self.unit_id}"
