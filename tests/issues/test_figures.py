"""Số liệu của sổ hạn chế: as of any day, and every one opens to its rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from chibo.figures.answers import Answer, Tree
from chibo.figures.door import figure
from chibo.issues.models import Limitation
from chibo.issues.queries import register_of, wanted_of
from chibo.kernel.periods import Period
from tests.commune import EVENING, Commune
from tests.issues.acting import caused, checked, remedied, reopened, reported, written
from tests.issues.conftest import SignIn

DAY = timedelta(days=1)
CODES = ("written", "remedied", "reopened", "open", "overdue")


@pytest.fixture
def lived(commune: Commune) -> Limitation:
    """Written on day 0, its remedy due on day 5, reported on day 8, confirmed on day 10, back on day 20."""
    row = written(commune, at=at(0), seen_on=day(0))
    caused(commune, row, at=at(0))
    remedy = remedied(commune, row, due=day(5), at=at(0))
    checked(commune, reported(commune, remedy, on=day(8), at=at(8)), at=at(10))
    row.refresh_from_db()
    reopened(commune, row, at=at(20))
    row.refresh_from_db()
    return row


def at(number: int) -> datetime:
    return EVENING - timedelta(days=40) + number * DAY


def day(number: int) -> date:
    return at(number).date()


def asked(
    commune: Commune, code: str, first: int, last: int, *, unit: Any = None, tree: Tree = Tree.RESTATED
) -> Answer:
    period = Period.days(day(first), day(last))
    return figure(f"limitations.{code}", unit or commune.commune, period, tree, by=commune.actor("Páo"),
                  on=EVENING.date())  # fmt: skip


@pytest.mark.parametrize(
    ("last", "wanted"),
    [
        (-1, (0, 0, 0, 0, 0)), (0, (1, 0, 0, 1, 0)), (5, (1, 0, 0, 1, 0)), (6, (1, 0, 0, 1, 1)), (7, (1, 0, 0, 1, 1)),
        (8, (1, 0, 0, 1, 0)), (9, (1, 0, 0, 1, 0)), (10, (1, 1, 0, 0, 0)), (19, (1, 1, 0, 0, 0)), (20, (1, 1, 1, 1, 0)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("tree", list(Tree))
def test_every_day_of_its_life(
    commune: Commune, lived: Limitation, last: int, wanted: tuple[int, ...], tree: Tree
) -> None:
    found = tuple(asked(commune, code, min(last, -1), last, tree=tree).numerator for code in CODES)
    assert found == wanted


def test_flows_count_what_happened_in_the_period_only(commune: Commune, lived: Limitation) -> None:
    assert asked(commune, "written", 1, 30).numerator == 0
    assert asked(commune, "remedied", 11, 30).numerator == 0
    assert asked(commune, "reopened", 11, 30).numerator == 1


def test_the_register_and_the_figures_say_the_same(commune: Commune, lived: Limitation) -> None:
    late = written(commune, at=at(30), seen_on=day(30))
    caused(commune, late, at=at(30))
    remedied(commune, late, due=day(35), at=at(30))
    shown = register_of(
        commune.commune, wanted_of({}, EVENING.date()), actor=commune.actor("Páo"), on=EVENING.date()
    ).counts
    assert shown["mo"] == asked(commune, "open", 0, 40).numerator == 2
    assert shown["qua-han"] == asked(commune, "overdue", 0, 40).numerator == 1


def test_children_make_the_whole_and_rows_open(commune: Commune, lived: Limitation, sign_in: SignIn) -> None:
    written(commune, "Liên", unit=commune.pom_khe)
    answer = asked(commune, "open", 0, 40)
    assert sum(part.numerator for part in answer.children) == answer.numerator == 2
    assert answer.part(commune.na_loc.pk).numerator == 1  # type: ignore[union-attr]
    pao: Client = sign_in("Páo")
    for code in CODES:
        query = {"don-vi": commune.commune.pk, "tu": f"{day(0):%d/%m/%Y}", "den": f"{day(40):%d/%m/%Y}"}
        page = pao.get(f"/so-lieu/limitations.{code}/", query)
        assert page.status_code == 200, code
        if code != "overdue":
            assert f'href="/han-che/{lived.pk}/"' in page.content.decode(), code
