"""What an act would do, step by step with counts: the page shows the steps, the act carries out the same ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Q

from chibo.kernel.paths import unit_ids
from chibo.organisation.models import PathVersion, Placement, Unit
from chibo.reorganisation.journal import Journal
from chibo.reorganisation.shape import Remark


@dataclass(slots=True, eq=False)
class Heir:
    """Tổ chức kế thừa: one that stands already, or one the act founds; who goes there, and which units."""

    name: str
    short_name: str = ""
    people: frozenset[UUID] = frozenset()
    units: frozenset[int] = frozenset()
    unit: Unit | None = None  # of a new one: from its founding on

    @property
    def there(self) -> Unit:
        """The unit; a new one has one only once the act is being carried out."""
        assert self.unit is not None
        return self.unit

    @property
    def label(self) -> str:
        """The short name, else the name."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of thing that moves, how many, whence and where to; `code` is worded on the page."""

    code: str
    count: int
    do: Callable[[Journal], None] | None = None  # None: it stays where it is, and the page says so
    source: str = ""
    heir: str = ""
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """One act, whole."""

    act: str
    on: date
    above: Unit  # the nearest unit above all that is touched: who organises there may decide
    steps: list[Step] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    sources: list[Unit] = field(default_factory=list)
    heirs: list[Heir] = field(default_factory=list)
    main: Heir | None = None  # keeps the papers, and what is not somebody's own
    changed: list[Unit] = field(default_factory=list)
    leading: frozenset[UUID] | None = None  # of a merger: who sits in the committees above the heir
    # what two sources of a merger may both bring, and the heir takes once
    looked_after: list[tuple[Heir, UUID]] = field(default_factory=list)
    months_taken: set[date] = field(default_factory=set)

    def step(self, code: str, count: int, do: Callable[[Journal], None] | None = None, *, source: str = "",
             heir: str = "", names: tuple[str, ...] = ()) -> None:  # fmt: skip
        """One more, when there is anything to do."""
        if count:
            self.steps.append(Step(code, count, do, source, heir, names))

    @property
    def digest(self) -> str:
        """What the preview shows and what it rests on: another one later means that somebody was faster."""
        known = [unit.pk for unit in (*self.sources, *self.changed)]
        known += [heir.unit.pk for heir in self.heirs if heir.unit is not None]
        beside = Q(parent=self.above) if not known else Q(unit__in=known)  # a new one among those that stand there
        rows = Placement.objects.filter(beside, during__contains=self.on).order_by("pk")
        rests = list(rows.values_list("pk", "parent", "kind", "name", "short_name", "place"))
        shown = [(step.code, step.count, step.source, step.heir, step.names) for step in self.steps]
        return hashlib.sha256(repr((self.act, self.on, rests, shown)).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Paper:
    """Văn bản of an act: its number, the day it was signed, who signed, why; and the preview somebody looked at."""

    number: str
    signed_on: date
    signer: str = ""
    reason: str = ""
    key: UUID = field(default_factory=uuid4)  # made by the page: sending twice is harmless
    seen: str = ""  # the digest of that preview; empty for a command

    @property
    def text(self) -> str:
        """«07-QĐ/ĐU, ngày 01/11/2026», as facts carry it."""
        return f"{self.number}, ngày {self.signed_on:%d/%m/%Y}"


def path_on(unit: Unit, day: date) -> str | None:
    """Where the unit stood that day."""
    return PathVersion.objects.on(day).filter(unit=unit).values_list("path", flat=True).first()


def nearest_above(*paths: str) -> Unit:
    """The lowest unit all these paths lead through."""
    lines = [unit_ids(path) for path in paths]
    shared = [ids[0] for ids in zip(*lines, strict=False) if len(set(ids)) == 1]
    return Unit.objects.get(pk=shared[-1])


def above_of(placement: Placement) -> str:
    """Today's path of the superior; of the root itself for the root, which nobody stands above.

    Empty, where nobody has any power, when the superior is not for the eyes of who asks.
    """
    if placement.parent_id is None:
        return placement.scope_path
    return Unit.objects.filter(pk=placement.parent_id).values_list("scope_path", flat=True).first() or ""
