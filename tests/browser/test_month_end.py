"""The office's month end for twelve cells: who is late, what is said to them, the reports, all papers in one file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from chibo.reports.bundle import plain_name
from tests.browser.acts import plain, printed, saved_from, tab_to
from tests.browser.conftest import House, Stage, opened, staged
from tests.browser.month_end import FAR_HARVEST, LAST_MORNING, LATE, POSTPONED, SILENT, tell_month_end
from tests.browser.visitor import DESKTOP, Visitor
from tests.reports import reading

pytestmark = pytest.mark.browser

CONFERENCE = "Kiểm điểm tháng 11, việc tháng 12"


@pytest.fixture(scope="module")
def month_stage(founded: str, django_db_blocker: Any) -> Iterator[Stage]:
    """Twelve cells on the last morning of November."""
    with django_db_blocker.unblock(), staged(founded, "month", tell_month_end, LAST_MORNING) as made:
        yield made


@pytest.fixture
def commune_house(
    month_stage: Stage, static_root: Path, chromium: Browser, django_db_blocker: Any, keeping: Path
) -> Iterator[House]:
    """The house on that morning."""
    with django_db_blocker.unblock(), opened(month_stage, static_root, chromium, LAST_MORNING) as running:
        yield running


def squares(me: Visitor) -> dict[str, str]:
    """Each unit of the board with the words of its square of the month."""
    found = me.page.locator("table.board tbody tr")
    names = [row.locator("th a").first.inner_text() for row in found.all() if row.locator("th a").count()]
    return {name: row_of(me, name).locator("td.is-now").inner_text() for name in names}


def row_of(me: Visitor, cell: str) -> Locator:
    return me.page.locator("table.board tbody tr").filter(has=me.page.get_by_role("link", name=cell, exact=True))


def look_at_the_board(me: Visitor) -> None:
    """Which cell met, and each way of looking at fewer of them."""
    me.press("Bảng tháng")
    expect(me.heading).to_contain_text("10/12 chi bộ đã sinh hoạt tháng 11/2026")
    expect(me.page.locator(".sub").first).to_contain_text(FAR_HARVEST)
    shown = squares(me)
    assert len(shown) == 12
    assert "Chưa họp" in shown[LATE]
    for words, cells in {
        "Trễ, quá ngày": {LATE, POSTPONED},
        "Không họp": {SILENT},
        "Dự thấp": {"Bản Suối Đứa"},
    }.items():
        me.page.get_by_label("Chỉ xem").select_option(label=words)
        me.press("Lọc")
        assert set(squares(me)) == cells, words
    me.page.get_by_label("Chỉ xem").select_option(label="Tất cả")
    me.press("Lọc")
    assert len(squares(me)) == 12


def take_the_workbook(me: Visitor, folder: Path) -> None:
    """The same board as a workbook."""
    with zipfile.ZipFile(saved_from(me, "Tải Excel", folder)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    for cell in ("Bản Nà Lốc", LATE, SILENT):
        assert cell in words


def chase(me: Visitor, script: bool) -> None:
    """Words to the one cell that said nothing; copied, never sent."""
    me.press("Nhắc 1 chi bộ")
    words = me.page.get_by_role("textbox", name="Lời nhắc Chi bộ bản Khún")
    expect(words).to_have_value(re.compile(r"^Kính gửi đồng chí Tòng Thị Xôm: đến ngày 30/11/2026, chi bộ bản Khún "))
    if script:
        me.context.grant_permissions(["clipboard-read", "clipboard-write"])
        me.press("Chép")
        expect(me.page.get_by_text("Đã chép.")).to_be_visible()
        assert me.page.evaluate("navigator.clipboard.readText()") == words.input_value()


def invite_the_committee(me: Visitor, house: House) -> None:
    """A conference of the committee is planned and its members asked."""
    me.go(f"/don-vi/{house.story.commune.commune.pk}/sinh-hoat/")
    me.press("Thêm buổi họp")
    me.tap(me.page.get_by_label("Hội nghị Ban Chấp hành"))
    me.type("Ngày họp", "2/12/2026")
    me.type(me.page.get_by_label("Giờ bắt đầu"), "8:00")
    me.type(me.page.get_by_label("Nội dung chính"), CONFERENCE)
    me.press("Thêm vào lịch")
    me.press("Mời họp")
    me.tap(me.page.get_by_role("button", name=re.compile(r"^Mời 2 đồng chí")))
    expect(me.heading).to_have_text("Đã mời 2/2 đồng chí")


def see_the_invitation(member: Visitor) -> None:
    """A member of the committee finds it on the own page."""
    asked = member.page.locator("li", has_text="Hội nghị Ban Chấp hành")
    expect(asked).to_contain_text("8 giờ")
    member.tap(asked.get_by_role("link", name="Xem, báo vắng"))
    expect(member.page.locator(".sub")).to_contain_text("02/12/2026")


def seal_the_report_of_a_cell(me: Visitor, house: House) -> None:
    """A secretary takes the number; the content does not change any more."""
    me.go(f"/don-vi/{house.story.commune.na_loc.pk}/giay-to/2026/11/")
    me.press("Lấy số, ban hành")
    expect(me.page.locator("main")).to_contain_text("Đã ban hành số 01-BC/CB, ngày 30/11/2026")


def seal_the_report(me: Visitor, house: House) -> None:
    """The office does the same for the commune, when the last cell has met."""
    me.go(f"/bang-thang/{house.story.commune.commune.pk}/")
    expect(me.heading).to_contain_text("11/12 chi bộ")
    me.press("Giấy tờ tháng")
    expect(me.page.locator(".sub").first).to_contain_text(f"Chưa có biên bản thường kỳ: {SILENT}.")
    me.press("Lấy số, ban hành")
    expect(me.page.locator("main")).to_contain_text("Đã ban hành số 01-BC/ĐU, ngày 30/11/2026")


def archive_of(me: Visitor, folder: Path) -> dict[str, bytes]:
    """All papers of the month."""
    with zipfile.ZipFile(saved_from(me, "Tải cả bộ", folder)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def compare_the_folders(papers: dict[str, bytes], house: House) -> None:
    """Each cell's folder holds its own minutes, report and words for the handbook; the list says what is missing."""
    contents = papers["muc-luc.txt"].decode("utf-8-sig").split("\r\n")
    assert [line for line in contents if "/" in line and not line.startswith("Đảng bộ")] == [
        name for name in papers if name != "muc-luc.txt"
    ]
    missing = contents[contents.index("Chưa có biên bản thường kỳ tháng này:") + 1 :]
    assert [line for line in missing if line.startswith("- ")] == [f"- Chi bộ {SILENT[:1].lower()}{SILENT[1:]}"]
    folders = sorted({name.partition("/")[0] for name in papers if "/" in name})
    assert len(folders) == 13
    for cell in house.story.cells:
        compare_a_folder(papers, house, cell)


