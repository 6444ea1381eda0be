"""Villages without a member: year by year, where the pace leads, what each waits for; and what is owed of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chibo.cadres.models import VillageStep
from chibo.cadres.villages import steps_of
from chibo.figures.answers import Answer, Tree
from chibo.figures.door import figure, figures
from chibo.front.links import figure_address
from chibo.front.pictures import EDGE_INK, GOOD, STOP, picture
from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import months_after
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Period
from chibo.meetings.owed import Owed
from chibo.organisation.localities import BLANK, VILLAGE, Registered, kind_named, registered
from chibo.organisation.models import Service, Siting, Unit

CLEARED, AGAIN = "villages.cleared", "villages.blank_again"
PACE_YEARS = 3  # the pace is that of the three years past: one good year alone promises too much
SHOWN, LEAST = 12, 460  # years drawn; how wide a picture of few of them is
Spans = list[tuple[date, date | None]]


@dataclass(frozen=True, slots=True)
class ClearingYear:
    """One year: how many were cleared, how many became blank again, how many are left at its end."""

    year: int
    cleared: int
    again: int
    left: int
    address: str  # of the number cleared


@dataclass(frozen=True, slots=True)
class LeftVillage:
    """A village that is blank still, and what was said of it last."""

    village: Registered
    step: VillageStep | None
    late: bool


@dataclass(frozen=True, slots=True)
class Clearing:
    """Xóa bản «trắng» of a branch, restated on today's tree."""

    years: list[ClearingYear]
    left: list[LeftVillage]
    cleared: Answer
    blank: Answer
    pace: int  # cleared in the three years past
    until: int | None  # the year it ends at this pace; None when it does not, or there is nothing left
    causes: list[tuple[str, int]] = field(default_factory=list)

    @property
    def cared_for(self) -> int:
        """Villages left that somebody sees to."""
        return sum(each.step is not None for each in self.left)


