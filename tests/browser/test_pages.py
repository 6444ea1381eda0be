"""Every page as each role sees it: fits a phone and a desk, in small and big letters, without a barrier."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import expect

from chibo.kernel.dates import ZONE
from tests.browser.conftest import House
from tests.browser.visitor import DESKTOP, PHONE, TABLET, Visitor

pytestmark = pytest.mark.browser

DAY_AFTER = datetime(2026, 11, 5, 8, 0, tzinfo=ZONE)


def look(me: Visitor, name: str) -> list[str]:
    """Look at the page before us at every size; what is wrong, in words."""
    wrong = []
    for size in (PHONE, DESKTOP):
        me.page.set_viewport_size({"width": size[0], "height": size[1]})
        me.picture(f"{name}-{size[0]}")
    for look_at in (lambda: me.check(PHONE, DESKTOP), lambda: me.fits(TABLET), lambda: me.fits(PHONE, big=True)):
        try:
            look_at()
        except AssertionError as error:
            wrong.append(str(error))
    return wrong


def walk(me: Visitor, pages: dict[str, str]) -> None:
    """Open each page and look; everything that is wrong is told at once."""
    wrong = []
    for name, path in pages.items():
        me.go(path)
        wrong += look(me, name)
    assert not wrong, "\n\n".join(wrong)


def test_the_door(house: House) -> None:
    me = house.visit()
    walk(me, {"signin": "/dang-nhap/"})
    me.expected = {422}
    me.type("Tên đăng nhập", "ai.do")
    me.type("Cụm từ bí mật", "không phải cụm này")
    me.press("Đăng nhập")
    expect(me.page.get_by_role("alert")).to_contain_text("chưa đúng")
    expect(me.page.get_by_label("Tên đăng nhập")).to_have_value("ai.do")
    assert not look(me, "signin-wrong")


def test_a_secretary(house: House) -> None:
    story = house.story
    cell, person = story.commune.na_loc.pk, story.commune.person("Khiêm").pk
    me = house.visit(story.username("Inh"))
    walk(me, {
        "home-secretary": "/", "sheet": f"/sinh-hoat/{story.november.pk}/",
        "review-refused": f"/sinh-hoat/{story.november.pk}/ket-thuc/", "closed": f"/sinh-hoat/{story.october.pk}/",
        "list": f"/don-vi/{cell}/sinh-hoat/", "unit-cell": f"/don-vi/{cell}/", "members": f"/don-vi/{cell}/dang-vien/",
        "person": f"/dang-vien/{person}/", "figure-cell": f"/so-lieu/meetings.attendance/?don-vi={cell}",
        "sessions": "/phien/", "found": "/tim/?q=ha+van", "found-nothing": "/tim/?q=khong+ai+ca",
        "board-cell": f"/bang-thang/{cell}/",
    })  # fmt: skip


def test_an_office(house: House) -> None:
    story = house.story
    house.clock.move_to(DAY_AFTER)
    commune = story.commune.commune.pk
    me = house.visit(story.username("Nhung"))
    walk(me, {
        "home-office": "/", "board": f"/bang-thang/{commune}/", "board-empty": f"/bang-thang/{commune}/2024/",
        "unit-commune": f"/don-vi/{commune}/", "figure": f"/so-lieu/meetings.attendance/?don-vi={commune}",
        "figure-empty": f"/so-lieu/meetings.attendance/?don-vi={commune}&tu=01/01/2024&den=31/12/2024",
        "sheet-read-only": f"/sinh-hoat/{story.november.pk}/", "members-commune": f"/don-vi/{commune}/dang-vien/",
    })  # fmt: skip


def test_a_province_a_member_and_a_server_keeper(house: House) -> None:
    story = house.story
    house.clock.move_to(DAY_AFTER)
    province = story.commune.province.pk
    walk(house.visit(story.username("Vân")), {
        "home-province": "/", "board-province": f"/bang-thang/{province}/", "unit-province": f"/don-vi/{province}/",
        "figure-province": f"/so-lieu/meetings.held/?don-vi={province}",
    })  # fmt: skip
    walk(house.visit(story.username("Khiêm")), {"home-member": "/"})
    walk(house.visit(story.username("Quý")), {"home-keeper": "/"})
    walk(house.visit(story.username("Páo")), {"home-leader": "/"})


def test_refusals(house: House) -> None:
    story = house.story
    me = house.visit(story.username("Duyên"))
    me.expected = {404, 403, 422, 413}
    walk(me, {"404": "/khong-co/", "422": f"/so-lieu/meetings.held/?don-vi={story.commune.na_loc.pk}&tu=31/02/2026"})
    office = house.visit(story.username("Nhung"))
    office.expected = {403, 413}
    walk(office, {"403": f"/sinh-hoat/{story.november.pk}/ket-thuc/"})
    me.go(f"/sinh-hoat/{story.november.pk}/")
    me.page.get_by_label("Nội dung thảo luận").evaluate("(field) => { field.value = 'x'.repeat(600000) }")
    me.press("Xem lại, kết thúc")
    expect(me.heading).to_have_text("Nội dung quá lớn")
    assert not look(me, "413")
