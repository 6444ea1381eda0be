"""The evening of a cell secretary with a phone, and what the others see of it the day after."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chibo.kernel.dates import ZONE
from tests.browser.conftest import House
from tests.browser.paper import download, told
from tests.browser.story import PATROL, ROAD
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

CONCLUSION = "Hoàn thành sửa đường trước 15/11; mỗi nhà góp một ngày công."
TASKS = [("Chốt danh sách hộ góp công", "Vì Thị Duyên", "10/11/2026"), ("Phát quang hai bên đường", "", "12/11/2026")]


def open_from_home(me: Visitor) -> None:
    """Home says what is owed; its button opens it."""
    expect(me.heading).to_have_text("Tối nay chi bộ sinh hoạt")
    me.press("Mở buổi sinh hoạt")
    expect(me.heading).to_contain_text("tháng 11/2026")


def mark(me: Visitor, name: str, word: str, reason: str = "") -> None:
    """One person of the roll."""
    row = me.page.locator(".roll > li", has_text=name)
    me.tap(row.locator("label", has_text=re.compile(f"^{word}$")))
    if reason:
        me.type(row.get_by_label("Lý do vắng"), reason)


def result(me: Visitor, task: str, words: str) -> None:
    """How a task of last month went."""
    me.tap(me.page.locator(".last > li", has_text=task).locator("label", has_text=re.compile(f"^{words}$")))


def give(me: Visitor, number: int, text: str, owner: str, due: str) -> None:
    """One task of the coming month."""
    row = me.page.locator(".give > li").nth(number)
    me.type(row.get_by_label("Nhiệm vụ"), text)
    if owner:
        me.taps += 2
        row.get_by_label("Người phụ trách").select_option(label=owner)
    me.type(row.get_by_label("Thời hạn"), due)


def fill_the_sheet(me: Visitor) -> None:
    """Roll, tasks of before, conclusion, new tasks, the end."""
    mark(me, "Tòng Văn Ún", "Muộn")
    mark(me, "Hà Văn Khiêm", "Vắng", "Đi công tác")
    mark(me, "Cà Thị Hoa", "Vắng")
    result(me, PATROL, "Xong")
    result(me, ROAD, "Đang làm")
    me.type("Kết luận", CONCLUSION)
    for number, task in enumerate(TASKS):
        give(me, number, *task)
    me.type("Kết thúc lúc", "21 giờ 05")


def look_and_close(me: Visitor) -> None:
    """The review says what will be sealed; one button seals it."""
    me.press("Xem lại, kết thúc")
    expect(me.heading).to_contain_text("Kết thúc sinh hoạt thường kỳ")
    main = me.page.locator("main")
    expect(main).to_contain_text("Có mặt 7/9")
    expect(main).to_contain_text("Muộn 1, vắng có lý do 1, vắng không lý do 1, không tính 1")
    expect(main).to_contain_text(CONCLUSION)
    for text, _, _ in TASKS:
        expect(main).to_contain_text(text)
    me.press("Kết thúc buổi sinh hoạt")
    expect(me.heading).to_contain_text("dự 7/9")


def test_the_evening(house: House, tmp_path: Path) -> None:
    house.clock.move_to(datetime(2026, 11, 3, 21, 10, tzinfo=ZONE))
    me = house.visit(house.story.username("Inh"))
    open_from_home(me)
    fill_the_sheet(me)
    me.saved()
    look_and_close(me)
    said = told(download(me, tmp_path))
    assert said["conclusions"] == [CONCLUSION] and said["tasks"] == TASKS
    assert (said["present"], said["late"], said["done"]) == ("07/09", "01", "01/02")
    assert (said["chair"], said["ended"], said["number"]) == ("Lò Văn Inh", "21 giờ 05 phút", "02-BB/CB")
    print(f"\nthe plain monthly meeting: {me.taps} taps, {me.typed} fields typed")
    assert me.taps <= 25


def test_the_office_sees_it_the_day_after(house: House) -> None:
    house.clock.move_to(datetime(2026, 11, 3, 21, 10, tzinfo=ZONE))
    me = house.visit(house.story.username("Inh"))
    open_from_home(me)
    fill_the_sheet(me)
    look_and_close(me)
    house.clock.move_to(datetime(2026, 11, 5, 8, 0, tzinfo=ZONE))
    office = house.visit(house.story.username("Nhung"), size=(1366, 768))
    expect(office.heading).to_contain_text("1/2 chi bộ đã sinh hoạt tháng 11/2026")
    office.page.get_by_role("link", name="Bảng tháng").first.click()
    met = office.page.locator("tr", has_text="Bản Nà Lốc").locator("td.is-now")
    expect(met).to_contain_text("đúng ngày")
    expect(met).to_contain_text("7/9")
    expect(office.page.locator("tr", has_text="Bản Pom Khe").locator("td.is-now")).to_contain_text("Chưa họp")
    office.page.locator("tr", has_text="Bản Nà Lốc").locator("td.sum a[href*='meetings.attendance']").click()
    expect(office.heading).to_contain_text("15/18")
    rows = office.page.locator("table.dense tbody tr")
    expect(rows.filter(has_text="tháng 10/2026")).to_contain_text("8/9")
    expect(rows.filter(has_text="tháng 11/2026")).to_contain_text("7/9")
    rows.filter(has_text="tháng 11/2026").get_by_role("link").click()
    expect(office.heading).to_contain_text("dự 7/9")


def test_a_stranger_finds_nothing(house: House) -> None:
    story = house.story
    na_loc, commune = story.commune.na_loc.pk, story.commune.commune.pk
    stranger = house.visit(story.username("Lan"))
    stranger.expected = {404}
    meetings = [f"/sinh-hoat/{pk}/" for pk in (story.november.pk, story.october.pk)]
    for path in [
        *meetings, f"/sinh-hoat/{story.november.pk}/ket-thuc/", f"/sinh-hoat/{story.october.pk}/bien-ban/",
        f"/don-vi/{na_loc}/", f"/don-vi/{na_loc}/sinh-hoat/", f"/bang-thang/{commune}/",
        f"/so-lieu/meetings.attendance/?don-vi={na_loc}",
    ]:  # fmt: skip
        answer = stranger.go(path)
        assert answer is not None
        assert answer.status == 404, path
        expect(stranger.page.locator("main")).not_to_contain_text("Nà Lốc")
