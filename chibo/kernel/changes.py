"""What an act changed among facts that can be corrected, and how it is taken back (lấy lại): nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from chibo.kernel.errors import refuse_if

Facts = Mapping[str, Mapping[str, Any]]  # table → id of a live row → when it ends and what it settled then
NOTHING: Mapping[str, Any] = {"added": [], "ended": {}}


def live_rows(model: Any, ends: Iterable[str], **owners: object) -> dict[str, Any]:
    """The live facts of some owners, to be compared later; `ends` is what else a row settles when it ends."""
    rows = model.objects.live().filter(**owners).values_list("pk", "during", *ends)
    return {str(pk): [_text(during.upper), *settled] for pk, during, *settled in rows}


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def changes_between(before: Facts, after: Facts) -> dict[str, dict[str, Any]]:
    """What an act added, and what it ended or withdrew: ids, and the ends rows had before."""
    return {
        name: {
            "added": [pk for pk in after[name] if pk not in before[name]],
            "ended": {pk: ends for pk, ends in before[name].items() if after[name].get(pk) != ends},
        }
        for name in after
    }


def rows_left(model: Any, told: Mapping[str, Any]) -> list[Any]:
    """The rows an act changed, as it left them. Raises Refused("changed_since")."""
    added = list(model.objects.live().filter(pk__in=told["added"]))
    ended = list(model.objects.filter(pk__in=told["ended"]))
    refuse_if(len(added) != len(told["added"]) or len(ended) != len(told["ended"]), "changed_since")
    return added + ended


def put_back(
    model: Any, rows: Iterable[Any], ends: tuple[str, ...], told: Mapping[str, Any], *, at: datetime,
    by_account: int | None,
) -> list[Any]:  # fmt: skip
    """Rows that were added are withdrawn, rows that ended or were withdrawn are said anew; gives what was touched."""
    rows = list(rows)
    touched = [row for row in rows if row.withdrawn_at is None]
    for row in touched:
        row.withdraw(why="did_not_happen", at=at, by_account=by_account)
    said = []
    for row in rows:
        if str(row.pk) in told["ended"]:
            upper, *settled = told["ended"][str(row.pk)]
            during = DateRange(row.during.lower, date.fromisoformat(upper) if upper else None)
            said.append(row.said_anew(during=during, **dict(zip(ends, settled, strict=True))))
    for row in said:
        row.save(force_insert=True)
    return touched + said
