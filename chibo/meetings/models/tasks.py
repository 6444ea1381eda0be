"""Tasks and what became of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.fields import PathField
from chibo.kernel.written import Written
from chibo.meetings.models.planned import Meeting
from chibo.membership.models import Person
from chibo.organisation.models import Unit


class Task(models.Model):
    """Nhiệm vụ giao cho đảng viên: who, what, by when, and where it comes from."""

    scope_columns = ("scope_path",)
    own_columns = ("owner_id",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    # None: given between meetings
    given_at = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="tasks_given")
    given_on = models.DateField()
    source = models.CharField(max_length=200, blank=True)  # the line of a paper it carries out
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="tasks")
    due = models.DateField(null=True)
    given_by = models.CharField(max_length=80, blank=True)  # between meetings; else the meeting gave it
    # the day of the newest result when that one settles it; the database keeps it, as an owner may not write here
    settled_on = models.DateField(null=True, editable=False)
    scope_path = PathField(db_index=True)
    place_path = PathField()  # where the unit stood on the day it was given (decision 7)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scope_path", "due"], condition=Q(settled_on=None), name="open_tasks_of_a_branch"),
            models.Index(fields=["place_path", "given_on"], name="tasks_as_they_were"),
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"


class TaskResult(Written):
    """Kết quả nhiệm vụ as a meeting, the owner or the cell noted it. The newest result is the state of the task."""

    DONE, DOING, NOT_DONE, DROPPED = "done", "doing", "not_done", "dropped"
    STATES = [(DONE, "Xong"), (DOING, "Đang làm"), (NOT_DONE, "Chưa làm"), (DROPPED, "Thôi")]
    CLOSED = (DONE, DROPPED)
    scope_columns = ("scope_path",)
    own_columns = ("owner_id",)

    task = models.ForeignKey(Task, models.PROTECT, related_name="results")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="results_noted")  # None: in between
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="task_results")  # of the task, then
    key = models.UUIDField(null=True, unique=True)  # made by the page: sending twice is harmless
    on = models.DateField(db_column="on_day")
    state = models.CharField(max_length=10, choices=STATES)
    cause = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "meeting"], name="one_result_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.task_id}"


class TaskChange(Written):
    """Giao lại, gia hạn: another owner or another day, and why. What it was before stays readable here."""

    scope_columns = ("scope_path",)
    own_columns = ("from_owner_id", "to_owner_id")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    task = models.ForeignKey(Task, models.PROTECT, related_name="changes")
    from_owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="tasks_passed_on")
    to_owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="tasks_taken_over")
    from_due = models.DateField(null=True)
    to_due = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="a_task_change_has_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"change of {self.task_id}"
