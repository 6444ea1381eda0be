"""The sheet while it is written, and the roll frozen at the end."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.fields import PathField
from chibo.kernel.written import Written
from chibo.meetings.models.planned import Meeting
from chibo.membership.models import Person


class SheetEntry(Written):
    """Một lần ghi một ô của phiếu: a draft value with author and time. The newest version counts, all stay."""

    scope_columns = ("scope_path",)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sheet")
    field = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    value = models.TextField(blank=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "field", "version"], name="a_version_is_written_once")
        ]

    def __str__(self) -> str:
        return f"{self.field} v{self.version}"


class Help(Written):
    """Ghi giúp: an office clerk types the sheet as somebody of the cell tells it; allowed for this meeting only."""

    scope_columns = ("scope_path",)

    meeting = models.OneToOneField(Meeting, models.PROTECT, primary_key=True, related_name="help")
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="told")  # who speaks
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"help with {self.meeting_id}"


class Closure(Written):
    """Kết thúc buổi sinh hoạt: the roll and its counters, frozen (decision 14)."""

    scope_columns = ("scope_path",)

    meeting = models.OneToOneField(Meeting, models.PROTECT, primary_key=True, related_name="closure")
    key = models.UUIDField(unique=True)  # made by the page: sending twice is harmless
    held_on = models.DateField()
    started = models.TimeField()
    ended = models.TimeField()
    roll = ArrayField(models.UUIDField())  # persons who had to attend
    total = models.PositiveIntegerField()
    expected = models.PositiveIntegerField()
    present = models.PositiveIntegerField()  # the late included
    late = models.PositiveIntegerField()
    excused = models.PositiveIntegerField()
    unexcused = models.PositiveIntegerField()
    not_counted = models.PositiveIntegerField()
    from_paper = models.BooleanField(default=False)
    helper = models.ForeignKey(Help, models.PROTECT, null=True, related_name="closures")  # typed for somebody else
    scope_path = PathField(db_index=True)
    place_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="present_and_absent_make_expected",
                condition=Q(expected=F("present") + F("excused") + F("unexcused")),
            ),
            models.CheckConstraint(name="expected_and_not_counted_make_total",
                                   condition=Q(total=F("expected") + F("not_counted"))),
            models.CheckConstraint(name="the_late_are_present", condition=Q(late__lte=F("present"))),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"closure of {self.meeting_id}"


class RollException(models.Model):
    """One person who was not simply present: late, excused, unexcused, or not counted."""

    LATE, EXCUSED, UNEXCUSED, NOT_COUNTED = "late", "excused", "unexcused", "not_counted"
    STATES = [
        (LATE, "đến muộn"),
        (EXCUSED, "vắng có lý do"),
        (UNEXCUSED, "vắng không lý do"),
        (NOT_COUNTED, "không tính"),
    ]
    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    closure = models.ForeignKey(Closure, models.PROTECT, related_name="exceptions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="roll_exceptions")
    state = models.CharField(max_length=12, choices=STATES)
    reason = models.CharField(max_length=200, blank=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closure", "person"], name="one_exception_a_person"),
            models.CheckConstraint(name="an_excuse_has_a_reason", condition=~Q(state="excused") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.state} at {self.closure_id}"


class Confirmation(Written):
    """Xác nhận: somebody who chairs the cell has read what was typed for them. By hand on paper, or here."""

    SELF, PAPER = "self", "paper"
    WAYS = [(SELF, "trên Chibo"), (PAPER, "đã ký bản giấy")]
    scope_columns = ("scope_path",)

    closure = models.OneToOneField(Closure, models.PROTECT, primary_key=True, related_name="confirmation")
    way = models.CharField(max_length=8, choices=WAYS, default=SELF)
    person = models.ForeignKey(Person, models.PROTECT, related_name="confirmations")  # who confirms
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.closure_id} confirmed"
