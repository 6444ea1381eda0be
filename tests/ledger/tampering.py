"""What somebody with the superuser's key could do to the past, drawn by a seed: edit, delete, insert, swap, rewrite.

Nothing here knows how the house looks for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

# what the house promises to find when it changes; where a row stands in the tree is rewritten by reorganisation
KEPT = {
    "ledger_entry": ["id", "verb", "unit_id", "by_account", "by_person", "on_day", "at", "reason", "content_hash"],
    "ledger_touch": ["entry_id", "kind", "object_id"],
    "ledger_seal": ["id", "entries", "digests", "previous", "hash", "at"],
    "ledger_salt": ["entry_id", "salt"],
    "meetings_minutes": ["meeting_id", "number_id", "layout", "outline", "content", "entry_id"],
    "meetings_resolution": ["minutes_id", "number_id", "layout", "content", "entry_id"],
    "meetings_minutesnote": ["id", "minutes_id", "text", "at", "by_account", "by_name"],
    "meetings_closure": ["key", "held_on", "started", "ended", "roll", "total", "expected", "present", "late",
                         "excused", "unexcused", "not_counted", "at", "by_account", "by_name", "from_paper"],
    "meetings_rollexception": ["closure_id", "person_id", "state", "reason"],
    "cadres_papernumber": ["unit_id", "kind", "number", "issued_on"],
}  # fmt: skip
_TOGETHER = {"ledger_touch": ["kind", "object_id"]}


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run it as whoever we are; the rows, when there are any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def edit(rnd: Random) -> str:
    """Another value in one column of one row."""
    table = rnd.choice(list(KEPT))
    column = rnd.choice(KEPT[table])
    place, (old,) = _row(rnd, table, [column])
    new = _another(rnd, old)
    sql(f"UPDATE {table} SET {column} = %s WHERE ctid = %s", _fit(new), place)
    return f"{table}.{column}: {old!r} -> {new!r}"[:300]


def delete(rnd: Random) -> str:
    """One row, and nothing that hangs on it."""
    table = rnd.choice(list(KEPT))
    place, row = _row(rnd, table, KEPT[table][:2])
    sql(f"DELETE FROM {table} WHERE ctid = %s", place)
    return f"{table} without {row!r}"[:300]


def delete_a_whole_act(rnd: Random) -> str:
    """A line with all that hangs on it in the ledger; for a meeting the papers and the roll too."""
    ((entry, verb),) = sql(
        "SELECT id, verb FROM ledger_entry ORDER BY id OFFSET %s LIMIT 1", _place(rnd, "ledger_entry")
    )
    meetings = [m for (m,) in sql("SELECT meeting_id FROM meetings_minutes WHERE entry_id = %s", entry)]
    for meeting in meetings:
        sql("DELETE FROM meetings_resolution WHERE minutes_id = %s", meeting)
        sql("DELETE FROM meetings_minutes WHERE meeting_id = %s", meeting)
        sql("DELETE FROM meetings_rollexception WHERE closure_id = %s", meeting)
        sql("DELETE FROM meetings_closure WHERE meeting_id = %s", meeting)
    if not meetings or rnd.random() < 0.5:  # or leave the line and take the papers only
        for table in ("ledger_touch", "ledger_salt"):
            sql(f"DELETE FROM {table} WHERE entry_id = %s", entry)
        sql("DELETE FROM ledger_entry WHERE id = %s", entry)
    return f"act {entry} {verb} with all that hangs on it"


def cut_the_end(rnd: Random) -> str:
    """The last seals, and the lines put back into the queue as if they had never been sealed."""
    (count,) = sql("SELECT count(*) FROM ledger_seal")[0]
    kept = rnd.randrange(count)
    sql("INSERT INTO ledger_waiting SELECT unnest(entries) FROM ledger_seal WHERE id > %s", kept)
    sql("DELETE FROM ledger_seal WHERE id > %s", kept)
    return f"seals after {kept} cut off"


def insert(rnd: Random) -> str:
    """A row made up, or made from another one."""
    return rnd.choice([_line_from_nowhere, _one_more_touch, _second_seal, _queued_again, _one_more_absent, _number])(
        rnd
    )


def swap(rnd: Random) -> str:
    """The values of one column, or of all, between two rows."""
    table = rnd.choice([t for t in KEPT if t != "ledger_salt"])
    columns = _TOGETHER.get(table) or [rnd.choice(KEPT[table][1:])]
    if rnd.random() < 0.3:
        columns = KEPT[table][1:]
    (first, here), (second, there) = _row(rnd, table, columns), _row(rnd, table, columns)
    if here == there:
        raise LookupError("nothing to swap")
    words = ", ".join(f"{column} = %s" for column in columns)
    if table in {"meetings_minutes", "meetings_resolution", "cadres_papernumber", "meetings_closure"}:
        # unique keys: step aside first
        ((first,),) = sql(f"UPDATE {table} SET {words} WHERE ctid = %s RETURNING ctid::text", *_aside(here), first)
    sql(f"UPDATE {table} SET {words} WHERE ctid = %s", *map(_fit, here), second)
    sql(f"UPDATE {table} SET {words} WHERE ctid = %s", *map(_fit, there), first)
    return f"{table} {columns}: {here!r} <-> {there!r}"[:300]


def rewrite_the_chain(rnd: Random) -> str:
    """Change a line, then seal everything anew from there, as the house itself would: only paper cannot follow."""
    from chibo.ledger.hashing import seal_hash
    from chibo.ledger.queries import entry_hashes

    place = _place(rnd, "ledger_entry")
    ((entry,),) = sql("SELECT id FROM ledger_entry WHERE content_hash IS NULL ORDER BY id OFFSET %s LIMIT 1",
                      place // 2)  # fmt: skip
    sql("UPDATE ledger_entry SET on_day = on_day - 1 WHERE id = %s", entry)
    previous = sha256(b"chibo/ledger/genesis/1").digest()
    for number, at, entries in sql("SELECT id, to_jsonb(at AT TIME ZONE 'UTC') #>> '{}', entries FROM ledger_seal"
                                   " ORDER BY id"):  # fmt: skip
        hashes = entry_hashes(entries)
        digests = b"".join(hashes[each] for each in entries)
        sealed = seal_hash(number, at, previous, entries, digests)
        sql("UPDATE ledger_seal SET digests = %s, previous = %s, hash = %s WHERE id = %s", digests, previous, sealed,
            number)  # fmt: skip
        previous = sealed
    return f"line {entry} changed and all sealed anew"


WAYS: dict[Callable[[Random], str], int] = {
    edit: 45, delete: 15, insert: 15, swap: 15, delete_a_whole_act: 4, cut_the_end: 4, rewrite_the_chain: 2,
}  # fmt: skip


def _line_from_nowhere(rnd: Random) -> str:
    (low, high) = sql("SELECT min(id), max(id) FROM ledger_entry")[0]
    sql("INSERT INTO ledger_entry (id, verb, unit_id, on_day, at, reason)"
        " SELECT %s, verb, unit_id, on_day, at, reason FROM ledger_entry ORDER BY id OFFSET %s LIMIT 1",
        low - rnd.randint(1, 99) if rnd.random() < 0.5 else high + rnd.randint(1, 99),
        _place(rnd, "ledger_entry"))  # fmt: skip
    return "a line from nowhere"


def _one_more_touch(rnd: Random) -> str:
    _, (entry,) = _row(rnd, "ledger_entry", ["id"])
    sql("INSERT INTO ledger_touch (entry_id, kind, object_id) VALUES (%s, 'meetings.task', %s)", entry,
        str(rnd.randint(1, 9999)))  # fmt: skip
    return f"one more touch on {entry}"


def _second_seal(rnd: Random) -> str:
    (top,) = sql("SELECT max(id) FROM ledger_seal")[0]
    sql("INSERT INTO ledger_seal (id, entries, digests, previous, hash, at)"
        " SELECT %s, entries, digests, hash, hash, at FROM ledger_seal ORDER BY id OFFSET %s LIMIT 1",
        rnd.choice([top + 1, 0, -3, top + 9]), _place(rnd, "ledger_seal"))  # fmt: skip
    return "a seal made from another"


def _queued_again(rnd: Random) -> str:
    _, (entry,) = _row(rnd, "ledger_entry", ["id"])
    sql("INSERT INTO ledger_waiting (entry_id) VALUES (%s)", entry + rnd.choice([0, 0, 5000]))
    return f"line {entry} queued"


def _one_more_absent(rnd: Random) -> str:
    _, (closure, scope) = _row(rnd, "meetings_closure", ["meeting_id", "scope_path"])
    sql("INSERT INTO meetings_rollexception (closure_id, person_id, state, reason, scope_path)"
        " VALUES (%s, %s, %s, 'ốm', %s)", closure, UUID(int=rnd.getrandbits(128)),
        rnd.choice(["late", "excused", "unexcused", "not_counted"]), scope)  # fmt: skip
    return f"one more absent at {closure}"


def _number(rnd: Random) -> str:
    sql("INSERT INTO cadres_papernumber (unit_id, kind, term_id, number, issued_on, scope_path)"
        " SELECT unit_id, kind, term_id, number + %s, issued_on, scope_path FROM cadres_papernumber"
        " ORDER BY id OFFSET %s LIMIT 1", rnd.choice([10, 20]), _place(rnd, "cadres_papernumber"))  # fmt: skip
    return "a number without a paper"


def _row(rnd: Random, table: str, columns: list[str]) -> tuple[str, tuple[Any, ...]]:
    only = " WHERE entry_id IN (SELECT entry_id FROM kept_contents)" if table == "ledger_salt" else ""
    (count,) = sql(f"SELECT count(*) FROM {table}{only}")[0]
    words = ", ".join(f"{c}::text" if c == "content" else c for c in columns)
    (found,) = sql(
        f"SELECT ctid::text, {words} FROM {table}{only} ORDER BY 2, 1 OFFSET %s LIMIT 1", rnd.randrange(count)
    )
    row = [json.loads(v) if c == "content" else v for c, v in zip(columns, found[1:], strict=True)]
    return found[0], tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)


def _place(rnd: Random, table: str) -> int:
    return rnd.randrange(sql(f"SELECT count(*) FROM {table}")[0][0])


def _fit(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


def _aside(values: tuple[Any, ...]) -> list[Any]:
    """Values of the same kinds that stand in nobody's way for a moment."""
    return [_fit(_another(Random(1), v)) if not isinstance(v, int) or isinstance(v, bool) else -v for v in values]


