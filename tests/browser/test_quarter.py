"""A quarter of one cell: a meeting postponed, a thematic one, a deputy in the chair, a clerk who types for the cell."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chibo.kernel.dates import ZONE
from tests.browser.acts import give, mark, minutes_of, plain, printed, resolution_of, result, tab_to
from tests.browser.conftest import House
from tests.browser.story import PATROL, ROAD
from tests.browser.visitor import DESKTOP, Visitor
from tests.ledger.test_attachments import SECRET, a_png

pytestmark = pytest.mark.browser

RAIN, THEME = "Mưa lũ, đường sạt", "Giữ rừng đầu nguồn"
BOTH = "Nghiêm túc kiểm điểm việc họp muộn; sửa từ tháng 12."
DECIDED = "Mỗi nhà góp một ngày công sửa đường trước 30/11."
HOUSES = "Chốt danh sách hộ góp công"
AGREED = "Mỗi nhóm hộ nhận một khoảnh rừng."


def at(house: House, day: int, hour: int, month: int = 11) -> None:
    house.clock.move_to(datetime(2026, month, day, hour, 40, tzinfo=ZONE))


def postpone(me: Visitor) -> None:
    """Everybody is asked; then the river rises."""
    me.press("Mở buổi sinh hoạt")
    me.press("Mời họp")
    me.tap(me.page.get_by_role("button", name=re.compile(r"^Mời \d+ đồng chí")))
    expect(me.heading).to_contain_text("Đã mời 10/10")
    me.press("Về buổi họp")
    me.press("Hoãn")
    me.expected = {422}
    me.press("Hoãn buổi họp")
    expect(me.page.get_by_role("alert")).to_contain_text("Còn chỗ cần sửa")
    me.type("Ngày họp mới", "6/11/26")
    me.type("Lý do hoãn", RAIN)
    me.press("Hoãn buổi họp")
    expect(me.page.locator("main")).to_contain_text(f"Hoãn từ 03/11/2026 sang 06/11/2026: {RAIN}")
    expect(me.page.get_by_label("Ngày họp", exact=True)).to_have_value("06/11/2026")


def plan_the_theme(me: Visitor, house: House) -> str:
    """Who prepares it, on what field, with papers sent before. Returns its address."""
    me.go(f"/don-vi/{house.story.commune.na_loc.pk}/sinh-hoat/")
    expect(me.page.locator("aside")).to_contain_text("Chưa có buổi chuyên đề nào")
    me.press("Thêm buổi họp")
    me.tap(me.page.get_by_label("Sinh hoạt chuyên đề"))
    me.type("Ngày họp", "13/11/2026")
    me.type("Chuyên đề, hoặc lý do họp bất thường", THEME)
    me.page.get_by_label("Người chuẩn bị, trình bày").select_option(label="Vì Thị Duyên")
    me.press("Thêm vào lịch")
    expect(me.heading).to_have_text(f"Sinh hoạt chuyên đề: {THEME}")
    expect(me.page.locator("#chuan-bi")).to_contain_text("Chuẩn bị, trình bày: đồng chí Vì Thị Duyên")
    return me.page.url.removeprefix(me.base)


def tell_beforehand(me: Visitor) -> None:
    """A member sees the new day and says that he cannot come."""
    me.tap(
        me.page.locator("li", has_text="Sinh hoạt thường kỳ tháng 11/2026").get_by_role("link", name="Xem, báo vắng")
    )
    expect(me.page.locator(".sub")).to_contain_text("06/11/2026")
    me.type("Lý do", "Đi công tác")
    me.press("Tôi vắng")
    expect(me.heading).to_have_text("Đồng chí đã báo vắng")


def chair_for_the_secretary(me: Visitor) -> None:
    """Roll, tasks carried, criticism, a vote that cannot be, a resolution, dues."""
    me.press("Mở buổi sinh hoạt")
    khiem = me.page.locator(".roll > li", has_text="Hà Văn Khiêm")
    expect(khiem.get_by_role("radio", name="Vắng")).to_be_checked()
    expect(khiem.get_by_label("Lý do vắng")).to_have_value("Đi công tác")
    mark(me, "Lò Văn Inh", "Vắng", "Ốm, chữa bệnh")
    result(me, PATROL, "Xong")
    result(me, ROAD, "Đang làm")
    me.tap(me.page.locator("#ket-luan label", has_text="Đã tiến hành"))
    me.tap(me.page.locator("summary", has_text="kết luận tự phê bình"))
    me.type(me.page.get_by_label("Kết luận tự phê bình và phê bình"), BOTH)
    me.type("Kết luận", DECIDED)
    if not me.page.get_by_label("Tán thành", exact=True).is_visible():
        me.tap(me.page.locator("summary", has_text="Biểu quyết"))
    expect(me.page.locator("#ket-luan")).to_contain_text("Tính trên 8 đảng viên chính thức được triệu tập")
    me.type("Tán thành", "9")
    me.tap(me.page.locator("#ket-luan label", has_text="Có ra nghị quyết"))
    give(me, 0, HOUSES, "Vì Thị Duyên", "30/11/2026")
    me.type("Kết thúc lúc", "21:10")
    me.type(me.page.get_by_label("Đã nộp đảng phí"), "8")
    me.type(me.page.get_by_label("Phải nộp"), "10")
    me.press("Xem lại, kết thúc")
    expect(me.page.get_by_role("alert")).to_contain_text("Có 9 phiếu, nhiều hơn 6 đảng viên chính thức có mặt")
    me.press("Về phiếu để sửa")
    me.type("Tán thành", "6")
    me.press("Xem lại, kết thúc")
    expect(me.page.get_by_role("alert")).to_have_count(0)
    expect(me.page.locator("main")).to_contain_text("đã hoãn sang 06/11/2026")
    me.press("Kết thúc buổi sinh hoạt")
    expect(me.heading).to_contain_text("dự 7/9")
    expect(me.page.locator("main")).to_contain_text(f"{HOUSES} · Vì Thị Duyên")
    expect(me.page.locator("main")).to_contain_text("6 người có quyền biểu quyết có mặt trên 8 được triệu tập")


def read_the_papers(me: Visitor, folder: Path) -> None:
    """Minutes and resolution say what was done, in their words."""
    words, passed = minutes_of(me, folder), resolution_of(me, folder)
    for said in [
        "Đồng chí Vì Thị Duyên, Phó bí thư Chi bộ", BOTH, DECIDED, HOUSES,
        "Chi bộ đã tiến hành tự phê bình và phê bình.", "08/10 đồng chí đã nộp đảng phí, đạt 80%",
        "06/06 đảng viên chính thức có mặt tán thành, đạt 100% (06/08 số được triệu tập, đạt 75%)",
        f"Đã hoàn thành: {PATROL} (đồng chí Hà Văn Khiêm)",
    ]:  # fmt: skip
        assert said in words, said
    for said in [DECIDED, HOUSES, "06/08 số được triệu tập"]:
        assert said in passed, said


def type_for_the_cell(me: Visitor, theme: str) -> None:
    """The clerk of the office: who told it, the sheet, from paper."""
    me.go(theme)
    me.press("Ghi giúp chi bộ")
    me.expected = {422}
    me.press("Bắt đầu ghi giúp")
    expect(me.page.get_by_role("alert")).to_be_visible()
    me.page.get_by_label("Ai của chi bộ kể, hoặc gửi biên bản giấy?").select_option(label="Lò Văn Inh")
    me.press("Bắt đầu ghi giúp")
    expect(me.page.locator(".beside")).to_contain_text("Ghi giúp: Lò Văn Inh kể")
    me.tap(me.page.locator("summary", has_text="Lĩnh vực, tài liệu gửi trước"))
    me.page.get_by_label("Lĩnh vực của nội dung trọng tâm").select_option(index=1)
    me.type(me.page.get_by_label("Ngày gửi cho đảng viên"), "10/11/2026")
    me.type(me.page.get_by_label("Nội dung thảo luận"), "Rừng gần bản còn bị lấn.")
    me.type("Kết luận", AGREED)
    me.type("Kết thúc lúc", "21:00")
    me.press("Xem lại, kết thúc")
    expect(me.page.locator("main")).to_contain_text("Ghi giúp theo lời Lò Văn Inh")
    me.tap(me.page.get_by_label("Nhập từ giấy"))
    me.press("Kết thúc buổi sinh hoạt")
    expect(me.page.locator(".beside")).to_contain_text("Chưa ai của chi bộ xác nhận")


def confirm(me: Visitor) -> None:
    """The old secretary reads what was typed, and says that it was so."""
    me.go("/")
    me.press("Xem và xác nhận")
    expect(me.page.locator("main")).to_contain_text(AGREED)
    me.press("Xác nhận biên bản")
    expect(me.page.locator(".beside")).to_contain_text("Lò Văn Inh xác nhận")


def meet_in_december(me: Visitor) -> None:
    """What was carried over is done."""
    me.go("/")
    me.press("Mở buổi sinh hoạt")
    carried = me.page.locator(".last > li")
    expect(carried).to_have_count(2)
    expect(carried.filter(has_text=ROAD)).to_contain_text("quá hạn 18 ngày")
    result(me, ROAD, "Xong")
    result(me, HOUSES, "Xong")
    me.type("Kết luận", "Đường vào bản đã xong, hai việc của tháng trước hoàn thành.")
    me.type("Kết thúc lúc", "20:55")
    me.press("Xem lại, kết thúc")
    me.press("Kết thúc buổi sinh hoạt")
    expect(me.heading).to_contain_text("dự 9/9")


def add_the_signed_paper(me: Visitor) -> None:
    """A picture of the signed page stands beside the sealed minutes, without what the camera wrote into it."""
    me.press("Bản chụp đã ký: 0 tệp")
    me.expected = {422}
    me.press("Gửi tệp")
    expect(me.page.get_by_role("alert")).to_be_visible()
    me.page.get_by_label("Tệp PDF, JPEG hoặc PNG").set_input_files(
        {"name": "trang 1.png", "mimeType": "image/png", "buffer": a_png()}
    )
    me.press("Gửi tệp")
    kept = me.page.get_by_role("link", name="Tệp 1")
    file = me.page.request.get(me.base + (kept.get_attribute("href") or ""))
    assert file.headers["content-type"] == "image/png"
    assert file.body().startswith(b"\x89PNG")
    assert SECRET not in file.body()


def look_back(me: Visitor, house: House) -> None:
    """The year and the task tell the quarter."""
    me.go(f"/don-vi/{house.story.commune.na_loc.pk}/sinh-hoat/")
    expect(me.heading).to_contain_text("đã họp 4/4 buổi")
    expect(me.page.locator("main")).to_contain_text(f"Hoãn từ 03/11/2026 sang 06/11/2026: {RAIN}.")
    fourth = me.page.locator("aside li", has_text="Quý 4")
    expect(fourth).to_contain_text(THEME)
    expect(fourth).to_contain_text("Vì Thị Duyên")
    me.go(f"/don-vi/{house.story.commune.na_loc.pk}/nhiem-vu/?tinh-trang=xong")
    me.press(ROAD)
    told = me.page.locator("ol.line > li")
    expect(told).to_have_count(3)
    for number, word in enumerate(("Giao tại", "Đang làm", "Xong")):
        expect(told.nth(number)).to_contain_text(word)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_quarter_of_one_cell(house: House, keeping: Path, script: bool) -> None:
    name = house.story.username
    inh = house.visit(name("Inh"), java_script_enabled=script)
    postpone(inh)
    theme = plan_the_theme(inh, house)
    at(house, 4, 7)
    tell_beforehand(house.visit(name("Khiêm"), java_script_enabled=script))
    at(house, 6, 19)
    duyen = house.visit(name("Duyên"), java_script_enabled=script)
    chair_for_the_secretary(duyen)
    read_the_papers(duyen, keeping)
    at(house, 14, 8)
    type_for_the_cell(house.visit(name("Nhung"), size=DESKTOP, java_script_enabled=script), theme)
    house.story.commune.meeting(month=date(2026, 12, 1))
    inh = house.visit(name("Inh"), java_script_enabled=script)
    confirm(inh)
    at(house, 3, 20, month=12)
    inh = house.visit(name("Inh"), java_script_enabled=script)
    meet_in_december(inh)
    add_the_signed_paper(inh)
    look_back(inh, house)


def test_the_quarter_by_keyboard(house: House) -> None:
    """Postpone, plan, confirm: nothing but keys."""
    me = house.visit(house.story.username("Inh"), size=DESKTOP)
    page, keys = me.page, me.page.keyboard
    me.go(f"/sinh-hoat/{house.story.november.pk}/")
    tab_to(me, page.get_by_role("link", name="Hoãn", exact=True))
    keys.press("Enter")
    tab_to(me, page.get_by_label("Ngày họp mới"))
    keys.type("6/11/26")
    keys.press("Tab")
    keys.type(RAIN)
    keys.press("Enter")
    expect(page.locator("main")).to_contain_text(f"Hoãn từ 03/11/2026 sang 06/11/2026: {RAIN}")
    me.go(f"/don-vi/{house.story.commune.na_loc.pk}/sinh-hoat/")
    tab_to(me, page.get_by_role("link", name="Thêm buổi họp"))
    keys.press("Enter")
    tab_to(me, page.get_by_label("Sinh hoạt chuyên đề"))
    tab_to(me, page.get_by_label("Ngày họp"))
    keys.press("Control+A")
    keys.type("13/11/2026")
    tab_to(me, page.get_by_label("Chuyên đề, hoặc lý do họp bất thường"))
    keys.type(THEME)
    keys.press("Tab")
    presenter = page.get_by_label("Người chuẩn bị, trình bày")
    for _ in house.story.commune.people:
        keys.press("ArrowDown")
        if presenter.input_value() == str(house.story.commune.person("Duyên").pk):
            break
    tab_to(me, page.get_by_role("button", name="Thêm vào lịch"))
    keys.press("Enter")
    expect(me.heading).to_have_text(f"Sinh hoạt chuyên đề: {THEME}")
    expect(page.locator("#chuan-bi")).to_contain_text("đồng chí Vì Thị Duyên")


def test_the_quarter_on_paper(house: House) -> None:
    """What the cell did, on sheets somebody can hang up or file."""
    commune = house.story.commune
    commune.close(house.story.november, at=datetime(2026, 11, 3, 21, 30, tzinfo=ZONE), conclusion=DECIDED, **{
        "resolution": "yes", "vote_for": "8", f"task__{uuid.UUID(int=9)}": HOUSES,
    })  # fmt: skip
    me = house.visit(house.story.username("Inh"), size=DESKTOP)
    unit = commune.na_loc.pk
    for path, words in {
        f"/sinh-hoat/{house.story.november.pk}/": [DECIDED, HOUSES, "Nghị quyết số 01"],
        f"/don-vi/{unit}/sinh-hoat/": ["Tháng 10", "Tháng 11", "Dự 9/9"],
        f"/don-vi/{unit}/nhiem-vu/": [ROAD, HOUSES],
    }.items():
        me.go(path)
        sheets = printed(me)
        said = "".join(map(plain, sheets))
        assert len(sheets) <= 2, path
        for each in (*words, "In từ Chibo lúc"):
            assert re.sub(r"\s", "", each) in said, (path, each)
        assert "Đăngxuất" not in said
        me.check_paper()
