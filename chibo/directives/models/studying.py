"""A document sent to a unit to be studied by a day, and what the unit did about it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from chibo.access.querysets import ScopedQuerySet
from chibo.directives.models.documents import Document
from chibo.kernel.fields import PathField
from chibo.kernel.periods import LIVE, Correctable
from chibo.kernel.written import Written
from chibo.meetings.models import Meeting
from chibo.organisation.models import CorrectableScopedQuerySet, Unit


class Delivery(Correctable, Written):
    """Giao học tập, quán triệt: one unit is to study a document by a day, and maybe to make its own plan.

    The unit may not see the register of the unit above, so what it needs to know stands here.
    """

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    document = models.ForeignKey(Document, models.PROTECT, related_name="deliveries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="deliveries")
    asked_by = models.ForeignKey(Unit, models.PROTECT, related_name="deliveries_asked")
    title = models.CharField(max_length=300)  # «Nghị quyết số 02-NQ/TU, ngày 21/01/2021 của …»
    about = models.CharField(max_length=400, blank=True)
    issued_on = models.DateField(null=True)  # of the document: where the first clock starts
    asked_on = models.DateField()
    due_on = models.DateField()
    plan_due_on = models.DateField(null=True)  # when its own plan is asked for too (DIR-4)
    note = models.CharField(max_length=400, blank=True)
    place_path = PathField()  # where the unit stood on `asked_on`
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "unit"], condition=LIVE, name="sent_to_a_unit_once"),
            models.CheckConstraint(name="due_after_it_is_asked", condition=Q(due_on__gte=F("asked_on"))),
            models.CheckConstraint(
                name="plans_due_after_they_are_asked", condition=Q(plan_due_on=None) | Q(plan_due_on__gte=F("asked_on"))
            ),
            Correctable.withdrawn_whole("withdrawn_deliveries_are_whole"),
        ]
        indexes = [models.Index(fields=["scope_path", "due_on"], name="deliveries_by_due")]

    def __str__(self) -> str:
        return f"{self.document_id} for {self.unit_id}"


class Receipt(Written):
    """Đã nhận: the day the unit says it got the document; the second clock."""

    scope_columns = ("scope_path",)

    delivery = models.OneToOneField(Delivery, models.PROTECT, primary_key=True, related_name="receipt")
    on = models.DateField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"receipt of {self.delivery_id}"


class StudySession(Correctable, Written):
    """Buổi học tập, quán triệt: turns of those present, of those who should be; or with the people (DIR-13)."""

    scope_columns = ("scope_path",)

    MEMBERS, PEOPLE = "members", "people"
    AUDIENCES = [(MEMBERS, "đảng viên"), (PEOPLE, "nhân dân")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="sessions")
    audience = models.CharField(max_length=8, choices=AUDIENCES)
    held_on = models.DateField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="studied")
    attended = models.PositiveIntegerField()  # of the people: households
    expected = models.PositiveIntegerField(null=True)  # of the people: nobody is expected
    presenter = models.CharField(max_length=80, blank=True)  # báo cáo viên as announced
    villages = models.PositiveIntegerField(default=0)  # reached, of the people
    from_paper = models.BooleanField(default=False)  # typed by the office above
    place_path = PathField()
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="members_are_expected", condition=Q(audience="people") | Q(expected__isnull=False)
            ),
            models.CheckConstraint(
                name="no_more_than_expected", condition=Q(expected=None) | Q(attended__lte=F("expected"))
            ),
            Correctable.withdrawn_whole("withdrawn_sessions_are_whole"),
        ]

    def __str__(self) -> str:
        return f"session of {self.delivery_id}"


class QualityMark(Written):
    """Nhận xét chất lượng buổi học tập by the unit above; the session is marked, nobody in it (DIR-3)."""

    scope_columns = ("scope_path",)

    GOOD, FAIR, AGAIN = "good", "fair", "again"
    MARKS = [(GOOD, "tốt"), (FAIR, "đạt"), (AGAIN, "cần học lại")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(StudySession, models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=5, choices=MARKS)
    text = models.CharField(max_length=400, blank=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mark of {self.session_id}"
