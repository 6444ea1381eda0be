"""Posts, terms, and the numbers given to papers of a term."""

from __future__ import annotations

import uuid
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.fields import PathField
from chibo.kernel.periods import LIVE, Correctable, one_at_a_time
from chibo.kernel.written import Written
from chibo.membership.models import Person
from chibo.organisation.models import CorrectableScopedQuerySet, Locality, Unit


class Office(models.TextChoices):
    """Chức vụ in a unit, as far as rights hang on it."""

    CELL_SECRETARY = "cell_secretary", "Bí thư chi bộ"
    CELL_DEPUTY = "cell_deputy", "Phó bí thư chi bộ"
    CELL_COMMITTEE = "cell_committee", "Chi ủy viên"
    COMMITTEE_SECRETARY = "committee_secretary", "Bí thư đảng ủy"
    COMMITTEE_DEPUTY = "committee_deputy", "Phó bí thư đảng ủy"
    STANDING_MEMBER = "standing_member", "Ủy viên ban thường vụ"
    COMMITTEE_MEMBER = "committee_member", "Đảng ủy viên"
    COMMITTEE_OFFICE = "committee_office", "Văn phòng đảng ủy"
    PROVINCE_OFFICER = "province_officer", "Cán bộ ban đảng tỉnh"
    SERVER_KEEPER = "server_keeper", "Người trông máy chủ"


HELD_BY_ONE = [Office.CELL_SECRETARY, Office.COMMITTEE_SECRETARY]


class Term(Correctable):
    """Nhiệm kỳ of a unit: papers are numbered within it (rule document.numbering)."""

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms")
    name = models.CharField(max_length=20)  # «2025 - 2030»
    during = DateRangeField()
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("unit", name="one_term_at_a_time", condition=LIVE),
            Correctable.withdrawn_whole("term_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"term {self.name} of {self.unit_id}"


class Post(Correctable):
    """A person holds an office in a unit over a period. Rights come from here and end with it."""

    ENDINGS = [
        ("term_over", "hết nhiệm kỳ"),
        ("moved", "chuyển công tác, chuyển sinh hoạt"),
        ("relieved", "thôi giữ chức vụ"),
        ("left", "ra khỏi danh sách đảng viên"),
    ]
    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    office = models.CharField(max_length=24, choices=Office.choices)
    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="posts")  # the term it was elected for
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("person", "unit", "office", name="one_post_of_a_kind_at_a_time", condition=LIVE),
            one_at_a_time(
                "unit",
                "office",
                name="one_secretary_at_a_time",
                condition=LIVE & Q(office__in=["cell_secretary", "committee_secretary"]),
            ),
            Correctable.withdrawn_whole("post_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.office} in {self.unit_id}"


class StatePost(Correctable):
    """Chức vụ chính quyền, Mặt trận, đoàn thể of a member, beside a unit. No right hangs on it.

    The offices are dated data (rule post.state_offices).
    """

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="state_posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="state_posts")
    office = models.CharField(max_length=32)
    place = models.CharField(max_length=80, blank=True)  # «bản Nà Lốc», where the unit's name does not say it
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("person", "unit", "office", name="one_state_post_of_a_kind_at_a_time", condition=LIVE),
            Correctable.withdrawn_whole("state_post_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.office} beside {self.unit_id}"


class PaperNumber(models.Model):
    """Số văn bản: given once, per body, kind and term (36-HD/VPTW 1.3.1; 05-HD/VPTW)."""

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="paper_numbers")
    kind = models.CharField(max_length=4)  # BB, NQ … of the rule document.kind_symbols
    term = models.ForeignKey(Term, models.PROTECT, related_name="paper_numbers")
    number = models.PositiveIntegerField()
    issued_on = models.DateField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "term", "number"], name="a_number_is_given_once"),
            models.CheckConstraint(name="numbers_start_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.number}-{self.kind}"


class Congress(Correctable):
    """Đại hội: one act that closed the posts of a body and opened those elected; withdrawn, all of it goes back."""

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="congresses")
    term = models.ForeignKey(Term, models.PROTECT, related_name="congress")
    previous = models.ForeignKey(Term, models.PROTECT, null=True, related_name="ended_by")
    previous_until = models.DateField(null=True)  # where the term before it would have ended
    during = DateRangeField()  # the day of the congress alone
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("unit", name="one_congress_a_day", condition=LIVE),
            Correctable.withdrawn_whole("congress_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"congress of {self.unit_id}"


class ClosedPost(models.Model):
    """Chức vụ hết theo nhiệm kỳ: what a congress closed, and until when it would have been held."""

    scope_columns = ("scope_path",)

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="closed")
    post = models.ForeignKey(Post, models.PROTECT, related_name="closed_by")
    was_until = models.DateField(null=True)
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"post {self.post_id} closed"


