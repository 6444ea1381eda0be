"""Thông tin trong phiếu đảng viên: read as typed, dated, corrected in sight, sensitive ones behind their own door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from django.db import IntegrityError, transaction

import chibo
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.errors import NoPower, Refused
from chibo.ledger.models import Entry
from chibo.membership.models import Particular, Person
from chibo.membership.operations import NewMember, correct_particular, enter_lists, enter_members, note_particulars
from chibo.membership.particulars import FIELDS, SENSITIVE, Use
from chibo.membership.policy import field_for, values_of
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

MARCH = date(2026, 3, 1)


def note(commune: Commune, name: str = "Khiêm", by: str = "Nhung", first: date = MARCH, why: str = "", **values: str):
    return note_particulars({commune.person(name): values}, first=first, at=EVENING, by=commune.actor(by), why=why)


def told(commune: Commune, name: str, by: str, use: Use = Use.READ, paper: str = "") -> dict[str, str]:
    person = Person.objects.get(pk=commune.person(name).pk)
    return values_of([person], actor=commune.actor(by), use=use, paper=paper).get(person.pk, {})


@pytest.mark.parametrize(
    ("field", "typed", "kept", "shown"),
    [
        ("birth", "19/5/1979", "1979-05-19", "19/05/1979"), ("birth", " 1979 ", "1979", "1979"),
        ("birth", "5/1979", "1979-05", "05/1979"), ("sex", "nu", "female", "Nữ"), ("sex", "male", "male", "Nam"),
        ("card_number", "0141 2800 0731", "014128000731", "014128000731"), 
        ("card_number", "00123456", "00123456", "00123456"),
        ("citizen_number", "001079000001", "001079000001", "001079000001"),
        ("history_number", "123456 ab", "123456AB", "123456AB"), ("ethnicity", "  Thái ", "Thái", "Thái"),
    ],
)  # fmt: skip
def test_fields_are_read_as_people_type_them(field: str, typed: str, kept: str, shown: str) -> None:
    assert FIELDS[field].read(typed) == kept
    assert FIELDS[field].show(kept) == shown


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("birth", "31/02/1979", "bad_day"), ("birth", "79", "bad_day"), ("birth", "13/1979", "bad_day"),
        ("sex", "khác", "unknown_word"), ("card_number", "1234567", "bad_card_number"),
        ("card_number", "1,23E+11", "bad_card_number"), ("citizen_number", "12345678", "bad_citizen_number"),
        ("old_id_number", "٠١٢٣٤٥٦٧٨", "bad_citizen_number"), ("history_number", "AB123456", "bad_history_number"),
        ("address", "a" * 201, "text_too_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(field: str, typed: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        FIELDS[field].read(typed)
    assert caught.value.code == code


def test_a_change_ends_the_old_value_and_keeps_it(commune: Commune) -> None:
    note(commune, schooling="9/12", address="Bản Nà Lốc, xã Huổi Lam")
    note(commune, first=TODAY, schooling="12/12", address="Bản Nà Lốc, xã Huổi Lam")
    rows = Particular.objects.live().filter(person=commune.person("Khiêm"), field="schooling").order_by("during")
    assert [(row.value, row.during.lower, row.during.upper) for row in rows] == [
        ("9/12", MARCH, TODAY), ("12/12", TODAY, None),
    ]  # fmt: skip
    assert Particular.objects.filter(field="address").count() == 1
    assert told(commune, "Khiêm", "Inh")["schooling"] == "12/12"


def test_a_correction_withdraws_and_says_anew_from_the_same_day(commune: Commune) -> None:
    note(commune, birth="1979")
    note(commune, first=TODAY, why="paper_differs", birth="19/5/1978")
    old, new = Particular.objects.filter(field="birth").order_by("pk")
    assert (old.value, old.withdrawn_why, old.withdrawn_at) == ("1979", "paper_differs", EVENING)
    assert (new.value, new.during.lower) == ("1978-05-19", MARCH)
    assert Entry.objects.filter(verb="particulars.noted").latest("pk").reason == "paper_differs"


def test_the_same_list_again_changes_nothing_and_signs_nothing(commune: Commune) -> None:
    people = {
        commune.person(name): {"sex": "Nam", "card_number": f"0000000{n}"} for n, name in enumerate(["Inh", "Páo"])
    }
    assert len(note_particulars(people, first=MARCH, at=EVENING, by=MACHINE)) == 4
    signed = Entry.objects.filter(verb="particulars.noted")
    assert signed.count() == 1
    assert note_particulars(people, first=TODAY, at=EVENING, by=MACHINE) == []
    assert signed.count() == 1


def test_a_list_costs_the_same_for_few_and_many(commune: Commune, queries: Callable[..., object]) -> None:
    everybody = list(commune.people.values())
    for people in (everybody[:2], everybody):
        with queries(9):  # two of the savepoint, two for what was erased
            note_particulars({p: {"sex": "Nam"} for p in people}, first=MARCH, at=EVENING, by=MACHINE)
        note_particulars({p: {"sex": ""} for p in people}, first=TODAY, why="entered_twice", at=EVENING, by=MACHINE)


def test_it_is_refused(commune: Commune) -> None:
    note(commune, schooling="9/12")
    with refused("field_began_then"):
        note(commune, schooling="12/12")
    note(commune, first=TODAY, schooling="")
    with refused("overlaps_another"):
        note(commune, schooling="12/12")
    with refused("born_ahead"):
        note(commune, birth="1/1/2027")
    with refused("born_after_joining"):
        note(commune, birth="2/8/2025")
    with refused("unknown_field"):
        note(commune, health="kém")
    with refused("unknown_why"):
        note(commune, why="vì", schooling="12/12")
    with pytest.raises(NoPower):
        note(commune, by="Inh", schooling="12/12")
    with pytest.raises(NoPower):
        note(commune, name="Sơn", schooling="12/12")


def test_one_row_is_corrected_or_withdrawn(commune: Commune) -> None:
    (row,) = note(commune, ethnicity="Thái")
    by = commune.actor("Nhung")
    new = correct_particular(row, "Mông", first=FOUNDED, why="typed_wrong", at=EVENING, by=by)
    assert new is not None
    assert (new.value, new.during.lower, told(commune, "Khiêm", "Nhung")["ethnicity"]) == ("Mông", FOUNDED, "Mông")
    with refused("withdrawn_already"):
        correct_particular(row, "Dao", first=MARCH, why="typed_wrong", at=EVENING, by=by)
    with pytest.raises(NoPower):
        correct_particular(new, "Dao", first=MARCH, why="typed_wrong", at=EVENING, by=commune.actor("Inh"))
    assert correct_particular(new, "", first=MARCH, why="did_not_happen", at=EVENING, by=by) is None
    assert told(commune, "Khiêm", "Nhung") == {}


def test_the_database_lets_nobody_rewrite_a_value_or_open_a_sensitive_one(commune: Commune) -> None:
    note(commune, ethnicity="Thái")
    for values in ({"value": "Mông"}, {"sensitive": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Particular.objects.update(**values)


def test_entered_with_days_of_long_ago_and_particulars(commune: Commune) -> None:
    row = NewMember(
        "Lò Văn Ỏm", since=TODAY, way_in="transferred_in", decision="Giấy giới thiệu số 7",
        admitted_on=date(2012, 5, 19),
        decided_on=date(2012, 5, 3), official_on=date(2013, 5, 19),
        particulars={"birth": "1979", "card_number": "00123456", "ethnicity": "Thái", "religion": ""},
    )  # fmt: skip
    (person,) = enter_lists({commune.na_loc: [row]}, on=TODAY, by=commune.actor("Nhung"))
    stands = list(person.standings.order_by("during").values_list("kind", "during", "decided_on"))
    assert [(kind, during.lower, during.upper, decided) for kind, during, decided in stands] == [
        ("probationary", date(2012, 5, 19), date(2013, 5, 19), date(2012, 5, 3)),
        ("official", date(2013, 5, 19), None, None),
    ]
    belonging = person.belongings.get()
    assert (belonging.during.lower, belonging.decision) == (TODAY, "Giấy giới thiệu số 7")
    assert set(person.particulars.values_list("field", flat=True)) == {"birth", "card_number", "ethnicity"}


def test_several_cells_are_entered_in_one_act(commune: Commune) -> None:
    lists = {commune.na_loc: [NewMember("Lò Văn Một")], commune.pom_khe: [NewMember("Lò Văn Hai", since=MARCH)]}
    people = enter_lists(lists, on=TODAY, by=commune.actor("Nhung"))
    entry = Entry.objects.filter(verb="members.entered").latest("pk")
    assert (entry.unit_id, len(people)) == (None, 2)
    with pytest.raises(NoPower):
        enter_lists({commune.khuoi_moc: [NewMember("Lò Văn Ba")]}, on=TODAY, by=commune.actor("Nhung"))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"admitted_on": MARCH}, "official_day_needed"),
        ({"admitted_on": MARCH, "official_on": MARCH}, "official_before_admitted"),
        ({"admitted_on": TODAY + timedelta(days=1), "standing": "probationary"}, "standing_starts_late"),
        ({"official_on": TODAY + timedelta(days=1)}, "standing_starts_late"),
        ({"since": date(1929, 1, 1)}, "before_the_party"),
        ({"particulars": {"birth": "1/1/2027"}}, "before_birth"),
        ({"particulars": {"salary": "1"}}, "unknown_field"),
        ({"particulars": {"card_number": "12"}}, "bad_card_number"),
    ],
)
def test_impossible_days_are_refused_in_one_sentence(commune: Commune, more: dict[str, object], code: str) -> None:
    with refused(code):
        enter_members([NewMember("Lò Văn Ỏm", **more)], commune.na_loc, on=TODAY, by=MACHINE)  # type: ignore[arg-type]


def test_particulars_go_with_the_member(commune: Commune) -> None:
    from chibo.membership.operations import move_member

    note(commune, schooling="9/12")
    move_member(commune.person("Khiêm"), to=commune.pom_khe, first=TODAY, on=TODAY, by=MACHINE)
    assert Particular.objects.get().scope_path == commune.pom_khe.scope_path
    assert told(commune, "Khiêm", "Liên") == {"schooling": "9/12"}
    assert told(commune, "Khiêm", "Inh") == {}


def test_sensitive_fields_have_no_place_in_sorting_or_filters() -> None:
    for code in SENSITIVE:
        for use in (Use.SORT, Use.FILTER):
            with refused("field_closed"):
                field_for(code, use)
    assert field_for("schooling", Use.FILTER).code == "schooling"


def test_the_register_tells_every_field_and_its_level() -> None:
    path = Path(chibo.__file__).parent / "access/register/columns.yaml"
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))["tables"]["membership.Particular"]["fields"]
    assert fields["sensitive"] == SENSITIVE
    assert {*fields["plain"], *fields["sensitive"]} == set(FIELDS)
    assert all(each.papers for each in FIELDS.values()), "a field no paper demands is not kept"


READERS = {"Nhung": True, "Khiêm": True, "Inh": False, "Duyên": False, "Liên": False, "Páo": False, "Vân": False,
           "Sơn": False, "Quý": False, "Lan": False, "Hoa": False}  # fmt: skip


@pytest.mark.parametrize("field", SENSITIVE)
def test_a_sensitive_field_is_read_by_the_office_and_its_owner_only(
    commune: Commune, field: str, as_app: Callable[[Actor], None]
) -> None:
    value = {"citizen_number": "001079000001", "old_id_number": "012345678"}.get(field, "Thái")
    note(commune, **{field: value})
    actors = {name: commune.actor(name) for name in READERS}
    for name, reads in READERS.items():
        assert (field in told(commune, "Khiêm", name)) is reads, name
        demanded = told(commune, "Khiêm", name, Use.EXPORT, FIELDS[field].papers[0])
        assert (field in demanded) is reads, name
        assert field not in told(commune, "Khiêm", name, Use.EXPORT)
    for name, reads in READERS.items():
        as_app(actors[name])
        assert Particular.objects.exists() is reads, f"{name}, behind the second wall alone"
