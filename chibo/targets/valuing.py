"""The value of targets on a day: asked of the figures through the one door, or as it was reported by hand.

Targets of the same days are asked together: of a unit and of those directly below it, one question answers for all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from chibo.figures.answers import Answer, Kind, Tree
from chibo.figures.door import catalogue, figures
from chibo.kernel.actor import Actor
from chibo.kernel.paths import unit_ids
from chibo.kernel.periods import Period
from chibo.organisation.models import PathVersion, Unit
from chibo.targets.measures import asked_words
from chibo.targets.models import ReportedValue, Target, TargetSaid
from chibo.targets.queries import Asked, with_said
from chibo.targets.standing import Standing, limits_on, standing_of


@dataclass(frozen=True, slots=True)
class Value:
    """A number, both its parts when it is a ratio, where it opens and up to which day it holds."""

    exact: Fraction | None
    numerator: Any = None
    denominator: Any = None
    answer: Answer | None = None  # of a figure: it opens to its rows
    reported: ReportedValue | None = None  # by hand: it opens to its proof
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Valued:
    """One target, what it asks for, its value and where it stands."""

    row: Target
    said: TargetSaid
    value: Value
    standing: Standing

    @property
    def state(self) -> str:
        """One of `standing.WORDS`."""
        return self.standing.state

    @property
    def asked(self) -> str:
        """«ít nhất 12 đảng viên»."""
        return asked_words(self.said.comparison, self.said.value, self.row.measure)


def valued(rows: Sequence[Asked], *, by: Actor, on: date) -> list[Valued]:
    """Each with its value and standing on that day. One query for numbers by hand, one question for the same days."""
    answers = _answers([each for each in rows if each.row.figure and each.row.first <= on], by, on)
    reported = _reported([each for each in rows if not each.row.figure], by, on)
    limits = limits_on(on)
    found = []
    for each in rows:
        row, said = each.row, each.said
        value = answers.get(row.pk) or reported.get(row.pk) or Value(None)
        standing = standing_of(
            said.comparison, row.kind, Fraction(said.value), row.first, said.last, value.exact, on=on, limits=limits,
            start=Fraction(said.start) if said.start is not None else None,
        )  # fmt: skip
        found.append(Valued(row, said, value, standing))
    return found


def one_valued(row: Target, *, by: Actor, on: date) -> Valued | None:
    """The same of one target; None when it was dropped."""
    asked = with_said([row], actor=by)
    return valued(asked, by=by, on=on)[0] if asked else None


def _reported(rows: Iterable[Asked], by: Actor, on: date) -> dict[Any, Value]:
    """The newest number of each; of a ratio with both parts where they were given."""
    keys = [each.row.pk for each in rows]
    if not keys:
        return {}
    numbers = ReportedValue.objects.visible_to(by).live().filter(target__in=keys, on__lte=on)
    found = {}
    for row in numbers.order_by("target", "-on", "-at").distinct("target"):
        parts = row.numerator is not None and row.denominator
        exact = Fraction(row.numerator) * 100 / Fraction(row.denominator) if parts else Fraction(row.value)
        found[row.target_id] = Value(exact, row.numerator, row.denominator, None, row, row.on)
    return found


Asking = tuple[int, date, date]  # the unit to ask, and the days


def _answers(rows: Iterable[Asked], by: Actor, on: date) -> dict[Any, Value]:
    """The figures, asked as few times as can be."""
    together: dict[Asking, list[Asked]] = defaultdict(list)
    rows = list(rows)
    asked_of = _asked_of(rows, on)
    for each in rows:
        together[asked_of[each.row.unit_id], each.row.first, min(each.said.last, on)].append(each)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={asked for asked, *_ in together})} if rows else {}
    found: dict[Any, Value] = {}
    for (asked, first, last), those in together.items():
        codes = sorted({each.row.figure for each in those} & set(catalogue()))
        answers = figures(codes, units[asked], Period.days(first, last), Tree.AS_WAS, by=by, on=on)
        found |= {each.row.pk: _value(answers[each.row.figure], each.row, last) for each in those
                  if each.row.figure in answers}  # fmt: skip
    return found


def _asked_of(rows: Sequence[Asked], on: date) -> dict[int, int]:
    """Which unit is asked for each: the one above where it, or a sibling, is among them too.

    Whoever came from elsewhere within the days is asked alone: under the one above only a part of it would be found.
    """
    paths = {each.row.unit_id: unit_ids(each.row.place_path) for each in rows}
    above = {unit: path[-2] for unit, path in paths.items() if len(path) > 1}
    if not above:
        return {unit: unit for unit in paths}
    days = min(each.row.first for each in rows), max(min(each.said.last, on) for each in rows) + timedelta(days=1)
    stood = PathVersion.objects.filter(unit__in=above, during__overlap=days).values_list("unit", "path")
    moved = {unit for unit, path in stood if unit_ids(path) != paths[unit]}
    siblings = Counter(above.values())
    together = {parent for parent, count in siblings.items() if count > 1 or parent in paths}
    return {unit: above[unit] if above.get(unit) in together and unit not in together | moved else unit
            for unit in paths}  # fmt: skip


def _value(answer: Answer, row: Target, until: date) -> Value:
    """Of the unit itself, or of its part in the answer of the one above."""
    part = answer if answer.question.unit.pk == row.unit_id else answer.part(row.unit_id)
    numerator, denominator = (part.numerator, part.denominator) if part is not None else (0, 0)
    if answer.figure.kind is Kind.RATIO:
        exact = Fraction(numerator * 100, denominator) if denominator else None
        return Value(exact, numerator, denominator, answer, None, until)
    return Value(Fraction(numerator), None, None, answer, None, until)
