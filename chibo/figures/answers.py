"""What a figure is and what it answers: plain values, the same for page, paper, export and command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from chibo.kernel.actor import Actor
from chibo.kernel.periods import Period
from chibo.organisation.models import Unit

Number = Any  # an int; an exact Fraction where a figure is measured with decimals: 1,25 km


class Tree(StrEnum):
    """Which tree a figure is summed on (decision 7)."""

    AS_WAS = "as_was"  # cây của ngày ấy
    RESTATED = "restated"  # cây của hôm nay


class Kind(StrEnum):
    """How figures of parts and of periods go together."""

    STOCK = "stock"  # on a day
    FLOW = "flow"  # over a period, adds up
    RATIO = "ratio"  # numerator over denominator; parts add, values are never averaged


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks for which branch, over which days, on which tree; `on` is the day of asking."""

    unit: Unit
    period: Period
    tree: Tree
    by: Actor
    on: date
    shared: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def last(self) -> date:
        """The day a stock is read: the last of the period, today at the latest."""
        return min(self.period.last, self.on)

    def once[T](self, read: Callable[[Question], T]) -> T:
        """Read something the first time; figures asked together share what they read.

        What was read is kept by the function that reads it: two rooms cannot meet under one name.
        """
        if read not in self.shared:
            self.shared[read] = read(self)
        found: T = self.shared[read]
        return found


@dataclass(frozen=True, slots=True)
class Row:
    """One fact behind a number: where, when, what it adds, and the page it opens."""

    unit_id: int
    unit_name: str
    child_id: int  # the unit directly below the one asked for
    month: date
    day: date
    numerator: Number
    denominator: Number
    state: str
    about: tuple[str, str]  # kind and id, e.g. ("meetings.meeting", "…")
    note: str = ""
    title: str = ""  # what its link says; the month when empty
    done: int = 0  # facts that have come in
    due: int = 0  # facts that should have come in by the day of asking


@dataclass(frozen=True, slots=True)
class Part:
    """The same figure for one unit directly below."""

    unit_id: int
    name: str
    numerator: Number
    denominator: Number
    done: int  # facts that have come in
    due: int  # facts that should have come in by the day of asking

    @property
    def value(self) -> Fraction | None:
        """Numerator over denominator, exactly; None without denominator."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A figure answered: both numbers, the parts, the rows, what is left out and how complete it is."""

    figure: Figure
    question: Question
    numerator: Number
    denominator: Number
    children: tuple[Part, ...]
    read_rows: Callable[[Question], tuple[Row, ...]] = field(repr=False, compare=False)  # when opened
    done: int
    due: int
    exceptions: tuple[tuple[str, int], ...] = ()  # in words, and how many were left out for it

    @property
    def rows(self) -> tuple[Row, ...]:
        """The facts behind the numbers."""
        return self.question.once(self.read_rows)

    @property
    def value(self) -> Fraction | None:
        """Numerator over denominator, exactly; the count itself when the figure has no denominator at all."""
        if self.figure.kind is not Kind.RATIO:
            return Fraction(self.numerator)
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def part(self, unit_id: int) -> Part | None:
        """The part of one unit directly below."""
        return next((part for part in self.children if part.unit_id == unit_id), None)


@dataclass(frozen=True, slots=True)
class Figure:
    """A countable thing, defined once, in words."""

    code: str
    name: str
    kind: Kind
    unit_of_measure: str
    definition: str
    answer: Callable[[Figure, Question], Answer] = field(repr=False, compare=False)
    one_row: str = "buổi"  # what one fact behind it is called
    complete: str = "buổi đến hạn đã kết thúc"  # what `done` of `due` says
