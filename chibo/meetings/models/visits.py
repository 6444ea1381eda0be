"""Who of the committee looks after which cell, and their visits."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.fields import PathField
from chibo.kernel.periods import one_at_a_time
from chibo.meetings.models.planned import Meeting
from chibo.membership.models import Person
from chibo.organisation.models import DatedScopedQuerySet, Unit


class Charge(models.Model):
    """Phân công cấp ủy viên phụ trách chi bộ: who looks after which cell, over a period."""

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="charges")
    full_name = models.CharField(max_length=80)  # as decided: the cell may not see the person's own row
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="charges")
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)  # of the cell

    objects = DatedScopedQuerySet.as_manager()

    class Meta:
        constraints = [one_at_a_time("person", "unit", name="one_charge_at_a_time")]

    def __str__(self) -> str:
        return f"{self.person_id} looks after {self.unit_id}"


class Visit(models.Model):
    """Dự sinh hoạt với chi bộ: somebody of a higher committee is to attend a meeting, and what they observed.

    The observation is about the meeting of the unit, never about a person (docs/privacy.md).
    """

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="visits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="visits")
    full_name = models.CharField(max_length=80)  # as announced to the unit
    purpose = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_account = models.BigIntegerField(null=True)
    scope_path = PathField(db_index=True)  # of the unit that meets

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_visit_a_meeting")]

    def __str__(self) -> str:
        return f"{self.person_id} visits {self.meeting_id}"


class Observation(models.Model):
    """Nhận xét buổi sinh hoạt: per point of the sheet of that day «tốt», «cần rút kinh nghiệm», «không có»."""

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    visit = models.OneToOneField(Visit, models.PROTECT, primary_key=True, related_name="observation")
    person = models.ForeignKey(Person, models.PROTECT, related_name="observations")  # whose visit it was
    attended = models.BooleanField()
    points = models.JSONField()  # code of the rule meeting.observation_points → good | improve | none
    advice = models.TextField(blank=True)  # what was agreed to do differently
    at = models.DateTimeField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"observation of {self.visit_id}"


class ObservationNote(models.Model):
    """Bổ sung nhận xét: beside the observation, which stays as it was noted (decision 12)."""

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    observation = models.ForeignKey(Observation, models.PROTECT, related_name="notes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="observation_notes")  # whose visit it was
    text = models.TextField()
    at = models.DateTimeField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"note to {self.observation_id}"
