"""The evening of a cell secretary with a phone, and what the others see of it the day after."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chibo.kernel.dates import ZONE
from tests.browser.acts import CONCLUSION, TASKS, fill_the_sheet, look_and_close, open_from_home
from tests.browser.conftest import House
from tests.browser.paper import download, told

pytestmark = pytest.mark.browser


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
