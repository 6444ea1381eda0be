"""One spelling of a value: after RFC 8785."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.ledger.canonical import LARGEST, canonical

text = st.text(st.characters(codec="utf-8"), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)


def test_the_example_of_the_standard_without_its_fractions():
    value = {"string": '€$\u000f\nA\'B"\\\\"/', "literals": [None, True, False]}
    written = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical(value) == written.encode()


def test_keys_are_sorted_as_the_standard_sorts_them():
    value = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7}
    in_order = list(json.loads(canonical(value)))
    assert in_order == ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]


@given(values)
def test_it_reads_back_and_is_written_the_same_again(value: Any):
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


@given(st.dictionaries(text, values, max_size=5))
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]):
    assert canonical(value) == canonical(dict(reversed(value.items())))


@pytest.mark.parametrize("value", [1.0, float("nan"), b"x", UUID(int=1), {1: "a"}, {"a": {None: 1}}, [{1, 2}]])
def test_what_has_no_one_spelling_is_refused(value: Any):
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [LARGEST + 1, -LARGEST - 1, [2**64], "\ud800", {"\udfff": 1}])
def test_what_readers_would_read_differently_is_refused(value: Any):
    with pytest.raises(ValueError):
        canonical(value)


def test_true_is_not_one():
    assert canonical([True, 1, "1"]) == b'[true,1,"1"]'