def compare_a_folder(papers: dict[str, bytes], house: House, cell: str) -> None:
    own = {
        name.partition("/")[2]: body for name, body in papers.items() if name.partition("/")[0][3:] == plain_name(cell)
    }
    report = next(body for name, body in own.items() if name.startswith("bao-cao-01"))
    assert any("tháng 11 năm 2026" in line for line in reading.lines(report))
    minutes = [body for name, body in own.items() if name.startswith("bien-ban-02")]
    texts = [body for name, body in own.items() if name.startswith("so-tay-02")]
    assert (len(minutes), len(texts)) == ((0, 0) if cell == SILENT else (1, 1)), cell
    if minutes:
        compare_with_the_handbook(reading.lines(minutes[0]), texts[0].decode("utf-8-sig"), house, cell)


def compare_with_the_handbook(said: list[str], text: str, house: House, cell: str) -> None:
    """What is to be copied into the national application is what the minutes say."""
    blocks = dict(re.findall(r"^\[(.+?)\]\r\n(.*?)(?=\r\n\r\n\[|\r\n\Z)", text, re.S | re.M))
    assert blocks["KẾT LUẬN"] == house.story.concluded(cell)
    assert f"- {house.story.concluded(cell)}" in said
    assert blocks["NHIỆM VỤ GIAO"] == f"- Kiểm tra mương {cell}, hạn 20/12/2026"
    assert blocks["NỘI DUNG TRỌNG TÂM"] == f"Đường và nước của {cell.lower()}"
    assert blocks["ĐƠN VỊ"] == f"Chi bộ {cell[:1].lower()}{cell[1:]}"
    present = blocks["ĐIỂM DANH"].split("\r\n")[0]
    assert any(line.removeprefix("- ") == present for line in said), present
    assert blocks["BIÊN BẢN"] == "Số 02-BB/CB"


