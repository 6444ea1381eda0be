"""Erasing and two records of one person: it goes from both, and neither a split nor a merging brings it back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from chibo.exchange.erasing import erase_on_paper
from chibo.kernel.actor import MACHINE, Actor
from chibo.membership.models import Erasure, Merging, Particular, Person, Standing
from chibo.membership.operations import (
    NewMember,
    correct_particular,
    enter_members,
    erase_again,
    erase_particulars,
    note_particulars,
)
from chibo.membership.policy import erased_of, recorded
from chibo.platform import erased
from chibo.reorganisation.operations import merge_people, split_again
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

pytestmark = pytest.mark.django_db
LATER = date(2026, 9, 1)
PAPER = "Đơn ngày 03/11/2026"
OURS = {"standing": "kept", "address": "kept", "full_name": "kept"}


class AnOlderBackup(Exception):
    """All is as it was."""


@pytest.fixture
def other(commune: Commune) -> Person:
    """Anh Khiêm entered once more; each of the two records has an address, and the other one a religion."""
    row = NewMember("Hà Văn Khiêm", Standing.OFFICIAL, particulars={"address": "Nậm Hai", "religion": "Không"})
    note_particulars({commune.person("Khiêm"): {"address": "Nậm Một"}}, first=FOUNDED, at=EVENING, by=MACHINE)
    return enter_members([row], commune.na_loc, on=LATER, by=MACHINE)[0]


def merge(commune: Commune, merged: Person, kept: Person | None = None, **choices: str) -> Merging:
    return merge_people(kept or commune.person("Khiêm"), merged, {**OURS, **choices}, key=uuid.uuid4(), at=EVENING,
                        by=commune.actor("Nhung"))  # fmt: skip


def split(commune: Commune, merging: Merging) -> None:
    split_again(merging, why="did_not_happen", at=EVENING, by=commune.actor("Nhung"))


def erase(commune: Commune, person: Person, *fields: str) -> list[Erasure]:
    return erase_particulars(person, fields, paper=PAPER, at=EVENING, by=commune.actor("Nhung"))


def said(field: str) -> set[str]:
    """All that any row of any record says of the field."""
    return set(Particular.objects.filter(field=field).values_list("value", flat=True))


@pytest.mark.parametrize("side", ["kept", "merged"])
def test_it_goes_from_both_records_and_a_split_does_not_bring_it_back(
    commune: Commune, other: Person, side: str
) -> None:
    khiem = commune.person("Khiêm")
    merging = merge(commune, other, address=side)
    assert said("address") == {"Nậm Một", "Nậm Hai"}
    erase(commune, khiem, "address", "religion")
    assert said("address") == said("religion") == {""}
    split(commune, merging)
    assert said("address") == said("religion") == {""}
    assert Particular.objects.live().filter(person=other, field="religion", value="").exists()
    with refused("field_erased"):
        note_particulars({other: {"religion": "Không"}}, first=TODAY, at=EVENING, by=commune.actor("Nhung"))


def test_what_only_the_other_record_says_any_more_can_be_erased(commune: Commune, other: Person) -> None:
    khiem, nhung = commune.person("Khiêm"), commune.actor("Nhung")
    for value in ("Nậm Hai", ""):
        row = Particular.objects.live().filter(person=other, field="religion").first()
        assert row is not None
        correct_particular(row, value, first=LATER, why="typed_wrong", at=EVENING, by=nhung)
    merge(commune, other)
    assert not Particular.objects.filter(person=khiem, field="religion").exists()
    assert "religion" in recorded(khiem, actor=nhung)
    erase(commune, khiem, "religion")
    assert said("religion") == {""}
    assert recorded(khiem, actor=nhung).keys() == {"address"}


def test_a_chain_of_records_is_erased_whole(commune: Commune, other: Person) -> None:
    third = enter_members([NewMember("Hà Văn Khiêm", Standing.OFFICIAL, particulars={"address": "Nậm Ba"})],
                          commune.na_loc, on=LATER, by=MACHINE)[0]  # fmt: skip
    merge(commune, third, kept=other)
    merge(commune, other)
    gone = erase(commune, commune.person("Khiêm"), "address")
    assert said("address") == {""}
    assert {row.person_id for row in gone} == {commune.person("Khiêm").pk, other.pk, third.pk}


def test_a_record_that_had_nothing_to_erase_is_not_marked(commune: Commune, other: Person) -> None:
    khiem = commune.person("Khiêm")
    note_particulars({khiem: {"residence": "Nậm Một"}}, first=FOUNDED, at=EVENING, by=MACHINE)
    merging = merge(commune, other)
    erase(commune, khiem, "residence")
    split(commune, merging)
    assert note_particulars({other: {"residence": "Nậm Hai"}}, first=TODAY, at=EVENING, by=commune.actor("Nhung"))


def test_what_was_erased_in_one_is_erased_in_the_other_before_they_are_merged(commune: Commune, other: Person) -> None:
    khiem, nhung = commune.person("Khiêm"), commune.actor("Nhung")
    erase(commune, other, "address")
    for kept, merged in ((khiem, other), (other, khiem)):
        with refused("erased_in_one", field="Nơi thường trú", day=EVENING.date()):
            merge(commune, merged, kept=kept)
    erase(commune, khiem, "address")
    merge(commune, other)
    assert said("address") == {""}
    assert erased_of(khiem, actor=nhung) == {"address": EVENING.date()}


def test_what_was_erased_of_the_record_that_went_is_not_written_of_the_one_that_stays(
    commune: Commune, other: Person, as_app: Callable[[Actor], None]
) -> None:
    khiem, nhung = commune.person("Khiêm"), commune.actor("Nhung")
    erase(commune, other, "religion")
    merging = merge(commune, other)
    assert erased_of(khiem, actor=nhung) == {"religion": EVENING.date()}
    new = {khiem: {"religion": "Không"}}
    with refused("field_erased"):
        note_particulars(new, first=TODAY, at=EVENING, by=nhung)
    as_app(nhung)
    with pytest.raises(DatabaseError, match="asked to erase"), transaction.atomic():
        Particular.objects.create(person=khiem, field="religion", value="Không", sensitive=True, during=(TODAY, None),
                                  scope_path=khiem.scope_path)  # fmt: skip
    split(commune, merging)
    assert erased_of(khiem, actor=nhung) == {}
    assert note_particulars(new, first=TODAY, at=EVENING, by=nhung)


def test_the_office_erases_both_behind_the_second_wall(
    commune: Commune, other: Person, as_app: Callable[[Actor], None]
) -> None:
    khiem, nhung = commune.person("Khiêm"), commune.actor("Nhung")
    merging = merge(commune, other)
    as_app(nhung)
    erase_on_paper(khiem, ["address", "religion"], PAPER, at=EVENING, by=nhung)
    split_again(merging, why="did_not_happen", at=EVENING, by=nhung)
    assert said("address") == said("religion") == {""}


def test_an_older_backup_gives_both_up_again(
    commune: Commune, other: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))
    khiem = commune.person("Khiêm")
    with suppress(AnOlderBackup), transaction.atomic():  # it was made before the merging
        merge(commune, other)
        with django_capture_on_commit_callbacks(execute=True):
            erase(commune, khiem, "address")
        raise AnOlderBackup
    assert said("address") == {"Nậm Một", "Nậm Hai"}
    assert erase_again(erased.known(), at=EVENING) == {khiem.pk, other.pk}
    assert said("address") == {""}
