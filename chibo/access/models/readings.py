"""The log of readings: a table of its own, with its own right and its own end."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.fields import PathField


class ReadingQuerySet(ScopedQuerySet):
    """The log of readings: whose file it is, and who holds the right of its own."""

    def visible_to(self, actor: Actor) -> Self:
        """Of one's own file, and where the actor may see the log."""
        seen = within("scope_path", actor.ranges(Power.SEE_READINGS))
        return self.filter(seen | Q(person_id=actor.person_id, person_id__isnull=False))


class Reading(models.Model):
    """Mở hồ sơ: who opened a person's file or a list, when, from which page. Serves safety only, and ends."""

    PAGES = [
        ("person", "trang hồ sơ"),
        ("account", "trang tài khoản"),
        ("list", "danh sách đảng viên"),
        ("accounts", "danh sách tài khoản"),
    ]
    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    person_id = models.UUIDField(null=True)  # persons live on a floor above; none for a list
    page = models.CharField(max_length=12, choices=PAGES)
    count = models.PositiveIntegerField()  # people on the page
    on = models.DateField(db_column="on_day")
    at = models.DateTimeField()
    keep_until = models.DateField(db_index=True)
    by_account = models.BigIntegerField(null=True)
    by_person = models.UUIDField()
    by_name = models.CharField(max_length=80)
    by_post = models.CharField(max_length=160, blank=True)
    scope_path = PathField(db_index=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person_id", "-at"], name="readings_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["by_person", "person_id", "page", "on"],
                condition=models.Q(person_id__isnull=False),
                name="one_reading_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"reading {self.pk}"
