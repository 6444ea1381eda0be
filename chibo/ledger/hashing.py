"""What is hashed, and how: each kind of thing under its own domain, so that no hash can stand for another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from chibo.ledger.canonical import canonical
from chibo.ledger.models import Entry

GENESIS = hashlib.sha256(b"chibo/ledger/genesis/1").digest()


def content_hash(salt: bytes, content: Mapping[str, Any]) -> bytes:
    """Salted, because a short value could be guessed from a plain hash."""
    return hashlib.sha256(b"chibo/content/1\0" + salt + canonical(content)).digest()


def entry_hash(entry: Entry, touched: Iterable[tuple[str, str]]) -> bytes:
    """Over every column of the entry and all it touched."""
    body = {
        "id": entry.pk, "verb": entry.verb, "unit": entry.unit_id, "account": entry.by_account,
        "person": str(entry.by_person) if entry.by_person else None, "on": entry.on.isoformat(),
        "at": entry.at.astimezone(UTC).isoformat(), "reason": entry.reason,
        "content": bytes(entry.content_hash).hex() if entry.content_hash is not None else None,
        "touched": sorted([kind, number] for kind, number in touched),
    }  # fmt: skip
    return hashlib.sha256(b"chibo/entry/1\0" + canonical(body)).digest()


def seal_hash(previous: bytes, last_entry: int, entries: Iterable[bytes]) -> bytes:
    """Over the seal before and the hashes of all entries in order of their ids."""
    digest = hashlib.sha256(b"chibo/seal/1\0" + previous + last_entry.to_bytes(8, "big"))
    for each in entries:
        digest.update(each)
    return digest.digest()