def compare_with_the_board(report: bytes, shown: dict[str, str]) -> None:
    """The commune's report counts what the board shows, cell by cell."""
    table = next(table for table in reading.opened(report).tables if len(table.rows) >= 13)
    told = {row[1]: " ".join(row) for row in reading.rows(table)}
    for cell, square in shown.items():
        share = re.search(r"\d+/\d+", square)
        line = next(words for name, words in told.items() if name == cell)
        if share:
            present, expected = (f"{int(part):02d}" for part in share[0].split("/"))
            assert f"{present}/{expected}" in line, (cell, square, line)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_the_month_end_of_twelve_cells(commune_house: House, keeping: Path, script: bool) -> None:
    house, name = commune_house, commune_house.story.username
    office = house.visit(name("Nhung"), size=DESKTOP, java_script_enabled=script)
    expect(office.heading).to_contain_text("10/12 chi bộ đã sinh hoạt tháng 11/2026")
    look_at_the_board(office)
    take_the_workbook(office, keeping)
    chase(office, script)
    invite_the_committee(office, house)
    see_the_invitation(house.visit(name("Duyên"), java_script_enabled=script))
    house.story.hold(LATE, LAST_MORNING.replace(hour=7), held_on="30/11/2026", started="6:00", ended="7:00")
    seal_the_report_of_a_cell(house.visit(name("Inh"), java_script_enabled=script), house)
    for cell in house.story.cells:
        house.story.issue(cell)
    seal_the_report(office, house)
    papers = archive_of(office, keeping)
    compare_the_folders(papers, house)
    office.go(f"/bang-thang/{house.story.commune.commune.pk}/")
    report = next(body for name, body in papers.items() if name.startswith("00-") and "/bao-cao-" in name)
    compare_with_the_board(report, squares(office))


def test_the_month_end_by_keyboard(commune_house: House, keeping: Path) -> None:
    house = commune_house
    me = house.visit(house.story.username("Nhung"), size=DESKTOP)
    keys, page = me.page.keyboard, me.page
    tab_to(me, page.get_by_role("link", name="Bảng tháng").last)
    keys.press("Enter")
    expect(me.heading).to_contain_text("10/12")
    tab_to(me, page.get_by_label("Chỉ xem"))
    keys.press("ArrowDown")
    tab_to(me, page.get_by_role("button", name="Lọc"))
    keys.press("Enter")
    expect(page.locator("table.board tbody tr")).to_have_count(2)
    tab_to(me, page.get_by_role("link", name="Nhắc 1 chi bộ"))
    keys.press("Enter")
    tab_to(me, page.get_by_role("textbox", name="Lời nhắc Chi bộ bản Khún"))
    me.go(f"/don-vi/{house.story.commune.commune.pk}/giay-to/2026/11/")
    tab_to(me, page.get_by_role("button", name="Lấy số, ban hành"))
    keys.press("Enter")
    expect(page.locator("main")).to_contain_text("Đã ban hành số 01-BC/ĐU")
    tab_to(me, page.get_by_role("link", name="Tải cả bộ"))
    with page.expect_download() as coming:
        keys.press("Enter")
    assert zipfile.is_zipfile(coming.value.path())


def test_the_board_on_one_sheet_of_paper(commune_house: House) -> None:
    house = commune_house
    me = house.visit(house.story.username("Nhung"), size=DESKTOP)
    unit = house.story.commune.commune.pk
    me.go(f"/bang-thang/{unit}/")
    sheets = printed(me)
    assert sheets[0].mediabox.width > sheets[0].mediabox.height
    words = plain(sheets[0])
    for cell in (*house.story.cells, "Tất cả đơn vị"):
        assert cell.replace(" ", "") in words, cell
    me.go(f"/don-vi/{unit}/giay-to/2026/11/")
    sheets = printed(me)
    assert sheets[0].mediabox.width < sheets[0].mediabox.height
    for sheet in sheets:
        assert "Việccầnlàm" not in plain(sheet)
