"""How far an actor reaches."""

from __future__ import annotations

from itertools import permutations

from chibo.kernel.actor import merged
from chibo.kernel.paths import PathRange


def test_a_branch_swallows_its_own_unit_in_any_order() -> None:
    unit, branch, below = (
        PathRange.only("000001/000002/"),
        PathRange.of("000001/000002/"),
        PathRange.of("000001/000002/000004/"),
    )
    for order in permutations([unit, branch, below]):
        assert merged(order) == (branch,)


def test_neighbours_stay_apart() -> None:
    here, there = PathRange.only("000001/000002/"), PathRange.of("000001/000003/")
    assert merged([there, here]) == (here, there)
