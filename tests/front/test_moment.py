"""A page and a list as they were on a day, or that day's members on today's tree."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from chibo.cadres.models import Office, Post
from chibo.cadres.operations import appoint, end_post
from chibo.figures.answers import Tree
from chibo.figures.moments import moment_of
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.membership.operations import move_member
from chibo.membership.queries import members_on
from chibo.organisation.models import Unit
from chibo.reorganisation.operations import move_unit
from chibo.reorganisation.plans import Paper
from tests.commune import TODAY, Commune
from tests.conftest import refused

MAY, OCTOBER = date(2026, 5, 3), date(2026, 10, 1)
Visit = Callable[..., str]


@pytest.fixture
def visit(commune: Commune) -> Visit:
    def open_page(who: str, name: str, unit: Unit, **asked: str) -> str:
        client = Client()
        client.force_login(commune.account(who))
        return client.get(reverse(name, args=[unit.pk]), asked).content.decode()

    return open_page


def hand_on_the_secretary(commune: Commune) -> None:
    held = Post.objects.get(unit=commune.na_loc, office=Office.CELL_SECRETARY)
    end_post(held, last=date(2026, 6, 14), by=MACHINE)
    appoint(commune.person("Khiêm"), Office.CELL_SECRETARY, commune.na_loc, on=date(2026, 6, 15), by=MACHINE)


def test_who_was_secretary_that_day(commune: Commune, visit: Visit) -> None:
    hand_on_the_secretary(commune)
    then, now = (
        visit("Nhung", "front:unit", commune.na_loc, ngay="03/05/2026"),
        visit("Nhung", "front:unit", commune.na_loc),
    )
    assert "<dt>Bí thư chi bộ</dt>" in then
    assert "Lò Văn Inh</a>, từ 01/08/2025 đến hết 14/06/2026" in then
    assert "Đang xem như ngày 03/05/2026" in then
    assert "Hà Văn Khiêm</a>, từ 15/06/2026" in now
    assert "Đang xem như ngày" not in now


def test_the_list_of_that_day_has_who_left_since(commune: Commune, visit: Visit) -> None:
    move_member(commune.person("Khiêm"), to=commune.pom_khe, first=OCTOBER, on=TODAY, by=MACHINE)
    then = visit("Nhung", "front:members", commune.na_loc, ngay="03/05/2026")
    assert "Hà Văn Khiêm" in then
    assert 'data-label="Chi bộ">Bản Nà Lốc<' in then
    assert "Ghi đảng viên mới" not in then  # nothing is written into the past from here
    assert "Hà Văn Khiêm" not in visit("Nhung", "front:members", commune.na_loc)


def test_who_left_the_commune_is_counted_and_not_named(commune: Commune, visit: Visit) -> None:
    move_member(commune.person("Khiêm"), to=commune.khuoi_moc, first=OCTOBER, on=TODAY, by=MACHINE)
    page = visit("Nhung", "front:unit", commune.na_loc, ngay="03/05/2026")
    assert "10 đảng viên, ngày 03/05/2026" in page
    assert "Còn 1 người khác của ngày ấy" in page
    assert "Khiêm" not in page


def test_a_branch_as_it_was_and_on_todays_tree(commune: Commune, visit: Visit) -> None:
    at = datetime.combine(TODAY, time(20, 0), ZONE)
    paper = Paper("09-QĐ/TU", OCTOBER, key=uuid.uuid4())
    move_unit(commune.pom_khe, commune.other_commune, paper=paper, on=OCTOBER, at=at, by=MACHINE)
    seen = commune.actor("Vân")

    def many(unit: Unit, tree: Tree) -> int:
        return members_on(Unit.objects.get(pk=unit.pk), MAY, actor=seen, tree=tree).count()

    both = (commune.commune, commune.other_commune)
    assert [many(unit, Tree.AS_WAS) for unit in both] == [15, 5]
    assert [many(unit, Tree.RESTATED) for unit in both] == [10, 10]
    then = visit("Vân", "front:unit", commune.commune, ngay="03/05/2026", cay="ngay-ay")
    assert "15 đảng viên" in then
    assert "Chi bộ bản Pom Khe" in then
    assert f'href="/don-vi/{commune.pom_khe.pk}/?ngay=03/05/2026&amp;cay=ngay-ay"' in then
    restated = visit("Vân", "front:unit", commune.commune, ngay="03/05/2026", cay="hom-nay")
    assert "10 đảng viên" in restated
    assert "Chi bộ bản Pom Khe" not in restated
    assert "tính theo cây tổ chức của hôm nay" in restated


def test_a_year_of_change_tells_both_numbers_and_where_they_differ(commune: Commune, client: Client) -> None:
    client.force_login(commune.account("Vân"))
    address, asked = reverse("front:figure", args=["members.count"]), {"tu": "01/01/2026", "den": "30/09/2026"}
    page = client.get(address, {**asked, "don-vi": str(commune.commune.pk)}).content.decode()
    assert "Hai cây, hai số" not in page
    at = datetime.combine(TODAY, time(20, 0), ZONE)
    paper = Paper("09-QĐ/TU", OCTOBER, key=uuid.uuid4())
    move_unit(commune.pom_khe, commune.other_commune, paper=paper, on=OCTOBER, at=at, by=MACHINE)
    page = client.get(address, {**asked, "don-vi": str(commune.commune.pk), "cay": "ngay-ay"}).content.decode()
    assert "<h1>15 đảng viên</h1>" in page
    assert "Theo cây của hôm nay:" in page
    assert '<th scope="row">Bản Pom Khe</th><td class="num">5</td><td class="num">–</td>' in page
    assert "Bản Nà Lốc</th><td" not in page.split("Theo đơn vị trực thuộc")[0]
    page = client.get(address, {**asked, "don-vi": str(commune.province.pk)}).content.decode()
    assert "<h1>20 đảng viên</h1>" in page  # the whole is the same on both, its parts are not
    assert '<th scope="row">Xã Huổi Lam</th><td class="num">10</td><td class="num">15</td>' in page


def test_the_line_above_is_that_of_the_day(commune: Commune, visit: Visit) -> None:
    at = datetime.combine(TODAY, time(20, 0), ZONE)
    paper = Paper("09-QĐ/TU", OCTOBER, key=uuid.uuid4())
    move_unit(commune.pom_khe, commune.other_commune, paper=paper, on=OCTOBER, at=at, by=MACHINE)
    assert "Xã Nậm Sen" not in visit("Vân", "front:unit", commune.pom_khe, ngay="03/05/2026")
    assert "Xã Nậm Sen" in visit("Vân", "front:unit", commune.pom_khe, ngay="03/05/2026", cay="hom-nay")


def test_before_it_was_founded(commune: Commune, visit: Visit) -> None:
    page = visit("Nhung", "front:unit", commune.na_loc, ngay="03/05/2020")
    assert "Ngày 03/05/2020 chưa có tổ chức này; có từ 01/08/2025." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("30/02/2026", "Tháng 2/2026 chỉ có 28 ngày"), ("mai", "không đọc được"), ("05/11/2099", "chưa tới")],
)
def test_a_day_that_is_none(commune: Commune, client: Client, typed: str, sentence: str) -> None:
    client.force_login(commune.account("Nhung"))
    for name in ("front:unit", "front:members"):
        answer = client.get(reverse(name, args=[commune.na_loc.pk]), {"ngay": typed})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_todays_day_is_today(commune: Commune) -> None:
    assert moment_of({"ngay": "05/11/2026"}, TODAY) == moment_of({}, TODAY)
    assert moment_of({"ngay": " "}, TODAY).suffix == ""
    with refused("day_not_come"):
        moment_of({"ngay": "06/11/2026"}, TODAY)
