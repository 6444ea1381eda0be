"""Thành lập, đổi tên tổ chức đảng; cây của một ngày."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chibo.kernel.actor import MACHINE
from chibo.kernel.errors import NoPower
from chibo.kernel.paths import segment
from chibo.ledger.models import Entry
from chibo.organisation.checks import checks
from chibo.organisation.models import PathVersion, Placement, Unit
from chibo.organisation.operations import found_unit, rename_unit
from chibo.organisation.queries import cells_below, children_on, line_to, placement_on
from tests.commune import FOUNDED, TODAY, Commune
from tests.conftest import refused

YESTERDAY = FOUNDED - timedelta(days=1)


def found(commune: Commune, name: str = "Chi bộ bản Co Lót", **changes: object) -> Unit:
    facts = {"kind": "cell", "parent": commune.commune, "on": TODAY, "by": commune.actor("Nhung"), **changes}
    return found_unit(name, **facts)  # type: ignore[arg-type]


def test_it_stands_below_its_superior_from_that_day(commune: Commune) -> None:
    unit = found(commune, short_name="Bản Co Lót", decision="07-QĐ/ĐU, 01/11/2026")
    assert unit.scope_path == commune.commune.scope_path + segment(unit.pk)
    placement = placement_on(unit.pk, TODAY)
    assert placement is not None
    assert (placement.name, placement.short_name, placement.parent) == (
        "Chi bộ bản Co Lót", "Bản Co Lót", commune.commune
    )  # fmt: skip
    assert placement_on(unit.pk, TODAY - timedelta(days=1)) is None
    assert PathVersion.objects.on(TODAY).get(unit=unit).path == unit.scope_path
    assert Entry.objects.get(verb="unit.founded", unit_id=unit.pk).on == TODAY
    assert list(checks()) == []


def test_a_long_name_is_its_own_short_name(commune: Commune) -> None:
    unit = found(commune, "Chi bộ  Trường\u200b Tiểu học")
    placement = Placement.objects.get(unit=unit)
    assert (placement.name, placement.short_name) == ("Chi bộ Trường Tiểu học", "Chi bộ Trường Tiểu học")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "district"}, "unknown_kind"),  # ended on 30/6/2025
        ({"name": " \u200b "}, "no_name"),
        ({"on": YESTERDAY}, "parent_not_standing"),
        ({"parent": None, "by": MACHINE}, "second_root"),
    ],
)
def test_it_is_refused(commune: Commune, changes: dict[str, object], code: str) -> None:
    with refused(code):
        found(commune, **{"name": "Chi bộ bản Co Lót", **changes})  # type: ignore[arg-type]


def test_it_needs_the_office_above(commune: Commune) -> None:
    for name in ("Inh", "Páo", "Vân", "Lan"):
        with pytest.raises(NoPower):
            found(commune, by=commune.actor(name))


def test_a_new_name_begins_where_the_old_one_ends(commune: Commune) -> None:
    rename_unit(
        commune.na_loc, "Chi bộ bản Nà Lốc 1", short_name="Nà Lốc 1", on=TODAY, by=commune.actor("Nhung"), decision=""
    )
    names = [p.name for p in (placement_on(commune.na_loc.pk, d) for d in (FOUNDED, TODAY)) if p]
    assert names == ["Chi bộ bản Nà Lốc", "Chi bộ bản Nà Lốc 1"]
    old, new = Placement.objects.filter(unit=commune.na_loc).order_by("during")
    assert old.during.upper == new.during.lower == TODAY
    assert (new.parent, new.kind) == (old.parent, old.kind)


def test_a_name_changes_once_a_day_and_not_behind_another(commune: Commune) -> None:
    def rename(on: date, name: str = "Chi bộ khác") -> None:
        rename_unit(commune.na_loc, name, short_name="", on=on, by=MACHINE, decision="")

    with refused("already_changed_that_day"):
        rename(FOUNDED)
    with refused("not_standing"):
        rename(YESTERDAY)
    with refused("no_name"):
        rename(TODAY, " ")
    rename(TODAY)
    with refused("already_changed_that_day"):
        rename(TODAY - timedelta(days=30))
    with pytest.raises(NoPower):
        rename_unit(commune.na_loc, "Khác", short_name="", on=TODAY, by=commune.actor("Inh"), decision="")


def test_children_and_cells_in_vietnamese_order(commune: Commune) -> None:
    for name in ("Bản Đin", "Bản Ca", "Bản Dưa", "Bản Ơn", "Bản Ổi"):
        found(commune, f"Chi bộ {name}", short_name=name)
    office = commune.actor("Nhung")
    shown = [p.short_name for p in children_on(commune.commune, TODAY, actor=office)]
    assert shown == ["Bản Ca", "Bản Dưa", "Bản Đin", "Bản Nà Lốc", "Bản Ổi", "Bản Ơn", "Bản Pom Khe"]
    assert [p.short_name for p in children_on(commune.commune, FOUNDED, actor=office)] == ["Bản Nà Lốc", "Bản Pom Khe"]
    assert [p.short_name for p in cells_below(commune.commune, TODAY, actor=office)] == shown
    assert [p.short_name for p in cells_below(commune.na_loc, TODAY, actor=office)] == ["Bản Nà Lốc"]
    assert list(cells_below(commune.other_commune, TODAY, actor=office)) == []


def test_the_line_above_is_named_but_not_opened(commune: Commune) -> None:
    line = line_to(commune.na_loc, TODAY, actor=commune.actor("Inh"))
    assert [(s.short_name, s.visible) for s in line] == [
        ("Tỉnh Thượng Lam", False), ("Xã Huổi Lam", False), ("Bản Nà Lốc", True)
    ]  # fmt: skip
    assert line_to(commune.khuoi_moc, TODAY, actor=commune.actor("Inh"))[-1].short_name == "Tỉnh Thượng Lam"


def test_what_the_database_promises(commune: Commune) -> None:
    old = Placement.objects.get(unit=commune.na_loc)
    same = {"unit": commune.na_loc, "kind": "cell", "name": "x", "short_name": "x", "sort_key": "x"}
    with pytest.raises(IntegrityError, match="one_placement_at_a_time"), transaction.atomic():
        Placement.objects.create(**same, during=(TODAY, None), scope_path=old.scope_path)
    with pytest.raises(IntegrityError, match="never_its_own_superior"), transaction.atomic():
        Placement.objects.create(
            **same, parent=commune.na_loc, during=(date(2020, 1, 1), YESTERDAY), scope_path=old.scope_path
        )
    with pytest.raises(IntegrityError, match="one_path_at_a_time"), transaction.atomic():
        PathVersion.objects.create(unit=commune.na_loc, path="x", during=(TODAY, None), scope_path=old.scope_path)
    with pytest.raises(IntegrityError, match="scope_path"), transaction.atomic():
        Unit.objects.create(scope_path=commune.na_loc.scope_path)


def test_the_check_finds_a_path_that_lies(commune: Commune) -> None:
    Placement.objects.filter(unit=commune.na_loc).update(scope_path=commune.pom_khe.scope_path)
    assert len(list(checks())) == 1
    Unit.objects.filter(pk=commune.pom_khe.pk).update(scope_path=commune.other_commune.scope_path + "zzzzzz/")
    assert any("vị trí trong cây sai" in finding for finding in checks())
