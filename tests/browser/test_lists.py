"""Lists in and out as the commune's office meets them: the four steps, the answer, the matching, without a barrier."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chibo.exchange.reading.workbook import read_workbook
from chibo.kernel.dates import ZONE
from tests.browser.conftest import House
from tests.browser.test_pages import look
from tests.browser.visitor import Visitor
from tests.exchange.making import a_list
from tests.exchange.test_members import HEADS, a_new

pytestmark = pytest.mark.browser

MORNING = datetime(2026, 11, 5, 8, 0, tzinfo=ZONE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """One new, one known, three that cannot be."""
    made = tmp_path / "ds.xlsx"
    made.write_bytes(a_list(
        [*HEADS, "Ghi chú của người lập danh sách"], a_new(), ["", "Lò Văn Inh", "Bản Nà Lốc", "1970"],
        a_new("Cà Văn Số", card=14000000000), a_new("Lò Văn Xa", "Bản Không Có", card="000000000003"),
        a_new(("Lß V¨n Phóc", "Arial"), card="000000000004"),  # type: ignore[arg-type]
        title=["ĐẢNG BỘ XÃ HUỔI LAM", "DANH SÁCH ĐẢNG VIÊN"],
    ))  # fmt: skip
    return made


def choose(me: Visitor, file: Path) -> None:
    me.press("Nhập danh sách")
    me.page.get_by_label("Tệp Excel .xlsx").set_input_files(file)
    me.press("Đọc tệp")
    expect(me.heading).to_contain_text("Nhận 9 cột")


def test_a_list_comes_in_step_by_step(house: House, file: Path) -> None:
    house.clock.move_to(MORNING)
    me = house.visit(house.story.username("Nhung"))
    me.go("/")
    me.press("Nhập danh sách")
    expect(me.heading).to_have_text("Nhập danh sách từ Excel")
    wrong = look(me, "lists-in")
    choose(me, file)
    wrong += look(me, "lists-columns")
    me.press("So với sổ")
    expect(me.heading).to_have_text("Xem trước: 2 dòng sẽ ghi, 3 dòng bị từ chối")
    wrong += look(me, "lists-preview")
    with me.page.expect_download() as taken:
        me.press("Tải tệp có cột trả lời")
    assert read_workbook("a.xlsx", Path(taken.value.path()).read_bytes()).sheets[0].lines[2].cells[10].text
    me.press("Đối khớp")
    expect(me.heading).to_contain_text("Đối khớp:")
    wrong += look(me, "lists-matching")
    me.page.go_back()
    me.page.locator(".dock .main-act").click()
    expect(me.heading).to_have_text("Đã ghi 2 dòng, 3 dòng bị từ chối")
    wrong += look(me, "lists-written")
    me.press("Lấy lại lần nhập này")
    expect(me.heading).to_contain_text("Lấy lại lần nhập danh sách")
    wrong += look(me, "lists-take-back")
    me.press("Lấy lại")
    expect(me.heading).to_have_text("Lần nhập đã lấy lại")
    me.go(f"/tai-danh-sach/don-vi/{house.story.commune.commune.pk}/")
    wrong += look(me, "lists-out")
    assert not wrong, "\n\n".join(wrong)


def test_the_same_without_script(house: House, file: Path) -> None:
    house.clock.move_to(MORNING)
    me = house.visit(house.story.username("Nhung"), java_script_enabled=False)
    me.go("/")
    choose(me, file)
    me.press("So với sổ")
    me.page.locator(".dock .main-act").click()
    expect(me.heading).to_contain_text("Đã ghi")
    me.go(f"/tai-danh-sach/don-vi/{house.story.commune.commune.pk}/")
    with me.page.expect_download() as taken:
        me.press("Tải tệp Excel")
    assert "Lò Thị Mới" in str(read_workbook("a.xlsx", Path(taken.value.path()).read_bytes()).sheets[0].lines)
