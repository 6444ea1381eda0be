"""The signed paper, scanned, beside the minutes it is the paper of."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.fields import PathField
from chibo.kernel.written import Written
from chibo.ledger.models import Attachment
from chibo.meetings.models.papers import Minutes


class SignedScan(Written):
    """Bản chụp biên bản đã ký; one that was a mistake is withdrawn with a reason, never erased."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="scans")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "attachment"], condition=Q(withdrawn_at=None), name="a_scan_is_added_once"
            ),
            models.CheckConstraint(
                name="a_withdrawn_scan_says_why", condition=Q(withdrawn_at=None) | ~Q(withdrawn_why="")
            ),
        ]

    def __str__(self) -> str:
        return f"scan of {self.minutes_id}"
