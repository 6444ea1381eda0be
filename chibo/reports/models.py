"""Papers this room issues itself."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet
from chibo.cadres.models import PaperNumber
from chibo.kernel.fields import PathField
from chibo.kernel.written import Written
from chibo.organisation.models import Unit


class MonthReport(Written):
    """Báo cáo tháng đã ban hành: the sealed content, its number, the version of its layout."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="month_reports")
    month = models.DateField()  # its first day
    number = models.OneToOneField(PaperNumber, models.PROTECT, related_name="month_report")
    layout = models.CharField(max_length=12)
    content = models.JSONField()
    entry_id = models.BigIntegerField()  # the ledger line whose hash this content has
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="one_report_a_month"),
            models.CheckConstraint(name="a_report_is_of_a_whole_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"report of {self.unit_id} for {self.month:%m/%Y}"
