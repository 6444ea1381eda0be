"""A target of a unit over a period, what it asks for, and what was reported by hand. Where it stands is computed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet
from chibo.directives.models import Document
from chibo.kernel.fields import PathField
from chibo.kernel.periods import Correctable
from chibo.kernel.written import Written
from chibo.ledger.models import Attachment
from chibo.organisation.models import CorrectableScopedQuerySet, Unit
from chibo.targets.models.plans import PlanLine


class Target(Written):
    """Chỉ tiêu: a number of the catalogue, or one reported by hand, that a unit is to reach (IND-1 … IND-9).

    It comes from a line of a plan, from a document, or from the target of the unit above. What it asks for is its
    newest `TargetSaid`.
    """

    scope_columns = ("scope_path",)

    STOCK, FLOW, RATIO = "stock", "flow", "ratio"
    KINDS = [
        (FLOW, "Cộng dồn trong kỳ"),
        (STOCK, "Số ở một ngày"),
        (RATIO, "Tỷ lệ phần trăm"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    line = models.OneToOneField(PlanLine, models.PROTECT, null=True, related_name="target")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="targets")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="shares")
    source = models.CharField(max_length=300)  # the document in words; of a share, whose target it is part of
    name = models.CharField(max_length=200)
    figure = models.CharField(max_length=60, blank=True)  # of the catalogue; empty: reported by hand
    kind = models.CharField(max_length=8, choices=KINDS)
    measure = models.CharField(max_length=40)  # %, đảng viên, ha …
    first = models.DateField()
    scope_path = PathField(db_index=True)
    place_path = PathField()  # where the unit stood when it was set

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_target_comes_from_somewhere",
                condition=Q(line__isnull=False) | Q(document__isnull=False) | Q(parent__isnull=False),
            ),
            models.CheckConstraint(name="a_target_has_a_name", condition=~Q(name="") & ~Q(measure="")),
            models.UniqueConstraint(fields=["parent", "unit"], name="one_share_a_unit"),
        ]

    def __str__(self) -> str:
        return f"target {self.pk}"


class TargetSaid(Written):
    """Mức phải đạt, from a day on: comparison, value, until when, whether it is a key one. Nothing is rewritten."""

    scope_columns = ("scope_path",)

    AT_LEAST, AT_MOST, EQUAL, ZERO = "at_least", "at_most", "equal", "zero"
    COMPARISONS = [
        (AT_LEAST, "Ít nhất"),
        (AT_MOST, "Nhiều nhất"),
        (EQUAL, "Đúng bằng"),
        (ZERO, "Không còn, không để xảy ra"),
    ]

    target = models.ForeignKey(Target, models.PROTECT, related_name="said")
    on = models.DateField(db_column="on_day")
    comparison = models.CharField(max_length=8, choices=COMPARISONS)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    start = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    last = models.DateField()
    key = models.BooleanField(default=False)  # chỉ tiêu quan trọng (IND-7)
    dropped = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scope_path", "last"], name="targets_by_their_end")]
        constraints = [
            models.CheckConstraint(name="zero_is_nothing", condition=~Q(comparison="zero") | Q(value=0)),
            models.CheckConstraint(name="a_dropped_target_says_why", condition=Q(dropped=False) | ~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"target {self.target_id} since {self.on}"


class ReportedValue(Correctable, Written):
    """Số báo tay of a target no figure answers: the value up to a day, with what shows it. Wrong ones are withdrawn."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    target = models.ForeignKey(Target, models.PROTECT, related_name="reported")
    on = models.DateField(db_column="on_day")  # the value holds up to this day
    value = models.DecimalField(max_digits=18, decimal_places=4)
    numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True)  # of a ratio (IND-3)
    denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    proof = models.CharField(max_length=400)  # the paper it stands in
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    from_paper = models.BooleanField(default=False)  # typed by the office above
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_number_has_its_proof", condition=~Q(proof="")),
            models.CheckConstraint(
                name="both_parts_of_a_ratio",
                condition=Q(numerator=None, denominator=None) | Q(numerator__isnull=False, denominator__gt=0),
            ),
            Correctable.withdrawn_whole("withdrawn_numbers_are_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.value} of {self.target_id}"
