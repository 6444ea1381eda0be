"""Quality of a unit's meetings over months, from what the records say (MTG-21, MTG-23). Nobody is ranked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from chibo.figures.answers import Answer, Row, Tree
from chibo.figures.door import figure
from chibo.kernel.actor import Actor
from chibo.kernel.periods import Period
from chibo.meetings.care import GOOD, IMPROVE
from chibo.meetings.models import ChangeEffect, ChangeTried, Meeting, Minutes, Observation
from chibo.organisation.models import Unit
from chibo.rules.reader import Rule, rules_on


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the line: the ordinary meeting, its attendance and its self-score."""

    month: date
    meeting: str  # id; empty when there is none in the calendar
    present: int
    expected: int
    goal: Rule | None  # share to go beyond, with its document, on that day
    points: int | None
    reachable: int
    band: str
    document: str  # of the score sheet


@dataclass(frozen=True, slots=True)
class PointOverTime:
    """One point visitors look at: (day, grade) of each visit, oldest first."""

    label: str
    seen: list[tuple[date, str, str]]  # day, grade, id of the visit

    @property
    def turn(self) -> str:
        """improved | repeated | none: what the last two visits that said something say together."""
        said = [grade for _, grade, _ in self.seen if grade in (GOOD, IMPROVE)]
        if said[-2:] == [IMPROVE, GOOD]:
            return "improved"
        return "repeated" if said[-2:] == [IMPROVE, IMPROVE] else ""


@dataclass(frozen=True, slots=True)
class Quarter:
    """Thematic meetings of a quarter against the least number of that day."""

    number: int
    held: list[tuple[str, str, date]]  # id, theme, day
    least: Rule | None
    over: bool  # the quarter has ended


@dataclass(frozen=True, slots=True)
class Quality:
    """Chất lượng sinh hoạt of one unit in one year."""

    year: int
    months: list[Month]
    attendance: Answer
    points: list[PointOverTime]
    advice: list[Observation]
    quarters: list[Quarter]
    changes: list[ChangeTried]
    has_years: tuple[int, int]

    @property
    def scored(self) -> list[Month]:
        """Months with a self-score."""
        return [month for month in self.months if month.points is not None]

    @property
    def documents(self) -> list[str]:
        """Documents the scores rest on."""
        return list(dict.fromkeys(month.document for month in self.scored))

    @property
    def improved(self) -> list[PointOverTime]:
        """Points that turned good at the last visit."""
        return [point for point in self.points if point.turn == "improved"]

    @property
    def repeated(self) -> list[PointOverTime]:
        """Points to be improved twice in a row: where coaching is needed."""
        return [point for point in self.points if point.turn == "repeated"]


def quality_of(unit: Unit, year: int, *, actor: Actor, on: date) -> Quality:
    """Everything the page shows; a fixed number of queries."""
    period = Period.year(year)
    attendance = figure("meetings.attendance", unit, period, Tree.RESTATED, by=actor, on=on)
    rows = {row.month: row for row in attendance.rows if row.unit_id == unit.pk}
    papers = Minutes.objects.visible_to(actor).filter(meeting__unit=unit, meeting__kind=Meeting.ORDINARY)
    scores = dict(
        papers.filter(meeting__month__gte=period.first, meeting__month__lt=period.after).values_list(
            "meeting__month", "content__score"
        )
    )
    observed = list(
        Observation.objects.visible_to(actor)
        .filter(visit__meeting__unit=unit, attended=True)
        .filter(visit__meeting__month__gte=period.first, visit__meeting__month__lt=period.after)
        .select_related("visit__meeting__closure")
        .order_by("visit__meeting__meets_on", "at")
    )
    effects = Prefetch("effects", ChangeEffect.objects.order_by("on", "at"))
    changes = ChangeTried.objects.visible_to(actor).filter(unit=unit, on__lt=period.after)
    return Quality(
        year=year, months=[_month(month, rows.get(month), scores.get(month)) for month in period.months()],
        attendance=attendance, points=_points(observed), advice=[each for each in observed if each.advice],
        quarters=_quarters(unit, year, actor, on), has_years=(year - 1, year + 1),
        changes=list(changes.prefetch_related(effects).order_by("-on", "-at")),
    )  # fmt: skip


