"""Reads of the register: where a limitation stands on a day, a page of a list, what it adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from chibo.issues.codes import CauseCode, area_name, areas_on, cause_named, causes_on
from chibo.issues.models import Cause, Limitation, Remedy, RemedyReport
from chibo.kernel.actor import Actor
from chibo.kernel.dates import parse_day
from chibo.kernel.errors import Refused
from chibo.kernel.paths import PathRange
from chibo.kernel.text import is_uuid
from chibo.organisation.models import Placement, Unit

A_PAGE, MOST = 50, 5_000
NO_CAUSE, NO_REMEDY, MENDING, OVERDUE, TO_CONFIRM, REMEDIED = (
    "no_cause", "no_remedy", "mending", "overdue", "to_confirm", "remedied",
)  # fmt: skip
OPEN_ONES, ALL = "mo", "tat-ca"
STATUSES = {
    OPEN_ONES: "Đang mở", "qua-han": "Quá hạn", "cho-xac-nhan": "Chờ xác nhận", "xong": "Đã khép lại",
    "tai-dien": "Đã tái diễn", ALL: "Tất cả",
}  # fmt: skip
AGES = {"30": "Trên 1 tháng", "90": "Trên 3 tháng", "365": "Trên 1 năm"}


def waiting_reports() -> QuerySet[RemedyReport]:
    """Reports nobody has looked at yet, of the remedy of the outer query."""
    return RemedyReport.objects.filter(remedy=OuterRef("pk"), check_of=None)


def with_state(rows: QuerySet[Limitation, Any]) -> QuerySet[Limitation, Any]:
    """Each with `caused`, `next_due` (the earliest day of a remedy nobody has reported) and `waits` (for a check)."""
    left = Remedy.objects.live().filter(limitation=OuterRef("pk"), round=OuterRef("reopened"), confirmed_on=None)
    unreported = left.filter(~Exists(waiting_reports())).order_by("due").values("due")[:1]
    return rows.annotate(
        caused=Exists(Cause.objects.live().filter(limitation=OuterRef("pk"))),
        next_due=Subquery(unreported),
        waits=Exists(left.filter(Exists(waiting_reports()))),
    )


def state_of(row: Any, on: date) -> str:
    """Of a limitation `with_state`: what it waits for."""
    if row.closed_on is not None:
        return REMEDIED
    if row.next_due is not None:
        return OVERDUE if row.next_due < on else MENDING
    if row.waits:
        return TO_CONFIRM
    return NO_REMEDY if row.caused else NO_CAUSE


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; `after` is the key of the last line of the page before."""

    status: str = OPEN_ONES
    area: str = ""
    source: str = ""
    cause: str = ""
    age: str = ""
    after: tuple[date, UUID] | None = None

    @property
    def narrowed(self) -> bool:
        """More than the status is asked for."""
        return bool(self.area or self.source or self.cause or self.age)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As an address says it, without the page."""
        return [("tinh-trang", self.status), ("linh-vuc", self.area), ("nguon", self.source),
                ("nguyen-nhan", self.cause), ("tuoi", self.age)]  # fmt: skip


def wanted_of(asked: Mapping[str, str], on: date) -> Wanted:
    """?tinh-trang=mo&linh-vuc=…&nguon=…&nguyen-nhan=…&tuoi=90&sau=…; what is not known asks for nothing."""
    status = asked.get("tinh-trang", "")
    return Wanted(
        status if status in STATUSES else OPEN_ONES,
        _known(asked.get("linh-vuc", ""), areas_on(on)), _known(asked.get("nguon", ""), dict(Limitation.SOURCES)),
        _known(asked.get("nguyen-nhan", ""), causes_on(on)), _known(asked.get("tuoi", ""), AGES),
        _key(asked.get("sau", "")),
    )  # fmt: skip


def _known(typed: str, words: Mapping[str, Any]) -> str:
    return typed if typed in words else ""


def _key(typed: str) -> tuple[date, UUID] | None:
    day, _, pk = typed.partition(".")
    try:
        return (parse_day(day), UUID(pk)) if is_uuid(pk) else None
    except Refused:
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """One limitation as a list shows it."""

    row: Any
    unit_name: str
    state: str
    area: str
    causes: list[CauseCode]
    days: int  # since it was first seen, until it closed or today
    late: int  # days the earliest remedy is past its day


@dataclass(frozen=True, slots=True)
class Register:
    """One page of it, the oldest first, and what the whole branch has in each state."""

    lines: list[Line]
    counts: dict[str, int]
    wanted: Wanted
    next: str  # key of the last line, when more follow
    areas: list[tuple[str, str, int]]  # code, name, how many of those asked for
    causes: list[tuple[CauseCode, int]]

    @property
    def total(self) -> int:
        """How many are in the state asked for, whatever else was asked."""
        return self.counts[self.wanted.status]

    @property
    def known(self) -> int:
        """How many were ever written down."""
        return self.counts[ALL]

    @property
    def late(self) -> int:
        """How many are past the day of a remedy."""
        return self.counts["qua-han"]


def register_of(unit: Unit, wanted: Wanted, *, actor: Actor, on: date, most: int = A_PAGE) -> Register:
    """Sổ hạn chế của đơn vị và các đơn vị bên dưới; six queries."""
    area = PathRange.of(unit.scope_path)
    below = Limitation.objects.visible_to(actor).filter(scope_path__gte=area.low, scope_path__lt=area.high)
    rows = _narrowed(with_state(below), wanted, on)
    page = list(_after(rows, wanted).order_by("seen_on", "pk")[: most + 1])
    found = rows.values("pk")
    counted = Limitation.objects.filter(pk__in=found).values("area").annotate(many=Count("pk")).order_by("-many")
    areas = [(each["area"], area_name(each["area"], on), each["many"]) for each in counted]
    last = page[most - 1] if len(page) > most else None
    return Register(
        lines_of(page[:most], actor=actor, on=on), _counts(below, on), wanted,
        f"{last.seen_on.isoformat()}.{last.pk}" if last else "", areas, _causes(found, on),
    )  # fmt: skip


def _narrowed(rows: QuerySet[Limitation, Any], wanted: Wanted, on: date) -> QuerySet[Limitation, Any]:
    rows = rows.filter(in_status(wanted.status, on))
    if wanted.area:
        rows = rows.filter(area=wanted.area)
    if wanted.source:
        rows = rows.filter(source=wanted.source)
    if wanted.cause:
        rows = rows.filter(Exists(Cause.objects.live().filter(limitation=OuterRef("pk"), code=wanted.cause)))
    if wanted.age:
        rows = rows.filter(seen_on__lt=on - timedelta(days=int(wanted.age)))
    return rows


def in_status(status: str, on: date) -> Q:
    """Of rows `with_state`: those of a status of the list."""
    still = Q(closed_on=None)
    return {
        OPEN_ONES: still, "qua-han": still & Q(next_due__lt=on), "cho-xac-nhan": still & Q(waits=True),
        "xong": ~still, "tai-dien": Q(reopened__gt=0),
    }.get(status, Q())  # fmt: skip


def _after(rows: QuerySet[Limitation, Any], wanted: Wanted) -> QuerySet[Limitation, Any]:
    if wanted.after is None:
        return rows
    day, pk = wanted.after
    return rows.filter(Q(seen_on__gt=day) | Q(seen_on=day, pk__gt=pk))


def _counts(below: QuerySet[Limitation, Any], on: date) -> dict[str, int]:
    asked = {status: Count("pk", filter=in_status(status, on)) for status in STATUSES}
    found = with_state(below).aggregate(**{name.replace("-", "_"): count for name, count in asked.items()})
    return {status: found[status.replace("-", "_")] for status in STATUSES}


def _causes(found: Any, on: date) -> list[tuple[CauseCode, int]]:
    rows = Cause.objects.live().filter(limitation__in=found).values("code").annotate(many=Count("pk"))
    return [(cause_named(row["code"], on), row["many"]) for row in rows.order_by("-many", "code")]


def lines_of(rows: list[Any], *, actor: Actor, on: date) -> list[Line]:
    """Rows `with_state` as lines; two queries."""
    placed = Placement.objects.visible_to(actor).filter(unit__in={row.unit_id for row in rows}).order_by("during")
    names = dict(placed.values_list("unit_id", "short_name"))
    causes: dict[UUID, list[CauseCode]] = {}
    for pk, code in _codes(rows):
        causes.setdefault(pk, []).append(cause_named(code, on))
    return [_line(row, names.get(row.unit_id, ""), causes.get(row.pk, []), on) for row in rows]


def _codes(rows: Iterable[Any]) -> Iterable[tuple[UUID, str]]:
    live = Cause.objects.live().filter(limitation__in=[row.pk for row in rows])
    return live.order_by("at", "pk").values_list("limitation_id", "code")


def _line(row: Any, name: str, causes: list[CauseCode], on: date) -> Line:
    state = state_of(row, on)
    late = (on - row.next_due).days if state == OVERDUE else 0
    days = ((row.closed_on or on) - row.seen_on).days
    return Line(row, name, state, area_name(row.area, row.entered_on), causes, days, late)
