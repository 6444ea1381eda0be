"""Persons and what holds of them for a while."""

from __future__ import annotations

import uuid
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from chibo.access.models import Account, DataRequest
from chibo.access.querysets import ScopedQuerySet, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.fields import PathField, SortField
from chibo.kernel.periods import LIVE, Correctable, one_at_a_time
from chibo.kernel.written import Written
from chibo.membership.particulars import SENSITIVE
from chibo.organisation.models import CorrectableScopedQuerySet, Unit


class Person(models.Model):
    """Đảng viên: an identity. What is true for a while (cell, standing, duties) stands in dated rows."""

    scope_columns = ("scope_path", "guest_path")
    own_columns = ("id",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    full_name = models.CharField(max_length=80)
    name_key = SortField()
    folded_name = models.CharField(max_length=80, db_collation="C")
    account = models.OneToOneField(Account, models.PROTECT, null=True, related_name="person")
    scope_path = PathField(db_index=True)  # the cell of today
    guest_path = PathField(blank=True, default="", db_index=True)  # the cell of temporary activity today
    follow_on = models.DateField(null=True, db_index=True)  # the next day on which one of these paths changes by itself

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scope_path", "name_key"], name="people_of_a_branch")]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Belonging(Correctable):
    """Nơi sinh hoạt: a member belongs to exactly one cell on any day, and to at most one more for a time."""

    OFFICIAL, TEMPORARY = "official", "temporary"
    KINDS = [(OFFICIAL, "chính thức"), (TEMPORARY, "tạm thời")]
    LISTED, MOVED = "listed", "moved"
    WAYS_IN = [
        (LISTED, "có trong sổ khi lập"),
        ("admitted", "kết nạp"),
        ("transferred_in", "chuyển đến từ ngoài đảng bộ"),
        ("restored", "phục hồi đảng tịch"),
        (MOVED, "chuyển trong đảng bộ"),
    ]
    WAYS_OUT = [
        ("died", "từ trần"),
        ("expelled", "khai trừ"),
        ("removed", "xóa tên"),
        ("resigned", "xin ra khỏi Đảng"),
        ("transferred_out", "chuyển ra ngoài đảng bộ"),
        (MOVED, "chuyển trong đảng bộ"),
    ]
    scope_columns = ("scope_path", "home_path")
    own_columns = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="belongings")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="belongings")
    kind = models.CharField(max_length=10, choices=KINDS, default=OFFICIAL)
    during = DateRangeField()
    way_in = models.CharField(max_length=16, blank=True, choices=WAYS_IN)  # of official belonging (Biểu 1-TCTW)
    way_out = models.CharField(max_length=16, blank=True, choices=WAYS_OUT)  # while it has ended
    decision = models.CharField(max_length=120, blank=True)
    decision_out = models.CharField(max_length=120, blank=True)  # the paper it ended by
    scope_path = PathField(db_index=True)  # of `unit`; empty when the temporary place is outside
    home_path = PathField(db_index=True)  # of the cell that keeps the member's file

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("person", "kind", name="one_cell_at_a_time", condition=LIVE),
            models.CheckConstraint(
                name="only_temporary_activity_is_outside",
                condition=Q(unit__isnull=False) | Q(kind="temporary"),
            ),
            models.CheckConstraint(
                name="who_left_has_a_last_day", condition=Q(way_out="") | Q(during__upper_inf=False)
            ),
            Correctable.withdrawn_whole("belonging_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"belonging of {self.person_id}"


class Standing(Correctable):
    """Chính thức hay dự bị, over a period (Điều lệ Đảng, Điều 5)."""

    OFFICIAL, PROBATIONARY = "official", "probationary"
    KINDS = [(OFFICIAL, "chính thức"), (PROBATIONARY, "dự bị")]
    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="standings")
    kind = models.CharField(max_length=12, choices=KINDS)
    during = DateRangeField()  # probation from the ceremony on
    decided_on = models.DateField(
        null=True
    )  # the day of the decision: years of membership count from that of admission
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("person", name="one_standing_at_a_time", condition=LIVE),
            Correctable.withdrawn_whole("standing_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"standing of {self.person_id}"


class Absence(Correctable):
    """Không tính vào số phải dự: exempt or on special duty, over a period (12-HD/BTCTW; 294-QĐ/TW 9.3.2)."""

    EXEMPT, SPECIAL_DUTY = "exempt", "special_duty"
    KINDS = [(EXEMPT, "miễn công tác và sinh hoạt"), (SPECIAL_DUTY, "làm nhiệm vụ đặc biệt")]
    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=12, choices=KINDS)
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("person", "kind", name="one_absence_of_a_kind_at_a_time", condition=LIVE),
            Correctable.withdrawn_whole("absence_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"absence of {self.person_id}"


class ParticularQuerySet(CorrectableScopedQuerySet):  # type: ignore[override]  # as_manager
    """Particulars: the sensitive ones only for whoever may open them."""

    def visible_to(self, actor: Actor) -> Self:
        """The plain ones in the reading ranges, the sensitive ones where those may be opened, and one's own."""
        plain = within("scope_path", actor.ranges(Power.READ)) & Q(sensitive=False)
        closed = within("scope_path", actor.ranges(Power.SENSITIVE)) & Q(sensitive=True)
        own = Q(person=actor.person_id) if actor.person_id is not None else Q(pk__in=[])
        return self.filter(plain | closed | own)


class Particular(Correctable):
    """Thông tin trong phiếu đảng viên: one field of one person, from a day on (`particulars.FIELDS` knows them all)."""

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="particulars")
    field = models.CharField(max_length=24)
    value = models.CharField(max_length=200)  # in the field's own spelling: days as 1979-05-19, or 1979 alone
    sensitive = models.BooleanField()
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)

    objects = ParticularQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("person", "field", name="one_particular_at_a_time", condition=LIVE),
            models.CheckConstraint(
                name="sensitive_as_the_field_is",
                condition=Q(sensitive=True, field__in=SENSITIVE) | Q(sensitive=False) & ~Q(field__in=SENSITIVE),
            ),
            Correctable.withdrawn_whole("particular_withdrawn_with_a_reason"),
        ]
        indexes = [models.Index(fields=["field", "value"], condition=LIVE, name="particulars_by_value")]

    def __str__(self) -> str:
        return f"{self.field} of {self.person_id}"


