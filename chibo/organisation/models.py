"""Units, their placements, and the paths derived from them."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from chibo.access.querysets import ScopedQuerySet, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.fields import PathField, SortField
from chibo.kernel.periods import LIVE, Correctable, CorrectableQuerySet, DatedQuerySet, one_at_a_time


class UnitQuerySet(ScopedQuerySet):
    """Units by scope."""

    def named_to(self, actor: Actor) -> UnitQuerySet:
        """Units whose name the actor may read: the visible ones and the line above the actor's own."""
        seen = within("scope_path", actor.ranges(Power.READ)) | models.Q(pk__in=actor.named_units)
        return self.filter(seen)


class DatedScopedQuerySet(DatedQuerySet, ScopedQuerySet):  # type: ignore[override]  # as_manager of either
    """Facts with a period and a scope."""


class CorrectableScopedQuerySet(CorrectableQuerySet, ScopedQuerySet):  # type: ignore[override]
    """Facts with a period and a scope, of which some were withdrawn."""


class Unit(models.Model):
    """Tổ chức đảng: a thing that never changes; what it is called and where it stands are placements."""

    scope_columns = ("scope_path",)

    id = models.AutoField(primary_key=True)  # an integer, never reused: it is a segment of paths
    scope_path = PathField(unique=True)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return f"unit {self.pk}"


class Placement(models.Model):
    """Name, kind and superior of a unit while they hold. The truth; paths are derived."""

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="placed_below")
    kind = models.CharField(max_length=30)  # a code of the rule organisation.kinds of that day
    name = models.CharField(max_length=160)  # «Chi bộ bản Nà Lốc»
    short_name = models.CharField(max_length=80)  # «Bản Nà Lốc», for boards
    place = models.CharField(max_length=80, blank=True)  # địa danh in the date line of papers
    sort_key = SortField()
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)  # number and date of the paper it rests on
    scope_path = PathField(db_index=True)

    objects = DatedScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("unit", name="one_placement_at_a_time"),
            models.CheckConstraint(name="never_its_own_superior", condition=~models.Q(parent=models.F("unit"))),
        ]

    def __str__(self) -> str:
        return f"placement of {self.unit_id}"


class PathVersion(models.Model):
    """Where a unit stood in the tree over a period: derived from placements in the same transaction."""

    scope_columns = ("scope_path",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="paths")
    path = PathField(db_index=True)
    during = DateRangeField()
    scope_path = PathField(db_index=True)

    objects = DatedScopedQuerySet.as_manager()

    class Meta:
        constraints = [one_at_a_time("unit", name="one_path_at_a_time")]
        indexes = [GistIndex(fields=["during"], name="paths_by_day")]

    def __str__(self) -> str:
        return f"path of {self.unit_id}"


class Locality(models.Model):
    """Địa bàn: a village (thôn, bản, tổ dân phố) or an institution (trường học, trạm y tế) that a cell should serve.

    It stands apart from the Party tree and never changes; what it is called and who serves it are dated facts.
    """

    scope_columns = ("scope_path",)

    id = models.AutoField(primary_key=True)
    scope_path = PathField(db_index=True)  # of the commune it lies in today

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"locality {self.pk}"


class Siting(Correctable):
    """Name, kind, cluster and commune of a locality while they hold."""

    scope_columns = ("scope_path",)

    locality = models.ForeignKey(Locality, models.PROTECT, related_name="sitings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="localities")  # the commune
    kind = models.CharField(max_length=24)  # a code of the rule organisation.locality_kinds of that day
    name = models.CharField(max_length=80)  # «Nà Lốc», without the word of its kind
    cluster = models.CharField(max_length=80, blank=True)  # cụm bản, cụm dân cư, tiểu khu
    sort_key = SortField()
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("locality", name="one_siting_at_a_time", condition=LIVE),
            Correctable.withdrawn_whole("siting_withdrawn_with_a_reason"),
        ]
        indexes = [models.Index(fields=["unit", "sort_key"], name="localities_of_a_commune")]

    def __str__(self) -> str:
        return f"siting of {self.locality_id}"


class AreaTag(Correctable):
    """Diện của địa bàn: remote, border, ethnic minority, hardship, each with the document that says so."""

    scope_columns = ("scope_path",)

    locality = models.ForeignKey(Locality, models.PROTECT, related_name="tags")
    tag = models.CharField(max_length=24)  # a code of the rule organisation.area_tags of that day
    document = models.CharField(max_length=120)
    during = DateRangeField()
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("locality", "tag", name="one_tag_of_a_kind_at_a_time", condition=LIVE),
            models.CheckConstraint(name="a_tag_has_its_document", condition=~models.Q(document="")),
            Correctable.withdrawn_whole("tag_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.tag} of {self.locality_id}"


class Service(Correctable):
    """Chi bộ phụ trách địa bàn: the cell that serves it, or none, and then whether members live or work there.

    Own or joint cell is not written down: it follows from how many localities the cell serves on a day.
    """

    CAUSES = [
        ("founded", "lập chi bộ mới"),
        ("split", "tách chi bộ sinh hoạt ghép"),
        ("joined", "ghép với nơi khác"),
        ("admitted", "kết nạp đảng viên tại chỗ"),
        ("returned", "đảng viên chuyển về, phục viên, hưu trí"),
        ("strengthened", "cử đảng viên về tăng cường"),
        ("left", "đảng viên chuyển đi, ra khỏi Đảng"),
        ("other", "lý do khác ghi trong văn bản"),
    ]
    scope_columns = ("scope_path",)

    locality = models.ForeignKey(Locality, models.PROTECT, related_name="services")
    cell = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="served_localities")
    has_members = models.BooleanField()
    cause = models.CharField(max_length=12, blank=True, choices=CAUSES)
    during = DateRangeField()
    decision = models.CharField(max_length=120, blank=True)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("locality", name="one_service_at_a_time", condition=LIVE),
            models.CheckConstraint(
                name="a_cell_has_members", condition=models.Q(cell=None) | models.Q(has_members=True)
            ),
            Correctable.withdrawn_whole("service_withdrawn_with_a_reason"),
        ]
        indexes = [models.Index(fields=["cell"], name="localities_of_a_cell")]

    def __str__(self) -> str:
        return f"service of {self.locality_id}"
