"""Sign an act, seal what was signed, name the newest seal."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction

from chibo.kernel.actor import Actor
from chibo.ledger.hashing import GENESIS, content_hash, seal_hash
from chibo.ledger.models import Entry, Salt, Seal, Touch
from chibo.ledger.queries import entry_hashes, utc_text

LOCK = 0x43_48_49_42  # one sealer at a time; writers never take it
MOST = 20_000  # entries in one seal; the next minute takes the rest
PRINTED = 16  # hex digits of a checkpoint on paper: 64 bits, and short enough to be read aloud

Touched = models.Model | tuple[str, object]
_LINE: ContextVar[list[Touched] | None] = ContextVar("line of the ledger", default=None)


def record(
    by: Actor,
    verb: str,
    *,
    on: date,
    unit_id: int | None,
    touched: Iterable[Touched],
    content: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Ký sổ: one line for one act, inside the transaction of the act, one touch for each object.

    `on` is the day of the act in the world; `touched` are saved objects or (kind, id) pairs, thousands of
    them for an import; `content` is hashed with a salt, never stored here; `reason` is a code. Two queries,
    three with content. Raises RuntimeError outside a transaction, TypeError for content that has no one
    spelling (`canonical`).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of its act")
    gathered = _LINE.get()
    if gathered is not None and content is None:
        gathered.extend(touched)
        return Entry(verb=verb, on=on)
    salt = secrets.token_bytes(32) if content is not None else b""
    entry = Entry.objects.create(
        verb=verb, unit_id=unit_id, by_account=by.account_id, by_person=by.person_id, on=on, reason=reason,
        content_hash=content_hash(salt, content) if content is not None else None,
    )  # fmt: skip
    pairs = dict.fromkeys(_pair(each) for each in touched)
    Touch.objects.bulk_create(Touch(entry=entry, kind=kind, object_id=number) for kind, number in pairs)
    if content is not None:
        Salt.objects.create(entry=entry, salt=salt)
    return entry


@contextmanager
def one_line(by: Actor, verb: str, *, on: date, unit_id: int | None, touched: list[Touched]) -> Iterator[list[Touched]]:
    """Nhiều việc, một dòng sổ: a whole list is one act, and the acts inside it sign together (decision 14).

    What they touch is touched by the one line that is written at the end. An act with content of its own keeps its
    own line. Not to be nested.
    """
    if _LINE.get() is not None:
        raise RuntimeError("a line of the ledger holds no other")
    gathered = list(touched)
    mark = _LINE.set(gathered)
    try:
        yield gathered
    finally:
        _LINE.reset(mark)
    record(by, verb, on=on, unit_id=unit_id, touched=gathered)


def _pair(each: Touched) -> tuple[str, str]:
    if isinstance(each, models.Model):
        return each._meta.label_lower, str(each.pk)
    return each[0], str(each[1])


@transaction.atomic
def seal(*, at: datetime) -> Seal | None:
    """Niêm sổ: hash the entries that wait onto the newest seal; None when none wait.

    Nobody who signs is held up. An entry whose act is still running is not visible, so it goes on waiting,
    whatever its id (docs/adr/0007-ledger.md).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(
            "DELETE FROM ledger_waiting WHERE entry_id IN"
            " (SELECT entry_id FROM ledger_waiting ORDER BY entry_id LIMIT %s) RETURNING entry_id",
            [MOST],
        )
        entries = sorted(row[0] for row in cursor.fetchall())
    if not entries:
        return None
    newest = Seal.objects.only("hash").order_by("-pk").first()
    number, previous = (newest.pk + 1, bytes(newest.hash)) if newest else (1, GENESIS)
    hashes = entry_hashes(entries)
    digests = b"".join(hashes[entry] for entry in entries)
    return Seal.objects.create(
        id=number, entries=entries, digests=digests, previous=previous, at=at,
        hash=seal_hash(number, utc_text(at), previous, entries, digests),
    )  # fmt: skip


def checkpoint() -> tuple[int, str] | None:
    """Mốc để in lên giấy: number of the newest seal and the first 16 hex digits of its hash."""
    newest = Seal.objects.only("hash").order_by("-pk").first()
    return (newest.pk, bytes(newest.hash).hex()[:PRINTED]) if newest else None


def content_holds(entry: Entry, content: Mapping[str, Any]) -> bool:
    """Whether the content is still what was signed.

    Not when its salt was erased: salt and content are erased together, so content that is still there without
    one can no longer be proved.
    """
    salt = Salt.objects.filter(entry=entry).first()
    if salt is None or entry.content_hash is None:
        return False
    return content_hash(bytes(salt.salt), content) == bytes(entry.content_hash)