class PairQuerySet(ScopedQuerySet):
    """Rows about two persons: only for whoever may see both."""

    def visible_to(self, actor: Actor) -> Self:
        """Both sides lie in the reading ranges."""
        ranges = actor.ranges(Power.READ)
        return self.filter(within("scope_path", ranges) & within("home_path", ranges))

    def standing(self) -> Self:
        """Those nobody has taken back."""
        return self.filter(ended_at=None)


class Apart(Written):
    """Không phải một người: the office has looked, and these two records are of two people."""

    REASONS = [
        ("papers", "đã đối chiếu giấy tờ, hai người khác nhau"),
        ("namesakes", "trùng tên, trùng ngày sinh"),
        ("number_wrong", "một hồ sơ ghi nhầm số, sẽ sửa"),
    ]
    scope_columns = ("scope_path", "home_path")

    person = models.ForeignKey(Person, models.PROTECT, related_name="apart")  # the smaller id of the two
    other = models.ForeignKey(Person, models.PROTECT, related_name="apart_too")
    reason = models.CharField(max_length=12, choices=REASONS)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    scope_path = PathField(db_index=True)  # of `person`
    home_path = PathField(db_index=True)  # of `other`

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other"], condition=Q(ended_at=None), name="said_apart_once_at_a_time"
            ),
            models.CheckConstraint(name="a_pair_has_one_order", condition=Q(person__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is not {self.other_id}"


class MergingQuerySet(ScopedQuerySet):
    """Mergings of records."""

    def standing(self) -> Self:
        """Those nobody has taken back."""
        return self.filter(taken_back_at=None)


class Merging(Written):
    """Nhập hồ sơ trùng: `merged` turned out to be `person`; the old record leads to the one that stays."""

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    id = models.UUIDField(primary_key=True)  # made by the page: sending twice is harmless
    person = models.ForeignKey(Person, models.PROTECT, related_name="took_in")
    merged = models.ForeignKey(Person, models.PROTECT, related_name="went_into")
    paper = models.CharField(max_length=120, blank=True)
    outcome = models.JSONField()  # what was withdrawn, said, passed on: by ids alone, so that it can be taken back
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.BigIntegerField(null=True)
    taken_back_why = models.CharField(max_length=16, blank=True, choices=Correctable.MISTAKES)
    scope_path = PathField(db_index=True)  # of `person`

    objects = MergingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(taken_back_at=None), name="a_record_goes_into_one_other"
            ),
            models.CheckConstraint(name="no_record_goes_into_itself", condition=~Q(person=F("merged"))),
            models.CheckConstraint(
                name="merging_taken_back_with_a_reason",
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_why="")
                | Q(taken_back_at__isnull=False) & ~Q(taken_back_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} went into {self.person_id}"


class Erasure(models.Model):
    """Xóa thông tin cá nhân theo yêu cầu: what this field of this person said is gone, and is not written anew.

    The value is nowhere, not here either (Luật 91/2025/QH15). Rows of the field stay, empty, with their days.
    """

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="erasures")
    field = models.CharField(max_length=24)
    on = models.DateField(db_column="on_day")
    at = models.DateTimeField()
    request = models.ForeignKey(DataRequest, models.PROTECT, null=True, related_name="erasures")
    paper = models.CharField(max_length=200, blank=True)  # of a request made on paper
    by_account = models.BigIntegerField(null=True)  # None: done again by the machine, after an older backup came back
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "field"], name="a_field_is_erased_once")]

    def __str__(self) -> str:
        return f"erasure of {self.field} of {self.person_id}"
