"""Lists on their way in, and what somebody said of their columns."""

from __future__ import annotations

import uuid

from django.db import models

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.fields import PathField
from chibo.organisation.models import Unit


class Intake(models.Model):
    """Một lần nhập danh sách: what was read of the file until it is written, and what was written."""

    WAITING, WRITTEN, TAKEN_BACK, DROPPED = "waiting", "written", "taken_back", "dropped"
    STATES = [
        (WAITING, "chờ ghi"), (WRITTEN, "đã ghi"), (TAKEN_BACK, "đã lấy lại"), (DROPPED, "đã bỏ"),
    ]  # fmt: skip
    KINDS = [
        ("members", "đảng viên"),
        ("units", "tổ chức đảng"),
        ("posts", "chức vụ"),
        ("villages", "thôn, bản, trường, trạm"),
        ("acts", "việc sắp xếp tổ chức"),
    ]
    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="intakes")
    kind = models.CharField(max_length=10, choices=KINDS)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    sheet = models.JSONField()  # the cells, as `reading.workbook.sheet_told`; emptied when nobody needs them any more
    beside = models.JSONField(default=dict)  # those of a second sheet that belongs to it; emptied likewise
    paper = models.JSONField(default=dict)  # of a sheet of acts: number, signed_on, signer, reason
    notices = models.JSONField()  # what else the file holds and nobody read
    columns = models.JSONField(default=list)  # confirmed: [number, field, mark]; empty before
    hidden_too = models.BooleanField(null=True)  # lines that are hidden in the file: taken, left, not said yet
    holds_from = models.DateField()  # the day from which the list holds
    outcome = models.JSONField(default=dict)  # counts, and what was written, by ids alone
    by_account = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "at"], name="intakes_of_a_unit")]

    def __str__(self) -> str:
        return f"intake {self.pk}"


class ColumnSaid(models.Model):
    """Cột đã xác nhận: what a head of a column means in the lists of this body."""

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="columns_said")
    kind = models.CharField(max_length=10)
    head = models.CharField(max_length=120)  # in its compared form
    meant = models.CharField(max_length=24)  # a field of the kind, «-» for not used
    mark = models.CharField(max_length=40, blank=True)  # what a cross in it means
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "head"], name="a_head_means_one_thing")]

    def __str__(self) -> str:
        return f"{self.head}: {self.meant}"