def _month(month: date, row: Row | None, score: dict[str, Any] | None) -> Month:
    return Month(
        month=month, meeting=row.about[1] if row else "", present=row.numerator if row else 0,
        expected=row.denominator if row else 0,
        goal=rules_on(row.day if row else month).get("meeting.attendance_goal"),
        points=score["points"] if score else None, reachable=score["reachable"] if score else 0,
        band=score["band"] if score else "", document=score["document"] if score else "",
    )  # fmt: skip


def _points(observed: list[Observation]) -> list[PointOverTime]:
    labels: dict[str, str] = {}
    for each in observed:
        rule = rules_on(each.visit.meeting.meets_on).get("meeting.observation_points")
        labels |= {point["code"]: point["label"] for point in rule.value} if rule else {}
    return [
        PointOverTime(label, [
            (each.visit.meeting.meets_on, each.points[code], str(each.visit_id))
            for each in observed if code in each.points
        ])
        for code, label in labels.items()
    ]  # fmt: skip


def _quarters(unit: Unit, year: int, actor: Actor, on: date) -> list[Quarter]:
    period = Period.year(year)
    held = (
        Meeting.objects.visible_to(actor)
        .filter(unit=unit, kind=Meeting.THEMATIC, closure__held_on__gte=period.first)
        .filter(closure__held_on__lt=period.after)
        .order_by("closure__held_on")
        .values_list("pk", "theme", "closure__held_on")
    )
    by_quarter: dict[int, list[tuple[str, str, date]]] = {number: [] for number in range(1, 5)}
    for pk, theme, day in held:
        by_quarter[(day.month + 2) // 3].append((str(pk), theme, day))
    return [_quarter(year, number, found, on) for number, found in by_quarter.items()]


def _quarter(year: int, number: int, held: list[tuple[str, str, date]], on: date) -> Quarter:
    last = date(year, number * 3, 28)
    return Quarter(number, held, rules_on(last).get("meeting.thematic_per_quarter"), on.replace(day=1) > last)


@dataclass(frozen=True, slots=True)
class CellQuality:
    """One cell's line of the table: counts with both numbers, no order but the alphabet's."""

    unit_id: int
    name: str
    present: int
    expected: int
    bands: str  # «Tốt 3, Khá 1»
    visits: int
    thematic: int


def cells_quality(shown: Quality, *, actor: Actor) -> list[CellQuality]:
    """Các chi bộ trực thuộc, by name as lists are kept; never by result."""
    period, parts = Period.year(shown.year), shown.attendance.children
    ids = [part.unit_id for part in parts]
    inside = {"meeting__unit__in": ids, "meeting__month__gte": period.first, "meeting__month__lt": period.after}
    bands: dict[int, Counter[str]] = {pk: Counter() for pk in ids}
    for pk, band in (
        Minutes.objects.visible_to(actor).filter(**inside).values_list("meeting__unit", "content__score__band")
    ):
        bands[pk].update([band] if band else [])
    seen = Observation.objects.visible_to(actor).filter(
        attended=True, **{f"visit__{name}": value for name, value in inside.items()}
    )
    visits = Counter(seen.values_list("visit__meeting__unit", flat=True))
    themes = Counter(
        Meeting.objects.visible_to(actor)
        .filter(unit__in=ids, kind=Meeting.THEMATIC, closure__held_on__gte=period.first)
        .filter(closure__held_on__lt=period.after)
        .values_list("unit", flat=True)
    )
    return [
        CellQuality(
            part.unit_id, part.name, part.numerator, part.denominator,
            ", ".join(f"{band} {count}" for band, count in sorted(bands[part.unit_id].items())),
            visits[part.unit_id], themes[part.unit_id],
        )
        for part in parts
    ]  # fmt: skip
