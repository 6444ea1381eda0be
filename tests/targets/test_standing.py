"""Where a target stands: met, passed, low, missed; on course, behind, and where the pace leads."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.targets.standing import (
    AHEAD,
    BEHIND,
    DONE,
    FAILED,
    LOW,
    MET,
    MISSED,
    ON_COURSE,
    PASSED,
    UNSAID,
    WORDS,
    Limits,
    Standing,
    standing_of,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
OVER, JULY, JANUARY = date(2027, 1, 1), date(2026, 7, 1), date(2026, 1, 20)
LIMITS = Limits(Fraction(8, 10), 30)


def stands(
    comparison: str, kind: str, value: float, actual: float | None, on: date, start: float | None = None
) -> Standing:
    found = None if actual is None else Fraction(str(actual))
    return standing_of(comparison, kind, Fraction(str(value)), FIRST, LAST, found, on=on, limits=LIMITS,
                       start=None if start is None else Fraction(str(start)))  # fmt: skip


@pytest.mark.parametrize(
    ("comparison", "kind", "value", "actual", "start", "state"),
    [
        ("at_least", "flow", 10, 10, None, MET), ("at_least", "flow", 10, 12, None, PASSED),
        ("at_least", "flow", 10, 9, None, MISSED), ("at_least", "flow", 10, 7.9, None, LOW),
        ("at_least", "stock", 82, 82, 76, MET), ("at_least", "stock", 82, 81, 76, MISSED),
        ("at_least", "stock", 82, 78, 76, LOW), ("at_least", "ratio", 90, 89.9, None, MISSED),
        ("at_most", "ratio", 15, 15, None, MET), ("at_most", "ratio", 15, 13, None, PASSED),
        ("at_most", "ratio", 15, 16, None, MISSED), ("at_most", "ratio", 15, 19, 20, LOW),
        ("equal", "ratio", 100, 100, None, MET), ("equal", "flow", 4, 5, None, MISSED),
        ("equal", "flow", 4, 3, None, LOW), ("zero", "stock", 0, 0, 28, MET), ("zero", "stock", 0, 2, 28, MISSED),
        ("zero", "stock", 0, 8, 28, LOW), ("zero", "flow", 0, 1, None, MISSED),
        ("at_least", "flow", 10, None, None, UNSAID),
    ],
)  # fmt: skip
def test_when_the_days_are_over(
    comparison: str, kind: str, value: float, actual: float | None, start: float | None, state: str
) -> None:
    assert stands(comparison, kind, value, actual, OVER, start).state == state


@pytest.mark.parametrize(
    ("comparison", "kind", "value", "actual", "start", "state"),
    [
        ("at_least", "flow", 10, 10, None, MET),  # reached: nothing takes it away
        ("at_least", "flow", 10, 11, None, PASSED), ("at_least", "flow", 10, 5, None, ON_COURSE),
        ("at_least", "flow", 10, 4, None, BEHIND), ("at_least", "ratio", 90, 91, None, ON_COURSE),
        ("at_least", "ratio", 90, 89, None, BEHIND), ("at_least", "stock", 82, 80, 76, ON_COURSE),
        ("at_least", "stock", 82, 77, 76, BEHIND), ("at_most", "flow", 4, 5, None, MISSED),
        ("at_most", "flow", 4, 3, None, BEHIND),  # at this pace it will be six
        ("at_most", "flow", 4, 1, None, ON_COURSE), ("at_most", "ratio", 15, 18, 20, BEHIND),
        ("at_most", "ratio", 15, 17, 20, ON_COURSE), ("zero", "flow", 0, 0, None, ON_COURSE),
        ("zero", "flow", 0, 1, None, MISSED), ("zero", "stock", 0, 12, 28, ON_COURSE),
        ("zero", "stock", 0, 20, 28, BEHIND), ("equal", "flow", 4, 5, None, MISSED),
        ("equal", "flow", 4, 3, None, ON_COURSE), ("equal", "stock", 4, 3, None, BEHIND),
        ("equal", "ratio", 100, 100, None, ON_COURSE), ("at_least", "flow", 10, None, None, UNSAID),
    ],
)  # fmt: skip
def test_in_the_middle_of_the_year(
    comparison: str, kind: str, value: float, actual: float | None, start: float | None, state: str
) -> None:
    assert stands(comparison, kind, value, actual, JULY, start).state == state


def test_the_first_days_say_nothing_about_the_pace() -> None:
    assert stands("at_least", "flow", 10, 0, JANUARY).state == ON_COURSE
    assert stands("at_least", "flow", 10, 0, FIRST + timedelta(days=29)).state == BEHIND
    assert stands("at_least", "flow", 10, 0, FIRST - timedelta(days=1)).state == AHEAD


def test_where_the_pace_leads() -> None:
    behind = stands("at_least", "flow", 73, 10, FIRST + timedelta(days=72))
    assert (behind.state, behind.ahead, behind.by_now) == (BEHIND, Fraction(50 * 73, 73), Fraction(73 * 73, 365))
    falling = stands("zero", "stock", 0, 20, FIRST + timedelta(days=364), 28)
    assert (falling.state, falling.ahead, falling.by_now) == (BEHIND, 20, 0)


NUMBER = st.fractions(0, 200, max_denominator=50)


@given(
    st.sampled_from(["at_least", "at_most", "equal", "zero"]), st.sampled_from(["stock", "flow", "ratio"]), NUMBER,
    st.none() | NUMBER, st.none() | NUMBER, st.integers(-10, 400),
)  # fmt: skip
def test_every_target_stands_somewhere(
    comparison: str, kind: str, value: Fraction, actual: Fraction | None, start: Fraction | None, day: int
) -> None:
    value = Fraction(0) if comparison == "zero" else value
    on = FIRST + timedelta(days=day)
    found = standing_of(comparison, kind, value, FIRST, LAST, actual, on=on, limits=LIMITS, start=start)
    assert found.state in WORDS
    if actual is None or on < FIRST:
        assert found.state in (UNSAID, AHEAD)
    elif on > LAST:  # then it is met exactly when the number does what was asked
        does = {"at_least": actual >= value, "at_most": actual <= value}.get(comparison, actual == value)
        assert found.state in (DONE if does else FAILED)
    assert found.share is None or found.share >= 0
