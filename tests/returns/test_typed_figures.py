"""Số do đơn vị ghi là số liệu của danh mục: asked through the one door, for any branch, any span, either tree."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from chibo.figures.answers import Answer, Kind, Tree
from chibo.figures.door import catalogue, declared, figure, figures, known
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE, show_number, show_percent
from chibo.kernel.periods import Period
from chibo.organisation.models import Unit
from chibo.reorganisation.operations import merge_units, move_unit
from chibo.reorganisation.plans import Paper
from chibo.returns.models import Form, Line, LineCheck
from tests.commune import TODAY, Commune
from tests.conftest import refused
from tests.returns.acting import (
    AUGUST,
    FOREST,
    FOUND,
    HANDLED,
    OCTOBER,
    PATROLS,
    SEPTEMBER,
    WORKS,
    Forest,
    check_of,
    form_of,
    line_of,
)

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)
THIRD = Period(date(2026, 7, 1), OCTOBER)


def ask(
    forest: Forest, name: str, unit: Unit, period: Period = YEAR, tree: Tree = Tree.RESTATED, **told: Any
) -> Answer:
    code = forest.lines[name].code if name in forest.lines else name
    return figure(code, unit, period, tree, **{"by": MACHINE, "on": TODAY} | told)


@pytest.fixture
def filled(forest: Forest, commune: Commune) -> Forest:
    """August to October of Nà Lốc, October of Pom Khe."""
    forest.accepted(("10", "3", "1", "100,5"), first=AUGUST, works="0,25")
    forest.accepted(("20", "2", "2", "100,5"), first=SEPTEMBER)
    forest.accepted(("30", "4", "3", "99"), first=OCTOBER, works="1")
    forest.accepted(("5", "1", "0", "40"), commune.pom_khe, OCTOBER)
    return forest


def test_what_adds_up_is_summed_over_periods_and_units(filled: Forest, commune: Commune) -> None:
    answer = ask(filled, PATROLS, commune.commune)
    assert (answer.figure.kind, answer.numerator, answer.value) == (Kind.FLOW, 65, 65)
    assert {part.name: part.numerator for part in answer.children} == {"Bản Nà Lốc": 60, "Bản Pom Khe": 5}
    assert ask(filled, PATROLS, commune.na_loc).numerator == 60
    assert ask(filled, PATROLS, commune.commune, THIRD).numerator == 30
    assert ask(filled, PATROLS, commune.commune, Period.month(OCTOBER)).numerator == 35
    assert ask(filled, PATROLS, commune.commune, Period(SEPTEMBER, date(2026, 11, 1))).numerator == 55
    assert ask(filled, PATROLS, commune.province).numerator == 65
    assert ask(filled, PATROLS, commune.other_commune).numerator == 0


def test_decimals_are_exact(filled: Forest, commune: Commune) -> None:
    answer = ask(filled, WORKS, commune.commune)
    assert (answer.numerator, answer.value, show_number(answer.numerator)) == (Fraction(5, 4), Fraction(5, 4), "1,25")


def test_every_number_opens_to_its_sheets_and_to_those_that_lack(filled: Forest, commune: Commune) -> None:
    answer = ask(filled, PATROLS, commune.commune, Period(AUGUST, date(2026, 11, 1)))
    assert sum(row.numerator for row in answer.rows) == answer.numerator
    assert (answer.done, answer.due) == (4, 6)  # the sheets of October are due today
    lacking = [row for row in answer.rows if not row.done]
    assert [(row.unit_name, row.month, row.state) for row in lacking] == [
        ("Bản Pom Khe", AUGUST, "missing"), ("Bản Pom Khe", SEPTEMBER, "missing")
    ]  # fmt: skip


def test_of_what_stays_the_last_value_counts(filled: Forest, commune: Commune) -> None:
    answer = ask(filled, FOREST, commune.commune)
    assert (answer.figure.kind, answer.numerator) == (Kind.STOCK, 139)
    assert ask(filled, FOREST, commune.commune, THIRD).numerator == Fraction(201, 2)
    assert ask(filled, FOREST, commune.commune, Period.month(date(2026, 7, 1))).numerator == 0
    later = ask(filled, FOREST, commune.commune, YEAR, on=date(2026, 12, 20))
    assert (later.numerator, later.done, later.due) == (139, 0, 2)
    assert {row.note for row in later.rows} == {"tháng 11/2026 chưa chốt"}


def test_ratios_are_sums_over_sums(filled: Forest, commune: Commune) -> None:
    lines = filled.lines
    code = line_of(filled.form, "Tỷ lệ vụ đã xử lý", "%", since=date(2026, 11, 1), adds=Line.RATIO,
                   above=lines[HANDLED].pk, below=lines[FOUND].pk).code  # fmt: skip
    answer = ask(filled, code, commune.commune)
    assert (answer.numerator, answer.denominator) == (6, 10)
    assert show_percent(answer.numerator, answer.denominator) == "60\N{NO-BREAK SPACE}%"
    other = line_of(filled.form, "Đường trên một vụ", "%", since=date(2026, 11, 1), adds=Line.RATIO,
                    above=lines[WORKS].pk, below=lines[PATROLS].pk).code  # fmt: skip
    both = ask(filled, other, commune.commune)
    assert (both.numerator, both.denominator) == (Fraction(5, 4), 40), "only sheets that say both"


def test_what_is_not_accepted_does_not_count(forest: Forest, commune: Commune) -> None:
    forest.write({PATROLS: "12", FOUND: "2", HANDLED: "2", FOREST: "1"})
    forest.hand_in()
    assert ask(forest, PATROLS, commune.commune).numerator == 0
    forest.accept()
    assert ask(forest, PATROLS, commune.commune).numerator == 12
    forest.reopen()
    forest.write({PATROLS: "15"})
    answer = ask(forest, PATROLS, commune.commune)
    assert answer.numerator == 12, "what was accepted counts until it is accepted anew"
    assert "đang mở lại, số cũ còn tính đến khi chốt lại" in {row.note for row in answer.rows}
    forest.hand_in()
    forest.accept()
    assert ask(forest, PATROLS, commune.commune).numerator == 15


def test_a_period_that_is_cut_is_left_out_and_named(commune: Commune, filled: Forest) -> None:
    answer = ask(filled, PATROLS, commune.commune, Period(date(2026, 8, 15), date(2026, 10, 15)))
    assert (answer.numerator, answer.exceptions) == (20, (("phiếu có kỳ vượt ra ngoài khoảng hỏi", 3),))


def test_quarterly_sheets_make_a_year(commune: Commune) -> None:
    forest = Forest(commune)
    forest.form = form_of(commune, name="Quý", every=Form.QUARTER, due_day=10)
    forest.lines = {name: line_of(forest.form, f"{name} quý") for name in (PATROLS, FOUND, HANDLED, FOREST, WORKS)}
    forest.change = check_of(forest.form, [forest.lines[PATROLS]], LineCheck.CHANGE, number=Decimal(50))
    forest.accepted(("10", "1", "1", "5"), first=date(2026, 1, 1), works="0")
    forest.accepted(("20", "1", "1", "5"), first=date(2026, 4, 1), works="0")
    assert ask(forest, PATROLS, commune.commune).numerator == 30
    assert ask(forest, PATROLS, commune.commune, Period.month(date(2026, 2, 1))).numerator == 0
    assert ask(forest, PATROLS, commune.commune, Period(date(2026, 1, 1), date(2026, 7, 1))).numerator == 30


def test_as_it_was_and_restated_after_a_move(filled: Forest, commune: Commune) -> None:
    on = datetime(2026, 11, 10, 8, 0, tzinfo=ZONE)
    paper = Paper("13-QĐ/TU", on.date(), key=uuid.uuid4())
    move_unit(commune.na_loc, commune.other_commune, paper=paper, on=on.date(), at=on, by=MACHINE)
    commune.commune.refresh_from_db()
    for name, whole, moved in ((PATROLS, 65, 60), (FOREST, 139, 99)):
        span = Period(AUGUST, date(2026, 11, 1))
        was = ask(filled, name, commune.commune, span, Tree.AS_WAS, on=on.date())
        now = ask(filled, name, commune.commune, span, Tree.RESTATED, on=on.date())
        there = ask(filled, name, commune.other_commune, span, Tree.RESTATED, on=on.date())
        assert (was.numerator, now.numerator, there.numerator) == (whole, whole - moved, moved), name
        assert sum(part.numerator for part in was.children) == whole


def test_a_merge_adds(filled: Forest, commune: Commune) -> None:
    on = datetime(2026, 11, 10, 8, 0, tzinfo=ZONE)
    paper = Paper("12-QĐ/ĐU", on.date(), key=uuid.uuid4())
    merge_units([commune.na_loc], commune.pom_khe, paper=paper, on=on.date(), at=on, by=MACHINE)
    heir = Unit.objects.get(pk=commune.pom_khe.pk)
    span = Period(AUGUST, date(2026, 11, 1))
    assert ask(filled, PATROLS, heir, span, on=on.date()).numerator == 65
    assert ask(filled, PATROLS, heir, span, Tree.AS_WAS, on=on.date()).numerator == 5


def test_only_rows_in_sight_count(filled: Forest, commune: Commune) -> None:
    answer = ask(filled, PATROLS, commune.na_loc, by=commune.actor("Inh"))
    assert answer.numerator == 60
    assert ask(filled, PATROLS, commune.commune, by=commune.actor("Inh")).numerator == 60
    with refused("unknown_figure"):
        ask(filled, PATROLS, commune.khuoi_moc, by=commune.actor("Sơn"))


def test_the_catalogue_holds_them_beside_the_declared(filled: Forest, commune: Commune, queries: Any) -> None:
    codes = {line.code for line in filled.lines.values()}
    assert set(catalogue()) - set(declared()) == codes
    assert set(catalogue(commune.actor("Liên"))) >= codes
    actor = commune.actor("Sơn")
    assert set(catalogue(actor)) == set(declared())
    with queries(0):
        known(["meetings.held", "no.such"])
    with queries(1):
        assert set(known([*codes, "meetings.held", "returns.nothing"])) == codes | {"meetings.held"}


def test_lines_of_one_form_are_read_together(filled: Forest, commune: Commune, queries: Any) -> None:
    codes = [filled.lines[name].code for name in (PATROLS, FOUND, HANDLED)]
    with queries(1 + 4 + 1 + 3):  # the lines; who owes; names; the values of each
        together = figures(codes, commune.commune, YEAR, Tree.RESTATED, by=MACHINE, on=TODAY)
    assert [together[code].numerator for code in codes] == [65, 10, 6]


def test_how_sheets_come_in_is_a_figure_too(filled: Forest, commune: Commune) -> None:
    filled.form.due_day = 5
    span = Period(SEPTEMBER, date(2026, 11, 6))  # August to October fall due
    handed = ask(filled, "sheets.handed_in", commune.commune, span)
    assert (handed.numerator, handed.denominator) == (4, 6)
    on_time = ask(filled, "sheets.on_time", commune.commune, span)
    assert (on_time.numerator, on_time.denominator) == (2, 6), "those of August and September came in November"
    assert ask(filled, "sheets.handed_in", commune.na_loc, span, by=commune.actor("Inh")).numerator == 3
