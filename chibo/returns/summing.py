"""All numbers of one period: units × lines, with the sums the door of figures gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chibo.figures.answers import Answer, Kind, Number, Tree
from chibo.figures.door import figures
from chibo.kernel.actor import Actor
from chibo.kernel.dates import show_number, show_percent
from chibo.organisation.models import Unit
from chibo.returns.board import Board, Cell
from chibo.returns.content import parts_of
from chibo.returns.models import Line
from chibo.returns.periods import period_from


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's numbers: None while nothing is accepted."""

    cell: Cell
    name: str
    unit_id: int
    exact: list[Number | None]
    words: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Tổng hợp: every unit, and the answer of the whole branch for each line."""

    lines: list[Line]
    rows: list[Row]
    sums: list[tuple[Answer, str]]


def summed(board: Board, unit: Unit, first: date, *, by: Actor, on: date) -> Table:
    """Numbers accepted so far; a unit whose sheet is not accepted stands there without."""
    lines, _ = parts_of(board.form, first)
    codes = [line.code for line in lines]
    answers = figures(codes, unit, period_from(board.form.every, first), Tree.RESTATED, by=by, on=on) if codes else {}
    at = next((place for place, column in enumerate(board.columns) if column.first == first), 0)
    rows = []
    for row in board.rows:
        if row.cells[at].squares:
            exact = [_of(answers[code], row.unit_id, unit.pk) for code in codes]
            words = [_words(answers[code], value) for code, value in zip(codes, exact, strict=True)]
            rows.append(Row(row.cells[at], row.name, row.unit_id, exact, words))
    return Table(lines, rows, [(answers[code], _sum(answers[code])) for code in codes])


def _of(answer: Answer, unit_id: int, top: int) -> Number | None:
    """The number of a unit below, of the unit itself where it is its own row; None while nothing is accepted."""
    if unit_id == top:
        own = [row for row in answer.rows if row.unit_id == top and row.done]
        return _value(answer, sum(row.numerator for row in own), sum(row.denominator for row in own), len(own))
    part = answer.part(unit_id)
    return _value(answer, part.numerator, part.denominator, part.done) if part else None


def _value(answer: Answer, numerator: Number, denominator: Number, done: int) -> Number | None:
    if not done or (answer.figure.kind is Kind.RATIO and not denominator):
        return None
    return Fraction(numerator) / Fraction(denominator) if answer.figure.kind is Kind.RATIO else numerator


def _words(answer: Answer, value: Number | None) -> str:
    if value is None:
        return ""
    return show_percent(value, 1) if answer.figure.kind is Kind.RATIO else show_number(value)


def _sum(answer: Answer) -> str:
    return _words(answer, _value(answer, answer.numerator, answer.denominator, answer.done))
