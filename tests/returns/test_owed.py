"""Việc cần làm: the sheet that is due, the ones to check, whom to remind."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.kernel.actor import MACHINE
from chibo.meetings.owed import Owed
from chibo.returns.owed import owed
from tests.commune import TODAY, Commune
from tests.issues.conftest import SignIn
from tests.returns.acting import AUGUST, FOUND, HANDLED, OCTOBER, PATROLS, SEPTEMBER, Forest, form_of
from tests.returns.test_pages import address, page

pytestmark = pytest.mark.django_db
LATE = date(2026, 11, 9)


def of(commune: Commune, name: str, on: date = TODAY) -> list[Owed]:
    return owed(commune.actor(name, on), on=on)


def test_nobody_owes_without_forms(commune: Commune) -> None:
    assert [of(commune, name) for name in ("Inh", "Nhung", "Páo", "Vân", "Khiêm")] == [[]] * 5


def test_the_secretary_owes_the_sheet_from_a_few_days_before(forest: Forest, commune: Commune) -> None:
    forest.accepted(("1", "0", "0", "1"), first=AUGUST)
    forest.accepted(("1", "0", "0", "1"), first=SEPTEMBER)
    (item,) = of(commune, "Inh")
    assert (item.title, item.due, item.days_late) == (
        "Nộp phiếu «Bảo vệ rừng», tháng 10/2026", date(2026, 11, 5), 0
    )  # fmt: skip
    assert of(commune, "Inh", date(2026, 11, 9))[0].days_late == 4
    before = [each.title for each in of(commune, "Inh", date(2026, 10, 30))]
    assert "Nộp phiếu «Bảo vệ rừng», tháng 10/2026" not in before, "October is not over"
    assert of(commune, "Duyên")[0].args == item.args
    assert not of(commune, "Khiêm")
    forest.write({PATROLS: "1", FOUND: "0", HANDLED: "0"})
    assert of(commune, "Inh"), "begun is not handed in"
    forest.hand_in()
    assert of(commune, "Inh") == []


def test_what_came_back_is_owed_again(forest: Forest, commune: Commune) -> None:
    for month in (AUGUST, SEPTEMBER):
        forest.accepted(("1", "0", "0", "1"), first=month)
    forest.write({PATROLS: "1", FOUND: "0", HANDLED: "0"})
    forest.hand_in()
    forest.give_back({PATROLS: "Xem lại"})
    (item,) = of(commune, "Inh")
    assert (item.button, item.title) == ("Sửa phiếu", "Sửa lại phiếu «Bảo vệ rừng», tháng 10/2026")


def test_the_office_checks_and_reminds(forest: Forest, commune: Commune) -> None:
    (item,) = of(commune, "Nhung", LATE)
    assert (item.kind, item.firm, item.title) == (
        "chase_sheets", False, "2 nơi chưa nộp phiếu «Bảo vệ rừng», tháng 10/2026"
    )  # fmt: skip
    forest.write({PATROLS: "1", FOUND: "0", HANDLED: "0", "Rừng bảo vệ": "1"})
    forest.hand_in()
    check, remind = of(commune, "Nhung", LATE)
    assert (check.kind, check.title, check.why) == (
        "sheets", "Kiểm phiếu «Bảo vệ rừng», tháng 10/2026", "Bản Nà Lốc"
    )  # fmt: skip
    assert remind.title.startswith("1 nơi chưa nộp")
    assert not [each for each in of(commune, "Páo", LATE) if each.kind != "sheet"], "who leads does not check"
    assert len(owed(MACHINE, on=LATE)) > 2


def test_home_shows_both_and_their_buttons_open(forest: Forest, commune: Commune, sign_in: SignIn) -> None:
    forest.write({PATROLS: "1", FOUND: "0", HANDLED: "0", "Rừng bảo vệ": "1"})
    forest.hand_in()
    assert address(forest, "kiem/") in page(sign_in("Nhung"), "/")
    home = page(sign_in("Inh"), "/")
    assert address(forest, month="2026-09") in home
    assert address(forest) not in home


def test_a_form_of_the_province_is_owed_by_the_commune(commune: Commune) -> None:
    form_of(commune, commune.province, name="Giảm nghèo", kinds=["commune"], every="quarter", due_day=10,
            begins=OCTOBER.replace(month=7))  # fmt: skip
    assert [each.title for each in of(commune, "Nhung") if each.kind == "sheet"] == [
        "Nộp phiếu «Giảm nghèo», quý III/2026"
    ]
    assert not [each for each in of(commune, "Inh") if each.kind == "sheet"]
