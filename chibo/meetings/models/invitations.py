"""Who is asked to a meeting, and who says beforehand that they cannot come."""

from __future__ import annotations

import uuid

from django.db import models

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.fields import PathField
from chibo.kernel.written import Written
from chibo.meetings.models.planned import Meeting
from chibo.membership.models import Person


class Invitation(models.Model):
    """Giấy mời, lời mời: one for each person asked to a meeting, so that they see it on their own home page."""

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    title = models.CharField(max_length=120)  # as it was announced: the person may not see the meeting itself
    meets_on = models.DateField()
    starts_at = models.TimeField(null=True)
    venue = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person", "meets_on"], name="invited_once_for_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} asked to {self.meeting_id}"


class AbsenceNotice(Written):
    """Báo vắng trước: by the person or by who chairs. The newest counts; an empty reason takes it back."""

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="absence_notices")
    reason = models.CharField(max_length=200, blank=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["meeting", "person", "at"], name="notices_of_a_meeting")]

    def __str__(self) -> str:
        return f"{self.person_id} away from {self.meeting_id}"
