"""Tìm người: given names first, y as i, by the right index at any size; lists narrowed and paged by their address."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from chibo.front.search import search
from chibo.kernel.actor import MACHINE
from chibo.kernel.bulk import insert_rows
from chibo.kernel.periods import since
from chibo.kernel.text import fold, name_key, plain_letters
from chibo.membership.finding import Asked, people_named
from chibo.membership.models import Belonging, Person
from chibo.membership.operations import enter_member, note_particulars, send_temporarily
from chibo.membership.particulars import SENSITIVE
from chibo.membership.queries import member_lines, members_on
from tests.commune import EVENING, FOUNDED, KHUOI_MOC, TODAY, Commune
from tests.conftest import refused

PART = {"HTTP_X_CHIBO_PART": "1"}


@pytest.fixture
def office(commune: Commune, client: Client) -> Client:
    client.force_login(commune.account("Nhung"))
    return client


def names(people: Any) -> list[str]:
    return [person.full_name for person in people]


def test_who_is_called_so_comes_before_who_has_it_in_the_name(commune: Commune) -> None:
    enter_member("Inh Văn Bắc", commune.na_loc, on=TODAY, by=MACHINE)
    enter_member("Lò Văn Khinh", commune.na_loc, on=TODAY, by=MACHINE)
    found = names(people_named("inh", actor=commune.actor("Nhung")))
    assert found == ["Lò Văn Inh", "Inh Văn Bắc", "Lò Văn Khinh"]


@pytest.mark.parametrize("typed", ["vy", "Vĩ", "VỸ", "vi thi", "duyên vỳ"])
def test_y_and_i_are_one_letter_to_the_ear(commune: Commune, typed: str) -> None:
    enter_member("Vỹ Thị Duyên", commune.na_loc, on=TODAY, by=MACHINE)
    assert {"Vỹ Thị Duyên", "Vì Thị Duyên"} <= set(names(people_named(typed, actor=commune.actor("Nhung"))))


def test_the_database_folds_letters_as_the_program_does() -> None:
    accented, plain = plain_letters()
    assert len(accented) == len(plain) == len(set(accented))
    for text in ("Nguyễn Đức Ước", "QUÀNG THỊ ỲNH", "Hoà Hòa", "bản Khuổi Mộc"):
        assert text.translate(str.maketrans(accented, plain)).lower() == fold(text)


def test_units_are_found_without_accents(commune: Commune) -> None:
    units = search("khuoi moc", actor=commune.actor("Vân"), on=TODAY).units
    assert [unit.name for unit in units] == ["Chi bộ bản Khuổi Mộc"]
    assert search("khuoi moc", actor=commune.actor("Inh"), on=TODAY).units == []


def many(commune: Commune, count: int) -> None:
    """A province full of people, put in by the thousand."""
    middle, given = ["Văn", "Thị", "Đức", "Minh"], ["An", "Bình", "Chung", "Dũng", "Hương", "Lan", "Nam", "Quý"]
    rows = []
    for number in range(count):
        full = f"Trần {middle[number % 4]} {given[number % 8]}"
        path = commune.khuoi_moc.scope_path
        rows.append(
            Person(id=uuid.uuid4(), full_name=full, name_key=name_key(full), folded_name=fold(full), scope_path=path)
        )
    Person.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE membership_person")


def scans(index: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_get_xact_numscans(%s::regclass)", [index])
        return int(cursor.fetchone()[0])


def rows_read_in_order() -> int:
    """Rows of persons read one after another, without an index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_get_xact_tuples_returned('membership_person'::regclass)")
        return int(cursor.fetchone()[0])


def test_a_province_asks_the_index_of_letters(commune: Commune, as_app: Callable[..., None]) -> None:
    many(commune, 10_000)
    actor, before = commune.actor("Vân"), scans("people_by_letters")
    read = rows_read_in_order()
    as_app(actor)
    assert names(people_named("khiem", actor=actor)) == ["Hà Văn Khiêm"]
    assert scans("people_by_letters") == before + 1
    assert rows_read_in_order() - read < 100


def test_a_commune_reads_its_own_people_only(commune: Commune, as_app: Callable[..., None]) -> None:
    many(commune, 10_000)
    actor, read = commune.actor("Nhung"), rows_read_in_order()
    as_app(actor)
    assert names(people_named("van", actor=actor))[0] in {"Lò Văn Inh", "Tòng Văn Ún", "Vì Văn Hặc", "Vì Văn Bun",
                                                          "Cà Văn Muôn"} | {"Hà Văn Khiêm"}  # fmt: skip
    assert rows_read_in_order() - read < 100


def test_nobody_is_found_beyond_the_scope_whatever_is_asked_of_the_index(commune: Commune) -> None:
    assert names(people_named("khiem", actor=commune.actor("Sơn"))) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT chibo_people_named('%%', '{}', '{}', '{}', NULL)")
        assert cursor.fetchall() == []


@pytest.mark.parametrize("typed", ["%", "_", "\\", "100%", "a_b", "\x00", "'"])
def test_wild_cards_find_nothing_in_a_province_either(commune: Commune, typed: str) -> None:
    assert names(people_named(f"khi{typed}em", actor=commune.actor("Vân"))) in ([], ["Hà Văn Khiêm"])


