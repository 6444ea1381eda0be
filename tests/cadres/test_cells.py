"""Chi bộ và cấp ủy: who leads each cell on a day, what it wants, where the secretary is the village head."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from chibo.cadres.cells import APART, FEW, NO_COMMITTEE, NO_SECRETARY, SHORT, Bounds, CellState, cells_of
from chibo.cadres.models import Office, Post, StatePost
from chibo.cadres.operations import appoint, end_post, end_state_post, give_state_post
from chibo.figures.answers import Question, Tree
from chibo.figures.door import figure
from chibo.kernel.actor import MACHINE
from chibo.kernel.periods import Period
from chibo.membership.operations import move_member, note_particulars
from chibo.organisation.operations import NewLocality, register_localities
from tests.commune import EVENING, FOUNDED, TODAY, Commune

JUNE, OCTOBER = date(2026, 6, 1), date(2026, 10, 1)


def asked(commune: Commune, on: date = TODAY, who: str = "Nhung") -> Question:
    return Question(commune.commune, Period.days(on, on), Tree.RESTATED, commune.actor(who), TODAY)


def state(commune: Commune, name: str, on: date = TODAY) -> CellState:
    return next(cell for cell in cells_of(asked(commune, on)) if cell.name == name)


def wants(commune: Commune, name: str, on: date = TODAY) -> set[str]:
    return set(state(commune, name, on).lacks(Bounds.of(on)))


def number(commune: Commune, code: str, on: date = TODAY) -> tuple[int, int]:
    answer = figure(code, commune.commune, Period.days(FOUNDED, on), Tree.AS_WAS, by=commune.actor("Nhung"), on=TODAY)
    assert answer.numerator == sum(row.numerator for row in answer.rows) == sum(p.numerator for p in answer.children)
    return answer.numerator, answer.denominator


def villages(commune: Commune) -> None:
    one, two = commune.na_loc, commune.pom_khe
    rows = [NewLocality("hamlet", "Nà Lốc", cell=one), NewLocality("hamlet", "Pom Khe", cell=two),
            NewLocality("hamlet", "Huổi Nhả", cell=two), NewLocality("school", "Tiểu học", cell=one),
            NewLocality("hamlet", "Pú Trắng", has_members=False)]  # fmt: skip
    register_localities(rows, commune.commune, on=FOUNDED, by=MACHINE)


def test_a_cell_large_enough_has_a_committee_or_wants_one(commune: Commune) -> None:
    assert state(commune, "Bản Nà Lốc").official == 9  # one is on probation
    assert wants(commune, "Bản Nà Lốc") == {NO_COMMITTEE}
    assert number(commune, "cells.with_committee") == (0, 2)
    appoint(commune.person("Ún"), Office.CELL_COMMITTEE, commune.na_loc, on=JUNE, by=MACHINE)
    assert wants(commune, "Bản Nà Lốc") == set()
    assert state(commune, "Bản Nà Lốc").seats == 3
    assert number(commune, "cells.with_committee") == (1, 2)
    assert number(commune, "cells.with_committee", date(2026, 5, 31)) == (0, 2)
    assert number(commune, "cells.committee_due") == (0, 0)


def test_a_small_one_is_told_how_many_it_needs(commune: Commune, client: Client) -> None:
    assert wants(commune, "Bản Pom Khe") == {FEW}
    assert number(commune, "cells.few") == (1, 0)
    client.force_login(commune.account("Nhung"))
    page = client.get(reverse("cadres:cells", args=[commune.commune.pk])).content.decode()
    assert "Thêm 4 đảng viên chính thức thì bầu được chi ủy" in page
    for name in ("Thuận", "Bun", "Yến"):
        move_member(commune.person(name), to=commune.na_loc, first=OCTOBER, on=TODAY, by=MACHINE)
    assert wants(commune, "Bản Pom Khe") == {SHORT}
    assert wants(commune, "Bản Pom Khe", JUNE) == {FEW}
    page = client.get(reverse("cadres:cells", args=[commune.commune.pk])).content.decode()
    assert "Thiếu 1 đảng viên chính thức để đủ số tối thiểu" in page


def test_without_a_secretary(commune: Commune, client: Client) -> None:
    end_post(Post.objects.get(unit=commune.pom_khe, office="cell_secretary"), last=OCTOBER, by=MACHINE)
    assert NO_SECRETARY in wants(commune, "Bản Pom Khe")
    assert NO_SECRETARY not in wants(commune, "Bản Pom Khe", OCTOBER)
    assert number(commune, "cells.without_secretary") == (1, 0)
    client.force_login(commune.account("Nhung"))
    address = reverse("cadres:cells", args=[commune.commune.pk])
    only = client.get(address, {"loc": NO_SECRETARY}).content.decode()
    assert "Bản Pom Khe" in only
    assert ">Bản Nà Lốc</a>" not in only
    then = client.get(address, {"loc": NO_SECRETARY, "ngay": "01/10/2026"}).content.decode()
    assert "Không chi bộ nào như vậy." in then


def test_the_secretary_who_is_village_head(commune: Commune, client: Client) -> None:
    villages(commune)
    assert number(commune, "posts.secretary_is_head") == (0, 3)
    assert APART in wants(commune, "Bản Nà Lốc")
    head = give_state_post(commune.person("Inh"), "village_head", commune.na_loc, first=JUNE, by=MACHINE)
    give_state_post(
        commune.person("Liên"), "village_head", commune.pom_khe, first=JUNE, by=MACHINE, place="bản Huổi Nhả"
    )
    give_state_post(commune.person("Bun"), "village_head", commune.pom_khe, first=JUNE, by=MACHINE, place="bản Pom Khe")
    assert number(commune, "posts.secretary_is_head") == (2, 3)
    assert [village.bare for village in state(commune, "Bản Pom Khe").apart] == ["Pom Khe"]
    assert APART not in wants(commune, "Bản Nà Lốc")
    end_state_post(StatePost.objects.get(pk=head.pk), last=OCTOBER, by=MACHINE)
    assert number(commune, "posts.secretary_is_head") == (1, 3)
    assert number(commune, "posts.secretary_is_head", OCTOBER) == (2, 3)
    client.force_login(commune.account("Nhung"))
    page = client.get(reverse("cadres:cells", args=[commune.commune.pk])).content.decode()
    assert "Bí thư đồng thời là trưởng bản ở 1/3 thôn, bản." in page


def test_only_what_one_may_see(commune: Commune) -> None:
    assert [cell.name for cell in cells_of(asked(commune, who="Inh"))] == ["Bản Nà Lốc"]
    assert cells_of(asked(commune, who="Sơn")) == []


def test_the_same_queries_however_many(commune: Commune, queries: object) -> None:
    villages(commune)
    question = asked(commune)
    with queries(8):  # type: ignore[operator]
        assert len(cells_of(question)) == 2


@pytest.mark.parametrize("given", [{"loc": "khac"}, {"loc": "\x00"}, {"cay": "x"}])
def test_an_unknown_filter_filters_nothing(commune: Commune, client: Client, given: dict[str, str]) -> None:
    client.force_login(commune.account("Nhung"))
    answer = client.get(reverse("cadres:cells", args=[commune.commune.pk]), given)
    assert answer.status_code == 200
    assert "Từng chi bộ" in answer.content.decode()


def test_whence_the_secretary_of_a_commune_comes(commune: Commune) -> None:
    pao = commune.person("Páo")
    assert number(commune, "posts.secretary_from_elsewhere") == (0, 1)  # nobody wrote down whence
    note_particulars({pao: {"home_village": "Xã Nậm Sen, tỉnh Thượng Lam"}}, first=JUNE, at=EVENING, by=MACHINE)
    assert number(commune, "posts.secretary_from_elsewhere") == (1, 1)
    note_particulars({pao: {"home_village": "Bản Nà Lốc, xã Huổi Lam"}}, first=OCTOBER, at=EVENING, by=MACHINE)
    assert number(commune, "posts.secretary_from_elsewhere") == (0, 1)
    assert number(commune, "posts.secretary_from_elsewhere", JUNE) == (1, 1)
