"""Xóa thông tin theo yêu cầu: what the list of members need not hold goes from every row, and cannot come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from chibo.cadres.operations import transfer_member
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry, Salt, Touch
from chibo.membership.checks import checks
from chibo.membership.doubles import doubles_in
from chibo.membership.models import Erasure, Particular, Person
from chibo.membership.operations import (
    correct_particular,
    erase_again,
    erase_particulars,
    note_outside,
    note_particulars,
)
from chibo.membership.particulars import FIELDS
from chibo.membership.policy import erased_of, recorded, values_of, written
from chibo.platform import erased
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

MARCH = date(2026, 3, 1)
PAPER = "Đơn ngày 03/11/2026"


@pytest.fixture
def khiem(commune: Commune) -> Person:
    """Anh Khiêm with an address of long ago, a corrected one, one of today, and a number."""
    person = commune.person("Khiêm")
    for first, why, values in [
        (FOUNDED, "", {"address": "Nậm Xưa", "card_number": "012345678901", "citizen_number": "001079000001"}),
        (MARCH, "", {"address": "Nậm Nhầm"}),
        (MARCH, "typed_wrong", {"address": "Nậm Sen"}),
    ]:
        note_particulars({person: values}, first=first, at=EVENING, by=commune.actor("Nhung"), why=why)
    assert set(Particular.objects.filter(field="address").values_list("value", flat=True)) == {
        "Nậm Xưa", "Nậm Nhầm", "Nậm Sen",
    }  # fmt: skip
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home of the test's own: the file of what was erased lies there."""
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))
    return tmp_path


def erase(commune: Commune, *fields: str, who: str = "Nhung", paper: str = PAPER, name: str = "Khiêm") -> list[Erasure]:
    person = Person.objects.get(pk=commune.person(name).pk)
    return erase_particulars(person, fields, paper=paper, at=EVENING, by=commune.actor(who))


def test_it_goes_from_every_row_and_the_rows_stay(commune: Commune, khiem: Person) -> None:
    before = Particular.objects.filter(person=khiem).count()
    erase(commune, "address", "citizen_number")
    rows = Particular.objects.filter(person=khiem)
    assert set(rows.filter(field__in=["address", "citizen_number"]).values_list("value", flat=True)) == {""}
    assert (rows.count(), rows.get(field="card_number").value) == (before, "012345678901")
    assert {(row.field, row.on, row.paper) for row in Erasure.objects.all()} == {
        ("address", EVENING.date(), PAPER), ("citizen_number", EVENING.date(), PAPER),
    }  # fmt: skip


def test_one_line_of_the_ledger_names_fields_and_no_value(commune: Commune, khiem: Person) -> None:
    commune.actor("Nhung")
    before = Entry.objects.count()
    erase(commune, "address", "citizen_number")
    entry = Entry.objects.get(verb="particulars.erased")
    assert Entry.objects.count() == before + 1
    assert set(Touch.objects.filter(entry=entry).values_list("kind", "object_id")) == {
        ("membership.person", str(khiem.pk)),
        ("membership.particular.field", "address"), ("membership.particular.field", "citizen_number"),
    }  # fmt: skip
    assert (entry.content_hash, Salt.objects.filter(entry=entry).exists()) == (None, False)


def test_what_is_erased_reads_as_not_recorded(commune: Commune, khiem: Person) -> None:
    nhung = commune.actor("Nhung")
    erase(commune, "address")
    assert "address" not in values_of([khiem], actor=nhung)[khiem.pk]
    assert "address" not in written(khiem, actor=nhung)
    assert list(recorded(khiem, actor=nhung)) == ["card_number", "citizen_number"]
    assert erased_of(khiem, actor=nhung) == {"address": EVENING.date()}
    assert erased_of(khiem, actor=commune.actor("Khiêm")) == {"address": EVENING.date()}
    assert erased_of(khiem, actor=commune.actor("Liên")) == {}


def test_what_the_list_of_members_demands_stays(commune: Commune, khiem: Person) -> None:
    assert {code for code, each in FIELDS.items() if each.erasable} == {
        "other_name", "card_on", "card_place", "old_card_number", "birth_place", "home_village", "address", "residence",
        "religion", "citizen_number", "old_id_number",
    }  # fmt: skip
    with refused("field_must_stay", field="Số thẻ đảng viên"):
        erase(commune, "address", "card_number")
    assert not Erasure.objects.exists()


def test_what_it_takes(commune: Commune, khiem: Person) -> None:
    for code, fields, paper in [
        ("nothing_to_erase", [], PAPER), ("unknown_field", ["full_name"], PAPER), ("no_request", ["address"], " "),
        ("looks_like_identity", ["address"], "Đơn của 001079000001"), ("field_empty", ["religion"], PAPER),
    ]:  # fmt: skip
        with refused(code):
            erase(commune, *fields, paper=paper)
    for who in ("Inh", "Páo", "Vân", "Khiêm"):
        with pytest.raises(NoPower):
            erase(commune, "address", who=who)
    note_particulars({commune.person("Nhung"): {"address": "Nậm Sen"}}, first=MARCH, at=EVENING, by=MACHINE)
    with refused("not_for_oneself"):
        erase(commune, "address", name="Nhung")
    erase(commune, "address")
    with refused("field_empty"):
        erase(commune, "address")


