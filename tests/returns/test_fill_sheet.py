"""Điền, nộp phiếu: box by box, two people at once, what lacks and what warns."""

from __future__ import annotations

import uuid
from datetime import datetime

import pytest

from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower, Stale
from chibo.kernel.periods import Period
from chibo.returns.boxes import BadBoxes
from chibo.returns.content import view_of
from chibo.returns.models import Entry, Sheet, Step
from chibo.returns.owing import GIVEN_BACK, LATE, MISSING, NOT_YET, ON_TIME, WAITS, Stood, branch_over, state_of
from tests.commune import Commune
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
    form_of,
)

pytestmark = pytest.mark.django_db


def test_boxes_are_saved_one_by_one(forest: Forest) -> None:
    versions = forest.write({PATROLS: "1.234", FOREST: "14.419,5"})
    assert set(versions.values()) == {1}
    assert sorted(Entry.objects.values_list("value", flat=True)) == ["1234", "14419.5"]
    assert set(forest.write({PATROLS: "1234"}).values()) == {1}, "the same number is no change"
    assert set(forest.write({PATROLS: "12"}).values()) == {2}


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [(PATROLS, "1,5", "bad_count"), (PATROLS, "mười", "bad_count"), (PATROLS, "-3", "bad_count"),
     (FOREST, "1.2", "bad_amount"), (FOREST, "1,25", "bad_amount"), (FOREST, "1,", "bad_amount"),
     (WORKS, "9" * 20, "bad_amount"), ("line.999999", "1", "unknown_field"), ("điều gì", "1", "unknown_field"),
     ("why.99999", "x", "unknown_field"), (PATROLS, "\uff11\uff12", "bad_count")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_beside_its_box(forest: Forest, name: str, typed: str, code: str) -> None:
    with pytest.raises(BadBoxes) as caught:
        forest.write({name: typed, FOUND: "3"})
    assert [each.code for each in caught.value.errors.values()] == [code]
    assert not Entry.objects.exists(), "all boxes or none"


def test_a_reason_holds_no_number_of_a_person(forest: Forest) -> None:
    with pytest.raises(BadBoxes) as caught:
        forest.write({f"why.{forest.change.pk}": "hỏi 0912345678"})
    assert [each.code for each in caught.value.errors.values()] == ["looks_like_identity"]


def test_the_second_of_two_is_told_both_numbers(forest: Forest) -> None:
    forest.write({PATROLS: "12"}, by="Inh")
    with pytest.raises(Stale) as caught:
        forest.write({PATROLS: "15"}, by="Duyên", based_on=0)
    (conflict,) = caught.value.conflicts
    assert (conflict["mine"], conflict["theirs"], conflict["theirs_by"]) == ("15", "12", "Inh")
    assert conflict["label"] == PATROLS
    forest.write({PATROLS: ""}, by="Duyên", based_on=0)  # given back as it was given: no change of hers


def test_only_who_answers_for_the_unit_fills_in(forest: Forest) -> None:
    for name in ("Páo", "Khiêm", "Liên", "Sơn", "Vân"):
        with pytest.raises(NoPower):
            forest.write({PATROLS: "12"}, by=name)
    forest.write({PATROLS: "12"}, by="Nhung")  # the office types what came on paper


def test_only_units_of_the_kind_below_owe_it(forest: Forest) -> None:
    with refused("not_owed"):
        forest.write({PATROLS: "1"}, unit=forest.commune.commune, by="Nhung")
    other = form_of(forest.commune, forest.commune.other_commune)
    forest.form = other
    with refused("not_owed"):
        forest.write({}, by="Inh")
    with refused("not_owed"):
        forest.form = form_of(forest.commune, begins=datetime(2026, 11, 1).date())
        forest.write({}, by="Inh")


def test_a_sheet_with_blanks_is_not_handed_in(forest: Forest) -> None:
    forest.write({PATROLS: "12", FOUND: "2"})
    with refused("sheet_lacks", count=2):
        forest.hand_in()
    forest.write({HANDLED: "3", FOREST: "100"})
    with refused("sheet_lacks", count=1, sentence="«Vụ đã xử lý» (3) lớn hơn «Vụ phát hiện» (2)."):
        forest.hand_in()
    forest.write({HANDLED: "2"})
    step = forest.hand_in()
    sheet = forest.sheet()
    assert (sheet.state, sheet.handed_in_on, step.from_paper) == (Sheet.HANDED_IN, step.at.date(), False)


def test_a_warning_wants_a_reason(forest: Forest) -> None:
    forest.accepted(("10", "0", "0", "100"), first=SEPTEMBER)
    forest.write({PATROLS: "16", FOUND: "0", HANDLED: "0"})
    with refused("sheet_lacks", sentence="«Lượt tuần tra rừng» là 16, kỳ trước 10: thay đổi quá 50 %."):
        forest.hand_in()
    forest.write({f"why.{forest.change.pk}": "Mùa khô, tuần tra dày hơn"})
    forest.hand_in()


def test_what_stays_is_filled_in_from_the_last_period(forest: Forest) -> None:
    forest.accepted(("10", "0", "0", "100,5"), first=AUGUST)
    view = view_of(forest.form, forest.commune.na_loc.pk, OCTOBER)
    assert view.default_of(f"line.{forest.lines[FOREST].pk}") == "100.5"
    assert view.default_of(f"line.{forest.lines[PATROLS].pk}") == "", "what adds up begins anew"
    forest.write({PATROLS: "10", FOUND: "0", HANDLED: "0", FOREST: "100,5"}, based_on=0)
    forest.hand_in()
    assert Entry.objects.get(sheet=forest.sheet(), field=f"line.{forest.lines[FOREST].pk}").value == "100.5"


def test_handed_in_twice_it_is_one_step_and_typing_ends(forest: Forest) -> None:
    forest.write({PATROLS: "12", FOUND: "2", HANDLED: "2", FOREST: "1"})
    key = uuid.uuid4()
    assert forest.hand_in(key=key) == forest.hand_in(key=key)
    with refused("sheet_waits"):
        forest.write({PATROLS: "13"})
    with refused("sheet_waits"):
        forest.hand_in()


def test_nothing_is_handed_in_before_the_period_is_over(forest: Forest) -> None:
    november = datetime(2026, 11, 1).date()
    forest.write({PATROLS: "12", FOUND: "2", HANDLED: "2", FOREST: "1"}, first=november)
    with refused("period_not_over", day=datetime(2026, 11, 30).date()):
        forest.hand_in(first=november)


def test_given_back_with_a_remark_mended_accepted(forest: Forest) -> None:
    forest.write({PATROLS: "12", FOUND: "2", HANDLED: "2", FOREST: "1"})
    forest.hand_in()
    with refused("say_what_to_mend"):
        forest.give_back({PATROLS: " "})
    forest.give_back({PATROLS: "Sổ trực ghi 11 lượt"})
    view = view_of(forest.form, forest.commune.na_loc.pk, OCTOBER)
    assert view.editable
    assert [(each.line_id, each.text) for each in view.remarks] == [(forest.lines[PATROLS].pk, "Sổ trực ghi 11 lượt")]
    with refused("sheet_not_waiting"):
        forest.accept()
    forest.write({PATROLS: "11"})
    forest.hand_in()
    forest.accept()
    assert [step.kind for step in Step.objects.order_by("number")] == [
        "handed_in", "given_back", "handed_in", "accepted"
    ]  # fmt: skip
    with refused("sheet_accepted"):
        forest.write({PATROLS: "10"})


def test_opened_again_it_says_why(forest: Forest) -> None:
    forest.accepted(("12", "2", "2", "1"))
    with refused("no_reason"):
        forest.reopen(" ")
    step = forest.reopen("Thiếu một vụ")
    assert step.why == "Thiếu một vụ"
    with refused("sheet_not_accepted"):
        forest.reopen()
    forest.write({FOUND: "3"})
    forest.hand_in()
    forest.accept()
    assert forest.sheet().values.count() == 4 * 2, "the older ones stay readable"


def test_only_who_receives_it_checks(forest: Forest) -> None:
    forest.write({PATROLS: "12", FOUND: "2", HANDLED: "2", FOREST: "1"})
    forest.hand_in()
    for name in ("Inh", "Páo", "Lan", "Vân", "Khiêm"):
        with pytest.raises(NoPower):
            forest.accept(by=name)
        with pytest.raises(NoPower):
            forest.give_back({PATROLS: "Xem lại"}, by=name)


def test_where_a_sheet_stands_is_a_matter_of_days(forest: Forest, commune: Commune) -> None:
    due, before, after = datetime(2026, 11, 5).date(), datetime(2026, 11, 5).date(), datetime(2026, 11, 6).date()
    assert (state_of(None, due, before), state_of(None, due, after)) == (NOT_YET, MISSING)
    forest.write({PATROLS: "12", FOUND: "2", HANDLED: "2", FOREST: "1"})
    assert state_of(forest.sheet(), due, after) == MISSING, "a draft is not handed in"
    forest.hand_in()
    assert state_of(forest.sheet(), due, after) == WAITS
    forest.give_back(why="Thiếu ngày tuần tra")
    assert state_of(forest.sheet(), due, after) == GIVEN_BACK
    forest.hand_in(at=datetime(2026, 11, 9, 8, 0, tzinfo=ZONE))
    forest.accept()
    assert state_of(forest.sheet(), due, after) == ON_TIME, "the first time counts"
    late = datetime(2026, 11, 9, 8, 0, tzinfo=ZONE)
    forest.write({PATROLS: "1", FOUND: "1", HANDLED: "0", FOREST: "1"}, commune.pom_khe, by="Liên", at=late)
    forest.hand_in(commune.pom_khe, by="Liên", at=late)
    forest.accept(commune.pom_khe)
    assert state_of(forest.sheet(commune.pom_khe), due, after) == LATE
    stood = Stood([forest.form], Period.month(OCTOBER), branch_over(commune.commune, Period.month(OCTOBER)), actor=None)
    owners = stood.owners(forest.form, datetime(2026, 10, 31).date())
    assert [each.name for each in owners.values()] == ["Bản Nà Lốc", "Bản Pom Khe"]
