"""Pages of the register of localities: the list with its figures and picture, one locality, the forms."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.figures.answers import Tree
from chibo.figures.door import figures
from chibo.kernel.actor import MACHINE
from chibo.kernel.periods import Period
from chibo.organisation.localities import BLANK, OWN, localities_on
from chibo.organisation.models import Locality, Service, Siting
from chibo.organisation.operations import NewLocality, register_localities, serve_locality
from chibo.reorganisation.operations import move_unit
from chibo.reorganisation.plans import Paper
from tests.commune import EVENING, FOUNDED, TODAY, Commune


@pytest.fixture
def register(commune: Commune) -> list[Locality]:
    rows = [
        NewLocality("hamlet", "Nà Lốc", "Cụm suối", commune.na_loc, tags={"border": "QĐ 33/2020/QĐ-TTg"}),
        NewLocality("hamlet", "Co Lót", "Cụm suối", commune.pom_khe),
        NewLocality("hamlet", "Pom Khe", cell=commune.pom_khe),
        NewLocality("hamlet", "Huổi Cạn", has_members=True), NewLocality("hamlet", "Pú Tửu", has_members=False),
        NewLocality("school", "Tiểu học Huổi Lam", cell=commune.na_loc), NewLocality("health_station", "xã Huổi Lam"),
    ]  # fmt: skip
    return register_localities(rows, commune.commune, on=FOUNDED, by=commune.actor("Nhung"))


@pytest.fixture
def office(commune: Commune, client: Client) -> Client:
    client.force_login(commune.account("Nhung"))
    return client


def test_figures_are_asked_through_the_door_on_both_trees(commune: Commune, register: list[Locality]) -> None:
    codes = ["villages.served", "villages.own", "villages.joint", "villages.members", "villages.blank",
             "institutions.served"]  # fmt: skip
    for tree in Tree:
        for unit in (commune.commune, commune.province):
            found = figures(codes, unit, Period.year(2026), tree, by=commune.actor("Vân"), on=TODAY)
            told = [(found[code].numerator, found[code].denominator) for code in codes]
            assert told == [(3, 5), (0, 0), (3, 0), (1, 0), (1, 0), (1, 2)]
            assert sum(part.numerator for part in found["villages.served"].children) == 3
    before = figures(codes, commune.commune, Period.year(2024), Tree.AS_WAS, by=commune.actor("Vân"), on=TODAY)
    assert before["villages.served"].denominator == 0
    blank = found["villages.blank"].rows
    assert [(row.title, row.state, row.unit_name) for row in blank] == [("Bản Pú Tửu", BLANK, "Xã Huổi Lam")]


@time_machine.travel(EVENING)
def test_the_list_says_who_serves_what(commune: Commune, office: Client, register: list[Locality]) -> None:
    page = office.get(reverse("front:localities", args=[commune.commune.pk])).content.decode()
    assert ">3/5</a> thôn, bản có chi bộ, còn" in page
    assert 'aria-label="7 địa bàn, chi bộ ghép: 4, có đảng viên, chưa có chi bộ: 1' in page
    places = [page.index(reverse("front:locality", args=[register[n].pk])) for n in (1, 0, 2)]
    assert places == sorted(places)
    only = office.get(reverse("front:localities", args=[commune.commune.pk]), {"hien": "blank"}).content.decode()
    assert "Bản Pú Tửu" in only
    assert reverse("front:locality", args=[register[0].pk]) not in only
    near = office.get(reverse("front:localities", args=[commune.commune.pk]), {"dien": "border"}).content.decode()
    there = [reverse("front:locality", args=[register[n].pk]) in near for n in (0, 2)]
    assert there == [True, False]
    assert "Bản Pom Khe" in office.get(reverse("front:localities", args=[commune.pom_khe.pk])).content.decode()
    figure = office.get(reverse("front:figure", args=["villages.blank"]), {"don-vi": commune.commune.pk})
    assert reverse("front:locality", args=[register[4].pk]) in figure.content.decode()


@time_machine.travel(EVENING)
def test_a_page_and_its_forms(commune: Commune, office: Client, register: list[Locality]) -> None:
    locality = register[2]
    page = office.get(reverse("front:locality", args=[locality.pk])).content.decode()
    assert "Cùng chi bộ còn" in page
    address = reverse("organisation:serve", args=[register[4].pk])
    assert "Chưa chi bộ nào, chưa có đảng viên" in office.get(address).content.decode()
    sent = {"served": str(commune.na_loc.pk), "on": "01/11/2026", "cause": "admitted", "decision": "07-QĐ/ĐU"}
    assert office.post(address, sent).status_code == 302
    told = office.get(reverse("front:locality", args=[register[4].pk])).content.decode()
    assert "Chưa có đảng viên, chưa có chi bộ" in told
    assert "kết nạp đảng viên tại chỗ, 07-QĐ/ĐU" in told
    again = office.post(address, sent)
    assert (again.status_code, "Sổ đã ghi" in again.content.decode() or "sổ đã ghi" in again.content.decode()) == (
        422, True,
    )  # fmt: skip
    newest = Service.objects.live().get(locality=register[4], during__upper_inf=True)
    back = reverse("organisation:fact_withdrawal", args=["phu-trach", newest.pk])
    assert office.post(back, {"why": "did_not_happen"}).status_code == 302
    (row,) = [r for r in localities_on(commune.commune, TODAY, actor=commune.actor("Páo")) if r.bare == "Pú Tửu"]
    assert row.way == BLANK


@time_machine.travel(EVENING)
def test_every_form_writes(commune: Commune, office: Client) -> None:
    register = reverse("organisation:register", args=[commune.commune.pk])
    new = {"kind": "hamlet", "name": "Co Lót", "served": str(commune.pom_khe.pk), "on": "01/08/2026"}
    assert office.post(register, new).status_code == 302
    locality = Locality.objects.get()
    (row,) = localities_on(commune.commune, TODAY, actor=commune.actor("Páo"))
    assert (row.name, row.way) == ("Bản Co Lót", OWN)
    for name, sent in {
        "organisation:change": {"kind": "village", "name": "Lót", "cluster": "Cụm trên", "on": "01/09/2026"},
        "organisation:tag": {"tag": "remote", "document": "QĐ 33", "first": "01/09/2026"},
        "organisation:end": {"last": "01/11/2026"},
    }.items():
        address = reverse(name, args=[locality.pk])
        assert office.get(address).status_code == 200, name
        assert office.post(address, {}).status_code == 422, name
        assert office.post(address, sent).status_code == 302, name
    siting = Siting.objects.live().get(locality=locality, name="Lót")
    fix = reverse("organisation:correct", args=["ten", siting.pk])
    fixed = {"kind": "village", "name": "Lót Trên", "first": "01/09/2026", "why": "typed_wrong"}
    assert office.post(fix, fixed).status_code == 302
    page = office.get(reverse("front:locality", args=[locality.pk])).content.decode()
    assert "Thôn Lót Trên" in page
    assert "Không còn là địa bàn" in page


@time_machine.travel(EVENING)
def test_the_list_of_a_day_on_the_tree_of_that_day_or_of_today(
    commune: Commune, office: Client, register: list[Locality]
) -> None:
    client, day = office, date(2026, 10, 1)
    client.force_login(commune.account("Vân"))
    village = register[2]  # Pom Khe goes with its cell to the other commune
    told = Paper("15-QĐ/TU", day, key=uuid.uuid4())
    move_unit(commune.pom_khe, commune.other_commune, paper=told, on=day, at=EVENING, by=MACHINE)
    serve_locality(register[4], cell=None, has_members=True, on=day, cause="admitted", decision="", by=MACHINE)
    page = reverse("front:localities", args=[commune.commune.pk])
    then = client.get(page, {"ngay": "30/09/2026", "cay": "ngay-ay"}).text
    assert "Đang xem như ngày 30/09/2026" in then
    assert reverse("front:locality", args=[village.pk]) in then
    assert ">1</a> chưa có đảng viên" in then and "Ghi địa bàn" not in then
    now = client.get(page).text
    assert ">1</a> chưa có đảng viên" not in now
    assert "trong sổ chưa có thôn, bản nào" in client.get(page, {"ngay": "30/09/2024"}).text
    posted = {"kind": "villages", "ngay": "30/09/2026", "cay": "ngay-ay", "hien": "blank"}
    answer = client.post(reverse("exchange:lists", args=[commune.commune.pk]), posted)
    assert answer.status_code == 200 and "2026-09-30" in answer["Content-Disposition"]
