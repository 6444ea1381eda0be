"""From rows to an answer: totals and parts are sums of the rows, never counted a second time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from chibo.figures.answers import Answer, Figure, Part, Question, Row
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
        rows=rows,
        done=sum(row.done for row in rows),
        due=sum(row.due for row in rows),
        exceptions=exceptions,
    )


def _part(child: Placement, rows: Sequence[Row]) -> Part:
    return Part(
        unit_id=child.unit_id, name=child.short_name,
        numerator=sum(row.numerator for row in rows), denominator=sum(row.denominator for row in rows),
        done=sum(row.done for row in rows), due=sum(row.due for row in rows),
    )  # fmt: skip
