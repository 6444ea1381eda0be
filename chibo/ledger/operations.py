"""Sign an act, seal what was signed, name the newest seal."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction

from chibo.kernel.actor import Actor
from chibo.ledger.hashing import GENESIS, content_hash, entry_hash, seal_hash
from chibo.ledger.models import Entry, Salt, Seal, Touch

LOCK = 0x43_48_49_42  # writers hold it shared until they commit, the sealer alone
PATIENCE = "2s"  # how long the sealer waits for running acts before it leaves it to the next minute

Touched = models.Model | tuple[str, object]


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

    `on` is the day of the act in the world; `content` is hashed with a salt, never stored here; `reason` is a
    code. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of its act")
    _hold_shared()
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


def _hold_shared() -> None:
    """An id below the next seal can then no longer appear: the sealer waits for whoever holds this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def _pair(each: Touched) -> tuple[str, str]:
    if isinstance(each, models.Model):
        return each._meta.label_lower, str(each.pk)
    return each[0], str(each[1])


@transaction.atomic
def seal(*, at: datetime) -> Seal | None:
    """Niêm sổ: hash all entries since the last seal onto it; None when there are none.

    Raises django.db.OperationalError when an act runs longer than the sealer's patience; the next minute tries
    again.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    newest = Seal.objects.order_by("-id").first()
    after = newest.last_entry if newest else 0
    entries = list(Entry.objects.filter(pk__gt=after).order_by("pk"))
    if not entries:
        return None
    previous = bytes(newest.hash) if newest else GENESIS
    last = entries[-1].pk
    hashed = seal_hash(previous, last, hashes_of(entries))
    return Seal.objects.create(last_entry=last, count=len(entries), previous=previous, hash=hashed, at=at)


def hashes_of(entries: list[Entry]) -> list[bytes]:
    """Entry hashes in the given order; one query for all touches."""
    touched: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Touch.objects.filter(entry__in=[entry.pk for entry in entries])
    for entry_id, kind, number in rows.values_list("entry_id", "kind", "object_id"):
        touched[entry_id].append((kind, number))
    return [entry_hash(entry, touched[entry.pk]) for entry in entries]


def checkpoint() -> tuple[int, str] | None:
    """The newest seal for printing in a paper: its number and the first 16 hex digits of its hash."""
    newest = Seal.objects.order_by("-id").first()
    return (newest.pk, bytes(newest.hash).hex()[:16]) if newest else None


def content_holds(entry: Entry, content: Mapping[str, Any]) -> bool:
    """Whether the content is still what was signed. An erased salt means nobody can tell, which is not a fault."""
    salt = Salt.objects.filter(entry=entry).first()
    if salt is None:
        return entry.content_hash is not None
    return entry.content_hash is not None and content_hash(bytes(salt.salt), content) == bytes(entry.content_hash)
