"""Tổng giữ sẵn: what the database keeps adding up is what the registers hold, for whoever may see it, at any moment."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.access.wall import raise_wall
from chibo.figures.answers import Question, Tree
from chibo.figures.checks import checks
from chibo.figures.door import figures
from chibo.figures.models import Pending, Tally
from chibo.figures.tallies import edges, fold, sums_of, whole_months
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.periods import Period
from chibo.meetings.models import Meeting
from chibo.organisation.models import Unit
from tests.access.conftest import as_application
from tests.commune import TODAY, Commune
from tests.figures.test_door import AUTUMN, CODES, MONTHS, MOVED, NUMBERS, autumn_with_a_move, close, planned

ORDINARY = ["meetings.ordinary"]
SPANS = [AUTUMN, Period.year(2026), Period.days(date(2026, 9, 15), date(2026, 11, 2)), Period.month(MONTHS[1])]


def told(unit: Unit, period: Period, tree: Tree, *, by: Actor = MACHINE, on: date = TODAY) -> Any:
    """Both figures with their parts."""
    answers = figures(CODES, unit, period, tree, by=by, on=on).values()
    parts = [sorted((p.unit_id, p.numerator, p.denominator, p.done, p.due) for p in a.children) for a in answers]
    return [(a.numerator, a.denominator, a.done, a.due, a.exceptions) for a in answers], parts


def from_the_registers(*asked: Any, **more: Any) -> Any:
    """The same without any sum kept."""
    with patch("chibo.meetings.figures.meetings.sums_of", return_value=None):
        return told(*asked, **more)


def kept(unit: Unit, tree: Tree, by: Actor) -> Any:
    """What the sums kept say of the autumn; None when they do not serve."""
    return sums_of(Question(unit, AUTUMN, tree, by, TODAY), ORDINARY, AUTUMN)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    numbers=st.lists(NUMBERS, min_size=9, max_size=9), moved=st.sampled_from([MOVED, date(2026, 9, 2), TODAY]),
    folded=st.booleans(), on=st.sampled_from([TODAY, date(2026, 10, 20), date(2026, 11, 30)]),
)  # fmt: skip
def test_the_sums_kept_are_those_of_the_registers(
    commune: Commune, numbers: list[Any], moved: date, folded: bool, on: date
) -> None:
    with transaction.atomic():
        autumn_with_a_move(commune, numbers, moved)
        if folded:
            fold()
        assert list(checks()) == []
        for unit, tree, period in product(Unit.objects.all(), Tree, SPANS):
            assert told(unit, period, tree, on=on) == from_the_registers(unit, period, tree, on=on)
        transaction.set_rollback(True)


def test_what_is_taken_away_or_put_on_another_day_is_followed(commune: Commune) -> None:
    for month in MONTHS:
        for meeting in planned([commune.na_loc, commune.khuoi_moc], month):
            close(meeting, 4, 1)
    fold()
    first = Meeting.objects.filter(unit=commune.na_loc).earliest("planned_on")
    Meeting.objects.filter(unit=commune.pom_khe, planned_on=first.planned_on).delete()
    Meeting.objects.filter(pk=first.pk).update(planned_on=MONTHS[1], month=MONTHS[1], kind=Meeting.THEMATIC)
    assert list(checks()) == []
    assert [row[:2] for row in told(commune.province, AUTUMN, Tree.RESTATED)[0]] == [(5, 7), (20, 25)]
    fold()
    assert (list(checks()), fold()) == ([], 0)


def test_a_sum_that_differs_is_named_by_the_check(commune: Commune) -> None:
    planned([], MONTHS[0])
    fold()
    Tally.objects.filter(measure="meetings.ordinary").first().delete()
    assert list(checks()) == ["Số liệu «meetings.ordinary»: tổng giữ sẵn khác sổ gốc ở 1 chỗ."]


def test_a_branch_is_summed_for_whoever_sees_it_whole(commune: Commune) -> None:
    for meeting in planned([commune.na_loc, commune.pom_khe, commune.khuoi_moc], MONTHS[2]):
        close(meeting, 4, 1)
    province, office, secretary = commune.actor("Vân"), commune.actor("Páo"), commune.actor("Inh")
    for tree in Tree:
        assert kept(commune.province, tree, province)
        assert kept(commune.province, tree, office) is None
        assert kept(commune.commune, tree, office) is None, "cells are read from the registers"
    with as_application():
        for actor, rows in ((province, 2), (office, 0), (secretary, 0)):
            raise_wall(actor)
            facts = [1, commune.province.scope_path, ORDINARY, AUTUMN.first, AUTUMN.after]
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM chibo_tallies(%s::smallint, %s, %s, %s, %s)", facts)
                assert len(cursor.fetchall()) == rows


@pytest.mark.parametrize("model", [Tally, Pending])
def test_the_application_neither_reads_nor_writes_sums(commune: Commune, model: Any) -> None:
    with as_application():
        raise_wall(MACHINE)
        for attempt in ("SELECT * FROM {}", "DELETE FROM {}", "UPDATE {} SET sums = '{{}}'"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(attempt.format(model._meta.db_table))


def test_whole_months_of_a_province_do_not_touch_the_meetings(commune: Commune) -> None:
    for month in MONTHS:
        planned([], month)
    with CaptureQueriesContext(connection) as seen:
        told(commune.province, Period(MONTHS[0], MONTHS[2]), Tree.RESTATED)
    assert len(seen) == 2
    assert not any("meetings_meeting" in query["sql"] for query in seen)


def test_a_period_is_whole_months_and_what_is_left() -> None:
    spring = Period.days(date(2026, 1, 20), date(2026, 4, 10))
    months = whole_months(spring, until=date(2026, 12, 31))
    assert months == Period(date(2026, 2, 1), date(2026, 4, 1))
    assert edges(spring, months) == [Period.days(date(2026, 1, 20), date(2026, 1, 31)),
                                     Period.days(date(2026, 4, 1), date(2026, 4, 10))]  # fmt: skip
    assert whole_months(spring, until=date(2026, 3, 30)) == Period.month(date(2026, 2, 1))
    assert whole_months(spring, until=date(2026, 2, 27)) is None
    assert whole_months(Period.month(date(2026, 2, 1)), until=date(2026, 2, 28)) == Period.month(date(2026, 2, 1))
