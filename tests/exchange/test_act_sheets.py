"""Sắp xếp theo một bảng: what each line would do, what is refused and where, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from chibo.exchange.acts.operations import answered, decide, look_ahead
from chibo.exchange.answers import answer_workbook
from chibo.exchange.drafts import Draft, from_told
from chibo.exchange.models import Intake
from chibo.exchange.operations import receive, say_columns
from chibo.exchange.reading.workbook import read_workbook
from chibo.front.refusals import sentence
from chibo.kernel.actor import MACHINE, Actor
from chibo.ledger.models import Entry
from chibo.membership.queries import roll_on
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import placement_on
from chibo.reorganisation.models import Decision, Descent
from chibo.reorganisation.operations import take_back
from tests.commune import TODAY, Commune
from tests.conftest import refused
from tests.exchange.conftest import MORNING
from tests.exchange.making import a_book

HEADS = ["STT", "Việc", "Mã", "Đơn vị", "Tên mới", "Loại mới", "Trực thuộc", "Nhập vào", "Chi bộ mới", "Ghi chú"]
KEYS = {"act": 1, "code": 2, "unit": 3, "name": 4, "kind": 5, "parent": 6, "into": 7, "cells": 8, "note": 9}
PAPER = {"number": "07-QĐ/ĐU", "signed_on": "2026-11-01", "signer": "Lường Văn Páo", "reason": ""}
Decided = Callable[..., Intake]


def line(act: str = "", unit: str = "", **more: Any) -> list[Any]:
    """A line of the sheet: only what is said is filled."""
    row: list[Any] = [""] * len(HEADS)
    for name, value in {"act": act, "unit": unit, **more}.items():
        row[KEYS[name]] = value
    return row


def a_sheet(*lines: Iterable[Any], people: Iterable[Iterable[Any]] = (), heads: Iterable[str] = HEADS) -> bytes:
    def fill(book: Any) -> None:
        page = book.add_worksheet("Sắp xếp")
        for number, row in enumerate([["BẢNG SẮP XẾP TỔ CHỨC"], heads, *lines]):
            page.write_row(number, 0, row)
        if people:
            beside = book.add_worksheet("Chia đảng viên")
            for number, row in enumerate([["Họ và tên", "Chi bộ hiện nay", "Về chi bộ"], *people]):
                beside.write_row(number, 0, row)

    return a_book(fill)


@pytest.fixture
def looked(commune: Commune) -> Callable[..., Intake]:
    """Send a sheet and look at what it would do."""

    def look(data: bytes, unit: Unit | None = None, by: Actor | None = None, on: date = TODAY) -> Intake:
        by = by or commune.actor("Nhung")
        intake = receive(unit or commune.commune, "acts", "sap-xep.xlsx", data, holds_from=on, at=MORNING, by=by,
                         paper=PAPER)  # fmt: skip
        return look_ahead(say_columns(intake, {}, hidden_too=None, by=by), at=MORNING, by=by)

    return look


def written(intake: Intake, by: Actor) -> Decision:
    decide(intake, seen=intake.outcome["digest"], at=MORNING, by=by, by_name="Nhung")
    return Decision.objects.get(pk=intake.pk)


def drafts(intake: Intake, part: str = "lines") -> list[Draft]:
    return [from_told(each) for each in intake.outcome[part]]


def why(intake: Intake, part: str = "lines") -> list[str]:
    """The codes of what keeps each line out; «» for one that is not kept out."""
    return [", ".join(problem.refusal.code for problem in draft.problems) for draft in drafts(intake, part)]


REFORM = [
    line("thành lập", "Đảng bộ xã Huổi Sen"),
    line("chuyển", "Bản Nà Lốc", parent="Đảng bộ xã Huổi Sen"),
    line("Sáp nhập", "Bản Khuổi Mộc", into="Bản Pom Khe"),
    line("Chuyển", "Bản Pom Khe", parent="Đảng bộ xã Huổi Sen"),
    line("kết thúc", "Đảng bộ xã Nậm Sen"),
    line("đổi tên", "Xã Huổi Sen", name="Đảng bộ xã Huổi Sen Mới"),
]


def test_each_line_sees_what_those_before_it_did(commune: Commune, looked: Decided) -> None:
    intake = looked(a_sheet(*REFORM[:1], *REFORM[3:4]), commune.province, MACHINE)
    first, second = drafts(intake)
    assert first.does == ["Lập Đảng bộ xã Huổi Sen"]
    assert "1 tổ chức (cả nhánh Bản Pom Khe) chuyển về Đảng bộ xã Huổi Sen" in second.does
    assert not Decision.objects.exists()
    assert not Placement.objects.filter(name__contains="Huổi Sen").exists()
    assert not Entry.objects.filter(verb="unit.reform").exists()


def test_a_sheet_is_one_decision_with_one_line_and_goes_back_whole(commune: Commune, looked: Decided) -> None:
    names = [row.full_name for row in roll_on(commune.na_loc, TODAY) if not row.guest]
    people = [[name, "", "Nà Lốc 1" if number < 5 else "Nà Lốc 2"] for number, name in enumerate(names)]
    sheet = a_sheet(line("chia tách", "Bản Nà Lốc", cells="Chi bộ bản Nà Lốc 1; Chi bộ bản Nà Lốc 2"),
                    line("đổi tên", "Bản Pom Khe", name="Chi bộ bản Pom Khe Mới"),
                    line("", "Bản gì đó", note="giữ"), people=people)  # fmt: skip
    intake = looked(sheet)
    assert why(intake) == ["", "", ""]
    assert why(intake, "people") == [""] * 10
    assert intake.outcome["sums"]["members_move"] == 10
    before = Entry.objects.count()
    decision = written(intake, commune.actor("Nhung"))
    assert Entry.objects.count() == before + 1
    assert Entry.objects.latest("pk").verb == "unit.reform"
    assert (decision.act, decision.unit, decision.paper) == ("reform", commune.commune, "07-QĐ/ĐU")
    assert Descent.objects.filter(decision=decision).count() == 2
    names = set(Placement.objects.on(TODAY).filter(kind="cell", parent=commune.commune).values_list("name", flat=True))
    assert names == {"Chi bộ bản Nà Lốc 1", "Chi bộ bản Nà Lốc 2", "Chi bộ bản Pom Khe Mới"}
    assert written(intake, commune.actor("Nhung")) == decision  # sent twice, decided once
    take_back(decision, why="typed_wrong", at=MORNING, by=commune.actor("Nhung"))
    assert placement_on(commune.na_loc.pk, TODAY) is not None
    assert len(roll_on(commune.na_loc, TODAY)) == 10
    assert Placement.objects.on(TODAY).get(unit=commune.pom_khe).name == "Chi bộ bản Pom Khe"


def test_a_reform_of_two_communes(commune: Commune, looked: Decided) -> None:
    intake = looked(a_sheet(*REFORM), commune.province, MACHINE)
    assert why(intake) == [""] * 6, [draft.problems for draft in drafts(intake)]
    written(intake, MACHINE)
    new = Placement.objects.on(TODAY).get(name="Đảng bộ xã Huổi Sen Mới")
    below = Placement.objects.on(TODAY).filter(parent=new.unit).values_list("name", flat=True)
    assert sorted(below) == ["Chi bộ bản Nà Lốc", "Chi bộ bản Pom Khe"]
    assert placement_on(commune.other_commune.pk, TODAY) is None


def test_one_refused_line_and_nothing_is_written(commune: Commune, looked: Decided) -> None:
    intake = looked(a_sheet(line("đổi tên", "Bản Pom Khe", name="Chi bộ Một"), line("kết thúc", "Bản Nà Lốc")))
    assert why(intake) == ["", "members_left"]
    (problem,) = drafts(intake)[1].problems
    assert (problem.label, problem.cell, problem.seen) == ("Đơn vị", "D4", "Bản Nà Lốc")
    with refused("sheet_has_refused", count=1):
        written(intake, commune.actor("Nhung"))
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (line("xóa", "Bản Pom Khe"), "cell_unknown_word"),
        (line("", "Bản Pom Khe", name="Chi bộ Một"), "act_missing"),
        (line("đổi tên", "Bản Pom Khe"), "act_needs"),
        (line("đổi tên", "Bản Pom Khe", name="Chi bộ Một", into="Bản Nà Lốc"), "act_not_used"),
        (line("kết thúc"), "act_needs"),
        (line("thành lập"), "act_needs"),
        (line("thành lập", "Tổ Một"), "unit_kind_unknown"),
        (line("chuyển", "Bản Không Có", parent="Xã Huổi Lam"), "unit_unknown"),
        (line("chuyển", "Bản Pom Khe", parent="Xã Huổi Lam"), "same_superior"),
        (line("chuyển", "Bản Pom Khe", parent="Bản Nà Lốc"), "act_parent_is_cell"),
        (line("đổi tên", "Bản Khuổi Mộc", name="Chi bộ Một"), "unit_unknown"),
        (line("đổi tên", "Bản Pom Khe", name="Chi bộ Một", parent="Bản Nà Lốc"), "act_stands_elsewhere"),
        (line("đổi tên", "Bản Pom Khe", name="Chi bộ Một", code="1"), "unit_unknown"),
        (line("đổi loại", "Bản Pom Khe", kind="Đảng bộ cơ sở"), "members_need_cells"),
        (line("đổi tên", "Xã Huổi Lam", name="Đảng bộ xã Khác"), "line_out_of_reach"),
        (line("sáp nhập", "Bản Pom Khe", into="Bản Nà Lôc Xa"), "act_target_unknown"),
        (line("sáp nhập", "Bản Pom Khe", into="Bản Pom Khe"), "two_sources"),
        (line("hợp nhất", "Bản Pom Khe", into="Bản Nà Lốc"), "act_target_stands"),
        (line("hợp nhất", "Bản Pom Khe", into="Chi bộ Mới"), "two_sources"),
        (line("chia tách", "Bản Pom Khe", cells="Chi bộ Một"), "two_heirs"),
        (line("chia tách", "Bản Pom Khe", cells="Chi bộ Một; Chi bộ Hai"), "act_members_unplaced"),
        (line("nâng cấp", "Bản Pom Khe", kind="Đảng bộ cơ sở", cells="Chi bộ Một; Chi bộ Hai"), "act_members_unplaced"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_line_that_cannot_be_says_why(commune: Commune, looked: Decided, bad: list[Any], code: str) -> None:
    intake = looked(a_sheet(bad))
    assert why(intake) == [code]
    (problem,) = drafts(intake)[0].problems
    assert sentence(problem.refusal)
    assert problem.cell or code in {"line_out_of_reach"}


def test_a_unit_out_of_sight_is_a_unit_that_does_not_exist(commune: Commune, looked: Decided) -> None:
    there = looked(a_sheet(line("kết thúc", "Chi bộ bản Khuổi Mộc")))
    nowhere = looked(a_sheet(line("kết thúc", "Chi bộ bản Không Đâu")))
    by_code = looked(a_sheet(line("kết thúc", code=commune.khuoi_moc.pk)))
    by_no_code = looked(a_sheet(line("kết thúc", code=999_999)))
    told = [sentence(drafts(each)[0].problems[0].refusal) for each in (there, nowhere, by_code, by_no_code)]
    assert told[0].replace("Khuổi Mộc", "Không Đâu") == told[1]
    assert told[2].replace(str(commune.khuoi_moc.pk), "999999") == told[3]


def test_members_of_the_second_sheet_are_looked_for_in_the_cell(commune: Commune, looked: Decided) -> None:
    people = [["Quàng Thị Liên", "", "Chi bộ Một"], ["Lò Văn Thuận", "", "Chi bộ Hai"],
              ["Vì Văn Bun", "", "Chi bộ Ba"], ["Lò Văn Inh", "", "Chi bộ Một"],
              ["Quàng Thị Liên", "", "Chi bộ Hai"], ["Hà Thị Yến", "", ""]]  # fmt: skip
    intake = looked(a_sheet(line("chia tách", "Bản Pom Khe", cells="Chi bộ Một; Chi bộ Hai"), people=people))
    assert why(intake, "people") == ["", "", "heir_unknown", "person_not_there", "line_twice", ""]
    assert why(intake) == ["act_people_refused"]


def test_lines_of_one_act(commune: Commune, looked: Decided) -> None:
    intake = looked(a_sheet(line("hợp nhất", "Bản Nà Lốc", into="Chi bộ bản Nà Pom"),
                            line("hợp nhất", "Bản Pom Khe", into="Chi bộ bản Nà Pom")))  # fmt: skip
    first, second = drafts(intake)
    assert "Lập Chi bộ bản Nà Pom" in first.does
    assert second.does == ["Cùng một việc với dòng 3"]
    assert intake.outcome["acts"] == 1
    decision = written(intake, commune.actor("Nhung"))
    assert Descent.objects.filter(decision=decision).count() == 2


def test_a_tree_that_moved_meanwhile_is_seen_again(commune: Commune, looked: Decided) -> None:
    sheet = a_sheet(line("sáp nhập", "Bản Pom Khe", into="Bản Nà Lốc"))
    intake, other = looked(sheet), looked(a_sheet(line("đổi tên", "Bản Nà Lốc", name="Chi bộ bản Nà Lốc Xanh")))
    written(other, commune.actor("Nhung"))
    with refused("list_moved"):
        written(intake, commune.actor("Nhung"))
    with refused("list_moved"):
        decide(intake, seen="khac", at=MORNING, by=commune.actor("Nhung"))


def test_a_sheet_without_acts(commune: Commune, looked: Decided) -> None:
    intake = looked(a_sheet(line("", "Bản Pom Khe", note="giữ"), line("giữ nguyên", "Bản Nà Lốc")))
    assert (why(intake), intake.outcome["acts"]) == (["", ""], 0)
    with refused("no_acts"):
        written(intake, commune.actor("Nhung"))


def test_the_answer_is_the_same_workbook_with_remarks(commune: Commune, looked: Decided) -> None:
    intake = looked(a_sheet(line("kết thúc", "Bản Nà Lốc"), people=[["Lò Văn Inh", "", "Chi bộ Một"]]))
    book = read_workbook("tra-loi.xlsx", answer_workbook(answered(intake), sentence, written=False))
    acts, people = book.sheets
    assert [acts.name, people.name] == ["Sắp xếp", "Chia đảng viên"]
    assert "Ô D3, cột «Đơn vị»: «Bản Nà Lốc». Còn 10 lượt đảng viên sinh hoạt ở đây" in acts.lines[-1].cells[11].text
    assert "Không việc chia tách" in people.lines[-1].cells[4].text
