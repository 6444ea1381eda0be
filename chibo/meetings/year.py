"""A unit's year of meetings: what is to come, what became of each, themes by quarter, what preparation lacked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, QuerySet

from chibo.kernel.actor import Actor
from chibo.kernel.periods import Period
from chibo.kernel.text import fold
from chibo.meetings.models import Closure, Meeting, Minutes, NotHeld, Postponement, RollException
from chibo.organisation.models import Placement, Unit
from chibo.rules.reader import Rule, rules_on

REMINDED_AFTER, LOOKED_AT = 2, 3  # absent without reason twice among the last three


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting of the year and what became of it."""

    meeting: Meeting
    state: str  # on_day | late | missed | not_held | postponed | not_yet
    closure: Closure | None
    minutes: Minutes | None
    postponed: tuple[Postponement, ...]
    not_held: NotHeld | None

    @property
    def day(self) -> date:
        """The day it was held, or is to be held."""
        return self.closure.held_on if self.closure else self.meeting.meets_on

    @property
    def resolution(self) -> int | None:
        """Number of the resolution it passed."""
        passed = getattr(self.minutes, "resolution", None)
        return passed.number.number if passed else None


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of the theme calendar (lịch chuyên đề)."""

    number: int
    period: Period
    rows: tuple[MeetingRow, ...]
    rule: Rule | None
    begun: bool

    @property
    def missing(self) -> int:
        """Thematic meetings the rule asks for that are neither held nor planned."""
        going = sum(row.state not in {"missed", "not_held"} for row in self.rows)
        return max(0, self.rule.value - going) if self.rule else 0


@dataclass(frozen=True, slots=True)
class Lack:
    """Something some closed meetings did without: «Chưa có nội dung trọng tâm», and which meetings."""

    words: str
    rows: tuple[MeetingRow, ...]
    out_of: int


@dataclass(frozen=True, slots=True)
class Year:
    """Cả năm của một đơn vị."""

    year: int
    months: tuple[tuple[date, tuple[MeetingRow, ...]], ...]  # newest first
    quarters: tuple[Quarter, ...]
    topics: tuple[tuple[str, int], ...]  # fields the focal items came from, and how often; none left out
    lacks: tuple[Lack, ...]

    @property
    def rows(self) -> list[MeetingRow]:
        """Every meeting of the year."""
        return [row for _, rows in self.months for row in rows]

    @property
    def held(self) -> int:
        """Meetings closed."""
        return sum(row.closure is not None for row in self.rows)

    @property
    def before(self) -> int:
        """The year before."""
        return self.year - 1

    @property
    def after(self) -> int:
        """The year after."""
        return self.year + 1

    @property
    def open(self) -> list[MeetingRow]:
        """Meetings whose day has passed without minutes or a reason."""
        return [row for row in self.rows if row.state == "missed"]


def state_of(meeting: Meeting, closure: Closure | None, said: NotHeld | None, on: date) -> str:
    """What became of a meeting, in the words of the board."""
    if closure is not None:
        return "late" if closure.held_on > meeting.planned_on else "on_day"
    if said is not None:
        return "not_held"
    if meeting.meets_on < on:
        return "missed"
    return "postponed" if meeting.meets_on != meeting.planned_on else "not_yet"


def year_of(unit: Unit, year: int, *, actor: Actor, on: date) -> Year:
    """Sinh hoạt cả năm của đơn vị; five queries."""
    rows = tuple(_of_year(unit, year, actor, on))
    months = groupby(reversed(rows), key=lambda row: row.meeting.month)
    closed = [row for row in rows if row.minutes is not None]
    return Year(
        year=year,
        months=tuple((month, tuple(found)) for month, found in months),
        quarters=tuple(_quarters(unit, year, rows, on)),
        topics=tuple(_topics(closed, on)),
        lacks=tuple(_lacks([row for row in closed if row.meeting.kind == Meeting.ORDINARY])),
    )


def newest_of(unit: Unit, many: int, *, actor: Actor, on: date) -> list[MeetingRow]:
    """The last meetings in the calendar of a unit, those to come included; without what was written on postponing."""
    found = _meetings(unit, actor).order_by("-month", "-meets_on", "-starts_at", "id")
    return list(_rows(found[:many], on))


def _meetings(unit: Unit, actor: Actor) -> QuerySet[Meeting]:
    live = Prefetch("not_held", NotHeld.objects.filter(withdrawn_at=None), to_attr="said")
    parts = ("closure", "minutes__number", "minutes__resolution__number", "presenter")
    return Meeting.objects.visible_to(actor).filter(unit=unit).select_related(*parts).prefetch_related(live)


def _of_year(unit: Unit, year: int, actor: Actor, on: date) -> Iterable[MeetingRow]:
    moved = Prefetch("postponements", Postponement.objects.order_by("at"), to_attr="moved")
    found = _meetings(unit, actor).filter(month__year=year).prefetch_related(moved)
    return _rows(found.order_by("month", "meets_on", "starts_at", "id"), on)


def _rows(found: Iterable[Any], on: date) -> Iterable[MeetingRow]:
    for meeting in found:
        closure, said = getattr(meeting, "closure", None), meeting.said[0] if meeting.said else None
        minutes, moved = getattr(meeting, "minutes", None), tuple(getattr(meeting, "moved", ()))
        yield MeetingRow(meeting, state_of(meeting, closure, said, on), closure, minutes, moved, said)


def _quarters(unit: Unit, year: int, rows: Iterable[MeetingRow], on: date) -> Iterable[Quarter]:
    """Quarters in which the unit stood as a cell."""
    stood = [p.during for p in Placement.objects.filter(unit=unit, kind="cell")]
    themes = [row for row in rows if row.meeting.kind == Meeting.THEMATIC]
    for number in range(1, 5):
        first = date(year, 3 * number - 2, 1)
        last = (first + timedelta(days=80)).replace(day=28)
        if any(during.lower <= last and (during.upper is None or during.upper > last) for during in stood):
            period = Period(first, (last + timedelta(days=4)).replace(day=1))
            here = tuple(row for row in themes if period.first <= row.meeting.month < period.after)
            rule = rules_on(last).get("meeting.thematic_per_quarter")
            yield Quarter(number, period, here, rule, begun=first <= on)


def _topics(closed: Iterable[MeetingRow], on: date) -> Iterable[tuple[str, int]]:
    """How often each field was the focal one (MTG-5); fields of today's list that never were come last, with 0."""
    said = (row.minutes.content.get("topic") for row in closed if row.minutes)
    counted = Counter(topic["label"] for topic in said if topic)
    rule = rules_on(on).get("meeting.topics")
    labels = [item["label"] for item in rule.value] if rule else []
    yield from counted.most_common()
    yield from ((label, 0) for label in labels if label not in counted)


