"""What stands in for a page: two versions, a form that waited, a colleague who was faster, a fault of ours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from chibo.kernel.dates import ZONE
from tests.browser.conftest import House
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.commune import PASSPHRASE

pytestmark = pytest.mark.browser

EVENING = datetime(2026, 11, 3, 21, 10, tzinfo=ZONE)
RAIN = "Mưa lũ, cầu treo đứt"


def look(me: Visitor) -> None:
    """No barrier at a phone, at a desk, on paper."""
    me.check(PHONE, DESKTOP)
    me.check_paper()


def test_two_versions(house: House) -> None:
    path = f"/sinh-hoat/{house.story.november.pk}/"
    one, two = house.visit(house.story.username("Inh")), house.visit(house.story.username("Duyên"))
    for me in (one, two):
        me.go(path)
    one.type("Kết luận", "Bản của bí thư.")
    one.press("Xem lại, kết thúc")
    two.expected = {409}
    two.page.evaluate("() => document.querySelector('cb-save').replaceWith(document.querySelector('cb-save form'))")
    two.type("Kết luận", "Bản của phó bí thư.")
    two.press("Xem lại, kết thúc")
    expect(two.heading).to_have_text("Hai bản khác nhau")
    look(two)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_form_waits_over_an_expired_session(house: House, script: bool) -> None:
    me = house.visit(house.story.username("Inh"), java_script_enabled=script)
    me.go(f"/sinh-hoat/{house.story.november.pk}/hoan/")
    house.clock.shift(timedelta(hours=13))
    me.type("Ngày họp mới", "6/11/2026")
    me.type("Lý do hoãn", RAIN)
    me.expected = {401}
    me.press("Hoãn buổi họp")
    expect(me.page.get_by_role("alert")).to_contain_text("Nội dung vừa gõ vẫn giữ ở đây")
    if script:
        look(me)
    me.type("Tên đăng nhập", house.story.username("Inh"))
    me.type("Cụm từ bí mật", PASSPHRASE)
    me.press("Đăng nhập")
    expect(me.heading).to_have_text("Nội dung vừa gõ vẫn còn")
    expect(me.page.locator("main")).to_contain_text(RAIN)
    if script:
        look(me)
    me.press("Gửi lại")
    expect(me.page.locator("main")).to_contain_text(f"Hoãn từ 03/11/2026 sang 06/11/2026: {RAIN}")


def test_somebody_writes_while_another_closes(house: House) -> None:
    house.clock.move_to(EVENING)
    commune, meeting = house.story.commune, house.story.november
    commune.write(meeting, ended="21:05", conclusion="Sửa đường trước 15/11.")
    chair, writer = (house.visit(house.story.username(name)) for name in ("Inh", "Duyên"))
    chair.go(f"/sinh-hoat/{meeting.pk}/ket-thuc/")
    writer.go(f"/sinh-hoat/{meeting.pk}/")
    writer.type(writer.page.get_by_label("Nội dung thảo luận"), "Đường vào bản.")
    writer.page.keyboard.press("Tab")
    writer.saved()
    chair.expected = writer.expected = {422}
    chair.press("Kết thúc buổi sinh hoạt")
    expect(chair.page.get_by_role("alert")).to_contain_text("Phiếu vừa có người sửa")
    look(chair)
    chair.press("Kết thúc buổi sinh hoạt")
    expect(chair.heading).to_contain_text("dự 9/9")
    expect(chair.page.locator("main")).to_contain_text("Đường vào bản.")
    writer.type("Kết luận", "Gõ sau khi đã kết thúc.")
    writer.page.keyboard.press("Tab")
    expect(writer.page.locator("#ket-luan")).to_contain_text("Buổi này đã kết thúc lúc")
    writer.go(f"/sinh-hoat/{meeting.pk}/")
    expect(writer.page.locator("main")).not_to_contain_text("Gõ sau khi đã kết thúc.")


def test_not_held(house: House) -> None:
    me = house.visit(house.story.username("Inh"))
    me.go(f"/sinh-hoat/{house.story.november.pk}/khong-hop/")
    me.type("Lý do không họp", "Cả bản đi gặt xa")
    me.page.locator("main form button").click()
    expect(me.page.locator("main")).to_contain_text("Đã ghi là không họp")
    look(me)


def test_our_own_fault(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    me = house.visit(house.story.username("Inh"))

    def broken(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("chibo.front.views.units.render", broken)
    me.expected = {500}
    answer = me.go(f"/don-vi/{house.story.commune.na_loc.pk}/")
    assert answer is not None
    assert answer.status == 500
    expect(me.page.locator("body")).to_contain_text("Chưa ghi gì.")
    look(me)


def test_a_month_before_the_first(house: House) -> None:
    """Addresses of a time when nothing was there yet."""
    me, cell = house.visit(house.story.username("Inh")), house.story.commune.na_loc.pk
    long_ago = date(2025, 9, 1)
    for path in (
        f"/don-vi/{cell}/sinh-hoat/{long_ago.year}/", f"/bang-thang/{cell}/{long_ago.year}/",
        f"/don-vi/{cell}/giay-to/{long_ago.year}/{long_ago.month}/", f"/don-vi/{cell}/giay-to/2027/1/",
    ):  # fmt: skip
        me.go(path)
        look(me)
