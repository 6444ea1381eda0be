"""What an act adds, ends and passes on, noted by ids while it is written, so that it can be taken back whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model, Q
from django.utils import timezone

from chibo.kernel.paths import PathRange
from chibo.organisation.models import PathVersion, Unit


@dataclass(slots=True)
class Journal:
    """Kept with the decision as JSON: no names, no values but days and codes."""

    at: datetime
    added: dict[str, list[Any]] = field(default_factory=dict)
    ended: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)  # what a row said before
    passed: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    rehung: list[list[str]] = field(default_factory=list)
    placed: list[list[str]] = field(default_factory=list)
    repathed: list[list[str]] = field(default_factory=list)
    said: list[list[Any]] = field(default_factory=list)
    people: set[Any] = field(default_factory=set)
    touched: list[Model] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of writing."""
        return timezone.localdate(self.at)

    def add(self, rows: Iterable[Any]) -> None:
        """New rows."""
        rows = list(rows)
        if rows:
            type(rows[0]).objects.bulk_create(rows)
            self.added.setdefault(rows[0]._meta.label, []).extend(_id(row) for row in rows)
            self._touch(rows)

    def end(self, rows: Iterable[Any], on: date, **settles: Any) -> None:
        """Rows that hold to the day before `on`; `settles` is what else they say when they have ended."""
        rows = list(rows)
        for row in rows:
            told = {name: getattr(row, name) for name in settles}
            said = self.ended.setdefault(row._meta.label, {})
            said[str(row.pk)] = {"until": row.during.upper and row.during.upper.isoformat(), **told}
            if row.during.lower == on:  # it held for no day: an empty period has forgotten when it began
                said[str(row.pk)]["since"] = on.isoformat()
            row.during = DateRange(row.during.lower, on)
            for name, value in settles.items():
                setattr(row, name, value)
        if rows:
            type(rows[0]).objects.bulk_update(rows, ["during", *settles])
            self._touch(rows)

    def pass_on(self, rows: Iterable[Any], heir: Unit, places: dict[Any, str]) -> None:
        """Meetings and tasks that go on in another unit; `places` are those to be placed anew, by their keys."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('chibo.reorganises', 'on', true)")
            for row in rows:
                before = {"unit": row.unit_id, "scope_path": row.scope_path, "place_path": row.place_path}
                self.passed.setdefault(row._meta.label, {})[str(row.pk)] = before
                row.unit, row.scope_path = heir, heir.scope_path
                row.place_path = places.get(row.pk, row.place_path)
                row.save(update_fields=["unit", "scope_path", "place_path"])
                cursor.execute("SELECT chibo_follow_row(%s::regclass, %s)", [row._meta.db_table, row.pk])
                self.touched.append(row)
            cursor.execute("SELECT set_config('chibo.reorganises', 'off', true)")

    def rehang(self, old: str, new: str) -> None:
        """The branch at `old`, with all that belongs there today, is the branch at `new` (decision 7)."""
        if old != new:
            rehang(old, new)
            self.rehung.append([old, new])

    def place_anew(self, old: str, new: str, since: date) -> None:
        """What happened in the branch since that day was placed in `old` and is placed in `new`."""
        place_anew(old, new, since)
        self.placed.append([old, new, since.isoformat()])

    def repath(self, old: str, new: str, since: date) -> None:
        """The path versions of a branch from that day on, derived anew."""
        before = [row for row in versions_since(old, since) if row.during.lower < since]
        anew = [
            PathVersion(unit_id=row.unit_id, path=new + row.path[len(old):], scope_path=row.scope_path,
                        during=DateRange(since, row.during.upper))
            for row in before
        ]  # fmt: skip
        self.end(before, since)
        repath(old, new, since)  # of units that came into the branch on that day or later
        self.repathed.append([old, new, since.isoformat()])
        self.add(anew)

    def say_otherwise(self, row: Any, **facts: Any) -> None:
        """A row that has held for no day yet says something else."""
        self.said.append([row._meta.label, row.pk, {name: getattr(row, name) for name in facts}])
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=[name.removesuffix("_id") for name in facts])
        self.touched.append(row)

    def _touch(self, rows: list[Any]) -> None:
        self.touched += rows
        self.people |= {row.person_id for row in rows if hasattr(row, "person_id")}

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "added": self.added, "ended": self.ended, "passed": self.passed, "rehung": self.rehung,
            "placed": self.placed, "repathed": self.repathed, "said": self.said,
            "people": sorted(str(pk) for pk in self.people),
        }  # fmt: skip


def _id(row: Any) -> Any:
    return row.pk if isinstance(row.pk, int) else str(row.pk)


def rehang(old: str, new: str) -> None:
    """Every path of today that begins with `old` begins with `new`."""
    _ask("SELECT chibo_rehang(%s, %s, %s)", old, new)


def place_anew(old: str, new: str, since: date) -> None:
    """Every frozen place of a fact since that day that begins with `old` begins with `new`."""
    _ask("SELECT chibo_place_anew(%s, %s, %s, %s)", old, new, since)


def versions_since(path: str, since: date) -> list[PathVersion]:
    """The path versions of a branch that hold on that day or later."""
    area = PathRange.of(path)
    rows = PathVersion.objects.filter(path__gte=area.low, path__lt=area.high)
    return list(rows.filter(Q(during__endswith__gt=since) | Q(during__upper_inf=True)))


def repath(old: str, new: str, since: date) -> None:
    """Path versions that begin on that day or later and stand in `old` stand in `new`."""
    rows = [row for row in versions_since(old, since) if row.during.lower >= since]
    for row in rows:
        row.path = new + row.path[len(old) :]
    PathVersion.objects.bulk_update(rows, ["path"])


def _ask(query: str, old: str, new: str, *more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, [old, PathRange.of(old).high, new, *more])
