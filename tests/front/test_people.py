"""The list of members, one person's path, and finding somebody with or without accents."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chibo.front.people import path_of
from chibo.front.search import search
from chibo.membership.operations import recognise_official
from chibo.membership.queries import member_lines
from tests.commune import TODAY, Commune


@pytest.fixture
def office(commune: Commune, client: Client) -> Client:
    client.force_login(commune.account("Nhung"))
    return client


def test_the_list_is_by_given_name_with_standing_and_who_is_not_counted(commune: Commune) -> None:
    lines = member_lines(commune.na_loc, TODAY, actor=commune.actor("Nhung"), most=50)
    assert [line.person.full_name.split()[-1] for line in lines] == [
        "Duyên", "Hặc", "Hoa", "Inh", "Khiêm", "Ngoan", "Nhung", "Páo", "Ún", "Uyên",
    ]  # fmt: skip
    told = {line.person.full_name: (line.standing, line.why_not_counted) for line in lines}
    assert told["Lò Thị Ngoan"] == ("dự bị", "")
    assert told["Vì Văn Hặc"] == ("chính thức", "miễn công tác và sinh hoạt")


def test_pages_by_key_leave_nobody_out(commune: Commune) -> None:
    actor, seen, after = commune.actor("Nhung"), [], ""
    while lines := member_lines(commune.commune, TODAY, actor=actor, after=after, most=4):
        seen += [line.person.full_name for line in lines]
        after = lines[-1].key
    assert len(seen) == len(set(seen)) == 15


def test_a_broken_key_starts_at_the_beginning(office: Client, commune: Commune) -> None:
    for key in ("~", "x~y", "a" * 5000, "\x00~" + "0" * 36):
        answer = office.get(reverse("front:members", args=[commune.na_loc.pk]), {"sau": key})
        assert answer.status_code == 200
        assert "Vì Thị Duyên" in answer.content.decode()


def test_the_list_costs_the_same_for_few_and_many(commune: Commune, django_assert_num_queries: Any) -> None:
    actor = commune.actor("Nhung")
    for unit in (commune.pom_khe, commune.commune):
        with django_assert_num_queries(1):
            member_lines(unit, TODAY, actor=actor, most=100)
    wide = commune.actor("Vân")
    with django_assert_num_queries(2):
        member_lines(commune.province, TODAY, actor=wide, most=100)


def test_a_path_tells_what_was_and_what_is(commune: Commune) -> None:
    ngoan = commune.person("Ngoan")
    recognise_official(ngoan, on=TODAY, by=commune.actor("Nhung"), decision="QĐ 12-QĐ/ĐU")
    steps = path_of(ngoan, actor=commune.actor("Inh"))
    assert (steps[0].words, steps[0].holds(TODAY)) == ("Đảng viên chính thức", True)
    assert ("Đảng viên dự bị", False) in [(step.words, step.holds(TODAY)) for step in steps]
    assert steps[0].document == "QĐ 12-QĐ/ĐU"


def test_a_post_above_is_not_told_to_who_may_not_see_it(commune: Commune) -> None:
    nhung = commune.person("Nhung")
    words = [step.words for step in path_of(nhung, actor=commune.actor("Inh"))]
    assert "Văn phòng đảng ủy," not in words
    assert "Văn phòng đảng ủy," in [step.words for step in path_of(nhung, actor=commune.actor("Nhung"))]


@pytest.mark.parametrize("typed", ["Lò Văn Inh", "lo van inh", "  LÒ   văn", "inh lo", "Lo\u0300 Văn Inh"])
def test_people_are_found_with_or_without_accents(commune: Commune, typed: str) -> None:
    found = search(typed, actor=commune.actor("Nhung"), on=TODAY)
    assert "Lò Văn Inh" in [person.full_name for person, _ in found.people]


def test_units_are_found_too_and_nobody_out_of_sight(commune: Commune) -> None:
    found = search("na loc", actor=commune.actor("Nhung"), on=TODAY)
    assert [unit.name for unit in found.units] == ["Chi bộ bản Nà Lốc"]
    assert search("Sơn", actor=commune.actor("Inh"), on=TODAY).people == []


def test_wild_cards_are_letters_like_others(commune: Commune) -> None:
    assert search("%", actor=commune.actor("Nhung"), on=TODAY).people == []
    assert search("_", actor=commune.actor("Nhung"), on=TODAY).people == []


def test_a_member_without_a_post_opens_their_own_page_only(commune: Commune, client: Client) -> None:
    client.force_login(commune.account("Khiêm"))
    mine = client.get(reverse("front:person", args=[commune.person("Khiêm").pk]))
    assert mine.status_code == 200
    assert "Đảng viên chính thức" in mine.content.decode()
    assert client.get(reverse("front:person", args=[commune.person("Inh").pk])).status_code == 404


def test_an_empty_question_teaches(office: Client) -> None:
    assert "Gõ tên" in office.get(reverse("front:find")).content.decode()
