"""Localities of a branch on a day: what they are called, which areas they lie in, who serves them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window

from chibo.kernel.actor import Actor
from chibo.kernel.text import fold
from chibo.organisation.models import AreaTag, Placement, Service, Siting, Unit
from chibo.rules.reader import rules_on

KINDS, TAGS = "organisation.locality_kinds", "organisation.area_tags"
VILLAGE, INSTITUTION = "village", "institution"
OWN, JOINT, MEMBERS, BLANK, UNSAID = "own", "joint", "members", "blank", "unsaid"
WAYS = {
    OWN: "Chi bộ riêng", JOINT: "Chi bộ ghép", MEMBERS: "Có đảng viên, chưa có chi bộ", BLANK: "Chưa có đảng viên",
    UNSAID: "Chưa ghi",
}  # fmt: skip
COMMUNES = frozenset({"commune"})  # kinds of unit whose area is made of localities


@dataclass(frozen=True, slots=True)
class LocalityKind:
    """Bản, thôn, tổ dân phố, trường, trạm y tế: by the rule of a day."""

    code: str
    name: str
    family: str


def locality_kinds(day: date) -> dict[str, LocalityKind]:
    """Kinds of that day, in the order of the book; none for days nobody knows."""
    rule = rules_on(day).get(KINDS)
    table: Mapping[str, Any] = rule.value if rule else {}
    return {code: LocalityKind(code, each["name"], each["family"]) for code, each in table.items()}


def kind_named(code: str, day: date) -> LocalityKind:
    """The kind of that day, or as it is called now, or by its bare code when the book has forgotten it."""
    return locality_kinds(day).get(code) or locality_kinds(date.max).get(code) or LocalityKind(code, code, VILLAGE)


def area_tags(day: date) -> dict[str, str]:
    """Code → name of the tags of that day."""
    rule = rules_on(day).get(TAGS)
    return {code: each["name"] for code, each in rule.value.items()} if rule else {}


def full_name(kind: LocalityKind, name: str) -> str:
    """«Bản Nà Lốc»; a name that says its kind already stays as it is."""
    return name if fold(name).startswith(fold(kind.name)) else f"{kind.name} {name}"


def bare_name(kind: LocalityKind, name: str) -> str:
    """«Bản Nà Lốc» is kept as «Nà Lốc»; what is nothing but its kind keeps the word."""
    words, said = name.split(), kind.name.split()
    if [fold(word) for word in words[: len(said)]] == [fold(word) for word in said] and len(words) > len(said):
        return " ".join(words[len(said) :])
    return name


def services_on(day: date, *, actor: Actor) -> QuerySet[Any]:
    """Who serves each locality that day, with `shared`: how many localities the same cell serves."""
    shared = Window(Count("pk"), partition_by=F("cell"))
    return Service.objects.visible_to(actor).on(day).annotate(shared=shared)


def way_of(service: Any | None) -> str:
    """Own cell, joint cell, members but no cell, none, or nobody has said."""
    if service is None:
        return UNSAID
    if service.cell_id is not None:
        return JOINT if service.shared > 1 else OWN
    return MEMBERS if service.has_members else BLANK


@dataclass(frozen=True, slots=True)
class Registered:
    """A locality as it stood on a day."""

    locality_id: int
    unit_id: int
    name: str  # «Bản Nà Lốc»
    bare: str
    kind: LocalityKind
    cluster: str
    way: str
    cell_id: int | None = None
    cell_name: str = ""
    tags: Mapping[str, AreaTag] = field(default_factory=dict)
    service: Any = None
    siting: Any = None

    @property
    def way_name(self) -> str:
        """In words."""
        return WAYS[self.way]


def localities_on(unit: Unit, day: date, *, actor: Actor) -> list[Registered]:
    """Every locality of the branch, in Vietnamese order; four queries however many they are."""
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    rows = Siting.objects.visible_to(actor).on(day).filter(scope_path__gte=low, scope_path__lt=high)
    return registered(rows.order_by("sort_key", "locality_id"), day, actor=actor)


def localities_of_cell(cell: Unit, day: date, *, actor: Actor) -> list[Registered]:
    """Those one cell serves that day, in Vietnamese order."""
    served = Service.objects.visible_to(actor).on(day).filter(cell=cell).values("locality")
    rows = Siting.objects.visible_to(actor).on(day).filter(locality__in=served)
    return registered(rows.order_by("sort_key", "locality_id"), day, actor=actor)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which localities somebody asked for: who serves them, an area, a cluster, part of the name."""

    way: str = ""
    tag: str = ""
    cluster: str = ""
    name: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Wanted:
        """?hien=blank&dien=border&cum=…&tim=…"""
        return cls(*(asked.get(name, "")[:80] for name in ("hien", "dien", "cum", "tim")))

    def passes(self, row: Registered) -> bool:
        """Whether it is one of them."""
        return (
            (not self.way or row.way == self.way)
            and (not self.tag or self.tag in row.tags)
            and (not self.cluster or row.cluster == self.cluster)
            and (not self.name or fold(self.name) in fold(row.name))
        )

    def words(self, day: date) -> str:
        """What the filter says: «chưa có đảng viên; Biên giới»."""
        said = [WAYS.get(self.way, self.way), area_tags(day).get(self.tag, self.tag), self.cluster, self.name]
        return "; ".join(filter(None, said))


def registered(rows: Iterable[Siting], day: date, *, actor: Actor) -> list[Registered]:
    """These sitings with their services and tags."""
    rows = list(rows)
    ids = [row.locality_id for row in rows]
    cells = Service.objects.visible_to(actor).on(day).filter(locality__in=ids).values("cell")
    said = services_on(day, actor=actor).filter(Q(cell__in=cells) | Q(cell=None, locality__in=ids))
    services = {service.locality_id: service for service in said}
    tags: dict[int, dict[str, AreaTag]] = {}
    for tag in AreaTag.objects.visible_to(actor).on(day).filter(locality__in=ids).order_by("pk"):
        tags.setdefault(tag.locality_id, {})[tag.tag] = tag
    served = {service.cell_id for service in services.values() if service.cell_id}
    names = dict(Placement.objects.on(day).filter(unit__in=served).values_list("unit", "short_name"))
    return [_registered(row, services.get(row.locality_id), tags.get(row.locality_id, {}), names, day) for row in rows]


def _registered(
    row: Siting, service: Any, tags: Mapping[str, AreaTag], names: Mapping[int, str], day: date
) -> Registered:
    kind = kind_named(row.kind, day)
    cell = service.cell_id if service else None
    return Registered(
        row.locality_id, row.unit_id, full_name(kind, row.name), row.name, kind, row.cluster, way_of(service),
        cell, names.get(cell or 0, ""), tags, service, row,
    )  # fmt: skip
