"""Đặt biểu số liệu: who may, what is refused, what ends."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest

from chibo.kernel.errors import NoPower
from chibo.kernel.periods import Period
from chibo.ledger.models import Entry as Act
from chibo.returns.models import Form, Line, LineCheck
from chibo.returns.operations import NewForm, NewLine, add_line, define_form, end_check, end_form, end_line
from chibo.returns.periods import due_on, label_of, period_named, periods_in
from tests.commune import Commune
from tests.conftest import refused
from tests.returns.acting import (
    AT,
    BEGINS,
    FOREST,
    FOUND,
    HANDLED,
    OCTOBER,
    PATROLS,
    SEPTEMBER,
    WORKS,
    Forest,
    by_machine,
    check_of,
    form_of,
    line_of,
)

pytestmark = pytest.mark.django_db


def test_the_office_defines_a_form_and_its_lines_become_figures(forest: Forest) -> None:
    assert [line.code for line in forest.lines.values()] == [
        "returns.luot_tuan_tra_rung", "returns.vu_phat_hien", "returns.vu_da_xu_ly", "returns.rung_bao_ve",
        "returns.duong_sua",
    ]  # fmt: skip
    assert Act.objects.filter(verb__startswith="form.").count() == 1 + 5 + 2


def test_only_who_directs_the_unit_defines(commune: Commune) -> None:
    new = NewForm("Biểu", Form.MONTH, ["cell"], 5, BEGINS)
    for name in ("Inh", "Páo", "Khiêm", "Lan"):
        with pytest.raises(NoPower):
            define_form(commune.commune, new, key=uuid.uuid4(), at=AT, by=commune.actor(name), by_name=name)
    define_form(commune.commune, new, key=uuid.uuid4(), at=AT, by=commune.actor("Nhung"), by_name="Nhung")


def test_sent_twice_it_is_one_form(commune: Commune) -> None:
    key = uuid.uuid4()
    assert form_of(commune, key=key) == form_of(commune, key=key)
    with refused("key_used"):
        form_of(commune, key=key, name="Biểu khác")


@pytest.mark.parametrize(
    ("told", "code"),
    [({"name": " "}, "no_name"), ({"name": "x" * 121}, "text_too_long"), ({"every": "week"}, "unknown_choice"),
     ({"kinds": []}, "no_kind_chosen"), ({"kinds": ["nhà"]}, "unknown_choice"), ({"due_day": 0}, "bad_due_day"),
     ({"due_day": 29}, "bad_due_day"), ({"basis": "Số 0912345678"}, "looks_like_identity")],
)  # fmt: skip
def test_a_form_that_makes_no_sense_is_refused(commune: Commune, told: dict[str, object], code: str) -> None:
    with refused(code):
        form_of(commune, **told)


@pytest.mark.parametrize(
    ("new", "code"),
    [(NewLine("", "vụ"), "no_name"), (NewLine("Số vụ", ""), "no_measure"),
     (NewLine("Số vụ", "vụ", decimals=4), "bad_decimals"), (NewLine("Số vụ", "vụ", adds="mean"), "unknown_choice"),
     (NewLine("VU PHAT HIEN", "vụ"), "line_known"), (NewLine("Tỷ lệ", "%", adds="ratio"), "ratio_of_two_lines")],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_refused(forest: Forest, new: NewLine, code: str) -> None:
    with refused(code):
        add_line(forest.form, new, since=BEGINS, **by_machine())


def test_a_ratio_rests_on_two_lines_that_add_alike(forest: Forest) -> None:
    lines = forest.lines
    row = line_of(forest.form, "Tỷ lệ xử lý", "%", adds=Line.RATIO, above=lines[HANDLED].pk, below=lines[FOUND].pk)
    assert (row.above, row.below, row.must) == (lines[HANDLED], lines[FOUND], False)
    with refused("ratio_adds_alike"):
        line_of(forest.form, "Tỷ lệ lạ", "%", adds=Line.RATIO, above=lines[FOREST].pk, below=lines[FOUND].pk)
    with refused("line_used"):
        end_line(lines[FOUND], after=OCTOBER, at=AT, by=by_machine()["by"])


def test_a_name_used_twice_gets_a_code_of_its_own(commune: Commune, forest: Forest) -> None:
    other = form_of(commune, name="Biểu quý", every=Form.QUARTER)
    assert line_of(other, PATROLS).code == "returns.luot_tuan_tra_rung_2"


def test_what_was_handed_in_is_not_asked_for_more_afterwards(forest: Forest) -> None:
    forest.accepted(("12", "2", "1", "100"))
    with refused("periods_handed_in"):
        line_of(forest.form, "Cháy rừng", "vụ", since=SEPTEMBER)
    assert line_of(forest.form, "Cháy rừng", "vụ", since=date(2026, 11, 3)).begins == date(2026, 11, 1)
    with refused("periods_handed_in"):
        end_form(forest.form, after=SEPTEMBER, at=AT, by=by_machine()["by"])


def test_ending_keeps_what_was_said(forest: Forest) -> None:
    forest.accepted(("12", "2", "1", "100"))
    line = end_line(forest.lines[WORKS], after=OCTOBER, at=AT, by=by_machine()["by"])
    assert line.ends == date(2026, 11, 1)
    with refused("line_ended"):
        end_line(line, after=OCTOBER, at=AT, by=by_machine()["by"])
    form = end_form(forest.form, after=OCTOBER, at=AT, by=by_machine()["by"])
    assert periods_in(form, Period.year(2026))[-1].first == OCTOBER
    with refused("form_ended"):
        line_of(form, "Thêm", "vụ", since=date(2026, 12, 1))


def test_a_line_nobody_was_asked_yet_goes_at_once(forest: Forest) -> None:
    line = end_line(forest.lines[WORKS], after=OCTOBER, at=AT, by=by_machine()["by"])
    assert line.ends == line.begins


def test_checks_speak_of_lines_of_the_form(forest: Forest) -> None:
    with refused("check_of_lines"):
        check_of(forest.form, [], LineCheck.EQUAL)
    with refused("check_of_lines"):
        check_of(forest.form, [forest.lines[FOUND]], LineCheck.EQUAL, [forest.lines[FOUND]])
    with refused("change_only_warns"):
        check_of(forest.form, [forest.lines[FOUND]], LineCheck.CHANGE, grave=True, number=Decimal(5))
    ended = end_check(forest.handled, after=OCTOBER, at=AT, by=by_machine()["by"])
    with refused("check_ended"):
        end_check(ended, after=OCTOBER, at=AT, by=by_machine()["by"])


def test_periods_have_names_and_days(commune: Commune) -> None:
    assert [label_of(every, date(2026, 7, 1)) for every in ("month", "quarter", "half")] == [
        "tháng 7/2026", "quý III/2026", "6 tháng cuối năm 2026"
    ]  # fmt: skip
    assert label_of("year", date(2026, 1, 1)) == "năm 2026"
    form = form_of(commune, every=Form.QUARTER, due_day=20, begins=date(2025, 8, 9))
    assert form.begins == date(2025, 7, 1)
    assert due_on(form, OCTOBER) == date(2027, 1, 20)
    spans = [period.first for period in periods_in(form, Period.days(date(2025, 1, 1), date(2026, 5, 31)))]
    assert spans == [date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)]
    assert period_named("quarter", "2026-10").first == OCTOBER
    for slug in ("2026-11", "2026-1", "2026-13", "abc", "\uff19999-10", "0001-10"):
        with refused("no_such_period"):
            period_named("quarter", slug)
