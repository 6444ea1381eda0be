"""Lists given out as of a day: the members, particulars and tree of that day, said in the title and the file's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.cadres.models import Office
from chibo.cadres.operations import appoint, transfer_member
from chibo.exchange.giving import give_out
from chibo.exchange.reading.workbook import read_workbook
from chibo.figures.moments import Moment, moment_of
from chibo.kernel.actor import MACHINE
from chibo.membership.models import Standing
from chibo.membership.operations import NewMember, enter_members, note_particulars, recognise_official
from chibo.organisation.operations import NewLocality, found_unit, register_localities
from chibo.reorganisation.operations import merge_units
from chibo.reorganisation.plans import Paper
from tests.commune import FOUNDED, TODAY, Commune
from tests.exchange.conftest import MORNING

THEN, SINCE = date(2026, 8, 31), date(2026, 9, 1)
AS_WAS = moment_of({"ngay": "31/08/2026", "cay": "ngay-ay"}, TODAY)
RESTATED = moment_of({"ngay": "31/08/2026", "cay": "hom-nay"}, TODAY)


@pytest.fixture(autouse=True)
def _what_changed_since(commune: Commune) -> Iterator[None]:
    """Chị Dự was on probation, lived elsewhere, and went to Pom Khe; anh Khiêm came to lead Nà Lốc."""
    with time_machine.travel(MORNING):
        du = enter_members([NewMember("Lò Thị Dự", Standing.PROBATIONARY)], commune.na_loc, on=FOUNDED, by=MACHINE)[0]
        note_particulars({du: {"address": "Nậm Xưa"}}, first=FOUNDED, at=MORNING, by=MACHINE)
        note_particulars({du: {"address": "Nậm Nay"}}, first=SINCE, at=MORNING, by=MACHINE)
        recognise_official(du, on=SINCE, by=MACHINE)
        transfer_member(du, to=commune.pom_khe, first=SINCE, on=TODAY, by=MACHINE)
        appoint(commune.person("Khiêm"), Office.CELL_COMMITTEE, commune.na_loc, on=SINCE, by=MACHINE)
        yield


def given(commune: Commune, kind: str, moment: Moment | None = None, unit: object = None) -> tuple[str, list[str]]:
    """The title, and each line below the heads as one text."""
    data = give_out(unit or commune.commune, kind, sensitive=False, by_name="Nhung", at=MORNING,  # type: ignore[arg-type]
                    by=commune.actor("Nhung"), moment=moment)  # fmt: skip
    (sheet,) = read_workbook("a.xlsx", data).sheets
    lines = [" | ".join(cell.text for _, cell in sorted(line.cells.items())) for line in sheet.lines]
    return lines[0], lines[3:]


def du_in(lines: list[str]) -> str:
    return next((line for line in lines if "Lò Thị Dự" in line), "")


def test_members_are_those_of_the_day_as_they_were(commune: Commune) -> None:
    title, lines = given(commune, "members", AS_WAS)
    assert title == "Danh sách đảng viên, Đảng bộ xã Huổi Lam, ngày 31/08/2026, theo cây tổ chức ngày ấy"
    then = du_in(lines)
    assert "Chi bộ bản Nà Lốc" in then
    assert "Nậm Xưa" in then
    assert "dự bị" in then.lower()
    assert "01/09/2026" not in then
    title, lines = given(commune, "members")
    assert title == "Danh sách đảng viên, Đảng bộ xã Huổi Lam"
    now = du_in(lines)
    assert "Chi bộ bản Pom Khe" in now
    assert "Nậm Nay" in now
    assert "chính thức" in now.lower()


def test_a_cell_gives_who_was_in_it(commune: Commune) -> None:
    assert du_in(given(commune, "members", AS_WAS, commune.na_loc)[1])
    assert not du_in(given(commune, "members", None, commune.na_loc)[1])
    assert du_in(given(commune, "members", None, commune.pom_khe)[1])


def test_posts_are_those_of_the_day(commune: Commune) -> None:
    def committee(moment: Moment | None) -> bool:
        return any("Hà Văn Khiêm" in line for line in given(commune, "posts", moment)[1])

    assert not committee(AS_WAS)
    assert committee(None)


def test_the_tree_is_that_of_the_day_or_todays(commune: Commune) -> None:
    new = found_unit("Chi bộ bản Mới", kind="cell", parent=commune.commune, on=SINCE, by=MACHINE, short_name="Bản Mới")
    paper = Paper("09-QĐ/ĐU", TODAY, reason="Sáp nhập bản")
    merge_units([commune.pom_khe], new, paper=paper, on=TODAY, at=MORNING, by=MACHINE)

    def named(kind: str, moment: Moment | None) -> set[str]:
        words = " ".join(given(commune, kind, moment)[1])
        return {name for name in ("Chi bộ bản Mới", "Chi bộ bản Pom Khe") if name in words}

    assert named("units", AS_WAS) == {"Chi bộ bản Pom Khe"}
    assert named("units", RESTATED) == named("units", None) == {"Chi bộ bản Mới"}
    title, _ = given(commune, "members", RESTATED)
    assert title.endswith(", ngày 31/08/2026, theo cây tổ chức hôm nay")


def test_localities_are_those_of_the_day(commune: Commune) -> None:
    register_localities([NewLocality("hamlet", "Nà Lốc", cell=commune.na_loc)], commune.commune, on=FOUNDED, by=MACHINE)
    register_localities([NewLocality("hamlet", "Co Lót")], commune.commune, on=SINCE, by=MACHINE)
    title, lines = given(commune, "villages", AS_WAS)
    assert "31/08/2026" in title
    assert any("Nà Lốc" in line for line in lines)
    assert not any("Co Lót" in line for line in lines)


def test_the_page_of_members_leads_there(commune: Commune, client: Client) -> None:
    client.force_login(commune.account("Nhung"))
    asked = {"ngay": "31/08/2026", "cay": "ngay-ay"}
    members = client.get(reverse("front:members", args=[commune.na_loc.pk]), asked).content.decode()
    address = reverse("exchange:lists", args=[commune.na_loc.pk])
    assert f'href="{address}?ngay=31/08/2026&amp;cay=ngay-ay"' in members
    page = client.get(address, asked).content.decode()
    assert "Như trong sổ ngày 31/08/2026, theo cây tổ chức ngày ấy" in page
    assert (
        '<input type="hidden" name="ngay" value="31/08/2026"><input type="hidden" name="cay" value="ngay-ay">' in page
    )
    assert 'value="villages"' in page
    answer = client.post(address, {"kind": "members", **asked})
    assert answer["Content-Disposition"] == 'attachment; filename="danh-sach-dang-vien-2026-08-31.xlsx"'
    again = client.post(address, {"kind": "nothing", **asked})
    assert again.status_code == 422
    assert 'name="ngay" value="31/08/2026"' in again.content.decode()
    assert client.post(address, {"kind": "members", "ngay": "31/13/2026"}).status_code == 422
