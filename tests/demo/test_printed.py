"""Numbers printed about such organisations, beside what the invented province computes: `make figures` shows them all.

`printed.csv` is the project's own copy: every number of five articles with the demo's unit, the days and the figure
that answer it, or why nothing here can. A number that is only kept as it was typed is not among those computed.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from chibo.demo.load import load
from chibo.demo.province import Province
from chibo.figures.answers import Answer, Row, Tree
from chibo.figures.branches import children_of
from chibo.figures.door import figures
from chibo.kernel.actor import MACHINE
from chibo.kernel.periods import Period
from chibo.organisation.models import Placement, Unit

DAY = date(2026, 11, 25)
PRINTED = Path(__file__).with_name("printed.csv")
COMPUTED = 41
Printed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Computed:
    """What came out, and how many rows stand behind it."""

    value: str
    rows: int


def day_of(text: str) -> date:
    """A day; «start» is a week after the commune with a whole year began."""
    return Province(DAY, print).start + timedelta(days=7) if text == "start" else date.fromisoformat(text)


def unit_of(row: Printed) -> Unit:
    """The demo's unit of that name: it may have ended, or be called otherwise now."""
    found = Placement.objects.filter(name=row["unit"]).values_list("unit", flat=True).distinct()
    return Unit.objects.get(pk=found.get())


def ask(row: Printed, unit: Unit, first: date, last: date) -> list[Answer]:
    """Its figures, on the tree of those days."""
    answers = figures(row["figures"].split(), unit, Period.days(first, last), Tree.AS_WAS, by=MACHINE, on=DAY)
    return list(answers.values())


def total(answers: Iterable[Answer], rows: Callable[[Row], bool] = lambda row: True) -> Computed:
    """Rows that count, added up."""
    found = [row for answer in answers for row in answer.rows if row.numerator and rows(row)]
    return Computed(str(sum(row.numerator for row in found)), len(found))


def computed(row: Printed) -> Computed:
    """The number of this line, from the door of figures."""
    unit, first, last = unit_of(row), day_of(row["first"]), day_of(row["last"])
    if row["take"] == "fall":  # from the first day to the last
        before, after = (total(ask(row, unit, day, day)) for day in (first, last))
        return Computed(str(int(before.value) - int(after.value)), before.rows)
    answers = ask(row, unit, first, last)
    if row["take"] == "communes":  # directly below, added up
        below = [child for child in children_of(answers[0].question) if child.kind == "commune"]
        return total(each for child in below for each in ask(row, child.unit, first, last))
    return TAKEN[row["take"]](answers)


def _within(answers: list[Answer]) -> Computed:
    units = {each.unit_id for each in answers[1].rows if each.numerator}
    return total(answers[:1], lambda each: each.unit_id in units)


def _short(answers: list[Answer]) -> Computed:
    left = answers[0].denominator - answers[0].numerator
    return Computed(str(left), left)


TAKEN: Mapping[str, Callable[[list[Answer]], Computed]] = {
    "count": total,
    "direct": lambda answers: total(answers, lambda each: each.child_id == each.unit_id),  # directly below
    "within": _within,  # rows of units that count in the second figure
    "short": _short,
    "ratio": lambda answers: Computed(f"{answers[0].numerator}/{answers[0].denominator}", len(answers[0].rows)),
    "percent": lambda answers: Computed(f"{float((answers[0].value or 0) * 100):g}", len(answers[0].rows)),
}


def agrees(row: Printed, found: Computed) -> bool:
    """As it is printed; where the article says «hơn», it is more."""
    if row["over"]:
        return float(found.value) > float(row["value"])
    return found.value == row["value"]


@pytest.mark.sweep
@pytest.mark.timeout(600)
def test_what_is_printed_is_what_the_demo_computes(db: None) -> None:
    load(on=DAY, say=lambda line: None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = list(csv.DictReader(PRINTED.open(encoding="utf-8")))
    asked = [row for row in rows if row["figures"]]
    print(f"\n{'':8} {'printed':>10} {'computed':>10} {'rows':>6}  quantity, where, how")
    wrong = []
    for row in asked:
        found = computed(row)
        wrong += [] if agrees(row, found) else [(row["id"], row["value"], found.value)]
        print(f"{row['id']} {row['printed'] or row['value']:>10} {found.value:>10} {found.rows:>6}  "
              f"{row['quantity']}; {row['unit']}; {row['figures']}, {row['take']}")  # fmt: skip
    print("\nleft:")
    for row in rows:
        if not row["figures"]:
            print(f"{row['id']} {row['printed'] or row['value'] or '-':>10}  {row['quantity']}: {row['left']}")
    assert wrong == []
    assert len(asked) == COMPUTED
    assert all(row["figures"] or row["left"] for row in rows)
    assert len(rows) == 155
