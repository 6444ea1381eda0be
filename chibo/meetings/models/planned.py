"""Meetings as they are planned: habit, calendar day, postponed, not held."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.dates import month_label
from chibo.kernel.fields import PathField
from chibo.kernel.periods import one_at_a_time
from chibo.kernel.written import Written
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


class WrittenElsewhere(models.Model):
    """Sinh hoạt còn ghi ở nơi khác: the minutes of the cell are kept elsewhere, of every month whose 28th lies within.

    On paper, or in another program. The calendar plans nothing here for it, so nobody is called late for
    a meeting that was held and is written in another book. Without such a row a cell writes here.
    """

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="written_elsewhere")
    during = DateRangeField()
    scope_path = PathField(db_index=True)

    objects = DatedScopedQuerySet.as_manager()

    class Meta:
        constraints = [one_at_a_time("unit", name="written_elsewhere_once")]

    def __str__(self) -> str:
        return f"written elsewhere: {self.unit_id}"


class Meeting(models.Model):
    """Buổi sinh hoạt, hội nghị: one row from the calendar on. It is closed when it has a closure."""

    ORDINARY, THEMATIC, EXTRAORDINARY = "ordinary", "thematic", "extraordinary"
    CELL_COMMITTEE, COMMITTEE, STANDING = "cell_committee", "committee", "standing"
    KINDS = [
        (ORDINARY, "Sinh hoạt thường kỳ"),
        (THEMATIC, "Sinh hoạt chuyên đề"),
        (EXTRAORDINARY, "Sinh hoạt bất thường"),
        (CELL_COMMITTEE, "Họp chi ủy"),
        (COMMITTEE, "Hội nghị Ban Chấp hành"),
        (STANDING, "Hội nghị Ban Thường vụ"),
    ]
    OF_A_CELL = (ORDINARY, THEMATIC, EXTRAORDINARY, CELL_COMMITTEE)
    OF_A_COMMITTEE = (COMMITTEE, STANDING)
    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=16, choices=KINDS, default=ORDINARY)
    month = models.DateField()  # its first day: the month this meeting is the meeting of
    planned_on = models.DateField()  # by the calendar; stays when the meeting is postponed
    meets_on = models.DateField()  # the day it is to be held now
    starts_at = models.TimeField(null=True)
    venue = models.CharField(max_length=160, blank=True)
    theme = models.CharField(max_length=300, blank=True)  # of a thematic meeting; why an extraordinary one
    presenter = models.ForeignKey(Person, models.PROTECT, null=True, related_name="themes")  # prepares the theme
    scope_path = PathField(db_index=True)  # where the cell stands today
    place_path = PathField(db_index=True)  # where it stood on the planned day (decision 7)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"], condition=Q(kind="ordinary"), name="one_ordinary_meeting_a_month"
            ),
            models.CheckConstraint(name="a_month_is_its_first_day", condition=Q(month__day=1)),
        ]
        indexes = [
            models.Index(fields=["scope_path", "planned_on"], name="meetings_of_a_branch"),
            models.Index(fields=["place_path", "planned_on"], name="meetings_as_they_were"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def title(self) -> str:
        """«Sinh hoạt thường kỳ tháng 11/2026», «Hội nghị Ban Thường vụ»."""
        words = str(self.get_kind_display())
        return f"{words} {month_label(self.month)}" if self.kind == self.ORDINARY else words


class Postponement(Written):
    """Hoãn: the meeting is to be held on another day, and why. The calendar's own day is not changed."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="postponements")
    from_day = models.DateField()
    to_day = models.DateField()
    reason = models.CharField(max_length=300)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="postponed_to_another_day", condition=~Q(to_day=F("from_day"))),
            models.CheckConstraint(name="a_postponement_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} to {self.to_day}"


class NotHeld(Written):
    """Không họp: this meeting will not be held, and why; taken back by a withdrawal, never erased."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="not_held")
    reason = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(withdrawn_at=None), name="not_held_is_said_once"),
            models.CheckConstraint(name="not_held_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} not held"
