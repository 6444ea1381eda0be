"""What a figure said, in one short line: «12/54», «21,4 %»."""

from __future__ import annotations

from chibo.figures.answers import Answer, Kind
from chibo.kernel.dates import show_number, show_percent


def in_words(answer: Answer) -> str:
    """«11/23 (47,8 %)» of a ratio, «4 nhiệm vụ» of a count."""
    if answer.figure.kind is not Kind.RATIO:
        return f"{show_number(answer.numerator)} {answer.figure.unit_of_measure}"
    both = f"{show_number(answer.numerator)}/{show_number(answer.denominator)}"
    return f"{both} ({show_percent(answer.numerator, answer.denominator)})" if answer.denominator else both
