"""Records that may be of one person: found by number, by name and birth, within sight; two people said to be two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from chibo.kernel.actor import MACHINE, Actor, Power
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.membership.doubles import Pair, doubles_in, page_of
from chibo.membership.models import Apart, Person, Standing
from chibo.membership.operations import (
    NewMember,
    enter_members,
    move_member,
    note_particulars,
    say_apart,
    take_apart_back,
)
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with time_machine.travel(datetime(2026, 11, 5, 9, tzinfo=ZONE), tick=False):
        yield


def note(person: Person, **values: str) -> None:
    note_particulars({person: values}, first=FOUNDED, at=EVENING, by=MACHINE, why="typed_wrong")


def enter(commune: Commune, name: str, unit: str = "pom_khe", **values: str) -> Person:
    row = NewMember(name, Standing.OFFICIAL, particulars=values)
    return enter_members([row], getattr(commune, unit), on=FOUNDED, by=MACHINE)[0]


def told(pairs: list[Pair]) -> dict[frozenset[Any], tuple[str, ...]]:
    return {frozenset(pair.ids): pair.reasons for pair in pairs}


def seen(commune: Commune, who: str = "Nhung") -> dict[frozenset[Any], tuple[str, ...]]:
    return told(doubles_in(commune.commune, actor=commune.actor(who)))


def test_one_card_number_on_two_records(commune: Commune) -> None:
    khiem, bun = commune.person("Khiêm"), commune.person("Bun")
    assert seen(commune) == {}
    for person in (khiem, bun):
        note(person, card_number="12345678")
    assert seen(commune) == {frozenset({khiem.pk, bun.pk}): ("card_number",)}


def test_one_name_without_accents_and_one_birth(commune: Commune) -> None:
    khiem = commune.person("Khiêm")
    note(khiem, birth="19/5/1979")
    again = enter(commune, "Hà Văn Khiểm", birth="1979")
    enter(commune, "Hà Văn Khiêm", birth="1980")
    enter(commune, "Hà Văn Khiêm")
    enter(commune, "Hà Thị Khiêm", birth="19/5/1979")
    assert seen(commune) == {frozenset({khiem.pk, again.pk}): ("name_birth",)}


def test_all_reasons_of_a_pair_stand_together(commune: Commune) -> None:
    same = {"birth": "19/5/1979", "card_number": "12345678", "citizen_number": "014079000001"}
    note(commune.person("Khiêm"), **same)
    enter(commune, "Hà Văn Khiêm", **same)
    assert list(seen(commune).values()) == [("card_number", "citizen_number", "name_birth")]


def test_the_field_policy_decides_about_the_citizen_number(commune: Commune) -> None:
    """Whoever may read the branch but not open what is sensitive learns nothing from it, their own included."""
    for name in ("Páo", "Bun"):
        note(commune.person(name), citizen_number="014079000001")
    assert list(seen(commune).values()) == [("citizen_number",)]
    assert seen(commune, "Páo") == {}
    office = commune.actor("Nhung")
    powers = {power: areas for power, areas in office.powers.items() if power is not Power.SENSITIVE}
    assert doubles_in(commune.commune, actor=Actor(office.account_id, office.person_id, powers)) == []


def test_nobody_out_of_sight_is_in_a_pair(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    for name in ("Bun", "Nghiệp"):
        note(commune.person(name), card_number="12345678")
    both = frozenset(commune.person(name).pk for name in ("Bun", "Nghiệp"))
    office, province = commune.actor("Nhung"), commune.actor("Vân")
    assert told(doubles_in(commune.commune, actor=province)) == {both: ("card_number",)}
    assert told(doubles_in(commune.pom_khe, actor=province)) == {both: ("card_number",)}
    assert doubles_in(commune.na_loc, actor=province) == []
    assert doubles_in(commune.commune, actor=office) == []
    as_app(office)
    assert doubles_in(commune.commune, actor=MACHINE) == []  # the second wall alone


def test_a_number_that_holds_no_more_is_no_reason(commune: Commune) -> None:
    for name in ("Khiêm", "Bun"):
        note(commune.person(name), card_number="12345678")
    note_particulars({commune.person("Bun"): {"card_number": "87654321"}}, first=TODAY, at=EVENING, by=MACHINE)
    assert seen(commune) == {}


def test_two_people_are_two_until_somebody_looks_again(commune: Commune) -> None:
    khiem, bun, office = commune.person("Khiêm"), commune.person("Bun"), commune.actor("Nhung")
    for person in (khiem, bun):
        note(person, card_number="12345678")
    with refused("unknown_choice"):
        say_apart(khiem, bun, "so", at=EVENING, by=office)
    with refused("same_record"):
        say_apart(khiem, khiem, "papers", at=EVENING, by=office)
    row = say_apart(khiem, bun, "papers", at=EVENING, by=office)
    assert seen(commune) == {}
    with refused("apart_already"):
        say_apart(bun, khiem, "papers", at=EVENING, by=office)
    take_apart_back(row, at=EVENING, by=office)
    assert len(seen(commune)) == 1
    with refused("apart_no_more"):
        take_apart_back(row, at=EVENING, by=office)
    say_apart(bun, khiem, "number_wrong", at=EVENING, by=office)
    assert seen(commune) == {}
    verbs = list(Entry.objects.filter(verb__startswith="people.").order_by("pk").values_list("verb", "reason"))
    assert verbs == [("people.apart", "papers"), ("people.apart_taken_back", ""), ("people.apart", "number_wrong")]


def test_only_who_writes_about_both_says_so(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    khiem, stranger = commune.person("Khiêm"), commune.person("Nghiệp")
    for who in ("Inh", "Páo", "Nhung", "Lan", "Vân"):
        with pytest.raises(NoPower):
            say_apart(khiem, stranger, "papers", at=EVENING, by=commune.actor(who))
    as_app(commune.actor("Nhung"))
    paths = {"scope_path": khiem.scope_path, "home_path": stranger.scope_path}
    one, two = sorted([khiem.pk, stranger.pk])
    with pytest.raises(DatabaseError), transaction.atomic():
        Apart.objects.create(person_id=one, other_id=two, reason="papers", at=EVENING, **paths)


def test_the_pair_goes_where_its_people_go(commune: Commune) -> None:
    khiem, bun = commune.person("Khiêm"), commune.person("Bun")
    row = say_apart(khiem, bun, "papers", at=EVENING, by=MACHINE)
    move_member(khiem, to=commune.khuoi_moc, first=TODAY, on=TODAY, by=MACHINE)
    row.refresh_from_db()
    assert {row.scope_path, row.home_path} == {commune.khuoi_moc.scope_path, commune.pom_khe.scope_path}
    assert not Apart.objects.visible_to(commune.actor("Nhung")).exists()
    assert Apart.objects.visible_to(commune.actor("Vân")).exists()


def test_a_page_starts_behind_the_one_before(commune: Commune, queries: Any) -> None:
    unit, office = commune.commune, commune.actor("Nhung")
    for n in range(5):
        for _ in range(2):
            enter(commune, f"Lò Văn {'abcde'[n]}", card_number=f"1234567{n}")
    with queries(3):
        pairs = doubles_in(unit, actor=office)
    assert [pair.name_key for pair in pairs] == sorted(pair.name_key for pair in pairs)
    first = page_of(pairs, "", 2)
    assert page_of(pairs, first[-1].key, 10) == pairs[2:]
    assert page_of(pairs, "~~", 10) == page_of(pairs, "a~b~c", 10) == pairs


def test_one_number_on_a_hundred_records_is_no_hundred_times_a_hundred_pairs(commune: Commune) -> None:
    rows = [NewMember(f"Lò Văn {n}", Standing.OFFICIAL, particulars={"card_number": "00000000"}) for n in range(100)]
    enter_members(rows, commune.pom_khe, on=FOUNDED, by=MACHINE)
    assert len(doubles_in(commune.commune, actor=commune.actor("Nhung"))) == 99


def test_the_office_sees_the_pair_says_two_and_takes_it_back(commune: Commune, client: Client) -> None:
    client.force_login(commune.account("Nhung"))
    khiem, bun = sorted([commune.person("Khiêm"), commune.person("Bun")], key=lambda person: person.pk)
    members = reverse("front:members", args=[commune.commune.pk])
    page = reverse("membership:doubles", args=[commune.commune.pk])
    assert page not in client.get(members).content.decode()
    assert "Không có hai hồ sơ nào giống nhau" in client.get(page).content.decode()
    for person in (khiem, bun):
        note(person, card_number="12345678")
    assert f'{page}">1 cặp hồ sơ có thể trùng' in client.get(members).content.decode()
    shown = client.get(page).content.decode()
    form = reverse("membership:apart", args=[khiem.pk, bun.pk])
    assert all(words in shown for words in ("Cùng số thẻ đảng viên", khiem.full_name, bun.full_name, form))
    assert client.post(form, {"reason": ""}).status_code == 422
    answer = client.post(form, {"reason": "namesakes"})
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    shown = client.get(page).content.decode()
    assert "Đã xác nhận là hai người" in shown
    assert form not in shown
    row = Apart.objects.get()
    assert row.by_name == commune.person("Nhung").full_name
    client.post(reverse("membership:apart_taken_back", args=[row.pk]))
    assert form in client.get(page).content.decode()
