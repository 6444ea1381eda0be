"""Papers this room issues itself."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from chibo.access.querysets import ScopedQuerySet
from chibo.cadres.models import PaperNumber
from chibo.directives.models import Document
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


class ReportNote(Written):
    """Đính chính báo cáo tháng: a note beside the issued report, which itself stays as it was signed."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    report = models.ForeignKey(MonthReport, models.PROTECT, related_name="notes")
    text = models.TextField()
    entry_id = models.BigIntegerField()  # the ledger line whose hash the signed note has
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"note to report {self.report_id}"


class Review(Written):
    """Báo cáo sơ kết, tổng kết, sáu tháng, năm: of what, over which days. Its draft is computed each time it opens."""

    scope_columns = ("scope_path",)

    KINDS = [("interim", "sơ kết"), ("final", "tổng kết"), ("half", "sáu tháng"), ("year", "năm")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reviews")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="reviews")
    kind = models.CharField(max_length=8, choices=KINDS)
    first = models.DateField()
    last = models.DateField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="a_review_ends_after_it_begins", condition=Q(last__gte=F("first")))]

    def __str__(self) -> str:
        return f"review of {self.unit_id} {self.first:%m/%Y}-{self.last:%m/%Y}"


class ReviewText(Written):
    """Phần văn phòng viết, a row a version; a stale save is answered with both texts."""

    scope_columns = ("scope_path",)

    review = models.ForeignKey(Review, models.PROTECT, related_name="texts")
    part = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "part", "version"], name="one_text_a_version")]

    def __str__(self) -> str:
        return f"{self.part} of {self.review_id}"


class IssuedReview(Written):
    """Báo cáo đã ban hành: the sealed content, its number, the version of its layout."""

    scope_columns = ("scope_path",)

    review = models.OneToOneField(Review, models.PROTECT, primary_key=True, related_name="issued")
    number = models.OneToOneField(PaperNumber, models.PROTECT, related_name="review")
    layout = models.CharField(max_length=12)
    content = models.JSONField()
    entry_id = models.BigIntegerField()  # the ledger line whose hash this content has
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"issued {self.review_id}"
