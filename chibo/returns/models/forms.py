"""A return form: what is handed in, by whom, how often; its lines are figures of the catalogue."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chibo.access.querysets import ScopedQuerySet, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.fields import PathField
from chibo.kernel.written import Written
from chibo.organisation.models import Unit

PREFIX = "returns."  # of the codes of lines


class FormQuerySet(ScopedQuerySet):
    """Forms by scope. What a unit above asks for is read below, where it is filled in."""

    def named_to(self, actor: Actor) -> FormQuerySet:
        """Forms received in sight, those of the line above the actor's own units, and of sheets in sight.

        A unit that went elsewhere still reads what it handed in there.
        """
        reads = actor.ranges(Power.READ)
        filled = Form.objects.filter(within("sheets__scope_path", reads)).values("pk")
        return self.filter(within("scope_path", reads) | Q(unit__in=actor.named_units) | Q(pk__in=filled))


class PartQuerySet(ScopedQuerySet):
    """Lines and checks: they are read wherever their form is."""

    def named_to(self, actor: Actor) -> PartQuerySet:
        """Those of forms whose name the actor may read."""
        return self.filter(form__in=Form.objects.named_to(actor).values("pk"))


class Form(Written):
    """Biểu số liệu: what units of some kinds below (or the unit itself) hand in to `unit`, how often, by which day.

    Its periods begin with `begins`; a form that ends keeps what was handed in. What it asks for are its lines.
    """

    MONTH, QUARTER, HALF, YEAR = "month", "quarter", "half", "year"
    EVERY = [(MONTH, "tháng"), (QUARTER, "quý"), (HALF, "6 tháng"), (YEAR, "năm")]
    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="return_forms")  # who receives and checks
    name = models.CharField(max_length=120)
    basis = models.CharField(max_length=200, blank=True)  # the document it rests on, in words
    every = models.CharField(max_length=8, choices=EVERY)
    kinds = ArrayField(models.CharField(max_length=30))  # of the units that owe it, codes of organisation.kinds
    due_day = models.PositiveSmallIntegerField()  # of the month after the period
    begins = models.DateField()  # first day of the first period
    ends = models.DateField(null=True)  # first day of the first period nobody owes any more
    scope_path = PathField(db_index=True)

    objects = FormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_form_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="somebody_owes_a_form", condition=Q(kinds__len__gt=0)),
            models.CheckConstraint(name="a_day_every_month_has", condition=Q(due_day__gte=1, due_day__lte=28)),
            models.CheckConstraint(
                name="a_form_ends_after_it_begins", condition=Q(ends=None) | Q(ends__gte=F("begins"))
            ),
        ]

    def __str__(self) -> str:
        return f"form {self.pk}"


class Line(Written):
    """Dòng của biểu: one figure of the catalogue. Its code is `returns.` and a word made of the first name it had.

    It is asked from the period `begins` on and no more from `ends` on; ended where it began, it was never asked.
    """

    SUM, LAST, RATIO = "sum", "last", "ratio"
    ADDS = [(SUM, "cộng các kỳ"), (LAST, "lấy số kỳ cuối"), (RATIO, "tỷ lệ của hai dòng khác")]
    THINGS, TURNS, PERSONS = "things", "turns", "persons"
    COUNTED = [(THINGS, "vật, việc"), (TURNS, "lượt người"), (PERSONS, "người, mỗi người một lần")]
    scope_columns = ("scope_path",)

    form = models.ForeignKey(Form, models.PROTECT, related_name="lines")
    code = models.CharField(max_length=60, unique=True, db_collation="C")
    name = models.CharField(max_length=120)
    measure = models.CharField(max_length=40)  # «lượt», «ha», «triệu đồng»
    decimals = models.PositiveSmallIntegerField(default=0)
    adds = models.CharField(max_length=5, choices=ADDS)
    counted = models.CharField(max_length=8, choices=COUNTED, default=THINGS)
    must = models.BooleanField(default=True)  # a blank is refused when the sheet is handed in
    above = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")  # of a ratio
    below = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    begins = models.DateField()
    ends = models.DateField(null=True)
    scope_path = PathField(db_index=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_line_has_a_name", condition=~Q(name="") & ~Q(measure="")),
            models.CheckConstraint(name="at_most_three_decimals", condition=Q(decimals__lte=3)),
            models.CheckConstraint(
                name="a_ratio_has_both_lines",
                condition=Q(adds="ratio", above__isnull=False, below__isnull=False)
                | ~Q(adds="ratio") & Q(above=None, below=None),
            ),
            models.CheckConstraint(
                name="a_line_ends_after_it_begins", condition=Q(ends=None) | Q(ends__gte=F("begins"))
            ),
        ]

    def __str__(self) -> str:
        return self.code


class LineCheck(Written):
    """Kiểm giữa các dòng: lines on the left against lines on the right and a number, or against the last period.

    A grave one stops the sheet from being handed in; the other asks for a reason in words.
    """

    AT_MOST, EQUAL, CHANGE = "at_most", "equal", "change"
    KINDS = [(AT_MOST, "không lớn hơn"), (EQUAL, "bằng"), (CHANGE, "so với kỳ trước, thay đổi không quá (%)")]
    scope_columns = ("scope_path",)

    form = models.ForeignKey(Form, models.PROTECT, related_name="checks")
    left = ArrayField(models.BigIntegerField())  # ids of lines, added up
    kind = models.CharField(max_length=8, choices=KINDS)
    right = ArrayField(models.BigIntegerField(), default=list, blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=3, default=0)  # added on the right; of a change, percent
    grave = models.BooleanField()
    begins = models.DateField()
    ends = models.DateField(null=True)
    scope_path = PathField(db_index=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_check_is_about_lines", condition=Q(left__len__gt=0)),
            models.CheckConstraint(name="a_change_only_warns", condition=~Q(kind="change") | Q(grave=False)),
            models.CheckConstraint(
                name="a_check_ends_after_it_begins", condition=Q(ends=None) | Q(ends__gte=F("begins"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.form_id}"
