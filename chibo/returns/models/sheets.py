"""A sheet: one unit, one form, one period; what was typed into it, what became of it, what was accepted."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.fields import PathField
from chibo.kernel.written import Written
from chibo.organisation.models import Unit
from chibo.returns.models.forms import Form, Line


class Sheet(Written):
    """Phiếu số liệu. `state`, `handed_in_on` and `accepted` follow its steps; they stand here so that boards need not
    read them all.
    """

    DRAFT, HANDED_IN, GIVEN_BACK, ACCEPTED, REOPENED = "draft", "handed_in", "given_back", "accepted", "reopened"
    STATES = [
        (DRAFT, "đang điền"),
        (HANDED_IN, "đã nộp, chờ kiểm"),
        (GIVEN_BACK, "trả lại để sửa"),
        (ACCEPTED, "đã chốt"),
        (REOPENED, "mở lại để sửa"),
    ]
    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    form = models.ForeignKey(Form, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="return_sheets")
    first = models.DateField()  # first day of the period
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    handed_in_on = models.DateField(null=True)  # the first time
    accepted = models.ForeignKey("Step", models.PROTECT, null=True, related_name="+")  # whose values count
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "unit", "first"], name="one_sheet_a_period")]
        indexes = [
            models.Index(fields=["scope_path", "first"], name="sheets_below"),
            models.Index(fields=["form", "state"], name="sheets_that_wait"),
        ]

    def __str__(self) -> str:
        return f"sheet {self.pk}"


class Entry(Written):
    """Một lần ghi một ô: a value with author and time. The newest version counts, all stay."""

    scope_columns = ("scope_path",)

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="entries")
    field = models.CharField(max_length=30)  # «line.12», «why.3»
    version = models.PositiveIntegerField()
    value = models.CharField(max_length=300, blank=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "field", "version"], name="a_box_is_written_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.field} v{self.version}"


class Step(Written):
    """Bước của phiếu: handed in, given back, accepted, reopened; the newest one says where it stands."""

    HANDED_IN, GIVEN_BACK, ACCEPTED, REOPENED = "handed_in", "given_back", "accepted", "reopened"
    KINDS = [(HANDED_IN, "Nộp"), (GIVEN_BACK, "Trả lại"), (ACCEPTED, "Chốt"), (REOPENED, "Mở lại")]
    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=KINDS)
    why = models.CharField(max_length=300, blank=True)
    from_paper = models.BooleanField(default=False)  # typed by the office above for the unit
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="steps_come_one_by_one"),
            models.CheckConstraint(
                name="going_back_says_why", condition=Q(kind__in=["handed_in", "accepted"]) | ~Q(why="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.sheet_id}"


class Remark(models.Model):
    """Nhận xét một số khi trả lại: what is wrong with it, by whoever took the step."""

    scope_columns = ("scope_path",)

    step = models.ForeignKey(Step, models.PROTECT, related_name="remarks")
    line = models.ForeignKey(Line, models.PROTECT, related_name="remarks")
    text = models.CharField(max_length=300)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="a_remark_says_what", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"remark on {self.line_id}"


class Value(models.Model):
    """Số đã chốt: what was folded when the sheet was accepted. Those of an older acceptance stay and count no more."""

    scope_columns = ("scope_path",)

    step = models.ForeignKey(Step, models.PROTECT, related_name="values")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="values")
    line = models.ForeignKey(Line, models.PROTECT, related_name="values")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="return_values")
    first = models.DateField()
    last = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=3)
    scope_path = PathField(db_index=True)
    place_path = PathField()  # where the unit stood on the last day of the period (decision 7)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "line"], name="a_line_is_accepted_once"),
            models.CheckConstraint(name="a_value_is_of_a_period", condition=Q(last__gte=F("first"), value__gte=0)),
        ]
        indexes = [
            models.Index(fields=["line", "scope_path", "last"], name="values_below"),
            models.Index(fields=["line", "place_path", "last"], name="values_as_they_were"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} of {self.sheet_id}"
