"""Lists given out: as seen, as text, countable, and valid as lists to take in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.exchange.columns import plain
from chibo.exchange.giving import MOST_A_DAY, give_out
from chibo.exchange.kinds import KINDS
from chibo.exchange.models import Intake
from chibo.exchange.operations import Preview
from chibo.exchange.reading.workbook import read_workbook
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.membership.operations import note_particulars
from chibo.organisation.localities import Wanted
from chibo.organisation.operations import NewLocality, register_localities
from tests.commune import FOUNDED, TODAY, Commune
from tests.conftest import refused
from tests.exchange.conftest import MORNING, said
from tests.exchange.making import a_list
from tests.exchange.test_members import HEADS, a_new

Look, Take = Callable[..., Preview], Callable[..., Intake]


def given(commune: Commune, kind: str, who: str = "Nhung", unit: Any = None, **more: Any) -> bytes:
    more = {"sensitive": False, **more}
    return give_out(unit or commune.commune, kind, by_name=who, at=MORNING, by=commune.actor(who), **more)


def furnish(commune: Commune, taken: Take) -> None:
    taken(a_list(
        [*HEADS, "Dân tộc", "Quê quán", "Ngày cấp thẻ"],
        [*a_new(), "Thái", "Huổi Lam, Thượng Lam", "19/05/2016"],
        [*a_new("Hà Văn Khác", "Bản Pom Khe", birth="1971", card="000000000002"), "Mông", "=1+1", ""],
        [*a_new("Lò Thị Dự", "Bản Nà Lốc", card=None, joined="03/02/2026", official=None), "", "", ""],
    ), on=date(2026, 10, 1))  # fmt: skip
    register_localities(places(commune), commune.commune, on=FOUNDED, by=commune.actor("Nhung"))


def places(commune: Commune) -> list[NewLocality]:
    """One of each way of being served, names and papers a workbook could mistake for something else."""
    return [
        NewLocality("hamlet", "Nà Lốc", "Cụm suối", commune.na_loc, tags={"border": "12/11/2020", "remote": "QĐ 5"}),
        NewLocality("hamlet", "=1+1", "-", commune.na_loc, decision="01/10/2026"),
        NewLocality("street_group", "3", cell=commune.pom_khe), NewLocality("village", "Bản Mới", has_members=True),
        NewLocality("sub_area", "Đông", has_members=False), NewLocality("school", "Tiểu học Nà Lốc"),
        NewLocality("health_station", "Trạm y tế", tags={"hardship": "x", "ethnic_minority": "001"}),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sensitive", [False, True])
def test_every_list_given_out_is_a_list_to_take_in(
    commune: Commune, taken: Take, looked: Look, kind: str, sensitive: bool
) -> None:
    furnish(commune, taken)
    data = given(commune, kind, sensitive=sensitive)
    shown = looked(data, kind=kind)
    assert {v for _, v, _ in said(shown)} == {"same"}, [row for row in said(shown) if row[1] != "same"]
    assert len(shown.drafts) == {"members": 18, "units": 2, "posts": 5, "villages": 7}[kind]
    assert not [c.label for c in shown.heading.columns if not c.field]


@pytest.mark.parametrize("kind", KINDS)
def test_every_head_is_among_its_own_synonyms(kind: str) -> None:
    for field in KINDS[kind].fields:
        assert plain(field.label) in field.synonyms or plain(field.label) in field.marks, field.label


def test_codes_are_text_days_are_days_nothing_is_a_formula(commune: Commune, taken: Take) -> None:
    furnish(commune, taken)
    data = given(commune, "members")
    (sheet,) = read_workbook("a.xlsx", data).sheets
    row = next(line for line in sheet.lines if line.cells.get(2) and line.cells[2].text == "Lò Thị Mới")
    heads = {cell.text: column for column, cell in sheet.lines[2].cells.items()}
    assert (row.cells[heads["Số thẻ đảng viên"]].kind, row.cells[heads["Số thẻ đảng viên"]].text) == (
        "t",
        "012345678901",
    )
    assert (row.cells[heads["Ngày vào Đảng"]].kind, row.cells[heads["Ngày vào Đảng"]].text) == ("d", "2015-02-03")
    with ZipFile(BytesIO(data)) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())
    assert sheet.lines[1].cells[1].text == "Lấy từ Chibo lúc 08:00 ngày 05/11/2026, người lấy: Nhung."


def test_the_same_list_is_the_same_file(commune: Commune, taken: Take) -> None:
    furnish(commune, taken)
    assert given(commune, "members") == given(commune, "members")


def test_people_are_in_the_order_of_their_given_names(commune: Commune) -> None:
    (sheet,) = read_workbook("a.xlsx", given(commune, "members", unit=commune.na_loc)).sheets
    names = [line.cells[2].text for line in sheet.lines[3:]]
    assert [name.split()[-1] for name in names] == ["Duyên", "Hặc", "Hoa", "Inh", "Khiêm", "Ngoan", "Nhung", "Páo",
                                                    "Ún", "Uyên"]  # fmt: skip


def test_the_ledger_knows_and_twenty_a_day_are_enough(commune: Commune) -> None:
    given(commune, "members", "Inh", commune.na_loc)
    entry = Entry.objects.get(verb="list.given_out")
    assert (entry.unit_id, entry.by_person, entry.reason) == (commune.na_loc.pk, commune.person("Inh").pk, "members")
    with time_machine.travel(MORNING):
        for _ in range(MOST_A_DAY):
            given(commune, "units")
        with refused("lists_of_the_day", most=MOST_A_DAY):
            given(commune, "units")


def test_nobody_takes_what_they_may_not_see(commune: Commune, taken: Take) -> None:
    furnish(commune, taken)
    note_particulars(
        {commune.person("Sơn"): {"occupation": "Nghề lạ"}}, first=TODAY, at=MORNING, by=commune.actor("Lan")
    )
    for who, unit in (("Inh", commune.commune), ("Khiêm", commune.na_loc), ("Nhung", commune.other_commune)):
        with pytest.raises(NoPower):
            given(commune, "members", who, unit)
    with pytest.raises(NoPower):
        given(commune, "members", "Inh", commune.na_loc, sensitive=True)
    data = given(commune, "members", "Inh", commune.na_loc)
    words = "".join(c.text for line in read_workbook("a.xlsx", data).sheets[0].lines for c in line.cells.values())
    assert "Lò Thị Mới" in words
    assert not [hidden for hidden in ("Thái", "Dân tộc", "Nghề lạ", "Hà Văn Khác") if hidden in words]


def test_on_the_page(commune: Commune, client: Client) -> None:
    with time_machine.travel(MORNING):
        client.force_login(commune.account("Inh"))
        address = reverse("exchange:lists", args=[commune.na_loc.pk])
        page = client.get(address).content.decode()
        assert "còn lấy được 20 trong 20 lần" in page
        assert "dân tộc" not in page
        answer = client.post(address, {"kind": "members"})
        assert answer["Content-Disposition"] == 'attachment; filename="danh-sach-dang-vien.xlsx"'
        assert read_workbook("a.xlsx", answer.content).sheets[0].name == "DS đảng viên"
        assert client.post(address, {"kind": "accounts"}).status_code == 422
        assert "chưa có dòng nào" in client.post(address, {"kind": "units"}).content.decode()


def cells(data: bytes) -> list[list[str]]:
    """The lines below the heads, without their numbers."""
    (sheet,) = read_workbook("a.xlsx", data).sheets
    return [[cell.text for column, cell in sorted(line.cells.items()) if column > 1] for line in sheet.lines[3:]]


def test_villages_leave_as_their_page_shows_them(commune: Commune, taken: Take) -> None:
    furnish(commune, taken)
    every = cells(given(commune, "villages"))
    assert [row[0] for row in every] == [
        "Bản =1+1", "Tổ dân phố 3", "Thôn Bản Mới", "Tiểu khu Đông", "Bản Nà Lốc", "Trường Tiểu học Nà Lốc",
        "Trạm y tế",
    ]  # fmt: skip
    assert every[4] == ["Bản Nà Lốc", "Bản", "Đảng bộ xã Huổi Lam", "Cụm suối", "Chi bộ ghép", "Chi bộ bản Nà Lốc",
                        "QĐ 5", "12/11/2020"]  # fmt: skip
    assert [row[3] for row in every[2:4]] == ["Có đảng viên, chưa có chi bộ", "Chưa có đảng viên"]
    border = given(commune, "villages", wanted=Wanted(tag="border"))
    assert [row[0] for row in cells(border)] == ["Bản Nà Lốc"]
    title = read_workbook("a.xlsx", border).sheets[0].lines[0].cells[1].text
    assert title == "Danh sách thôn, bản, trường, trạm, Đảng bộ xã Huổi Lam, lọc: Biên giới"
    own = cells(given(commune, "villages", unit=commune.na_loc))
    assert [row[0] for row in own] == ["Bản =1+1", "Bản Nà Lốc"]
    with refused("list_empty"):
        given(commune, "villages", wanted=Wanted(name="không có"))


def test_the_page_of_villages_gives_what_it_shows(commune: Commune, taken: Take, client: Client) -> None:
    furnish(commune, taken)
    with time_machine.travel(MORNING):
        client.force_login(commune.account("Nhung"))
        page = client.get(reverse("front:localities", args=[commune.commune.pk]), {"hien": "blank"}).content.decode()
        assert '<input type="hidden" name="hien" value="blank">' in page
        assert f"{reverse('exchange:intakes', args=[commune.commune.pk])}?kind=villages" in page
        answer = client.post(
            reverse("exchange:lists", args=[commune.commune.pk]), {"kind": "villages", "hien": "blank"}
        )
        assert answer["Content-Disposition"] == 'attachment; filename="danh-sach-thon-ban.xlsx"'
        assert [row[0] for row in cells(answer.content)] == ["Tiểu khu Đông"]
