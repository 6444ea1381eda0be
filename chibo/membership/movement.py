"""Tăng, giảm đảng viên over a period (Biểu 1-TCTW): start and in, less out, is the end; lines open to people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from chibo.figures.answers import Question, Tree
from chibo.figures.branches import standing_in
from chibo.membership.models import Belonging
from chibo.organisation.models import PathVersion

PLACED = "placed"  # the cell came into the branch, or left it, with its members
IN, OUT = "in", "out"
WAYS_IN = [*((code, words) for code, words in Belonging.WAYS_IN if code != Belonging.LISTED),
           (Belonging.LISTED, "ghi vào sổ lần đầu"), (PLACED, "theo chi bộ về, do sắp xếp tổ chức")]  # fmt: skip
WAYS_OUT = [*Belonging.WAYS_OUT, (PLACED, "theo chi bộ đi, do sắp xếp tổ chức"), ("", "chưa ghi lý do")]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One member came or left on a day: which way, by which paper."""

    way: str
    person_id: UUID
    unit_id: int
    day: date  # the first day in, or the first day no longer in
    decision: str


@dataclass(frozen=True, slots=True)
class Movement:
    """The whole of form 1 for a branch and a period."""

    before: date  # the day the start is counted
    last: date
    start: int
    end: int
    came: list[Step] = field(default_factory=list)
    left: list[Step] = field(default_factory=list)

    @property
    def break_(self) -> int:
        """What start and in, less out, miss of the end; nothing when the book is whole."""
        return self.end - (self.start + len(self.came) - len(self.left))

    def lines(self, side: str) -> list[tuple[str, str, int]]:
        """Way, its words, how many; the ways that never happened too, except those of the machine."""
        steps, ways = (self.came, WAYS_IN) if side == IN else (self.left, WAYS_OUT)
        counted = [(code, words, sum(step.way == code for step in steps)) for code, words in ways]
        return [(code, words, n) for code, words, n in counted if n or code not in {"", PLACED, Belonging.LISTED}]


def movement(question: Question) -> Movement:
    """Biểu tăng, giảm: as it was on the way, or restated; only what the asker may read counts. Seven queries."""
    last = question.last
    before = min(question.period.first - DAY, last)  # where nothing of it has come yet, today is start and end
    inside = _Inside(question, last)
    rows = list(_events(question, last))
    starts = {(row.person_id, row.during.lower): row for row in rows if before < row.during.lower <= last}
    over = [row for row in rows if row.during.upper and before < row.during.upper <= last]
    ends = {(row.person_id, row.during.upper): row for row in over}
    came = [
        _step(row.way_in, row, day, row.decision)
        for (person, day), row in starts.items()
        if inside(row, day) and not _was_in(ends.get((person, day)), day, inside)
    ]
    left = [
        _step(row.way_out, row, day, row.decision_out)
        for (person, day), row in ends.items()
        if inside(row, day - DAY) and not _is_in(starts.get((person, day)), day, inside)
    ]
    with_cells = list(_placed(question, last, inside))
    came += [step for side, step in with_cells if side == IN]
    left += [step for side, step in with_cells if side == OUT]
    ordered = [sorted(steps, key=lambda step: (step.day, str(step.person_id))) for steps in (came, left)]
    return Movement(before, last, _count(question, before), _count(question, last), *ordered)


def _step(way: str, row: Belonging, day: date, decision: str) -> Step:
    return Step(way, row.person_id, row.unit_id or 0, day, decision)


def _was_in(ended: Belonging | None, day: date, inside: _Inside) -> bool:
    return ended is not None and inside(ended, day - DAY)


def _is_in(started: Belonging | None, day: date, inside: _Inside) -> bool:
    return started is not None and inside(started, day)


def _official(question: Question) -> QuerySet[Belonging]:
    return Belonging.objects.visible_to(question.by).live().filter(kind=Belonging.OFFICIAL)


def _count(question: Question, day: date) -> int:
    units = standing_in(question, day).values("unit")
    return Belonging.objects.visible_to(question.by).on(day).filter(kind=Belonging.OFFICIAL, unit__in=units).count()


def _events(question: Question, last: date) -> QuerySet[Belonging]:
    """Belongings that began or ended in the period."""
    span = (question.period.first, last)
    return _official(question).filter(Q(during__startswith__range=span) | Q(during__endswith__range=span))


class _Inside:
    """Whether a cell stood in the branch on a day of the period or the day before it."""

    def __init__(self, question: Question, last: date) -> None:
        self.top = question.unit.scope_path
        self.restated = question.tree is Tree.RESTATED
        self.stood: dict[int, list[PathVersion]] = {}
        if self.restated:
            return
        span = (question.period.first - DAY, last + DAY)
        met = _events(question, last).values("unit")
        moved = PathVersion.objects.filter(during__startswith__range=(question.period.first, last)).values("unit")
        known = Q(unit__in=met) | Q(unit__in=moved) | Q(unit=question.unit)
        for version in PathVersion.objects.filter(known, during__overlap=span):
            self.stood.setdefault(version.unit_id, []).append(version)
        self.tops = self.stood.get(question.unit.pk, [])

    def __call__(self, row: Belonging, day: date) -> bool:
        return row.scope_path.startswith(self.top) if self.restated else self.unit(row.unit_id or 0, day)

    def unit(self, unit_id: int, day: date) -> bool:
        """The same, of a unit on the tree of the day."""
        path, top = self._at(self.stood.get(unit_id, []), day), self._at(self.tops, day)
        return bool(path and top and path.startswith(top))

    @staticmethod
    def _at(versions: list[PathVersion], day: date) -> str:
        return next((version.path for version in versions if day in version.during), "")


def _placed(question: Question, last: date, inside: _Inside) -> Iterator[tuple[str, Step]]:
    """Members who came or left with their cell: it was hung elsewhere, they stayed in it."""
    changed = dict(_rehung(question, last, inside))
    if not changed:
        return
    rows = _official(question).filter(
        unit__in={unit for unit, _ in changed}, during__overlap=(question.period.first - DAY, last + DAY)
    )
    for row in rows:
        for (unit_id, day), side in changed.items():
            if row.unit_id == unit_id and day in row.during and day - DAY in row.during:
                yield side, Step(PLACED, row.person_id, unit_id, day, "")


def _rehung(question: Question, last: date, inside: _Inside) -> Iterator[tuple[tuple[int, date], str]]:
    """Units that came into the branch or left it, each with the day."""
    for unit_id, versions in inside.stood.items():
        for day in (version.during.lower for version in versions):
            if question.period.first <= day <= last:
                was, is_ = inside.unit(unit_id, day - DAY), inside.unit(unit_id, day)
                if was != is_:
                    yield (unit_id, day), IN if is_ else OUT
