"""Two records of one person, line by line of dated facts: what the one that stays would hold, and what forbids it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from chibo.cadres.models import Post, Seat, StatePost
from chibo.kernel.errors import refuse_if
from chibo.membership.models import Absence, Belonging, Particular, Person, Standing
from chibo.membership.particulars import BIRTH, NAME
from chibo.membership.policy import born_not_before

KEPT, MERGED = "kept", "merged"
# every table of dated facts, and what besides the person no two rows may share at a time
TABLES: Mapping[Any, tuple[str, ...]] = {
    Belonging: ("kind",), Standing: (), Absence: ("kind",), Particular: ("field",), Post: ("unit_id", "office"),
    StatePost: ("unit_id", "office"), Seat: ("body_id",),
}  # fmt: skip
CHOSEN = (Standing, Particular)  # one of the two sides is right; of the others both are, as far as they do not clash
STANDING = "standing"
Choices = Mapping[str, str]  # what differs → whose holds


@dataclass(slots=True)
class Track:
    """Một dòng việc: the rows of one table that exclude each other in time, of either record."""

    model: Any
    code: str  # of what is chosen: a field, «standing»; empty where nothing is
    ours: list[Any] = field(default_factory=list)
    theirs: list[Any] = field(default_factory=list)
    taken: list[Any] = field(default_factory=list)  # rows to be withdrawn
    said: list[Any] = field(default_factory=list)  # rows the kept record gets

    @property
    def differs(self) -> bool:
        """Whether somebody has to choose."""
        if not self.code or self.code == NAME.code or not (self.ours and self.theirs):
            return False
        return _content(self.ours) != _content(self.theirs)

    @property
    def left(self) -> list[Any]:
        """What the kept record holds in the end."""
        return [row for row in self.ours if row not in self.taken] + self.said


def tracks_of(kept: Person, merged: Person) -> list[Track]:
    """Live facts of both, side by side; one query a table."""
    found: dict[Any, Track] = {}
    for model, columns in TABLES.items():
        rows = model.objects.live().filter(person__in=[kept.pk, merged.pk]).order_by("during", "pk")
        for row in rows.select_related("body") if model is Seat else rows:
            key = (model, *(getattr(row, column) for column in columns))
            track = found.setdefault(key, Track(model, _code(row)))
            (track.ours if row.person_id == kept.pk else track.theirs).append(row)
    return list(found.values())


def _code(row: Any) -> str:
    return STANDING if isinstance(row, Standing) else row.field if isinstance(row, Particular) else ""


def _content(rows: list[Any]) -> Any:
    if isinstance(rows[0], Standing):
        return [(row.kind, row.during.lower, row.during.upper) for row in rows]
    return rows[-1].value


def settle(tracks: Iterable[Track], kept: Person, choices: Choices) -> None:
    """Say for each line what is withdrawn and what is said of the kept record.

    Raises Refused: choose_each, two_cells, standing_gap, guest_at_home, born_after_joining.
    """
    for track in tracks:
        if track.theirs:
            track.taken += track.theirs
            if track.model in CHOSEN:
                _choose(track, kept, choices)
            else:
                _join(track, kept)
    _refuse_odd(list(tracks))


def _choose(track: Track, kept: Person, choices: Choices) -> None:
    side = MERGED if not track.ours else KEPT
    if track.differs:
        side = choices.get(track.code, "")
        refuse_if(side not in {KEPT, MERGED}, "choose_each")
    if side == MERGED:
        track.taken += track.ours
        track.said += [_as_of(kept, row, row.during) for row in track.theirs]


_ENDS = ("way_out", "decision_out")


@dataclass(slots=True)
class _Span:
    """Rows that touch each other in time: one row in the end."""

    rows: list[Any]
    upper: date | None
    last: Any  # the row that ends last says how it ended


def _join(track: Track, kept: Person) -> None:
    """Both sides are right: what overlaps becomes one row, as early as the one and as late as the other."""
    for span in _spans([*track.ours, *track.theirs]):
        ours = [row for row in span.rows if row.person_id == kept.pk]
        during = DateRange(span.rows[0].during.lower, span.upper)
        if len(ours) == 1 and ours[0].during == during:
            continue
        ends = (
            {"way_out": span.last.way_out, "decision_out": span.last.decision_out}
            if isinstance(span.last, Belonging)
            else {}
        )
        track.taken += ours
        track.said.append(_as_of(kept, span.rows[0], during, **ends))


def _spans(rows: list[Any]) -> list[_Span]:
    spans: list[_Span] = []
    for row in sorted(rows, key=lambda row: row.during.lower):
        span = spans[-1] if spans else None
        if span is None or (span.upper is not None and row.during.lower >= span.upper):
            spans.append(_Span([row], row.during.upper, row))
            continue
        if isinstance(row, Belonging):
            units = (span.rows[0].unit_id, row.unit_id)
            refuse_if(units[0] != units[1], "two_cells", day=row.during.lower, units=units)
        span.rows.append(row)
        if span.upper is not None and (row.during.upper is None or row.during.upper > span.upper):
            span.upper, span.last = row.during.upper, row
    return spans


def _as_of(kept: Person, row: Any, during: DateRange, **changes: Any) -> Any:
    path = {"home_path": kept.scope_path} if isinstance(row, Belonging) else {"scope_path": kept.scope_path}
    return row.said_anew(person_id=kept.pk, during=during, **({} if _of_a_unit(row) else path), **changes)


def _of_a_unit(row: Any) -> bool:
    return isinstance(row, Post | StatePost | Seat)


def _left(tracks: Iterable[Track], model: Any) -> list[Any]:
    return [row for track in tracks if track.model is model for row in track.left]


def _refuse_odd(tracks: list[Track]) -> None:
    """What no single record could say either."""
    cells, standings = _left(tracks, Belonging), _left(tracks, Standing)
    official = [row for row in cells if row.kind == Belonging.OFFICIAL]
    changed = any(track.taken or track.said for track in tracks if track.model in {Belonging, Standing})
    for row in official:
        day = _uncovered(row.during, standings)
        refuse_if(changed and day is not None, "standing_gap", day=day)
    for row in cells:
        guest = row.kind == Belonging.TEMPORARY and row.unit_id is not None
        at_home = [each for each in official if each.unit_id == row.unit_id and _meet(each.during, row.during)]
        refuse_if(guest and at_home, "guest_at_home", day=row.during.lower)
    births = [row.value for row in _left(tracks, Particular) if row.field == BIRTH and row.during.upper is None]
    born = born_not_before({BIRTH: births[-1]}) if births else None
    begun = min((row.during.lower for row in standings), default=None)
    refuse_if(born is not None and begun is not None and begun < born, "born_after_joining", day=begun)


def _uncovered(during: DateRange, rows: Collection[Any]) -> date | None:
    """The first day of the period on which none of the rows holds."""
    day = during.lower
    for row in sorted(rows, key=lambda row: row.during.lower):
        if row.during.lower <= day and (row.during.upper is None or row.during.upper > day):
            if row.during.upper is None:
                return None
            day = row.during.upper
    return day if during.upper is None or day < during.upper else None


def _meet(one: DateRange, two: DateRange) -> bool:
    first, second = (one.lower, one.upper), (two.lower, two.upper)
    return (second[1] is None or first[0] < second[1]) and (first[1] is None or second[0] < first[1])


def counted_twice(tracks: Iterable[Track]) -> Iterator[tuple[int, date, date | None]]:
    """Cells that counted both records as members, from when to when: the figures of those days fall by one."""
    spans: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for track in tracks:
        if track.model is Belonging and (track.ours or track.theirs):
            for one in track.ours:
                for two in track.theirs:
                    if one.kind == two.kind == Belonging.OFFICIAL and _meet(one.during, two.during):
                        ends = [day for day in (one.during.upper, two.during.upper) if day is not None]
                        spans[one.unit_id].append((max(one.during.lower, two.during.lower), min(ends, default=None)))
    for unit, days in spans.items():
        yield from ((unit, first, after) for first, after in sorted(days, key=lambda span: span[0]))
