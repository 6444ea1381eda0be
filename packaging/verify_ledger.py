#!/usr/bin/env python3
"""Kiểm sổ ghi của Chibo mà không dùng Chibo: chỉ cần Python và psycopg.

    python3 verify_ledger.py "host=... dbname=chibo" [SỐ:MÃ ...]

SỐ:MÃ là mốc đọc trên giấy. Kết thúc với 0 khi sổ nguyên vẹn, 1 khi có chỗ không khớp.

How the ledger is hashed is told in docs/adr/0007-ledger.md; this program was written after that page, shares no
line with the system, and must come to the same answer.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from hashlib import sha256

import psycopg

Found = set[tuple[str, int | None, int | None]]

SEALS = """
    SELECT id, to_json(at AT TIME ZONE 'UTC') #>> '{}', previous, entries, digests, hash
    FROM ledger_seal ORDER BY id
"""
ENTRIES = """
    SELECT id, json_build_object('account', by_account, 'at', at AT TIME ZONE 'UTC',
        'content', encode(content_hash, 'hex'), 'id', id, 'on', on_day, 'person', by_person,
        'reason', reason, 'unit', unit_id, 'verb', verb)::text
    FROM ledger_entry
"""
WORDS = {
    "seal_missing": "thiếu mốc số {0}",
    "seal_unlinked": "mốc {0} không nối với mốc trước",
    "seal_changed": "mốc {0} đã bị sửa",
    "entry_changed": "mốc {0}: dòng {1} đã bị sửa",
    "entry_missing": "mốc {0}: mất dòng {1}",
    "entry_twice": "dòng {1} được niêm hơn một lần",
    "entry_loose": "dòng {1} không thuộc mốc nào và không chờ niêm",
    "entry_waits_sealed": "dòng {1} đã niêm mà lại chờ niêm",
    "waits_for_nothing": "chờ niêm dòng {1}, nhưng không có dòng ấy",
    "touch_loose": "dấu đối tượng của dòng {1}, nhưng không có dòng ấy",
    "printed_missing": "mốc {0} có trên giấy mà không có trong sổ",
    "printed_differs": "mốc {0} khác với mốc đã in trên giấy",
}


def examine(db: psycopg.Connection, printed: list[tuple[int, str]]) -> Found:
    """What does not fit, as (code, seal number, entry id)."""
    with db.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
        touched: dict[int, list[list[str]]] = defaultdict(list)
        for entry, kind, number in cursor.execute("SELECT entry_id, kind, object_id FROM ledger_touch"):
            touched[entry].append([kind, number])
        hashes = {
            entry: entry_hash(json.loads(body) | {"touched": sorted(touched.get(entry, []))})
            for entry, body in cursor.execute(ENTRIES).fetchall()
        }
        waiting = {row[0] for row in cursor.execute("SELECT entry_id FROM ledger_waiting").fetchall()}
        seals = cursor.execute(SEALS).fetchall()
    hanging = set(touched)
    return compare(seals, hashes) | loose(seals, set(hashes), waiting, hanging) | on_paper(seals, printed)


def entry_hash(body: dict) -> bytes:
    """Over all columns of an entry and all it touched."""
    return sha256(b"chibo/entry/1\0" + compact(body)).digest()


def compact(value: object) -> bytes:
    """JSON with sorted keys and no blanks; the keys hashed here are ASCII, so any order of letters will do."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def compare(seals: list[tuple], hashes: dict[int, bytes]) -> Found:
    """The chain of seals, and each entry against what its seal says of it."""
    found: Found = set()
    before, expected = sha256(b"chibo/ledger/genesis/1").digest(), 1
    for number, at, previous, entries, digests, sealed in seals:
        if number != expected:
            found.add(("seal_missing", expected, None))
        if previous != before:
            found.add(("seal_unlinked", number, None))
        head = {"at": at, "entries": entries, "previous": previous.hex(), "seal": number}
        whole = len(digests) == 32 * len(entries) and len(set(entries)) == len(entries)
        if not whole or sha256(b"chibo/seal/1\0" + compact(head) + b"\0" + digests).digest() != sealed:
            found.add(("seal_changed", number, None))
        for place, entry in enumerate(entries):
            if entry not in hashes:
                found.add(("entry_missing", number, entry))
            elif hashes[entry] != digests[32 * place : 32 * place + 32]:
                found.add(("entry_changed", number, entry))
        before, expected = sealed, number + 1
    return found


def loose(seals: list[tuple], known: set[int], waiting: set[int], touched: set[int]) -> Found:
    """What no seal holds, and what hangs on nothing."""
    sealed, twice = set(), set()
    for seal in seals:
        for entry in seal[3]:
            (twice if entry in sealed else sealed).add(entry)
    parts = {
        "entry_twice": twice,
        "entry_loose": known - sealed - waiting,
        "entry_waits_sealed": waiting & sealed,
        "waits_for_nothing": waiting - known,
        "touch_loose": touched - known,
    }
    return {(code, None, entry) for code, entries in parts.items() for entry in entries}


def on_paper(seals: list[tuple], printed: list[tuple[int, str]]) -> Found:
    """Checkpoints read from papers against the seals."""
    known = {seal[0]: seal[5].hex() for seal in seals}
    found: Found = set()
    for number, digits in printed:
        if number not in known:
            found.add(("printed_missing", number, None))
        elif not digits or not known[number].startswith(digits.lower()):
            found.add(("printed_differs", number, None))
    return found


def main(words: list[str]) -> int:
    """Read, compare, tell."""
    if not words or any(not word.partition(":")[0].isdigit() for word in words[1:]):
        print(__doc__)
        return 2
    printed = [(int(number), digits) for number, _, digits in (word.partition(":") for word in words[1:])]
    with psycopg.connect(words[0]) as db:
        db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = examine(db, printed)
    for code, seal, entry in sorted(found, key=str):
        print("✗", WORDS[code].format(seal, entry))
    print(f"{len(found)} chỗ không khớp." if found else "✓ Sổ ghi nguyên vẹn.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
