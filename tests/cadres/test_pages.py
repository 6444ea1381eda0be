"""Congress, terms and bodies as the office writes them."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.cadres.models import Body, Congress, Post, Seat, Term
from chibo.kernel.dates import ZONE
from chibo.membership.operations import enter_member
from tests.commune import TODAY, Commune
from tests.membership.test_pages import page_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with time_machine.travel(datetime(2026, 11, 5, 9, tzinfo=ZONE), tick=False):
        yield


@pytest.fixture
def office(commune: Commune, client: Client) -> Client:
    client.force_login(commune.account("Nhung"))
    return client


def test_a_congress_is_typed_looked_at_and_written(office: Client, commune: Commune) -> None:
    path = reverse("cadres:congress", args=[commune.na_loc.pk])
    form = office.get(path).content.decode()
    assert "Lò Văn Inh, Bí thư\nVì Thị Duyên, Phó bí thư" in form
    typed = {"name": "2026 - 2031", "first": "5/11/2026", "last": "4/11/2031", "decision": "BB đại hội",
             "elected": "1. Vì Thị Duyên, bí thư\nha van khiem\tphó bí thư\nCà Thị Hoa – Chi ủy viên"}  # fmt: skip
    preview = office.post(path, typed).content.decode()
    assert "2 chức vụ thôi, 3 chức vụ mới" in preview
    assert "1 người tiếp tục, 2 người mới, 1 người thôi cấp ủy." in preview
    assert not Congress.objects.exists()
    send(office, path, **typed, step="write")
    page = office.get(reverse("cadres:bodies", args=[commune.na_loc.pk])).content.decode()
    assert "2026 - 2031" in page
    assert "Hà Văn Khiêm" in page
    assert '<h2 id="h-cell_committee">Chi ủy</h2>' in page
    row = Congress.objects.get()
    grave = reverse("cadres:taken_back", args=[row.pk])
    assert "3 chức vụ mở theo nhiệm kỳ này bị rút" in office.get(grave).content.decode()
    send(office, grave, why="typed_wrong")
    assert Post.objects.on(TODAY).get(office="cell_secretary", unit=commune.na_loc).person == commune.person("Inh")
    assert "<del>Bí thư chi bộ" in page_of(office, commune, "Duyên")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Lò Văn Inh", "ghi họ tên, dấu phẩy, rồi chức vụ"), ("Lò Văn Inh, vua", "không có chức vụ này ở đây"),
        ("Lò Văn Không, bí thư", "không có trong danh sách đảng viên"), ("Lò Thị Ngoan, phó bí thư", "chính thức"),
        ("Lò Văn Inh, bí thư\nVì Thị Duyên, bí thư", "Chỉ có một bí thư"), ("", "Ghi «Người trúng cử»"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_named(office: Client, commune: Commune, line: str, said: str) -> None:
    typed = {"name": "2026 - 2031", "first": "5/11/2026", "last": "4/11/2031", "elected": line}
    send(office, reverse("cadres:congress", args=[commune.na_loc.pk]), said, **typed)


def test_two_of_one_name_are_told_apart_by_their_cell(office: Client, commune: Commune) -> None:
    enter_member("Lò Văn Inh", commune.pom_khe, on=TODAY, by=commune.actor("Nhung"))
    path = reverse("cadres:congress", args=[commune.commune.pk])
    typed = {"name": "2026 - 2031", "first": "5/11/2026", "last": "4/11/2031"}
    send(office, path, "có nhiều người trùng tên", **typed, elected="Lò Văn Inh, bí thư")
    preview = office.post(path, {**typed, "elected": "Lò Văn Inh (Pom Khe), ủy viên ban thường vụ"}).content.decode()
    assert "Trúng cử" in preview
    assert "Ban thường vụ chỉ bầu khi có từ 9 cấp ủy viên" in preview


def test_a_term_is_prolonged(office: Client, commune: Commune) -> None:
    term = Term.objects.get(unit=commune.na_loc)
    path = reverse("cadres:prolong", args=[term.pk])
    send(office, path, "phải sau ngày cuối", last="1/1/2030")
    send(office, path, last="31/12/2030")


def test_a_task_body_has_members_and_duties(office: Client, commune: Commune) -> None:
    path = reverse("cadres:set_up", args=[commune.commune.pk])
    typed = {"kind": "steering", "name": "Ban chỉ đạo xóa nhà tạm", "first": "1/11/2026", "last": "31/12/2026"}
    send(office, path, "Ghi «Tên»", **{**typed, "name": ""})
    send(office, path, **typed, purpose="Rà soát, vận động", decision="QĐ 12")
    body = Body.objects.get()
    page = reverse("cadres:body", args=[body.pk])
    assert "Chưa có thành viên" in office.get(page).content.decode()
    add = reverse("cadres:seat", args=[body.pk])
    assert "Gõ tên người tham gia" in office.get(add).content.decode()
    assert "Không thấy ai" in office.get(add, {"q": "zzz"}).content.decode()
    found = office.get(add, {"q": "pao"}).content.decode()
    assert "Lường Văn Páo" in found
    pao = str(commune.person("Páo").pk)
    send(office, f"{add}?q=pao", person=pao, role="head", duty="Điều hành chung", first="5/11/2026")
    told = office.get(page).content.decode()
    for words in ("Lường Văn Páo", "Trưởng ban", "Điều hành chung", "Rà soát, vận động"):
        assert words in told
    assert "Trưởng ban Ban chỉ đạo xóa nhà tạm: Điều hành chung" in page_of(office, commune, "Páo")
    seat = Seat.objects.get()
    send(office, reverse("cadres:seat_correction", args=[seat.pk]), role="deputy", duty="Thay trưởng ban",
         first="5/11/2026", why="typed_wrong")  # fmt: skip
    seat = Seat.objects.live().get()
    send(office, reverse("cadres:seat_end", args=[seat.pk]), "không giữ vào ngày đó", last="1/11/2026")
    send(office, reverse("cadres:seat_end", args=[seat.pk]), last="5/11/2026")
    send(office, reverse("cadres:body_end", args=[body.pk]), last="5/11/2026")
    assert office.post(reverse("cadres:seat_withdrawal", args=[seat.pk]), {"why": "typed_wrong"}).status_code == 302
    assert office.post(reverse("cadres:body_withdrawal", args=[body.pk])).status_code == 422
    assert office.post(reverse("cadres:body_withdrawal", args=[body.pk]), {"why": "typed_wrong"}).status_code == 302
    assert office.get(page).status_code == 404


def test_a_member_sees_the_body_they_sit_in(office: Client, commune: Commune) -> None:
    from chibo.cadres.operations import NewSeat, seat_members, set_up_body

    by = commune.actor("Nhung")
    body = set_up_body(commune.commune, "helper_team", "Tổ giúp việc", first=TODAY, last=None, by=by)
    seat_members(body, [NewSeat(commune.person("Khiêm"), "member", "Ghi chép")], first=TODAY, by=by)
    visitor = Client()
    visitor.force_login(commune.account("Khiêm"))
    page = visitor.get(reverse("cadres:body", args=[body.pk]))
    assert page.status_code == 200
    assert "Ghi chép" in page.content.decode()
    visitor.force_login(commune.account("Hoa"))
    assert visitor.get(reverse("cadres:body", args=[body.pk])).status_code == 404
