"""Phân công cấp ủy viên phụ trách chi bộ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.meetings.models import Charge
from chibo.meetings.operations import assign_charge, end_charge
from tests.commune import TODAY, Commune
from tests.conftest import refused

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def charge(commune: Commune, *units: str, by: str = "Nhung", first: date = FIRST, last: date = LAST) -> list[Charge]:
    cells = [getattr(commune, unit) for unit in units]
    person = commune.person("Páo").pk
    return assign_charge(person, cells, first=first, last=last, by=commune.actor(by), decision="12-QĐ/ĐU")


def test_it_holds_for_the_year_with_its_decision(commune: Commune) -> None:
    made = charge(commune, "na_loc", "pom_khe")
    assert [(row.full_name, row.decision) for row in made] == [("Lường Văn Páo", "12-QĐ/ĐU")] * 2
    assert Charge.objects.on(LAST).count() == 2
    assert Charge.objects.on(date(2027, 1, 1)).count() == 0
    entry = Entry.objects.get(verb="charge.given")
    assert entry.touches.filter(kind="meetings.charge").count() == 2


def test_ending_closes_the_period_and_another_may_follow(commune: Commune) -> None:
    (row,) = charge(commune, "na_loc")
    end_charge(row, last=date(2026, 6, 30), by=commune.actor("Nhung"))
    assert Charge.objects.on(date(2026, 7, 1)).count() == 0
    assert Charge.objects.on(date(2026, 6, 30)).count() == 1
    charge(commune, "na_loc", first=date(2026, 7, 1))
    with refused("not_held_then"):
        end_charge(row, last=date(2026, 8, 1), by=commune.actor("Nhung"))


def test_what_is_refused(commune: Commune) -> None:
    charge(commune, "na_loc")
    with refused("charge_held_already", cell="Bản Nà Lốc"):
        charge(commune, "na_loc")
    with refused("not_a_cell"):
        charge(commune, "commune")
    with refused("ends_before_it_starts"):
        charge(commune, "pom_khe", last=date(2025, 12, 31))
    with refused("no_cell_chosen"):
        charge(commune)
    with refused("not_of_committee"):
        person = commune.person("Khiêm").pk
        assign_charge(person, [commune.pom_khe], first=FIRST, last=LAST, by=commune.actor("Nhung"))


def test_only_the_office_above_assigns(commune: Commune) -> None:
    for name in ("Inh", "Páo", "Lan", "Vân", "Khiêm"):
        with pytest.raises(NoPower):
            charge(commune, "na_loc", by=name)
    with pytest.raises(NoPower):
        charge(commune, "na_loc", "khuoi_moc")


def test_the_wall_holds_without_the_code(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    charge(commune, "na_loc")
    reader, stranger, secretary = (commune.actor(name) for name in ("Vân", "Sơn", "Inh"))
    as_app(stranger)
    assert not Charge.objects.exists()
    as_app(secretary)
    assert Charge.objects.get().full_name == "Lường Văn Páo"  # though the secretary does not see that person's row
    as_app(reader)
    assert Charge.objects.on(TODAY).count() == 1
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Charge.objects.create(
            person_id=reader.person_id, full_name="x", unit=commune.pom_khe, scope_path=commune.pom_khe.scope_path,
            during=(FIRST, LAST),
        )  # fmt: skip
