"""One spelling of everything in the database, so that two of them can be compared by a hash.

Rows as JSON, ordered by primary key byte by byte; the same on every server, whatever its collation.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

Db = psycopg.Connection[Any]

# tables of people's data: not the server's own, not an extension's
_TABLES = """
    SELECT n.nspname, c.relname, c.relkind,
           ARRAY(SELECT quote_ident(a.attname) || CASE a.attcollation WHEN 0 THEN '' ELSE ' COLLATE "C"' END
                 FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                 WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.place)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'S') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
"""

_SHAPE = Path(__file__).with_name("shape.sql").read_text()

_SETTINGS = {
    "timezone": "UTC",
    "datestyle": "ISO, YMD",
    "intervalstyle": "iso_8601",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "search_path": "",
}


def data_digest(db: Db) -> str:
    """SHA-256 of all rows and sequences the connection's role can read; call it as the owner."""
    return _digest(data_lines(db))


def shape_digest(db: Db) -> str:
    """SHA-256 of tables, constraints, triggers, policies, functions, rights; comparable within a major."""
    return _digest(shape_lines(db))


def data_lines(db: Db) -> Iterator[str]:
    """A line naming each table, then one JSON line per row. Changes session settings for this transaction."""
    _settle(db)
    for schema, name, kind, key in db.execute(_TABLES).fetchall():
        yield json.dumps({"table": f"{schema}.{name}"}, ensure_ascii=False)
        yield from _rows(db, sql.Identifier(schema, name), kind, key)


def shape_lines(db: Db) -> Iterator[str]:
    """One JSON line for everything that is not a row."""
    _settle(db)
    for row in db.execute(sql.SQL(_SHAPE)).fetchall():
        yield json.dumps(row, ensure_ascii=False)


def table_lines(db: Db, table: str, without: tuple[str, ...] = ()) -> Iterator[str]:
    """One JSON line per row of one of our tables, in the order of its key, without the columns named."""
    _settle(db)
    for schema, name, kind, key in db.execute(_TABLES).fetchall():
        if (schema, name, kind) == ("public", table, "r"):
            yield from _rows(db, sql.Identifier(schema, name), kind, key, without)


def empty(db: Db) -> bool:
    """Whether the database holds no table of ours yet."""
    return not db.execute(_TABLES).fetchall()


def _rows(db: Db, table: sql.Identifier, kind: str, key: list[str], without: tuple[str, ...] = ()) -> Iterator[str]:
    what: sql.Composable
    if kind == "S":
        what, order = sql.SQL("jsonb_build_object('last', last_value, 'called', is_called)"), sql.SQL("")
    else:
        words = sql.SQL(", ").join(sql.Literal(name) for name in without)
        what = sql.SQL("to_jsonb(t) - ARRAY[{}]::text[]").format(words) if without else sql.SQL("to_jsonb(t)")
        order = sql.SQL(" ORDER BY " + (", ".join(key) or 'to_jsonb(t)::text COLLATE "C"'))  # quoted by the server
    query = sql.SQL("COPY (SELECT ({})::text FROM {} t{}) TO STDOUT").format(what, table, order)
    with db.cursor().copy(query) as copy:
        for (line,) in copy.rows():
            yield str(line)


def _settle(db: Db) -> None:
    for name, value in _SETTINGS.items():
        db.execute("SELECT set_config(%s, %s, true)", [name, value])


def _digest(lines: Iterator[str]) -> str:
    found = hashlib.sha256()
    for line in lines:
        found.update(line.encode())
        found.update(b"\n")
    return found.hexdigest()