_LACKING: tuple[tuple[str, Callable[[dict[str, Any]], bool]], ...] = (
    ("Chưa có nội dung trọng tâm", lambda said: not said["focal"]),
    ("Chưa ghi ngày gửi tài liệu", lambda said: not said["papers"]["sent_on"]),
    ("Chưa tiến hành tự phê bình và phê bình", lambda said: said["criticism"]["done"] is not True),
    (
        "Tự phê bình chưa có kết luận",
        lambda said: bool(said["criticism"]["done"]) and not said["criticism"]["concluded"],
    ),
    ("Kết luận không giao việc nào", lambda said: not said["tasks"]),
)


def _lacks(closed: list[MeetingRow]) -> Iterable[Lack]:
    """What ordinary meetings of the year did without (LIM-3, 15, 17, 20); nothing said about persons."""
    for words, lacking in _LACKING:
        rows = tuple(row for row in closed if row.minutes and lacking(row.minutes.content))
        if rows:
            yield Lack(words, rows, len(closed))
    if again := tuple(_repeated(closed)):
        yield Lack("Nội dung trọng tâm giống buổi trước", again, len(closed))


def _repeated(closed: Iterable[MeetingRow]) -> Iterable[MeetingRow]:
    before = ""
    for row in closed:
        assert row.minutes is not None
        now = fold(row.minutes.content["focal"])
        if now and now == before:
            yield row
        before = now


def often_away(unit: Unit, *, actor: Actor, on: date) -> list[tuple[str, list[date]]]:
    """Đồng chí cần nhắc: away without reason twice among the last three ordinary meetings, by given name (MTG-7).

    For whoever chairs the cell, who is to talk with them; nobody else is told, nothing is kept.
    """
    closures = Closure.objects.visible_to(actor).filter(meeting__unit=unit, meeting__kind=Meeting.ORDINARY)
    last = list(closures.filter(held_on__lte=on).order_by("-held_on")[:LOOKED_AT])
    rows = RollException.objects.filter(closure__in=last, state=RollException.UNEXCUSED)
    found: dict[tuple[str, str], list[date]] = {}
    for row in rows.select_related("person", "closure").order_by("closure__held_on"):
        found.setdefault((row.person.name_key, row.person.full_name), []).append(row.closure.held_on)
    return [(key[1], days) for key, days in sorted(found.items()) if len(days) >= REMINDED_AFTER]
