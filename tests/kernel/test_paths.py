"""Vị trí trong cây: a branch is one range of bytes, whatever the tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.kernel.actor import merged
from chibo.kernel.paths import PathRange, segment, unit_ids

TOP = 36**6 - 1
Tree = dict[int, int | None]  # unit → superior


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Up to twelve units with ids from all over the range; each stands below one drawn before it."""
    ids = draw(st.lists(st.integers(0, TOP), min_size=1, max_size=12, unique=True))
    tree: Tree = {ids[0]: None}
    for place, unit in enumerate(ids[1:], 1):
        tree[unit] = ids[draw(st.integers(0, place - 1))]
    return tree


def path_of(unit: int, tree: Tree) -> str:
    above = tree[unit]
    return (path_of(above, tree) if above is not None else "") + segment(unit)


def line_of(unit: int, tree: Tree) -> list[int]:
    above = tree[unit]
    return [*(line_of(above, tree) if above is not None else []), unit]


@given(trees())
def test_a_range_holds_exactly_the_branch(tree: Tree) -> None:
    paths = {unit: path_of(unit, tree) for unit in tree}
    for unit, path in paths.items():
        branch = {other for other in tree if unit in line_of(other, tree)}
        assert {other for other, p in paths.items() if p in PathRange.of(path)} == branch
        assert {other for other, p in paths.items() if p in PathRange.only(path)} == {unit}
        assert path in PathRange.everything()
        assert unit_ids(path) == line_of(unit, tree)


@given(trees(), st.data())
def test_merged_ranges_reach_as_far_as_the_separate_ones(tree: Tree, data: st.DataObject) -> None:
    paths = [path_of(unit, tree) for unit in tree]
    made = st.sampled_from(paths).flatmap(lambda p: st.sampled_from([PathRange.of(p), PathRange.only(p)]))
    ranges = data.draw(st.lists(made, max_size=6))
    together = merged(ranges)
    assert len(together) <= len(set(ranges))
    for path in paths:
        assert any(path in r for r in together) == any(path in r for r in ranges)
        assert sum(path in r for r in together) <= 1


@given(st.lists(st.integers(0, TOP), min_size=2, max_size=20, unique=True))
def test_segments_sort_as_the_numbers_do(ids: list[int]) -> None:
    assert sorted(ids, key=segment) == sorted(ids)
    assert {len(segment(i)) for i in ids} == {7}


@pytest.mark.parametrize("unit", [-1, TOP + 1])
def test_an_id_that_does_not_fit_is_a_fault(unit: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        segment(unit)