def clearing_of(unit: Unit, *, by: Actor, on: date) -> Clearing:
    """Everything the page shows; a fixed number of queries."""
    spans = _blank_spans(unit, by)
    first = min((span[0] for span in spans), default=on)
    period = Period.days(date(first.year, 1, 1), on)
    found = figures([CLEARED, AGAIN], unit, period, Tree.RESTATED, by=by, on=on)
    blank = figure("villages.blank", unit, Period.days(on, on), Tree.RESTATED, by=by, on=on)
    since = months_after(on, -12 * PACE_YEARS)
    pace = sum(row.day > since for row in found[CLEARED].rows)
    left = _left(unit, by, on)
    years = [_year(year, spans, found, on) for year in range(first.year, on.year + 1)]
    ends = on.year + -(-len(left) * PACE_YEARS // pace) if pace and left else None
    return Clearing(years[-SHOWN:], left, found[CLEARED], blank, pace, ends, _causes(found[CLEARED]))


def _year(year: int, spans: Spans, found: dict[str, Answer], on: date) -> ClearingYear:
    last = min(Period.year(year).last, on)
    cleared, again = (sum(row.day.year == year for row in found[code].rows) for code in (CLEARED, AGAIN))
    left = sum(first <= last and (after is None or last < after) for first, after in spans)
    return ClearingYear(year, cleared, again, left, figure_address(found[CLEARED], found[CLEARED].question.unit.pk,
                                                                   Period.year(year)))  # fmt: skip


def _causes(answer: Answer) -> list[tuple[str, int]]:
    """How they were cleared, the most frequent first."""
    counted: dict[str, int] = {}
    for row in answer.rows:
        cause = row.note.split(",")[0] or "chưa ghi lý do"
        counted[cause] = counted.get(cause, 0) + 1
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _blank_spans(unit: Unit, by: Actor) -> Spans:
    """Over which days villages that lie in the branch today were blank; two queries."""
    area = PathRange.of(unit.scope_path)
    rows = (
        Service.objects.visible_to(by)
        .live()
        .filter(has_members=False, locality__scope_path__gte=area.low, locality__scope_path__lt=area.high)
    )
    spans = [(row.locality_id, row.during.lower, row.during.upper) for row in rows]
    kinds = dict(
        Siting.objects.live().filter(locality__in={span[0] for span in spans}).order_by("during")
        .values_list("locality_id", "kind")
    )  # fmt: skip
    return [(first, after) for locality, first, after in spans
            if kind_named(kinds.get(locality, ""), first).family == VILLAGE]  # fmt: skip


def _left(unit: Unit, by: Actor, on: date) -> list[LeftVillage]:
    area = PathRange.of(unit.scope_path)
    blank = (
        Service.objects.visible_to(by)
        .live()
        .on(on)
        .filter(has_members=False, locality__scope_path__gte=area.low, locality__scope_path__lt=area.high)
    )
    return _with_steps(blank.values("locality"), by, on)


def _with_steps(localities: Any, by: Actor, on: date) -> list[LeftVillage]:
    sitings = Siting.objects.visible_to(by).live().on(on).filter(locality__in=localities)
    rows = [row for row in registered(sitings.order_by("sort_key", "locality_id"), on, actor=by)
            if row.way == BLANK and row.kind.family == VILLAGE]  # fmt: skip
    steps = steps_of([row.locality_id for row in rows], VillageStep.BLANK, by=by)
    return [_left_village(row, steps.get(row.locality_id), on) for row in rows]


def _left_village(row: Registered, step: VillageStep | None, on: date) -> LeftVillage:
    return LeftVillage(row, step, step is not None and step.due < on)


def years_drawn(years: Sequence[ClearingYear]) -> SafeString:
    """Two columns a year: filled, how many were cleared; a frame, how many are left."""
    most, wide = max([1, *(each.cleared for each in years), *(each.left for each in years)]), 56
    shapes = []
    for place, each in enumerate(years):
        x = 8 + wide * place
        for n, (count, filled) in enumerate(((each.cleared, True), (each.left, False))):
            shapes.append(_column(x + 22 * n, 96 * count / most, count, filled))
        shapes.append(
            format_html('<text x="{}" y="136" font-size="13" text-anchor="middle">{}</text>', x + 20, each.year)
        )
    words = "; ".join(f"năm {each.year}: xóa {each.cleared}, còn {each.left}" for each in years)
    drawn = format_html_join("", "{}", ((shape,) for shape in shapes))
    base = format_html('<path d="M0 120h{}" stroke="{}" stroke-width="1"/>', wide * len(years) + 8, EDGE_INK)
    return picture(max(wide * len(years) + 8, LEAST), 142, words, base + drawn)


def _column(x: int, high: float, count: int, filled: bool) -> SafeString:
    y, text = 120 - high, format_html(
        '<text x="{}" y="{}" font-size="12" text-anchor="middle">{}</text>', x + 9, f"{116 - high:.1f}", count
    )  # fmt: skip
    if not high:
        return text
    if filled:
        return text + format_html(
            '<rect class="c-good" fill="{}" x="{}" y="{}" width="18" height="{}"/>', GOOD, x, f"{y:.1f}", f"{high:.1f}"
        )
    return text + format_html(
        '<rect x="{}" y="{}" width="16.4" height="{}" fill="none" stroke="{}" stroke-width="1.6"/>',
        x + 0.8, f"{y + 0.8:.1f}", f"{max(0.0, high - 0.8):.1f}", STOP,
    )  # fmt: skip


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Bản «trắng» whose next step is past its day, or that nobody sees to; three queries where the actor organises."""
    ranges = actor.ranges(Power.ORGANISE)
    if not ranges:
        return []
    blank = Service.objects.held_by(actor, Power.ORGANISE).live().on(on).filter(has_members=False)
    left = _with_steps(blank.values("locality"), actor, on)
    late = [_late(each, each.step, on) for each in left if each.step is not None and each.late]
    return [*late, *_nobody([each.village for each in left if each.step is None])]


def _late(each: LeftVillage, step: VillageStep, on: date) -> Owed:
    return Owed(
        kind="village", about=str(each.village.locality_id), unit_id=each.village.unit_id,
        title=f"{each.village.name} chưa có đảng viên: {step.step}", why=f"Đồng chí {step.owner_name} phụ trách",
        due=step.due, days_late=(on - step.due).days, mine=True, page="cadres:village_step",
        button="Ghi bước tiếp theo", args=(each.village.locality_id, "ban-trang"),
    )  # fmt: skip


def _nobody(villages: Sequence[Registered]) -> list[Owed]:
    """One reminder for each commune: no rule says by when."""
    by_unit: dict[int, list[str]] = {}
    for village in villages:
        by_unit.setdefault(village.unit_id, []).append(village.name)
    return [
        Owed(
            kind="village", about=f"blank-{unit}", unit_id=unit, due=None, days_late=0, mine=True, firm=False,
            title=f"{len(names)} bản chưa có đảng viên, chưa có ai lo", why=", ".join(names[:3]),
            page="front:blank_villages", button="Giao người lo", args=(unit,),
        )
        for unit, names in by_unit.items()
    ]  # fmt: skip