def _another(rnd: Random, old: Any) -> Any:  # noqa: C901 - one line a kind
    match old:
        case None:
            return 5
        case bool():
            return not old
        case int():
            return old + rnd.choice([-1, 1, 3, 1000])
        case str():
            return _another_text(rnd, old)
        case bytes():
            return _another_bit(rnd, old)
        case datetime():
            return old + timedelta(microseconds=rnd.choice([1, 1_000_000, 86_400_000_000]))
        case date():
            return old + timedelta(days=rnd.choice([-30, -1, 1]))
        case time():
            return old.replace(minute=(old.minute + 7) % 60)
        case UUID():
            return UUID(int=old.int ^ (1 << rnd.randrange(100)))
        case list():
            return _another_list(rnd, old)
        case dict():
            return _another_content(rnd, old)
    raise TypeError(type(old))


def _another_text(rnd: Random, old: str) -> str:
    if not old:
        return "x"
    at = rnd.randrange(len(old))
    return old[:at] + ("b" if old[at] != "b" else "c") + old[at + 1 :]


def _another_bit(rnd: Random, old: bytes) -> bytes:
    if rnd.random() < 0.1:
        return old[:-1]
    at = rnd.randrange(len(old))
    return old[:at] + bytes([old[at] ^ (1 << rnd.randrange(8))]) + old[at + 1 :]


def _another_list(rnd: Random, old: list[Any]) -> list[Any]:
    way = rnd.randrange(3)
    if way == 0 or len(old) < 2:
        return old[:-1]
    if way == 1:
        return [*old, _another(rnd, old[0])]
    return [old[-1], *old[1:-1], old[0]]


def _another_content(rnd: Random, old: dict[str, Any]) -> dict[str, Any]:
    """One leaf somewhere inside, or one key gone, or one more."""
    new = json.loads(json.dumps(old))
    part = new
    while True:
        key = rnd.choice(list(part))
        if rnd.random() < 0.05:
            del part[key]
            return new
        value = part[key]
        if isinstance(value, dict) and value:
            part = value
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            part = rnd.choice(value)
        else:
            part[key] = "khác" if value is None or value == [] or value == {} else _another(rnd, value)
            return new
