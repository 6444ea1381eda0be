"""Sealed papers of a meeting, and the corrections beside them."""

from __future__ import annotations

import uuid

from django.db import models

from chibo.access.querysets import ScopedQuerySet
from chibo.cadres.models import PaperNumber
from chibo.kernel.fields import PathField
from chibo.kernel.written import Written
from chibo.meetings.models.planned import Meeting


class Minutes(models.Model):
    """Biên bản: the sealed content, its number, the versions of its outline and layout."""

    scope_columns = ("scope_path",)

    meeting = models.OneToOneField(Meeting, models.PROTECT, primary_key=True, related_name="minutes")
    number = models.OneToOneField(PaperNumber, models.PROTECT, related_name="minutes")
    layout = models.CharField(max_length=12)
    outline = models.CharField(max_length=12)
    content = models.JSONField()
    entry_id = models.BigIntegerField()  # the ledger line whose hash this content has
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"minutes of {self.meeting_id}"


class MinutesNote(Written):
    """Đính chính: a note beside sealed minutes, which themselves stay as they were signed."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="notes")
    text = models.TextField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"note to {self.minutes_id}"


class Resolution(models.Model):
    """Nghị quyết of a meeting: its own number, sealed with the minutes it comes from."""

    scope_columns = ("scope_path",)

    minutes = models.OneToOneField(Minutes, models.PROTECT, primary_key=True, related_name="resolution")
    number = models.OneToOneField(PaperNumber, models.PROTECT, related_name="resolution")
    layout = models.CharField(max_length=12)
    content = models.JSONField()
    entry_id = models.BigIntegerField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"resolution of {self.minutes_id}"
