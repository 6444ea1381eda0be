"""What people ask about their own data, and what they were answered. Neither is rewritten."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.fields import PathField


class RequestQuerySet(ScopedQuerySet):
    """Requests and answers."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those of the members whose book the actor keeps: not whoever may read the member."""
        seen = within("scope_path", actor.ranges(Power.ADMIT))
        return self.filter(seen | Q(person_id=actor.person_id, person_id__isnull=False))


class DataRequest(models.Model):
    """Yêu cầu về dữ liệu cá nhân: what a person asks, and by when the law wants it answered and done."""

    ACCESS, CORRECTION, RESTRICTION, ERASURE = "access", "correction", "restriction", "erasure"
    KINDS = [
        (ACCESS, "xem, được cung cấp"),
        (CORRECTION, "sửa chỗ sai"),
        (RESTRICTION, "hạn chế xử lý"),
        (ERASURE, "xóa"),
    ]
    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    id = models.UUIDField(primary_key=True)
    person_id = models.UUIDField()  # persons live on a floor above
    kind = models.CharField(max_length=12, choices=KINDS)
    text = models.TextField()
    on = models.DateField(db_column="on_day")
    at = models.DateTimeField()
    answer_by = models.DateField()
    act_by = models.DateField()
    by_account = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    scope_path = PathField(db_index=True)

    objects = RequestQuerySet.as_manager()

    def __str__(self) -> str:
        return f"request {self.pk}"


class DataAnswer(models.Model):
    """Trả lời: received, put off once, done, refused with the reason; or withdrawn by who asked."""

    RECEIVED, EXTENDED, DONE, REFUSED, WITHDRAWN = "received", "extended", "done", "refused", "withdrawn"
    KINDS = [
        (RECEIVED, "đã nhận, đang làm"),
        (EXTENDED, "gia hạn"),
        (DONE, "đã làm xong"),
        (REFUSED, "không làm được"),
        (WITHDRAWN, "người yêu cầu rút"),
    ]
    SETTLED = (DONE, REFUSED, WITHDRAWN)
    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    request = models.ForeignKey(DataRequest, models.PROTECT, related_name="answers")
    person_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=KINDS)
    reason = models.TextField(blank=True)
    act_by = models.DateField(null=True)  # of an extension
    on = models.DateField(db_column="on_day")
    at = models.DateTimeField()
    by_account = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    scope_path = PathField(db_index=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(kind__in=["done", "refused", "withdrawn"]),
                name="a_request_is_settled_once",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(kind="extended"), name="a_request_is_extended_once"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(kind="received"), name="a_request_is_received_once"
            ),
        ]

    def __str__(self) -> str:
        return f"answer to {self.request_id}"
