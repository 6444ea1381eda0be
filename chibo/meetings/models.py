"""Meetings from the calendar to the sealed minutes, and the tasks they give."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q

from chibo.access.querysets import ScopedQuerySet
from chibo.cadres.models import PaperNumber
from chibo.kernel.fields import PathField
from chibo.kernel.periods import one_at_a_time
from chibo.membership.models import Person
from chibo.organisation.models import DatedScopedQuerySet, Unit


class Habit(models.Model):
    """Giờ và nơi sinh hoạt thường lệ of a cell, over a period: the calendar fills them in."""

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meeting_habits")
    starts_at = models.TimeField()
    venue = models.CharField(max_length=160)
    during = DateRangeField()
    scope_path = PathField(db_index=True)

    objects = DatedScopedQuerySet.as_manager()

    class Meta:
        constraints = [one_at_a_time("unit", name="one_habit_at_a_time")]

    def __str__(self) -> str:
        return f"habit of {self.unit_id}"


class Meeting(models.Model):
    """Buổi sinh hoạt: one row from the calendar on. It is closed when it has a closure."""

    ORDINARY = "ordinary"
    KINDS = [(ORDINARY, "thường kỳ")]
    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=12, choices=KINDS, default=ORDINARY)
    month = models.DateField()  # its first day: the month this meeting is the meeting of
    planned_on = models.DateField()
    starts_at = models.TimeField(null=True)
    venue = models.CharField(max_length=160, blank=True)
    scope_path = PathField(db_index=True)  # where the cell stands today
    place_path = PathField(db_index=True)  # where it stood on the planned day (decision 7)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "month"], name="one_ordinary_meeting_a_month"),
            models.CheckConstraint(name="a_month_is_its_first_day", condition=Q(month__day=1)),
        ]
        indexes = [
            models.Index(fields=["scope_path", "planned_on"], name="meetings_of_a_branch"),
            models.Index(fields=["place_path", "planned_on"], name="meetings_as_they_were"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class SheetEntry(models.Model):
    """Một lần ghi một ô của phiếu: a draft value with author and time. The newest version counts, all stay."""

    scope_columns = ("scope_path",)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sheet")
    field = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    value = models.TextField(blank=True)
    by_account = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80, blank=True)  # shown beside a text that differs
    at = models.DateTimeField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "field", "version"], name="a_version_is_written_once")
        ]

    def __str__(self) -> str:
        return f"{self.field} v{self.version}"


class Closure(models.Model):
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
    at = models.DateTimeField()
    by_account = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80, blank=True)
    from_paper = models.BooleanField(default=False)
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


class MinutesNote(models.Model):
    """Đính chính: a note beside sealed minutes, which themselves stay as they were signed."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()
    by_account = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80, blank=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"note to {self.minutes_id}"


class Task(models.Model):
    """Nhiệm vụ giao tại buổi sinh hoạt: who, what, by when."""

    scope_columns = ("scope_path",)
    own_columns = ("owner_id",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    given_at = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks_given")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="tasks")
    due = models.DateField(null=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"task {self.pk}"


class TaskResult(models.Model):
    """Kết quả nhiệm vụ as a meeting noted it. The newest result is the state of the task."""

    DONE, DOING, NOT_DONE = "done", "doing", "not_done"
    STATES = [(DONE, "Xong"), (DOING, "Đang làm"), (NOT_DONE, "Chưa làm")]
    scope_columns = ("scope_path",)

    task = models.ForeignKey(Task, models.PROTECT, related_name="results")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="results_noted")
    state = models.CharField(max_length=10, choices=STATES)
    cause = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    at = models.DateTimeField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "meeting"], name="one_result_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.task_id}"
