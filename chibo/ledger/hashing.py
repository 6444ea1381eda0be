"""What is hashed, and how: each kind of thing under its own domain, so that no hash can stand for another."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chibo.ledger.canonical import canonical, write

GENESIS = hashlib.sha256(b"chibo/ledger/genesis/1").digest()
SIZE = hashlib.sha256().digest_size


class Line(NamedTuple):
    """One entry as it is hashed: times in UTC as ISO text, the content hash in hex."""

    entry: int
    verb: str
    unit: int | None
    account: int | None
    person: str | None
    on: str
    at: str
    reason: str
    content: str | None


def content_hash(salt: bytes, content: Mapping[str, Any]) -> bytes:
    """Salted, because a short value could be guessed from a plain hash."""
    return hashlib.sha256(b"chibo/content/1\0" + salt + canonical(content)).digest()


def entry_hash(line: Line, touched: Sequence[tuple[str, str]]) -> bytes:
    """Over every column of the entry and all it touched, in any order."""
    body = {  # keys in order, as `write` asks
        "account": line.account, "at": line.at, "content": line.content, "id": line.entry, "on": line.on,
        "person": line.person, "reason": line.reason, "touched": sorted(touched), "unit": line.unit,
        "verb": line.verb,
    }  # fmt: skip
    return hashlib.sha256(b"chibo/entry/1\0" + write(body)).digest()


def seal_hash(number: int, at: str, previous: bytes, entries: Sequence[int], digests: bytes) -> bytes:
    """Over the seal before, everything this seal says of itself, and the hashes of its entries in order."""
    head = {"at": at, "entries": list(entries), "previous": previous.hex(), "seal": number}
    return hashlib.sha256(b"chibo/seal/1\0" + write(head) + b"\0" + digests).digest()
