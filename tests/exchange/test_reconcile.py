"""A sheet of the national database beside the book: what differs, whose is newer, and the correction sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.exchange.models import Intake
from chibo.exchange.operations import preview, say_columns
from chibo.exchange.reading.workbook import read_workbook
from chibo.exchange.reconciling import LOOK, OURS, THEIRS, Reconciliation, give_corrections, reconcile
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.membership.operations import note_particulars
from tests.commune import POM_KHE, Commune
from tests.exchange.conftest import MORNING
from tests.exchange.making import a_list
from tests.exchange.test_members import a_new

Take, Send = Callable[..., Intake], Callable[..., Intake]
SHEET = ["Họ và tên", "Giới tính", "Ngày sinh", "Dân tộc", "Số căn cước", "Số thẻ đảng viên", "Tổ chức đảng",
         "Nơi thường trú", "Ngày vào Đảng", "Ngày chính thức"]  # fmt: skip
OF_SHEET, KNOWN_SINCE = date(2026, 10, 20), date(2026, 10, 1)


@pytest.fixture
def sheet(commune: Commune, taken: Take, sent: Send) -> Intake:
    """Of Pom Khe: somebody alike, somebody who differs three ways, somebody unknown; the others are missing."""
    heads = ["STT", "Họ và tên", "Chi bộ", "Ngày sinh", "Giới tính", "Số thẻ đảng viên", "Ngày vào Đảng",
             "Ngày chính thức", "Nơi thường trú"]  # fmt: skip
    taken(a_list(
        heads, [*a_new("Hà Văn Khớp", "Bản Pom Khe"), "Huổi Lam"],
        [*a_new("Lò Thị Lệch", "Bản Pom Khe", card="000000000002"), "Huổi Lam"],
    ), on=KNOWN_SINCE)  # fmt: skip
    person = _person("Lò Thị Lệch")
    by = commune.actor("Nhung")
    note_particulars({person: {"address": "Nậm Sen"}}, first=date(2026, 11, 1), at=MORNING, by=by)
    cell = "Bản Pom Khe"
    data = a_list(
        SHEET,
        ["HÀ VĂN KHỚP", "Nữ", "03/02/1990", "", "", "012345678901", cell, "Huổi Lam", "03/02/2015", "03/02/2016"],
        ["LÒ THỊ LỆCH", "", "04/02/1990", "Thái", "", "000000000002", cell, "Huổi Lam", "05/02/2015", "03/02/2016"],
        ["LÒ THỊ LẠ", "Nữ", "1980", "", "", "000000000009", cell, "", "03/02/2010", "03/02/2011"],
        title=["BIỂU RÀ SOÁT"],
    )  # fmt: skip
    return say_columns(sent(data, commune.pom_khe, on=OF_SHEET), {}, hidden_too=None, by=by)


def _person(name: str) -> Any:
    from chibo.membership.models import Person

    return Person.objects.get(full_name=name)


def found(commune: Commune, sheet: Intake) -> Reconciliation:
    return reconcile(sheet, at=MORNING, by=commune.actor("Nhung"))


def test_what_differs_and_whose_is_newer(commune: Commune, sheet: Intake) -> None:
    seen = found(commune, sheet)
    assert seen.same == 1
    assert {(d.label, d.ours, d.theirs, d.side) for d in seen.differences} == {
        ("Nơi thường trú", "Nậm Sen", "Huổi Lam", OURS),  # noted after the day of the sheet
        ("Giới tính", "Nữ", "", OURS),  # the sheet leaves it empty
        ("Ngày sinh", "03/02/1990", "04/02/1990", THEIRS),
        ("Dân tộc", "", "Thái", THEIRS),
        ("Ngày vào Đảng", "03/02/2015", "05/02/2015", LOOK),
    }


def test_who_is_missing_on_either_side(commune: Commune, sheet: Intake) -> None:
    seen = found(commune, sheet)
    assert [draft.title for draft in seen.only_theirs] == ["Lò Thị Lạ"]
    assert sorted(known.person.full_name for known in seen.only_ours) == sorted(POM_KHE)
    assert seen.refused == []


def test_comparing_writes_nothing(commune: Commune, sheet: Intake) -> None:
    commune.actor("Nhung")
    before = Entry.objects.count()
    found(commune, sheet)
    assert Entry.objects.count() == before


def test_the_correction_sheet_has_the_columns_of_the_sheet(commune: Commune, sheet: Intake) -> None:
    data = give_corrections(sheet, at=MORNING, by=commune.actor("Nhung"))
    (page,) = read_workbook("a.xlsx", data).sheets
    assert [cell.text for cell in page.lines[0].cells.values()] == [*SHEET, "Việc cần sửa"]
    rows = {line.cells[1].text: {n: c.text for n, c in line.cells.items()} for line in page.lines[1:]}
    assert len(rows) == 7
    wrong = rows["LÒ THỊ LỆCH"]
    assert (wrong[2], wrong[3], wrong[6], wrong[8]) == ("Nữ", "1990-02-04", "000000000002", "Nậm Sen")
    assert wrong[11] == "Sửa: Nơi thường trú; Giới tính"
    assert rows["Quàng Thị Liên"][11].startswith("Thêm")
    assert rows["LÒ THỊ LẠ"][11].startswith("Kiểm tra")
    entry = Entry.objects.get(verb="list.given_out")
    assert (entry.unit_id, entry.reason) == (commune.pom_khe.pk, "corrections")


def test_what_is_theirs_comes_in_by_the_ordinary_way(commune: Commune, sheet: Intake) -> None:
    shown = preview(sheet, at=MORNING, by=commune.actor("Nhung"))
    assert shown.counts == {"new": 1, "changed": 1, "same": 1, "refused": 0}


def test_only_the_office(commune: Commune, sheet: Intake) -> None:
    for who in ("Liên", "Páo", "Vân"):
        with pytest.raises(NoPower):
            reconcile(sheet, at=MORNING, by=commune.actor(who))


def test_on_the_page(commune: Commune, sheet: Intake, client: Client) -> None:
    with time_machine.travel(MORNING):
        client.force_login(commune.account("Nhung"))
        address = reverse("exchange:reconciliation", args=[sheet.pk])
        page = client.get(address).content.decode()
        assert "Đối khớp: 1 người khớp, 5 chỗ khác" in page
        assert "Tải biểu đính chính, 7 dòng" in page
        answer = client.post(address)
        assert answer["Content-Disposition"] == 'attachment; filename="dinh-chinh.xlsx"'