def test_it_is_not_written_anew(commune: Commune, khiem: Person) -> None:
    erase(commune, "address")
    by = commune.actor("Nhung")
    with refused("field_erased", field="Nơi thường trú", day=EVENING.date()):
        note_particulars({khiem: {"address": "Nậm Sen"}}, first=TODAY, at=EVENING, by=by)
    row = Particular.objects.live().get(person=khiem, field="address", during__upper_inf=True)
    with refused("field_erased"):
        correct_particular(row, "Nậm Sen", first=MARCH, why="typed_wrong", at=EVENING, by=by)
    assert note_particulars({khiem: {"address": "", "schooling": "12/12"}}, first=TODAY, at=EVENING, by=by)


def test_the_database_lets_nothing_else_become_empty(
    commune: Commune, khiem: Person, as_app: Callable[[Actor], None]
) -> None:
    erase(commune, "address")
    as_app(commune.actor("Nhung"))
    number = Particular.objects.filter(person=khiem, field="citizen_number")
    address = Particular.objects.filter(person=khiem, field="address")
    for attempt in (
        lambda: number.update(value=""),
        lambda: number.update(value="001079000002"),
        lambda: number.delete(),
        lambda: address.update(value="Nậm Sen"),
        lambda: address.update(field="residence"),
        lambda: Particular.objects.create(
            person=khiem, field="address", value="Nậm Sen", sensitive=False, during=(TODAY, None),
            scope_path=khiem.scope_path, withdrawn_at=EVENING, withdrawn_why="typed_wrong",
        ),
        lambda: Erasure.objects.update(field="citizen_number"),
        lambda: Erasure.objects.all().delete(),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_erasing_may_change_nothing_else_of_the_row(commune: Commune, khiem: Person) -> None:
    row = Particular.objects.get(person=khiem, field="citizen_number")
    Erasure.objects.create(
        person=khiem, field="citizen_number", on=TODAY, at=EVENING, paper=PAPER, scope_path=khiem.scope_path
    )
    with pytest.raises(DatabaseError, match="changes nothing else"), transaction.atomic():
        Particular.objects.filter(pk=row.pk).update(value="", decision="QĐ 33")


def test_it_goes_where_the_person_goes(commune: Commune, khiem: Person) -> None:
    erase(commune, "address")
    transfer_member(khiem, to=commune.pom_khe, first=TODAY, on=TODAY, by=commune.actor("Nhung"))
    assert Erasure.objects.get().scope_path == commune.pom_khe.scope_path


def test_it_is_noted_outside_of_the_database(
    commune: Commune, khiem: Person, outside: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase(commune, "address")
    assert erased.known() == [erased.Line(khiem.pk, "address", EVENING.date())]
    text = (outside / erased.NAME).read_text(encoding="utf-8")
    assert "Nậm" not in text
    assert "Khiêm" not in text
    assert list(checks()) == []


def test_an_older_backup_is_erased_again_once(commune: Commune, khiem: Person, outside: Path) -> None:
    erased.add(
        [
            erased.Line(khiem.pk, "address", MARCH),
            erased.Line(Person().pk, "address", MARCH),  # of another installation
            erased.Line(khiem.pk, "card_number", MARCH),  # a hand in the file takes away nothing that must stay
        ]
    )
    assert any("Nơi thường trú" in finding and "chibo init" in finding for finding in checks())
    assert erase_again(erased.known(), at=EVENING) == {khiem.pk}
    assert set(Particular.objects.filter(field="address").values_list("value", flat=True)) == {""}
    assert Particular.objects.get(field="card_number").value == "012345678901"
    row = Erasure.objects.get(field="address")
    assert (row.on, row.by_account, row.request) == (MARCH, None, None)
    assert Entry.objects.get(verb="particulars.erased").reason == "restored"
    assert erase_again(erased.known(), at=EVENING + timedelta(days=1)) == set()


def test_what_the_file_missed_is_noted_at_the_next_start(commune: Commune, khiem: Person, outside: Path) -> None:
    erase(commune, "address")  # the disk was full
    assert note_outside(erased.known()) == 1
    assert note_outside(erased.known()) == 0


def test_the_check_names_a_value_that_stands_all_the_same(commune: Commune, khiem: Person, outside: Path) -> None:
    Erasure.objects.create(
        person=khiem, field="citizen_number", on=TODAY, at=EVENING, paper=PAPER, scope_path=khiem.scope_path
    )
    (finding,) = checks()
    assert str(khiem.pk) in finding
    assert "Số căn cước" in finding
    assert "001079000001" not in finding


def test_a_torn_line_is_passed_over_and_does_not_swallow_the_next(tmp_path: Path) -> None:
    line = erased.Line(Person().pk, "address", MARCH)
    (tmp_path / erased.NAME).write_bytes(b'{"person": "00000000-0000-4')
    assert erased.add([line], tmp_path) == 1
    assert erased.known(tmp_path) == [line]
    assert erased.add([line], tmp_path) == 0


def test_two_whose_number_was_erased_are_not_alike_for_that(commune: Commune, khiem: Person) -> None:
    note_particulars({commune.person("Ún"): {"citizen_number": "001079000002"}}, first=MARCH, at=EVENING, by=MACHINE)
    for name in ("Khiêm", "Ún"):
        erase(commune, "citizen_number", name=name)
    assert doubles_in(commune.commune, actor=commune.actor("Nhung")) == []
