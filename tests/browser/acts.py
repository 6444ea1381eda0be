"""What people do on the pages of a meeting, tap by tap."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.browser.story import PATROL, ROAD
from tests.browser.visitor import Visitor

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


def minutes_of(me: Visitor, folder: Path) -> str:
    """All words of the downloaded minutes, tables included."""
    return paper_of(me, "Tải biên bản", folder)


def resolution_of(me: Visitor, folder: Path) -> str:
    """The same of the resolution."""
    return paper_of(me, "Tải nghị quyết", folder)


def paper_of(me: Visitor, button: str, folder: Path) -> str:
    """All words of a Word file that a button gives."""
    place = saved_from(me, button, folder)
    paper = docx.Document(str(place))
    return "\n".join(block.text for block in paper.element.body.iter() if block.tag.endswith("}t") and block.text)


def saved_from(me: Visitor, button: str, folder: Path) -> Path:
    """The file that a button gives."""
    with me.page.expect_download() as coming:
        me.press(button)
    place = folder / coming.value.suggested_filename
    coming.value.save_as(place)
    return place


def tab_to(me: Visitor, where: Locator, most: int = 200) -> None:
    """Press Tab until that control has the focus, and it is to be seen."""
    for _ in range(most):
        me.page.keyboard.press("Tab")
        if where.evaluate("(field) => field === document.activeElement"):
            expect(where).to_be_in_viewport()
            return
    raise AssertionError(f"the keyboard does not reach {where}")


def printed(me: Visitor) -> list[Any]:
    """The sheets a printer would give."""
    paper = me.page.pdf(prefer_css_page_size=True)
    return list(PdfReader(BytesIO(paper)).pages)


def plain(sheet: Any) -> str:
    """Its letters; a PDF keeps Vietnamese words in pieces."""
    return re.sub(r"\s", "", sheet.extract_text())