class BodyQuerySet(CorrectableScopedQuerySet):  # type: ignore[override]  # as_manager
    """Bodies: those in range, and those one sits in."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows in the actor's reading ranges, and the bodies the actor has a seat in."""
        seen = within("scope_path", actor.ranges(Power.READ))
        if actor.person_id is not None:
            seen |= Q(pk__in=Seat.objects.filter(person=actor.person_id).values("body"))
        return self.filter(seen)


class Body(Correctable):
    """Ban, tổ: set up for a period with members of its own (rule body.kinds)."""

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=160)
    purpose = models.CharField(max_length=400, blank=True)
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints = [Correctable.withdrawn_whole("body_withdrawn_with_a_reason")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.unit_id}"


class VillageStep(Written):
    """Việc còn vướng ở một thôn, bản: why it is not done yet, who sees to it, the next step and its day.

    `blank`: nobody there is a member («bản trắng»). `apart`: the secretary is not the village head too. The newest row
    of a village and a matter holds; what was said before stays. It is said of the village, never of a candidate.
    """

    BLANK, APART = "blank", "apart"
    REASONS = {
        BLANK: [
            ("nobody_ready", "chưa có quần chúng đủ điều kiện"),
            ("nobody_guides", "chưa có đảng viên hướng dẫn, giúp đỡ"),
            ("away", "người trẻ đi làm xa"),
            ("schooling", "chưa đủ trình độ học vấn"),
            ("new_village", "bản mới lập, dân mới đến"),
            ("other", "lý do khác, ghi ở bước tiếp theo"),
        ],
        APART: [
            ("hard_to_choose", "khó chọn nhân sự"),
            ("schooling", "chưa đủ trình độ, chưa qua bồi dưỡng"),
            ("term_runs", "trưởng bản còn trong nhiệm kỳ"),
            ("voted_otherwise", "dân bầu người khác làm trưởng bản"),
            ("no_member", "trưởng bản chưa là đảng viên"),
            ("other", "lý do khác, ghi ở bước tiếp theo"),
        ],
    }
    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    locality = models.ForeignKey(Locality, models.PROTECT, related_name="steps")
    matter = models.CharField(max_length=8, choices=[(BLANK, "bản trắng"), (APART, "chưa kiêm")])
    reason = models.CharField(max_length=16)  # a code of REASONS
    tried_on = models.DateField(null=True)  # the last attempt
    owner = models.ForeignKey(Person, models.PROTECT, related_name="village_steps")
    owner_name = models.CharField(max_length=80)  # as it was then
    step = models.CharField(max_length=300)
    due = models.DateField()
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="a_step_is_said", condition=~Q(step=""))]

    def __str__(self) -> str:
        return f"{self.matter} step of {self.locality_id}"

    @property
    def reason_words(self) -> str:
        """The reason in words."""
        return dict(self.REASONS[self.matter]).get(self.reason, self.reason)


class Seat(Correctable):
    """Thành viên của ban, tổ: a person, their role, what they were charged with, over a period."""

    scope_columns = ("scope_path",)
    own_columns = ("person_id",)

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=16)
    duty = models.CharField(max_length=300, blank=True)
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("body", "person", name="one_seat_at_a_time", condition=LIVE),
            Correctable.withdrawn_whole("seat_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.role} in body {self.body_id}"
