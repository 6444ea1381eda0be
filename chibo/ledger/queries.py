"""The ledger as it is hashed: read by the sealer and by whoever verifies, in one and the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import connection

from chibo.ledger.hashing import Line, entry_hash

# JSON spells days and times the same under every setting of the session
_LINES = """
    SELECT id, verb, unit_id, by_account, by_person::text, to_jsonb(on_day) #>> '{}',
           to_jsonb(at AT TIME ZONE 'UTC') #>> '{}', reason, encode(content_hash, 'hex')
    FROM ledger_entry WHERE id = ANY(%s)
"""
_TOUCHED = "SELECT entry_id, kind, object_id FROM ledger_touch WHERE entry_id = ANY(%s)"


def entry_hashes(entries: Sequence[int]) -> dict[int, bytes]:
    """Hash of each of these entries that exists; two queries."""
    touched: dict[int, list[tuple[str, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, [list(entries)])
        for entry, kind, number in cursor.fetchall():
            touched[entry].append((kind, number))
        cursor.execute(_LINES, [list(entries)])
        return {row[0]: entry_hash(Line(*row), touched[row[0]]) for row in cursor.fetchall()}


def utc_text(at: datetime) -> str:
    """A moment as it is hashed: in UTC, spelled as the database spells it in JSON."""
    exact = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return exact.rstrip("0").rstrip(".")
