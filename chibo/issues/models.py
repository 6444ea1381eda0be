"""Limitations, causes, remedies; what was reported done, who else has seen it, when it closed or came back."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet
from chibo.kernel.fields import PathField
from chibo.kernel.periods import Correctable, CorrectableQuerySet
from chibo.kernel.written import Written
from chibo.ledger.models import Attachment
from chibo.meetings.models import Meeting, Visit
from chibo.membership.models import Person
from chibo.organisation.models import Unit


class CauseQuerySet(CorrectableQuerySet, ScopedQuerySet):  # type: ignore[override]
    """Causes by scope, of which some were withdrawn."""


class RemedyQuerySet(ScopedQuerySet):
    """Remedies by scope."""

    def live(self) -> RemedyQuerySet:
        """Those nobody has withdrawn."""
        return self.filter(withdrawn_at=None)


class Limitation(Written):
    """Hạn chế, tồn tại: what an organisation did or did not do, where that was seen and since when.

    It is about the work of the unit, never about a person (docs/privacy.md). `closed_on` and `reopened` follow its
    turns; they stand here so that lists need not read them all.
    """

    FIGURE, MEETING, VISIT, SELF, INSPECTION, OTHER = "figure", "meeting", "visit", "self", "inspection", "other"
    SOURCES = [
        (FIGURE, "Số liệu"),
        (MEETING, "Buổi sinh hoạt"),
        (VISIT, "Nhận xét khi dự sinh hoạt"),
        (SELF, "Tự giám sát, tự kiểm tra"),
        (INSPECTION, "Kết luận kiểm tra, giám sát đã công bố"),
        (OTHER, "Nguồn khác"),
    ]
    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="limitations")
    text = models.TextField()
    area = models.CharField(max_length=24)  # a code of the rule limitation.areas of the day it was written down
    source = models.CharField(max_length=12, choices=SOURCES)
    source_note = models.CharField(max_length=200, blank=True)  # the paper, the conclusion, in words
    figure = models.CharField(max_length=60, blank=True)  # its code; the days asked for; what the door said then
    figure_first = models.DateField(null=True)
    figure_last = models.DateField(null=True)
    figure_said = models.CharField(max_length=80, blank=True)
    at_meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="limitations")
    on_visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="limitations")
    seen_on = models.DateField()  # first seen; it may lie in an earlier term
    seen_term = models.CharField(max_length=20, blank=True)  # the unit's term of that day, as it was called
    entered_on = models.DateField()
    closed_on = models.DateField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)  # how often it came back: the round its remedies belong to
    scope_path = PathField(db_index=True)
    place_path = PathField()  # where the unit stood on the day it was written down (decision 7)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scope_path", "seen_on"], condition=Q(closed_on=None), name="open_limitations_below"),
            models.Index(fields=["place_path", "entered_on"], name="limitations_as_they_were"),
        ]
        constraints = [
            models.CheckConstraint(name="a_limitation_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="seen_before_it_is_written_down", condition=Q(seen_on__lte=models.F("entered_on"))
            ),
            models.CheckConstraint(
                name="a_figure_has_its_days",
                condition=~Q(source="figure")
                | ~Q(figure="") & Q(figure_first__isnull=False, figure_last__isnull=False),
            ),
            models.CheckConstraint(
                name="a_limitation_names_its_source",
                condition=(~Q(source="meeting") | Q(at_meeting__isnull=False))
                & (~Q(source="visit") | Q(on_visit__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"limitation {self.pk}"


class Cause(Written, Correctable):
    """Nguyên nhân: a code that can be counted over units and years, and words beside it."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    limitation = models.ForeignKey(Limitation, models.PROTECT, related_name="causes")
    code = models.CharField(max_length=24)  # of the rule limitation.causes of that day
    text = models.TextField(blank=True)
    scope_path = PathField(db_index=True)

    objects = CauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["limitation", "code"], condition=Q(withdrawn_at=None), name="a_cause_is_said_once"
            ),
            Correctable.withdrawn_whole("cause_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.limitation_id}"


class Remedy(Written):
    """Biện pháp khắc phục: what, whose, by when. Another one in its place withdraws it, with a reason."""

    PERSON, UNIT, ABOVE = "person", "unit", "above"
    SIDES = [(PERSON, "một đồng chí"), (UNIT, "tập thể đơn vị"), (ABOVE, "cấp ủy cấp trên trực tiếp")]
    scope_columns = ("scope_path",)
    own_columns = ("owner_id",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    limitation = models.ForeignKey(Limitation, models.PROTECT, related_name="remedies")
    round = models.PositiveSmallIntegerField()  # the limitation's `reopened` when it was written
    text = models.TextField()
    side = models.CharField(max_length=8, choices=SIDES)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="remedies")
    due = models.DateField()
    confirmed_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    scope_path = PathField(db_index=True)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["scope_path", "due"], condition=Q(confirmed_on=None, withdrawn_at=None), name="remedies_due"
            )
        ]
        constraints = [
            models.CheckConstraint(name="a_remedy_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="a_remedy_has_an_owner",
                condition=Q(side="person", owner__isnull=False) | ~Q(side="person") & Q(owner=None),
            ),
            models.CheckConstraint(
                name="a_withdrawn_remedy_says_why",
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why="") & Q(confirmed_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"remedy {self.pk}"


class RemedyReport(Written):
    """Báo đã làm: by whoever the remedy is given to, with what shows it."""

    scope_columns = ("scope_path",)
    own_columns = ("owner_id",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    limitation = models.ForeignKey(Limitation, models.PROTECT, related_name="reports")
    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="reports")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="remedy_reports")  # of the remedy, then
    done_on = models.DateField()
    proof = models.TextField()
    before = models.CharField(max_length=80, blank=True)  # the number before and after, as written
    after = models.CharField(max_length=80, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    by_person = models.UUIDField(null=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="a_report_shows_something", condition=~Q(proof=""))]

    def __str__(self) -> str:
        return f"report of {self.remedy_id}"


class RemedyCheck(Written):
    """Xác nhận: somebody else looked, and says it is done, or why it is not."""

    CONFIRMED, REFUSED = "confirmed", "refused"
    VERDICTS = [(CONFIRMED, "Xác nhận đã khắc phục"), (REFUSED, "Chưa đạt, trả lại")]
    scope_columns = ("scope_path",)
    own_columns = ("owner_id",)

    report = models.OneToOneField(RemedyReport, models.PROTECT, primary_key=True, related_name="check_of")
    limitation = models.ForeignKey(Limitation, models.PROTECT, related_name="checks")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="remedy_checks")
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    remark = models.CharField(max_length=1_000, blank=True)
    on = models.DateField(db_column="on_day")
    by_person = models.UUIDField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_refusal_has_a_remark", condition=Q(verdict="confirmed") | ~Q(remark=""))
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.report_id}"


class Turn(Written):
    """Khép lại, mở lại: the newest one says whether the limitation is open. The database checks that it may be said."""

    CLOSED, REOPENED = "closed", "reopened"
    KINDS = [(CLOSED, "Khép lại"), (REOPENED, "Mở lại")]
    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    limitation = models.ForeignKey(Limitation, models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=8, choices=KINDS)
    round = models.PositiveSmallIntegerField()  # the one that closed, or the one that begins
    on = models.DateField(db_column="on_day")
    why = models.CharField(max_length=300, blank=True)
    scope_path = PathField(db_index=True)
    place_path = PathField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place_path", "on"], name="turns_as_they_were")]
        constraints = [
            models.UniqueConstraint(fields=["limitation", "kind", "round"], name="each_round_turns_once"),
            models.CheckConstraint(name="a_reopening_says_why", condition=Q(kind="closed") | ~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.limitation_id}"
