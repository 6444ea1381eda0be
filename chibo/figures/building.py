"""From rows to an answer: totals and parts are sums of the rows, never counted a second time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chibo.figures.answers import Answer, Figure, Number, Part, Question, Row
from chibo.figures.branches import children_with
from chibo.organisation.models import Placement


def answer_from(
    figure: Figure, question: Question, rows: Iterable[Row], exceptions: tuple[tuple[str, int], ...] = ()
) -> Answer:
    """The answer these rows make."""
    rows = tuple(rows)
    below: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        below[row.child_id].append(row)
    return Answer(
        figure=figure,
        question=question,
        numerator=sum(row.numerator for row in rows),
        denominator=sum(row.denominator for row in rows),
        children=tuple(_part(child, below[child.unit_id]) for child in children_with(question, below)),
        read_rows=lambda question: rows,
        done=sum(row.done for row in rows),
        due=sum(row.due for row in rows),
        exceptions=exceptions,
    )


@dataclass(frozen=True, slots=True)
class Sum:
    """What the facts below one child add up to, as the database counted them."""

    numerator: Number
    denominator: Number
    done: int
    due: int


def answer_of_sums(
    figure: Figure, question: Question, sums: Mapping[int, Sum], read_rows: Callable[[Question], tuple[Row, ...]],
    exceptions: tuple[tuple[str, int], ...] = (),
) -> Answer:  # fmt: skip
    """The answer of sums a child; the facts behind them are read when they are opened."""
    nothing = Sum(0, 0, 0, 0)
    found = [(child, sums.get(child.unit_id, nothing)) for child in children_with(question, sums)]
    return Answer(
        figure=figure,
        question=question,
        numerator=sum(each.numerator for each in sums.values()),
        denominator=sum(each.denominator for each in sums.values()),
        children=tuple(
            Part(child.unit_id, child.short_name, each.numerator, each.denominator, each.done, each.due)
            for child, each in found
        ),
        read_rows=read_rows,
        done=sum(each.done for each in sums.values()),
        due=sum(each.due for each in sums.values()),
        exceptions=exceptions,
    )


def _part(child: Placement, rows: Sequence[Row]) -> Part:
    return Part(
        unit_id=child.unit_id, name=child.short_name,
        numerator=sum(row.numerator for row in rows), denominator=sum(row.denominator for row in rows),
        done=sum(row.done for row in rows), due=sum(row.due for row in rows),
    )  # fmt: skip
