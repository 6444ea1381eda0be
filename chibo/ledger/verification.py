"""Recompute every seal and say what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chibo.ledger.hashing import GENESIS, seal_hash
from chibo.ledger.models import Entry, Seal, Touch
from chibo.ledger.operations import hashes_of


def verify(printed: Iterable[tuple[int, str]] = ()) -> list[str]:
    """Kiểm sổ: findings in Vietnamese, none when the ledger is whole.

    `printed` are checkpoints read from papers: (seal number, first hex digits of its hash). Somebody who can
    rewrite the whole database can rewrite the seals too; only what was printed cannot follow.
    """
    seals = list(Seal.objects.order_by("pk"))
    findings = list(_chain(seals)) + list(_loose(seals)) + list(printed_hold(printed))
    return findings


def _chain(seals: list[Seal]) -> Iterator[str]:
    previous, after = GENESIS, 0
    for seal in seals:
        entries = list(Entry.objects.filter(pk__gt=after, pk__lte=seal.last_entry).order_by("pk"))
        if bytes(seal.previous) != previous:
            yield f"Mốc {seal.pk}: không nối với mốc trước."
        if len(entries) != seal.count:
            yield f"Mốc {seal.pk}: có {len(entries)} dòng, lúc niêm có {seal.count} dòng."
        elif seal_hash(bytes(seal.previous), seal.last_entry, hashes_of(entries)) != bytes(seal.hash):
            yield f"Mốc {seal.pk}: một trong các dòng {after + 1} đến {seal.last_entry} đã bị sửa."
        previous, after = bytes(seal.hash), seal.last_entry


def _loose(seals: list[Seal]) -> Iterator[str]:
    """Seal numbers run without a hole; no touch hangs on an entry that is not there."""
    for place, seal in enumerate(seals, 1):
        if seal.pk != place:
            yield f"Thiếu mốc số {place}."
            break
    orphans = Touch.objects.exclude(entry__in=Entry.objects.values("pk")).count()
    if orphans:
        yield f"{orphans} dấu đối tượng không thuộc dòng nào."


def printed_hold(printed: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Checkpoints read from papers against the seals of today."""
    seals = Seal.objects.all()
    known = {seal.pk: bytes(seal.hash).hex() for seal in seals}
    for number, digits in printed:
        if number not in known:
            yield f"Mốc {number} có trên giấy mà không có trong sổ."
        elif not known[number].startswith(digits.lower()):
            yield f"Mốc {number}: sổ khác với mốc đã in trên giấy."
