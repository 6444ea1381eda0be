"""Whatever is sent: taken in, refused by line, or refused whole; never half, never a fault of ours."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from chibo.exchange.operations import preview, receive, say_columns, take_in
from chibo.kernel.errors import Refused
from chibo.membership.models import Belonging, Person, Standing
from chibo.organisation.models import Locality, Siting
from tests.commune import TODAY, Commune
from tests.exchange.conftest import MORNING
from tests.exchange.mutating import mutated

BOOKS: dict[str, tuple[Any, list[tuple[Any, str]]]] = {  # what a line makes, and the facts that come with it
    "members": (Person, [(Belonging, "person"), (Standing, "person")]),
    "villages": (Locality, [(Siting, "locality")]),
}
MOST_MEMORY = 512 << 10  # kilobytes, as getrusage counts


@pytest.fixture
def outcomes(commune: Commune) -> Iterator[dict[str, int]]:
    yield (found := {"taken": 0, "by line": 0, "whole": 0})
    print(found)


def throw(commune: Commune, seed: int, outcomes: dict[str, int], kind: str = "members") -> None:
    """One file, all the way; what it did is undone."""
    by = commune.actor("Nhung")
    rows, halves = BOOKS[kind]
    with transaction.atomic():
        before = rows.objects.count()
        try:
            data = mutated(seed, kind)
            intake = receive(commune.commune, kind, "", data, holds_from=TODAY, at=MORNING, by=by)
            intake = say_columns(intake, {}, hidden_too=True, by=by)
            shown = preview(intake, at=MORNING, by=by)
            written = take_in(intake, seen=shown.digest, at=MORNING, by=by)
        except Refused:
            outcomes["whole"] += 1
            assert rows.objects.count() == before
        else:
            counts = written.outcome["counts"]
            outcomes["by line" if counts["refused"] else "taken"] += 1
            assert rows.objects.count() == before + counts["new"]
            for half, key in halves:
                new = rows.objects.exclude(pk__in=half.objects.live().values(key))
                assert not new.exists(), "something is half in the book"
        transaction.set_rollback(True)


@pytest.mark.sweep
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("kind", "hundred"), [("members", 0), ("members", 1), ("members", 2), ("villages", 3)])
def test_four_hundred(commune: Commune, outcomes: dict[str, int], kind: str, hundred: int) -> None:
    for seed in range(hundred * 100, hundred * 100 + 100):
        throw(commune, seed, outcomes, kind)
    assert sum(outcomes.values()) == 100
    assert min(outcomes["whole"], outcomes["by line"] + outcomes["taken"]) > 0


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_five_thousand(commune: Commune, outcomes: dict[str, int]) -> None:
    """Every file is thrown before anything is said, so that one run names all that is wrong."""
    began, failed = time.perf_counter(), {}
    for seed in range(1_000, 6_000):
        try:
            throw(commune, seed, outcomes, "villages" if seed % 5 == 0 else "members")
        except Exception as fault:  # whatever it is, it is a fault of ours
            failed[seed] = repr(fault)[:300]
    memory = {who: resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)}
    print(f"\n{sum(outcomes.values())} files in {time.perf_counter() - began:.0f} s, memory in kB: {memory}")
    assert failed == {}
    assert sum(outcomes.values()) == 5_000
    assert max(memory.values()) <= MOST_MEMORY
