"""The questions of the people's pages in SQL by hand: the same rows, as far as the same walls let them through."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db import connection

BRANCH = """
    b.kind = 'official' AND b.withdrawn_at IS NULL AND b.during @> %(day)s::date
    AND b.scope_path >= %(low)s AND b.scope_path < %(high)s
"""
LISTED = f"""
    WITH page AS MATERIALIZED (
        SELECT p.id, p.full_name, p.name_key, p.scope_path
        FROM membership_person p JOIN membership_belonging b ON b.person_id = p.id
        WHERE {BRANCH} ORDER BY p.name_key, p.id LIMIT 101
    )
    SELECT page.id, page.full_name, o.short_name, s.kind, a.kind FROM page
    LEFT JOIN membership_standing s ON s.person_id = page.id AND s.withdrawn_at IS NULL AND s.during @> %(day)s::date
    LEFT JOIN membership_absence a ON a.person_id = page.id AND a.withdrawn_at IS NULL AND a.during @> %(day)s::date
    LEFT JOIN organisation_placement o ON o.scope_path = page.scope_path AND o.during @> %(day)s::date
    ORDER BY page.name_key, page.id
"""
NAMED = """
    SELECT id, full_name FROM membership_person WHERE scope_path >= %(low)s AND scope_path < %(high)s
      AND translate(folded_name, 'y', 'i') LIKE %(word)s ORDER BY name_key, id LIMIT 31
"""
GIVEN_OUT = f"""
    SELECT p.full_name, o.name, s.kind, s.first, f.told, a.kind
    FROM membership_person p JOIN membership_belonging b ON b.person_id = p.id
    JOIN organisation_placement o ON o.unit_id = b.unit_id AND o.during @> %(day)s::date
    LEFT JOIN (SELECT person_id, max(kind) AS kind, min(lower(during)) AS first FROM membership_standing
               WHERE withdrawn_at IS NULL GROUP BY 1) s ON s.person_id = p.id
    LEFT JOIN (SELECT person_id, jsonb_object_agg(field, value) AS told FROM membership_particular
               WHERE withdrawn_at IS NULL AND upper_inf(during) AND NOT sensitive GROUP BY 1) f ON f.person_id = p.id
    LEFT JOIN membership_absence a ON a.person_id = p.id AND a.kind = 'exempt' AND a.withdrawn_at IS NULL
         AND a.during @> %(day)s::date
    WHERE {BRANCH} ORDER BY p.name_key, p.id
"""
TABLES = ("membership_person", "membership_belonging", "membership_standing", "membership_particular")


def ask(query: str, low: str, day: date, **more: object) -> list[Any]:
    """Rows of the branch."""
    with connection.cursor() as cursor:
        cursor.execute(query, {"low": low, "high": low[:-1] + "0", "day": day, **more})
        return cursor.fetchall()


def workbook(low: str, day: date, width: int) -> bytes:
    """The rows of a list given out, in a workbook of as many columns."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page, text = book.add_worksheet(), book.add_format({"num_format": "@"})
    for number, (name, unit, kind, first, told, exempt) in enumerate(ask(GIVEN_OUT, low, day)):
        cells = [name, unit, kind, str(first or ""), exempt or "", *json.loads(told or "{}").values()]
        for column in range(width):
            page.write_string(number, column, cells[column] if column < len(cells) else "", text)
    book.close()
    return made.getvalue()


def rows_of(people: list[Any]) -> dict[str, str]:
    """Everything kept of these people, table by table, as the database writes it."""
    found = {}
    for table in TABLES:
        key = "id" if table == "membership_person" else "person_id"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT jsonb_agg(to_jsonb(t))::text FROM {table} t WHERE {key} = ANY(%s)", [people])
            found[table] = cursor.fetchone()[0]
    return found


def put_in(rows: dict[str, str]) -> None:
    """The same rows, one statement a table, through the same constraints, triggers and walls."""
    with connection.cursor() as cursor:
        for table, told in rows.items():
            cursor.execute(
                f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(null::{table}, %s::jsonb)", [told]
            )
