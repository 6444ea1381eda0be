"""A unit's own plan: what it carries out, its lines, the day it was issued. What was said stays; newer words follow."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from chibo.access.querysets import ScopedQuerySet
from chibo.cadres.models import Body
from chibo.directives.models import Delivery, Document
from chibo.kernel.fields import PathField
from chibo.kernel.periods import Correctable
from chibo.kernel.written import Written
from chibo.organisation.models import CorrectableScopedQuerySet, Unit


class Plan(Correctable, Written):
    """Kế hoạch, chương trình hành động, nghị quyết of a unit that carries out a document (DIR-4, DIR-6, DIR-7).

    It is a draft until a `PlanIssue` says otherwise. The document may lie in the register of the unit above, so what
    it is called stands here.
    """

    scope_columns = ("scope_path",)

    KINDS = [
        ("kế hoạch", "Kế hoạch"),
        ("chương trình hành động", "Chương trình hành động"),
        ("nghị quyết", "Nghị quyết"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=40, choices=KINDS)
    about = models.CharField(max_length=400)  # trích yếu: «thực hiện Nghị quyết số …»
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="plans")  # who asked for it
    basis = models.ForeignKey(Document, models.PROTECT, null=True, related_name="plans")  # of the unit's own register
    carries_out = models.CharField(max_length=300, blank=True)  # the document in words
    carried_on = models.DateField(null=True)  # and its day: where the days between levels are counted from
    first = models.DateField()
    last = models.DateField()
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_plan_ends_after_it_begins", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="a_plan_says_what_about", condition=~Q(about="")),
            Correctable.withdrawn_whole("withdrawn_plans_are_whole"),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"


class PlanIssue(Written):
    """Ban hành: every line was whole that day. The paper of the register beside it, when it was numbered there."""

    scope_columns = ("scope_path",)

    plan = models.OneToOneField(Plan, models.PROTECT, primary_key=True, related_name="issue")
    on = models.DateField(db_column="on_day")
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="plan_issued")
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"issue of {self.plan_id}"


class PlanLine(Written):
    """Dòng kế hoạch: one thing to do. What it says is its newest `LineSaid`."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()  # its order in the plan
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "place"], name="a_line_has_its_place")]

    def __str__(self) -> str:
        return f"line {self.place} of {self.plan_id}"


class LineSaid(Written):
    """Điều dòng ấy ghi, from a day on: task, owner, day, and how it is measured or why it is not.

    The owner is a unit, a post or a body, never a person by name. Before the plan is issued a line may lack anything;
    afterwards a change says why. Nothing here is rewritten.
    """

    scope_columns = ("scope_path",)

    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="said")
    on = models.DateField(db_column="on_day")
    task = models.CharField(max_length=600)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="plan_lines")
    owner_body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="plan_lines")
    owner_post = models.CharField(max_length=24, blank=True)  # of the plan's unit
    due = models.DateField(null=True)
    measured = models.BooleanField(default=False)  # whether the columns below are a target
    why_none = models.CharField(max_length=300, blank=True)  # why nothing of it can be measured
    name = models.CharField(max_length=200, blank=True)
    figure = models.CharField(max_length=60, blank=True)  # of the catalogue; empty: reported by hand
    kind = models.CharField(max_length=8, blank=True)
    measure = models.CharField(max_length=40, blank=True)
    comparison = models.CharField(max_length=8, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    start = models.DecimalField(max_digits=18, decimal_places=4, null=True)  # «từ 76 lên 82»: where it begins
    key = models.BooleanField(default=False)
    dropped = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)  # of a change after the plan was issued
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_line_says_what_to_do", condition=~Q(task="")),
            models.CheckConstraint(
                name="one_owner_a_line",
                condition=Q(owner_unit=None, owner_body=None)
                | Q(owner_unit=None, owner_post="")
                | Q(owner_body=None, owner_post=""),
            ),
            models.CheckConstraint(
                name="measured_or_why_not",
                condition=Q(measured=False) | ~Q(name="") & ~Q(comparison="") & Q(value__isnull=False, why_none=""),
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line_id} since {self.on}"


class LineDone(Correctable, Written):
    """Đã làm xong một dòng không đo được: the day and what came of it. Others stand where their target stands."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="done")
    on = models.DateField(db_column="on_day")
    result = models.CharField(max_length=400)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=Q(withdrawn_at=None), name="a_line_is_done_once"),
            models.CheckConstraint(name="what_was_done_is_said", condition=~Q(result="")),
            Correctable.withdrawn_whole("withdrawn_lines_done_are_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} done on {self.on}"
