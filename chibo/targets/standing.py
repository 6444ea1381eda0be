"""Where a target stands on a day: computed from its value, never kept. Pure arithmetic, exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from chibo.rules.reader import Rule, rules_on
from chibo.targets.models import Target, TargetSaid

MET, PASSED, LOW, MISSED = "target_met", "target_passed", "target_low", "target_missed"
ON_COURSE, BEHIND = "target_on_course", "target_behind"
UNSAID, AHEAD = "target_unsaid", "target_ahead"  # no number yet; not begun
WORDS = {
    PASSED: "vượt", MET: "đạt", LOW: "đạt thấp", MISSED: "không đạt", ON_COURSE: "đúng tiến độ", BEHIND: "chậm",
    UNSAID: "chưa có số", AHEAD: "chưa bắt đầu",
}  # fmt: skip
FAILED = (MISSED, LOW)
DONE = (MET, PASSED)
LOW_BELOW, EARLY_DAYS = "target.low_below", "target.early_days"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the rules of a day say: below which share a miss is «đạt thấp», how long it is too early to look ahead."""

    low_below: Fraction
    early_days: int
    rules: tuple[Rule, ...] = ()


@cache
def limits_on(day: date) -> Limits:
    """By the book of that day; both rules only colour what is shown."""
    book = rules_on(day)
    low, early = book.get(LOW_BELOW), book.get(EARLY_DAYS)
    found = tuple(rule for rule in (low, early) if rule is not None)
    return Limits(Fraction(str(low.value)) if low else Fraction(0), int(early.value) if early else 0, found)


@dataclass(frozen=True, slots=True)
class Standing:
    """State, share of the way that was gone, and where it comes to at this pace."""

    state: str
    share: Fraction | None = None  # 1 is reached
    ahead: Fraction | None = None  # at the last day, at the pace so far; None when it is too early or over
    by_now: Fraction | None = None  # where an even pace would be today


@dataclass(frozen=True, slots=True)
class _Way:
    """One target on one day."""

    comparison: str
    kind: str
    value: Fraction
    start: Fraction | None
    total: int  # days of the period
    gone: int  # of them
    over: bool

    def reached(self, actual: Fraction) -> bool:
        """Whether this number would do."""
        if self.comparison == TargetSaid.AT_LEAST:
            return actual >= self.value
        if self.comparison == TargetSaid.AT_MOST:
            return actual <= self.value
        return actual == self.value

    def beyond(self, actual: Fraction) -> bool:
        """Better than was asked."""
        return self.comparison in (TargetSaid.AT_LEAST, TargetSaid.AT_MOST) and self.reached(actual) and (
            actual != self.value
        )  # fmt: skip

    def settled(self, actual: Fraction) -> bool:
        """Whether nothing can change it any more: the days are over, or what adds up has gone past the bound."""
        if self.over:
            return True
        if self.kind != Target.FLOW:
            return False
        if self.comparison == TargetSaid.AT_LEAST:
            return self.reached(actual)
        return actual > self.value

    def share(self, actual: Fraction) -> Fraction | None:
        """How much of the way, as a part of the whole; None where there is no way to measure."""
        if self.start is not None and self.start != self.value:
            return max(Fraction(0), (actual - self.start) / (self.value - self.start))
        if self.comparison == TargetSaid.AT_MOST and actual > self.value:
            return self.value / actual
        if self.comparison == TargetSaid.EQUAL and actual > self.value:
            return self.value / actual
        return actual / self.value if self.value else None

    def at_the_end(self, actual: Fraction, early: int) -> Fraction | None:
        """The number on the last day at the pace so far; None while it is too early to say."""
        if self.kind == Target.FLOW:
            return actual * self.total / self.gone if self.gone >= early else None
        if self.start is None:
            return actual
        if self.gone < early:
            return None
        return max(Fraction(0), self.start + (actual - self.start) * self.total / self.gone)

    def by_now(self) -> Fraction | None:
        """Where an even pace would be."""
        if self.kind == Target.FLOW and self.comparison in (TargetSaid.AT_LEAST, TargetSaid.EQUAL):
            return self.value * self.gone / self.total
        if self.start is not None:
            return self.start + (self.value - self.start) * self.gone / self.total
        return None


def standing_of(
    comparison: str, kind: str, value: Fraction, first: date, last: date, actual: Fraction | None, *, on: date,
    limits: Limits, start: Fraction | None = None,
) -> Standing:  # fmt: skip
    """Trạng thái của chỉ tiêu ngày `on`: vượt, đạt, đạt thấp, không đạt when it is settled; else on course or behind.

    The rule of the pace: what adds up goes on as fast as on the days so far; what has a start moves on as it moved; any
    other number stays as it is. Before `limits.early_days` days nothing that needs a pace is called behind.
    """
    if on < first:
        return Standing(AHEAD)
    total = (last - first).days + 1
    way = _Way(comparison, kind, value, start, total, min((on - first).days + 1, total), on > last)
    if actual is None:
        return Standing(UNSAID, by_now=None if way.over else way.by_now())
    share = way.share(actual)
    if way.settled(actual):
        return Standing(_settled(way, actual, share, limits), share)
    ahead = way.at_the_end(actual, limits.early_days)
    fine = ahead is None or way.reached(ahead) or (way.comparison == TargetSaid.EQUAL and _passes(way, ahead))
    return Standing(ON_COURSE if fine else BEHIND, share, ahead, way.by_now())


def _settled(way: _Way, actual: Fraction, share: Fraction | None, limits: Limits) -> str:
    if way.reached(actual):
        return PASSED if way.beyond(actual) else MET
    return LOW if share is not None and share < limits.low_below else MISSED


def _passes(way: _Way, ahead: Fraction) -> bool:
    """A number that has to be exact is on course while its pace leads at least there."""
    if way.start is not None and way.start > way.value:
        return ahead <= way.value
    return ahead >= way.value and (way.kind == Target.FLOW or way.start is not None)
