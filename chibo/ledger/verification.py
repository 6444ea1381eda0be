"""Recompute every seal and say what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any, NamedTuple

from django.db import connection

from chibo.ledger.hashing import GENESIS, SIZE, content_hash, seal_hash
from chibo.ledger.models import Entry, Salt, Seal
from chibo.ledger.queries import entry_hashes

_AT_ONCE = 20_000  # entries read together: memory stays flat however long the ledger is

_SENTENCES = {
    "seal_missing": "Thiếu mốc số {seal}.",
    "seal_unlinked": "Mốc {seal}: không nối với mốc trước.",
    "seal_changed": "Mốc {seal} đã bị sửa.",
    "entry_changed": "Mốc {seal}: dòng {entry} đã bị sửa.",
    "entry_missing": "Mốc {seal}: mất dòng {entry}.",
    "entry_twice": "Dòng {entry} được niêm hơn một lần.",
    "entry_loose": "Dòng {entry} không thuộc mốc nào và không chờ niêm.",
    "entry_waits_sealed": "Dòng {entry} đã niêm mà lại chờ niêm.",
    "waits_for_nothing": "Chờ niêm dòng {entry}, nhưng không có dòng ấy.",
    "touch_loose": "Dấu đối tượng của dòng {entry}, nhưng không có dòng ấy.",
    "printed_missing": "Mốc {seal} có trên giấy mà không có trong sổ.",
    "printed_differs": "Mốc {seal}: sổ khác với mốc đã in trên giấy.",
}

_SEALS = """
    SELECT id, to_jsonb(at AT TIME ZONE 'UTC') #>> '{}', previous, entries, digests, hash
    FROM ledger_seal WHERE id > %s ORDER BY id LIMIT 500
"""
_SEALED = "SELECT unnest(entries) AS entry FROM ledger_seal"
_LOOSE = {
    "entry_twice": f"SELECT entry FROM ({_SEALED}) s GROUP BY entry HAVING count(*) > 1",  # noqa: S608
    "entry_loose": f"SELECT id FROM ledger_entry EXCEPT (SELECT entry_id FROM ledger_waiting UNION {_SEALED})",  # noqa: S608
    "entry_waits_sealed": f"SELECT entry_id FROM ledger_waiting INTERSECT {_SEALED}",  # noqa: S608
    "waits_for_nothing": "SELECT entry_id FROM ledger_waiting EXCEPT SELECT id FROM ledger_entry",
    "touch_loose": "SELECT entry_id FROM ledger_touch EXCEPT SELECT id FROM ledger_entry",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit: its code, the seal and the entry it is about."""

    code: str
    seal: int | None = None
    entry: int | None = None

    def __str__(self) -> str:
        return _SENTENCES[self.code].format(seal=self.seal, entry=self.entry)


class _Sealed(NamedTuple):
    """A seal as it is stored, its moment spelled as it was hashed."""

    number: int
    at: str
    previous: bytes
    entries: list[int]
    digests: bytes
    hash: bytes


def verify(printed: Iterable[tuple[int, str]] = ()) -> list[str]:
    """Kiểm sổ: findings in Vietnamese, none when the ledger is whole.

    `printed` are checkpoints read from papers: (seal number, first hex digits of its hash). Somebody who can
    rewrite the whole database can rewrite the seals too; only what was printed cannot follow. Entries that
    still wait for a seal (`waiting()`) are not protected yet.
    """
    return [str(finding) for finding in examine(printed)]


def examine(printed: Iterable[tuple[int, str]] = ()) -> list[Finding]:
    """The same as values: code, seal number and entry id."""
    return [*_chain(), *_loose(), *_printed(printed)]


def waiting() -> int:
    """How many entries no seal protects yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_waiting")
        return int(cursor.fetchone()[0])


def changed_contents(signed: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[int]:
    """Entries whose signed content is another one now, or can no longer be proved; two queries per 500.

    Each pair is the entry that signed the content and the content as the rows give it today.
    """
    for some in batched(signed, 500):
        ids = [entry for entry, _ in some]
        hashes = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "content_hash"))
        salts = dict(Salt.objects.filter(pk__in=ids).values_list("pk", "salt"))
        for entry, content in some:
            known, salt = hashes.get(entry), salts.get(entry)
            if known is None or salt is None or content_hash(bytes(salt), content) != bytes(known):
                yield entry


def printed_hold(printed: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Checkpoints read from papers against the seals of today, in Vietnamese."""
    return map(str, _printed(printed))


def _chain() -> Iterator[Finding]:
    previous, expected, batch = GENESIS, 1, list[_Sealed]()
    for seal in _seals():
        if seal.number != expected:
            yield Finding("seal_missing", expected)
        yield from _seal_itself(seal, previous)
        batch.append(seal)
        if sum(len(each.entries) for each in batch) >= _AT_ONCE:
            yield from _lines(batch)
            batch = []
        previous, expected = seal.hash, seal.number + 1
    yield from _lines(batch)


def _seals() -> Iterator[_Sealed]:
    last = -(2**63)
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_SEALS, [last])
            rows = cursor.fetchall()
            if not rows:
                return
            for number, at, previous, entries, digests, found in rows:
                yield _Sealed(number, at, bytes(previous), entries, bytes(digests), bytes(found))
            last = rows[-1][0]


def _seal_itself(seal: _Sealed, previous: bytes) -> Iterator[Finding]:
    if seal.previous != previous:
        yield Finding("seal_unlinked", seal.number)
    fits = len(seal.digests) == SIZE * len(seal.entries) and len(set(seal.entries)) == len(seal.entries)
    hashed = seal_hash(seal.number, seal.at, seal.previous, seal.entries, seal.digests)
    if not fits or hashed != seal.hash:
        yield Finding("seal_changed", seal.number)


def _lines(batch: list[_Sealed]) -> Iterator[Finding]:
    now = entry_hashes([entry for seal in batch for entry in seal.entries])
    for seal in batch:
        for place, entry in enumerate(seal.entries):
            then = seal.digests[SIZE * place : SIZE * (place + 1)]
            if entry not in now:
                yield Finding("entry_missing", seal.number, entry)
            elif now[entry] != then:
                yield Finding("entry_changed", seal.number, entry)


def _loose() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for code, query in _LOOSE.items():
            cursor.execute(query + " ORDER BY 1")
            for (entry,) in cursor.fetchall():
                yield Finding(code, entry=entry)


def _printed(printed: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    asked = {(number, digits.lower()) for number, digits in printed}
    known = Seal.objects.only("hash").in_bulk({number for number, _ in asked})
    for number, digits in sorted(asked):
        if number not in known:
            yield Finding("printed_missing", number)
        elif not digits or not bytes(known[number].hash).hex().startswith(digits):
            yield Finding("printed_differs", number)
