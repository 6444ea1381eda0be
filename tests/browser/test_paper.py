"""The Word file of an evening says what was typed in the browser, field by field, in the form papers have."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chibo.kernel.dates import ZONE
from tests.browser.acts import give, mark, result
from tests.browser.conftest import House
from tests.browser.paper import download, every_letter_is_in_its_font, measured, told
from tests.browser.story import PATROL, ROAD
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

CONCLUSIONS = ["Hoàn thành sửa đường trước 15/11; mỗi nhà góp một ngày công", "Giữ nguồn nước đầu bản sạch"]
TASKS = [
    ("Chốt danh sách hộ góp công", "Vì Thị Duyên", "10/11/2026"),
    ("Phát quang hai bên đường & rãnh «thoát nước»", "Tòng Văn Ún", "12/11/2026"),
    ("Kiểm tra đập đầu nguồn", "", "20/11/2026"),
]
TYPED = {
    "number": "02-BB/CB", "issued": "Huổi Lam, ngày 04 tháng 11 năm 2026",
    "held_on": "04 tháng 11 năm 2026", "started": "20 giờ 05 phút", "ended": "21 giờ 50 phút",
    "venue": "Nhà đồng chí Ngoan", "chair": "Vì Thị Duyên", "writer": "Lò Thị Ngoan",
    "guests": "Đồng chí Lường Văn Ẩm, Đảng ủy viên", "signed": ["Lò Thị Ngoan", "Vì Thị Duyên"],
    "total": "10", "exempt": "01", "expected": "09", "present": "06/09", "late": "01",
    "excused": "đồng chí Hà Văn Khiêm (Đi công tác); đồng chí Hà Thị Uyên (Ốm, chữa bệnh)",
    "unexcused": "đồng chí Cà Thị Hoa", "dues": "09/10",
    "done": "01/02", "unfinished": f"{ROAD} (đồng chí Vì Thị Duyên); đang làm; nguyên nhân: Mưa nhiều ngày; "
                                   "cách khắc phục: Ghép với tổ bên cạnh",
    "focal": "Đường vào bản", "vote": "04/05", "against": "01",
    "conclusions": [f"{each}." for each in CONCLUSIONS], "tasks": TASKS,
}  # fmt: skip


def prepare(me: Visitor) -> None:
    """Nothing of the day, the place and who leads is left as it was proposed."""
    me.type("Nội dung trọng tâm (không bắt buộc)", TYPED["focal"])
    me.type("Ngày họp", "04/11/2026")
    me.type("Bắt đầu", "20 giờ 05")
    me.type("Nơi họp", TYPED["venue"])
    me.page.get_by_label("Chủ trì", exact=True).select_option(label=TYPED["chair"])
    me.page.get_by_label("Người ghi biên bản", exact=True).select_option(label=TYPED["writer"])
    me.type("Đại biểu cấp trên (không bắt buộc)", TYPED["guests"])


def hold(me: Visitor) -> None:
    """Roll, results, conclusions, the vote, the tasks, dues and the end."""
    mark(me, "Tòng Văn Ún", "Muộn")
    mark(me, "Hà Văn Khiêm", "Vắng", "Đi công tác")
    mark(me, "Hà Thị Uyên", "Vắng", "Ốm, chữa bệnh")
    mark(me, "Cà Thị Hoa", "Vắng")
    result(me, PATROL, "Xong")
    result(me, ROAD, "Đang làm")
    road = me.page.locator(".last > li", has_text=ROAD)
    me.type(road.get_by_label("Nguyên nhân"), "Mưa nhiều ngày")
    me.type(road.get_by_label("Cách khắc phục"), "Ghép với tổ bên cạnh")
    me.type("Kết luận", "\n".join(CONCLUSIONS))
    me.type("Tán thành", "4")
    me.type("Không tán thành", "1")
    for number, task in enumerate(TASKS):
        if number == 2:
            me.press("Ghi và thêm dòng")
        give(me, number, *task)
    me.type("Kết thúc lúc", "21 giờ 50")
    me.type("Đã nộp đảng phí (không bắt buộc)", "9")
    me.type("Phải nộp (không bắt buộc)", "10")


def test_the_paper_says_what_was_typed(house: House, tmp_path: Path) -> None:
    house.clock.move_to(datetime(2026, 11, 4, 21, 55, tzinfo=ZONE))
    me = house.visit(house.story.username("Inh"))
    me.go(f"/sinh-hoat/{house.story.november.pk}/")
    prepare(me)
    hold(me)
    me.press("Xem lại, kết thúc")
    me.press("Kết thúc buổi sinh hoạt")
    expect(me.heading).to_contain_text("dự 6/9")
    paper = download(me, tmp_path)
    assert told(paper) == TYPED
    measured(paper)
    every_letter_is_in_its_font(paper)
