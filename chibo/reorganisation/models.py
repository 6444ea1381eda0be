"""Decisions about the tree, the units they touched, and who descends from whom."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from chibo.access.querysets import ScopedQuerySet, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.fields import PathField
from chibo.kernel.periods import Correctable
from chibo.kernel.written import Written
from chibo.organisation.models import Unit


class DecisionQuerySet(ScopedQuerySet):
    """Decisions: those of one's branch, and those that touched a unit of it."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows in the actor's reading ranges, and those that touched a unit there."""
        ranges = actor.ranges(Power.READ)
        touched = DecisionUnit.objects.filter(within("scope_path", ranges)).values("decision")
        return self.filter(within("scope_path", ranges) | Q(pk__in=touched))

    def standing(self) -> Self:
        """Those nobody has taken back."""
        return self.filter(withdrawn_at=None)


class Decision(Written):
    """Quyết định về tổ chức: one act on the tree, or a sheet of them; on whose paper it rests, what it changed."""

    FOUND, RENAME, KIND, UPGRADE = "found", "rename", "kind", "upgrade"
    MOVE, END, SPLIT, MERGE = "move", "end", "split", "merge"
    REFORM = "reform"
    ACTS = [
        (FOUND, "Thành lập"),
        (RENAME, "Đổi tên"),
        (KIND, "Chuyển loại"),
        (UPGRADE, "Nâng cấp"),
        (MOVE, "Chuyển cấp trên trực tiếp"),
        (END, "Kết thúc hoạt động"),
        (SPLIT, "Chia tách"),
        (MERGE, "Sáp nhập, hợp nhất"),
        (REFORM, "Sắp xếp theo bảng"),
    ]
    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    act = models.CharField(max_length=8, choices=ACTS)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="decisions")  # the nearest one above all it touched
    paper = models.CharField(max_length=60)  # «07-QĐ/ĐU»
    signed_on = models.DateField()
    effective_on = models.DateField()
    signer = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    outcome = models.JSONField()  # what was added, ended, passed on: by ids alone, so that it can be taken back
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)
    withdrawn_why = models.CharField(max_length=16, blank=True, choices=Correctable.MISTAKES)
    scope_path = PathField(db_index=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            Correctable.withdrawn_whole("decision_withdrawn_with_a_reason"),
            models.CheckConstraint(name="a_decision_has_a_number", condition=~Q(paper="")),
        ]
        indexes = [models.Index(fields=["unit", "effective_on"], name="decisions_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.act} by {self.paper}"

    @property
    def journals(self) -> list[dict[str, Any]]:
        """What was written, act by act in their order; one, unless the acts came by a sheet."""
        return self.outcome["acts"] if self.act == self.REFORM else [self.outcome]


class DecisionUnit(models.Model):
    """Tổ chức có tên trong quyết định, and what it was there."""

    SOURCE, HEIR, CHANGED = "source", "heir", "changed"
    PARTS = [(SOURCE, "tổ chức cũ"), (HEIR, "tổ chức kế thừa"), (CHANGED, "tổ chức thay đổi")]
    scope_columns = ("scope_path",)

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="named_in")
    part = models.CharField(max_length=8, choices=PARTS)
    act = models.CharField(max_length=8, choices=Decision.ACTS)  # of a sheet: the act that gave it this part
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "unit"], name="named_once_in_a_decision")]

    def __str__(self) -> str:
        return f"unit {self.unit_id} in {self.decision_id}"


class Descent(models.Model):
    """Kế thừa: the unit that was there, and one of those that go on. Exactly one heir keeps its papers."""

    scope_columns = ("scope_path",)

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="descents")
    source = models.ForeignKey(Unit, models.PROTECT, related_name="heirs")
    heir = models.ForeignKey(Unit, models.PROTECT, related_name="sources")
    on = models.DateField(db_column="on_day")
    keeps_papers = models.BooleanField()
    scope_path = PathField(db_index=True)  # of the heir

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "source", "heir"], name="descends_once"),
            models.UniqueConstraint(
                fields=["decision", "source"], condition=Q(keeps_papers=True), name="one_heir_keeps_the_papers"
            ),
            models.CheckConstraint(name="nobody_descends_from_oneself", condition=~Q(source=F("heir"))),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} to {self.heir_id}"
