"""The tree as the office meets it: split, merge, a reform from a sheet, another day, who serves which village."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.organisation.operations import NewLocality, register_locality
from chibo.reorganisation.models import Descent
from tests.browser.conftest import House
from tests.browser.test_pages import look
from tests.browser.visitor import Visitor
from tests.commune import FOUNDED, NA_LOC
from tests.exchange.test_act_sheets import a_sheet, line

pytestmark = pytest.mark.browser

MORNING = datetime(2026, 11, 5, 8, 0, tzinfo=ZONE)
PAPER, SIGNED = "07-QĐ/ĐU", "1/11/2026"
TO_THE_SECOND = ("Vì Thị Duyên", "Tòng Văn Ún", "Lò Thị Ngoan", "Hà Thị Uyên")


def begin(me: Visitor, house: House, act: str, unit: str = "na_loc") -> None:
    """From the page of the unit to the form of the act."""
    me.go(f"/don-vi/{getattr(house.story.commune, unit).pk}/")
    me.press("Quyết định tổ chức")
    me.page.get_by_role("link", name=act, exact=True).click()
    expect(me.heading).to_contain_text(act)


def sign(me: Visitor) -> None:
    """The paper, then the preview."""
    me.type("Số quyết định", PAPER)
    me.type("Ngày ký", SIGNED)
    me.press("Xem trước")
    expect(me.heading).to_contain_text("Xem trước")


def decide(me: Visitor, heading: str) -> None:
    """Write what was previewed."""
    me.press("Ghi quyết định")
    expect(me.heading).to_have_text(heading)


def split_na_loc(me: Visitor, house: House) -> list[str]:
    """The form, the preview, the decision."""
    begin(me, house, "Chia tách")
    wrong = look(me, "tree-split-form")
    for number in ("1", "2"):
        me.type(me.page.locator(f"#o-name-{number}"), f"Chi bộ bản Nà Lốc {number}")
    for name in NA_LOC:
        group = me.page.get_by_role("group", name=name)
        me.tap(group.get_by_label("Tổ chức 2" if name in TO_THE_SECOND else "Tổ chức 1"))
    sign(me)
    expect(me.page.locator("main")).to_contain_text("4 đảng viên từ Bản Nà Lốc về Chi bộ bản Nà Lốc 2")
    wrong += look(me, "tree-split-preview")
    decide(me, "Chia tách")
    return wrong


def test_a_cell_is_split_and_its_heirs_keep_its_past(house: House) -> None:
    house.clock.move_to(MORNING)
    me = house.visit(house.story.username("Nhung"))
    wrong = split_na_loc(me, house)
    wrong += look(me, "tree-split-decision")
    secretary = house.visit(house.story.username("Inh"))
    heir = Descent.objects.get(keeps_papers=True).heir_id
    secretary.go(f"/don-vi/{heir}/")
    expect(secretary.heading).to_contain_text("Nà Lốc 1")
    wrong += look(secretary, "tree-heir")
    secretary.page.get_by_role("link", name="Chi bộ bản Nà Lốc", exact=True).click()
    expect(secretary.page.locator(".sub").first).to_contain_text("Đã kết thúc hoạt động")
    wrong += look(secretary, "tree-ended")
    secretary.go(f"/sinh-hoat/{house.story.october.pk}/")
    expect(secretary.page.locator("main")).to_contain_text("Mỗi nhà một bể nước trước Tết.")
    me.page.get_by_label("Lý do").select_option(label="gõ nhầm")
    me.press("Lấy lại")
    expect(me.heading).to_contain_text("đã lấy lại")
    secretary.go(f"/don-vi/{house.story.commune.na_loc.pk}/")
    expect(secretary.page.locator("main")).not_to_contain_text("Đã kết thúc hoạt động")
    assert not wrong, "\n\n".join(wrong)


def test_a_cell_merges_into_its_neighbour_by_keyboard(house: House) -> None:
    house.clock.move_to(MORNING)
    me = house.visit(house.story.username("Nhung"))
    begin(me, house, "Sáp nhập, hợp nhất")
    me.page.get_by_label("Sáp nhập vào, hoặc hợp nhất với").select_option(label="Chi bộ bản Pom Khe")
    wrong = look(me, "tree-merge-form")
    sign(me)
    expect(me.page.locator("main")).to_contain_text("10 đảng viên từ Bản Nà Lốc về Bản Pom Khe")
    wrong += look(me, "tree-merge-preview")
    me.page.get_by_role("button", name="Ghi quyết định").focus()
    me.page.keyboard.press("Enter")
    expect(me.heading).to_have_text("Sáp nhập, hợp nhất")
    neighbour = house.visit(house.story.username("Liên"))
    neighbour.go(f"/don-vi/{house.story.commune.pom_khe.pk}/")
    expect(neighbour.page.locator("main")).to_contain_text("Trước khi tách, nhập")
    wrong += look(neighbour, "tree-merged")
    assert not wrong, "\n\n".join(wrong)


def test_of_two_clerks_the_second_is_told(house: House) -> None:
    house.clock.move_to(MORNING)
    one, two = (house.visit(house.story.username("Nhung")) for _ in range(2))
    for me, name in ((one, "Chi bộ bản Nà Lốc Thượng"), (two, "Chi bộ bản Nà Lốc Hạ")):
        begin(me, house, "Đổi tên")
        me.type("Tên đầy đủ", name)
        sign(me)
    decide(one, "Đổi tên")
    two.expected = {409}
    two.press("Ghi quyết định")
    expect(two.page.get_by_role("alert")).to_contain_text("đã có người ghi việc khác")
    assert not look(two, "tree-overtaken")


def test_a_reform_comes_from_a_sheet(house: House, tmp_path: Path) -> None:
    house.clock.move_to(MORNING)
    me = house.visit(house.story.username("Nhung"))
    me.go(f"/don-vi/{house.story.commune.commune.pk}/quyet-dinh/")
    me.press("sắp xếp theo một bảng Excel")
    expect(me.heading).to_have_text("Sắp xếp tổ chức theo một bảng Excel")
    wrong = look(me, "tree-sheet-form")
    made = tmp_path / "sap-xep.xlsx"
    made.write_bytes(a_sheet(line("đổi tên", "Bản Pom Khe", name="Chi bộ bản Pom Khe Mới"),
                             line("sáp nhập", "Bản Nà Lốc", into="Bản Pom Khe Mới")))  # fmt: skip
    me.page.get_by_label("Tệp Excel .xlsx").set_input_files(made)
    me.type("Số quyết định", PAPER)
    me.type("Ngày ký", SIGNED)
    me.press("Đọc tệp và xem trước")
    expect(me.heading).to_have_text("Xem trước: 2 việc")
    wrong += look(me, "tree-sheet-preview")
    me.page.locator(".dock .main-act").click()
    expect(me.heading).to_have_text("Sắp xếp theo bảng")
    wrong += look(me, "tree-sheet-decision")
    assert not wrong, "\n\n".join(wrong)


def test_the_page_of_another_day_is_on_either_tree(house: House) -> None:
    house.clock.move_to(MORNING)
    commune = house.story.commune
    me = house.visit(house.story.username("Nhung"))
    begin(me, house, "Sáp nhập, hợp nhất")
    me.page.get_by_label("Sáp nhập vào, hoặc hợp nhất với").select_option(label="Chi bộ bản Pom Khe")
    sign(me)
    decide(me, "Sáp nhập, hợp nhất")
    me.go(f"/don-vi/{commune.pom_khe.pk}/")
    expect(me.page.locator(".sub").first).to_contain_text("15 đảng viên")
    me.page.get_by_text("Xem như một ngày khác").click()
    me.type("Ngày", "1/10/2026")
    me.press("Xem")
    expect(me.page.locator("main")).to_contain_text("5 đảng viên")
    wrong = look(me, "tree-as-was")
    me.tap(me.page.locator(".moment label", has_text="của hôm nay"))
    me.page.locator(".moment button").click()
    expect(me.page.locator("main")).to_contain_text("15 đảng viên")
    wrong += look(me, "tree-restated")
    assert not wrong, "\n\n".join(wrong)


def test_who_serves_which_village_is_one_picture(house: House) -> None:
    house.clock.move_to(MORNING)
    commune = house.story.commune
    for name, cell in (
        ("Nà Lốc", commune.na_loc),
        ("Pom Khe", commune.pom_khe),
        ("Hang Dơi", None),
        ("Lũng Sâu", None),
    ):
        row = NewLocality("hamlet", name, cell=cell, has_members=name == "Hang Dơi", tags={"border": "QĐ 33"})
        register_locality(row, commune.commune, on=FOUNDED, by=MACHINE)
    me = house.visit(house.story.username("Nhung"))
    me.go(f"/don-vi/{commune.commune.pk}/")
    me.press("Thôn, bản")
    expect(me.heading).to_contain_text("2/4 thôn, bản có chi bộ, còn 1 chưa có đảng viên")
    wrong = look(me, "tree-coverage")
    me.page.get_by_role("link", name="Lũng Sâu").first.click()
    wrong += look(me, "tree-village")
    assert not wrong, "\n\n".join(wrong)
