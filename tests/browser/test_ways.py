"""The same evening by other ways: without script, by keyboard, two at one sheet, a session that ran out, on paper."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from chibo.kernel.dates import ZONE
from tests.browser.acts import CONCLUSION, fill_the_sheet, look_and_close, open_from_home, tab_to
from tests.browser.conftest import House
from tests.browser.visitor import DESKTOP, Visitor
from tests.commune import PASSPHRASE

pytestmark = pytest.mark.browser

LATE_EVENING = datetime(2026, 11, 3, 21, 10, tzinfo=ZONE)
FIRST_LOAD, LATER_LOAD = 150_000, 30_000


def open_sheet(house: House, name: str, **options: object) -> Visitor:
    me = house.visit(house.story.username(name), **options)
    me.go(f"/sinh-hoat/{house.story.november.pk}/")
    return me


def test_without_script(house: House) -> None:
    house.clock.move_to(LATE_EVENING)
    me = house.visit(house.story.username("Inh"), java_script_enabled=False)
    open_from_home(me)
    fill_the_sheet(me)
    look_and_close(me)


def test_by_keyboard(house: House) -> None:
    house.clock.move_to(LATE_EVENING)
    me = open_sheet(house, "Inh", size=DESKTOP)
    keys = me.page.keyboard
    keys.press("Tab")
    expect(me.page.locator(".skip")).to_be_focused()
    row = me.page.locator(".roll > li", has_text="Cà Thị Hoa")
    tab_to(me, row.get_by_role("radio", name="Có"))
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(row.get_by_role("radio", name="Vắng")).to_be_checked()
    tab_to(me, row.get_by_label("Lý do vắng"))
    keys.type("Làm ca")
    tab_to(me, me.page.get_by_label("Kết luận", exact=True))
    keys.type(CONCLUSION)
    tab_to(me, me.page.get_by_label("Kết thúc lúc", exact=True))
    keys.type("21:05")
    tab_to(me, me.page.get_by_role("button", name="Xem lại, kết thúc"))
    keys.press("Enter")
    expect(me.heading).to_contain_text("Kết thúc sinh hoạt thường kỳ")
    tab_to(me, me.page.get_by_role("button", name="Kết thúc buổi sinh hoạt"))
    keys.press("Enter")
    expect(me.heading).to_contain_text("dự 8/9")
    expect(me.page.locator("main")).to_contain_text("Làm ca")


def test_two_at_one_sheet(house: House) -> None:
    one, two = open_sheet(house, "Inh"), open_sheet(house, "Duyên")
    one.type("Kết luận", "Bản của bí thư.")
    one.page.keyboard.press("Tab")
    one.saved()
    two.expected = {409}
    two.type("Kết luận", "Bản của phó bí thư.")
    two.page.keyboard.press("Tab")
    box = two.page.locator(".theirs")
    expect(box).to_contain_text("Bản của bí thư.")
    expect(two.page.get_by_label("Kết luận", exact=True)).to_have_value("Bản của phó bí thư.")
    two.check()
    two.picture("two-versions-sheet", whole=False)
    box.get_by_role("button", name="Lấy bản kia").click()
    two.saved()
    expect(two.page.get_by_label("Kết luận", exact=True)).to_have_value("Bản của bí thư.")


def test_neither_version_is_lost_when_the_page_is_left_before_choosing(house: House) -> None:
    one, two = open_sheet(house, "Inh"), open_sheet(house, "Duyên")
    one.type("Kết luận", "Bản của bí thư.")
    one.page.keyboard.press("Tab")
    one.saved()
    two.expected = {409}
    two.page.on("dialog", lambda asked: asked.accept())
    two.type("Kết luận", "Bản của phó bí thư.")
    two.page.keyboard.press("Tab")
    expect(two.page.locator(".theirs")).to_contain_text("Bản của bí thư.")
    two.page.reload()
    expect(two.page.locator(".theirs")).to_contain_text("Bản của bí thư.")
    expect(two.page.get_by_label("Kết luận", exact=True)).to_have_value("Bản của phó bí thư.")
    two.type("Kết luận", "Bản của phó bí thư, sửa thêm.")
    two.page.locator(".theirs").get_by_role("button", name="Giữ bản của tôi").click()
    two.saved()
    one.page.reload()
    expect(one.page.get_by_label("Kết luận", exact=True)).to_have_value("Bản của phó bí thư, sửa thêm.")


def test_what_was_typed_without_signal_does_not_write_over_a_colleague(house: House) -> None:
    one, two = open_sheet(house, "Inh"), open_sheet(house, "Duyên")
    two.expected = {0, 409}
    two.page.on("dialog", lambda asked: asked.accept())
    two.context.set_offline(True)
    two.type("Kết luận", "Gõ khi mất sóng.")
    two.page.keyboard.press("Tab")
    expect(two.page.locator("#trang-thai")).to_contain_text("vẫn giữ trên máy này")
    one.type("Kết luận", "Bản của bí thư.")
    one.page.keyboard.press("Tab")
    one.saved()
    two.context.set_offline(False)
    two.page.reload()
    expect(two.page.locator(".theirs")).to_contain_text("Bản của bí thư.")
    expect(two.page.get_by_label("Kết luận", exact=True)).to_have_value("Gõ khi mất sóng.")


def test_a_day_is_read_when_its_box_is_left(house: House) -> None:
    me = open_sheet(house, "Inh")
    box = me.page.locator("input.date[name^='due.']").first
    box.click()
    me.page.keyboard.type("15/", delay=50)
    me.page.wait_for_timeout(900)
    expect(box).not_to_have_attribute("aria-invalid", "")
    me.page.keyboard.type("12")
    me.page.keyboard.press("Tab")
    expect(box).to_have_value("15/12/2026")


def test_two_at_one_sheet_without_script(house: House) -> None:
    one, two = open_sheet(house, "Inh"), open_sheet(house, "Duyên", java_script_enabled=False)
    one.type("Kết luận", "Bản của bí thư.")
    one.page.keyboard.press("Tab")
    one.saved()
    two.expected = {409}
    two.type("Kết luận", "Bản của phó bí thư.")
    two.type(two.page.get_by_label("Nội dung thảo luận"), "Đường vào bản.")
    two.press("Xem lại, kết thúc")
    expect(two.heading).to_have_text("Hai bản khác nhau")
    for words in ("Bản của bí thư.", "Bản của phó bí thư."):
        expect(two.page.locator("main")).to_contain_text(words)
    two.picture("two-versions")
    two.press("Giữ bản đã chọn")
    two.go(f"/sinh-hoat/{house.story.november.pk}/")
    expect(two.page.get_by_label("Kết luận", exact=True)).to_have_value("Bản của phó bí thư.")
    expect(two.page.get_by_label("Nội dung thảo luận")).to_have_value("Đường vào bản.")


def test_a_session_that_ran_out_keeps_what_was_typed(house: House) -> None:
    me = open_sheet(house, "Inh")
    house.clock.shift(timedelta(hours=13))
    me.expected = {401}
    me.type("Kết luận", "Gõ khi phiên đã hết.")
    me.page.keyboard.press("Tab")
    again = me.page.get_by_role("link", name="Phiên đăng nhập đã hết")
    expect(again).to_be_visible()
    again.click()
    me.type("Tên đăng nhập", house.story.username("Inh"))
    me.type("Cụm từ bí mật", PASSPHRASE)
    me.press("Đăng nhập")
    me.saved()
    expect(me.page.get_by_label("Kết luận", exact=True)).to_have_value("Gõ khi phiên đã hết.")
    me.page.reload()
    expect(me.page.get_by_label("Kết luận", exact=True)).to_have_value("Gõ khi phiên đã hết.")


def test_on_paper(house: House) -> None:
    story = house.story
    me = house.visit(story.username("Inh"), size=DESKTOP)
    me.page.emulate_media(media="print")
    for path in ("/", f"/sinh-hoat/{story.november.pk}/", f"/sinh-hoat/{story.october.pk}/"):
        me.go(path)
        for gone in me.page.locator(".rail, .tabs, .topbar, .dock, .steps, main button").all():
            expect(gone).to_be_hidden()
        expect(me.heading).to_be_visible()
        expect(me.page.locator(".printed")).to_contain_text("In từ Chibo lúc")
        me.picture(f"print-{path.strip('/').split('/')[0]}")
    expect(me.page.locator("main")).to_contain_text("Mỗi nhà một bể nước trước Tết.")


def test_pages_are_light(house: House) -> None:
    me = house.visit()
    watch = me.context.new_cdp_session(me.page)
    watch.send("Network.enable")
    parts: list[float] = []
    watch.on("Network.loadingFinished", lambda event: parts.append(event["encodedDataLength"]))
    me.sign_in(house.story.username("Inh"))
    me.page.wait_for_load_state("networkidle")
    print(f"\nfirst load, sign-in and home: {sum(parts) / 1000:.0f} kB")
    assert sum(parts) <= FIRST_LOAD
    for path in (f"/sinh-hoat/{house.story.november.pk}/", f"/sinh-hoat/{house.story.october.pk}/", "/phien/", "/"):
        parts.clear()
        me.go(path)
        me.page.wait_for_load_state("networkidle")
        print(f"then {path[:11]}: {sum(parts) / 1000:.1f} kB")
        assert sum(parts) <= LATER_LOAD


def test_a_session_that_ran_out_without_script_carries_the_form_through_the_sign_in(house: House) -> None:
    house.clock.move_to(LATE_EVENING)
    me = open_sheet(house, "Inh", java_script_enabled=False)
    fill_the_sheet(me)
    house.clock.shift(timedelta(hours=13))
    me.expected = {401}
    me.press("Xem lại, kết thúc")
    me.picture("kept-sign-in")
    me.type("Tên đăng nhập", house.story.username("Inh"))
    me.type("Cụm từ bí mật", PASSPHRASE)
    me.press("Đăng nhập")
    expect(me.heading).to_have_text("Nội dung vừa gõ vẫn còn")
    expect(me.page.locator("main")).to_contain_text(CONCLUSION)
    me.picture("kept")
    me.no_sideways_scroll()
    me.press("Gửi lại")
    expect(me.heading).to_contain_text("Kết thúc sinh hoạt thường kỳ")
    expect(me.page.locator("main")).to_contain_text(CONCLUSION)
    expect(me.page.locator("main")).to_contain_text("Có mặt 7/9")