def test_finding_costs_three_queries_in_a_commune_and_four_in_a_province(
    commune: Commune, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for who, cost in (("Nhung", 3), ("Vân", 4)):
        actor = commune.actor(who)
        for typed in ("inh", "van", "không có ai"):
            with django_assert_max_num_queries(cost):
                search(typed, actor=actor, on=TODAY)


def lines(commune: Commune, **asked: Any) -> list[str]:
    found = member_lines(commune.na_loc, TODAY, actor=commune.actor("Nhung"), asked=Asked(**asked), most=50)
    return [line.person.full_name.split()[-1] for line in found]


def test_a_list_is_narrowed(commune: Commune) -> None:
    send_temporarily(commune.person("Khiêm"), to=None, first=FOUNDED, last=None, on=TODAY, by=MACHINE)
    note_particulars({commune.person("Inh"): {"sex": "Nam"}}, first=FOUNDED, at=EVENING, by=MACHINE)
    assert lines(commune, name="thi") == ["Duyên", "Hoa", "Ngoan", "Nhung", "Uyên"]
    assert lines(commune, standing="probationary") == ["Ngoan"]
    assert lines(commune, uncounted=True) == ["Hặc", "Khiêm"]
    assert lines(commune, field="sex", value="nam") == ["Inh"]
    assert lines(commune, name="thi", standing="probationary") == ["Ngoan"]


def test_a_list_ordered_by_a_field_is_paged_by_key(commune: Commune) -> None:
    born = {"Inh": "1960", "Khiêm": "1985", "Hoa": "1985-02-01"}
    people = {commune.person(name): {"birth": "/".join(reversed(day.split("-")))} for name, day in born.items()}
    note_particulars(people, first=FOUNDED, at=EVENING, by=MACHINE)
    whole = lines(commune, sort="birth")
    assert whole[-3:] == ["Inh", "Khiêm", "Hoa"]
    seen, after = [], ""
    actor = commune.actor("Nhung")
    while found := member_lines(commune.na_loc, TODAY, actor=actor, asked=Asked(sort="birth", after=after), most=3):
        seen += [line.person.full_name.split()[-1] for line in found]
        after = found[-1].key
    assert seen == whole


def test_every_way_of_asking_costs_the_same(
    commune: Commune, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    actor = commune.actor("Nhung")
    for asked in (
        Asked(),
        Asked(name="a"),
        Asked(uncounted=True),
        Asked(field="sex", value="Nam"),
        Asked(sort="birth"),
    ):
        for unit in (commune.na_loc, commune.commune):
            with django_assert_max_num_queries(1):
                member_lines(unit, TODAY, actor=actor, asked=asked, most=100)


def test_a_province_is_walked_in_the_order_of_names(commune: Commune, as_app: Callable[..., None]) -> None:
    """The same people as one by one, a page at a time, and no more rows touched than the page has."""
    many(commune, 10_000)
    actor, whole = commune.actor("Vân"), members_on(commune.province, TODAY, actor=commune.actor("Vân"))
    listed = names(whole.order_by("name_key", "id"))
    rows = [Belonging(person=p, unit=commune.khuoi_moc, during=since(FOUNDED), way_in="listed",
                      scope_path=p.scope_path, home_path=p.scope_path)
            for p in Person.objects.filter(full_name__startswith="Trần", belongings=None)]  # fmt: skip
    insert_rows(rows)
    expected = list(whole.order_by("name_key", "id").values_list("pk", flat=True)[:300])
    assert len(listed) + 10_000 == whole.count()
    as_app(actor)
    seen, after, read = [], "", rows_read_in_order()
    for _ in range(3):
        page = member_lines(commune.province, TODAY, actor=actor, after=after, most=100)
        seen, after = seen + [line.person.pk for line in page], page[-1].key
    assert seen == expected
    assert scans("people_in_order") >= 3
    assert rows_read_in_order() == read


def test_nobody_is_listed_beyond_the_scope_whatever_is_asked_of_the_walk(commune: Commune) -> None:
    seen = names(line.person for line in member_lines(commune.province, TODAY, actor=commune.actor("Sơn"), most=100))
    assert set(seen) == {*KHUOI_MOC, "Đèo Thị Vân", "Bùi Văn Quý"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT chibo_people_listed('000001/', %s, '', %s, '{}', '{}', NULL, 100)", [TODAY, uuid.UUID(int=0)]
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("field", SENSITIVE)
def test_a_sensitive_field_neither_narrows_nor_orders(office: Client, commune: Commune, field: str) -> None:
    for asked in (Asked(field=field, value="Thái"), Asked(sort=field)):
        with refused("field_closed"):
            member_lines(commune.na_loc, TODAY, actor=commune.actor("Nhung"), asked=asked, most=5)
    path = reverse("front:members", args=[commune.na_loc.pk])
    assert "thông tin nhạy cảm" in office.get(path, {"xep": field}).content.decode()
    assert office.get(path, {"o": field, "la": "Thái"}).status_code == 422


def test_the_page_keeps_its_question_in_the_address(office: Client, commune: Commune) -> None:
    path = reverse("front:members", args=[commune.na_loc.pk])
    page = office.get(path, {"q": "thi", "loai": "du-bi"}).content.decode()
    assert "Lò Thị Ngoan" in page
    assert "Vì Thị Duyên" not in page
    assert '<option value="du-bi" selected>' in page
    assert "Không ai như vậy" in office.get(path, {"q": "zzz"}).content.decode()


def test_as_one_types_only_the_found_part_comes(office: Client, commune: Commune) -> None:
    for path in (reverse("front:find"), reverse("front:members", args=[commune.na_loc.pk])):
        part = office.get(path, {"q": "inh"}, **PART).content.decode()
        assert "Lò Văn Inh" in part
        assert "<html" not in part
        assert "<form" not in part
        assert "data-found" in office.get(path, {"q": "inh"}).content.decode()
