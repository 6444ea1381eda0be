"""What becomes of villages when the cell that serves them, or the commune they lie in, is reorganised."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chibo.kernel.actor import MACHINE
from chibo.organisation.localities import JOINT, OWN, UNSAID, localities_on
from chibo.organisation.models import Locality, Unit
from chibo.organisation.operations import NewLocality, register_localities, serve_locality
from chibo.reorganisation.operations import merge_units, split_unit, take_back
from tests.commune import FOUNDED, TODAY, Commune
from tests.reorganisation.test_acts import AT, halves, heirs_of, paper

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def villages(commune: Commune) -> list[Locality]:
    rows = [
        NewLocality("hamlet", "Nà Lốc", cell=commune.na_loc),
        NewLocality("hamlet", "Pom Khe", cell=commune.pom_khe),
    ]
    register_localities([NewLocality("hamlet", "Khuổi Mộc", cell=commune.khuoi_moc)], commune.other_commune, on=FOUNDED,
                        by=MACHINE)  # fmt: skip
    return register_localities(rows, commune.commune, on=FOUNDED, by=MACHINE)


def ways(unit: Unit, on: object = TODAY) -> dict[str, tuple[str, int | None]]:
    return {row.bare: (row.way, row.cell_id) for row in localities_on(unit, on, actor=MACHINE)}  # type: ignore[arg-type]


def test_after_a_split_the_main_heir_serves_it(commune: Commune, villages: list[Locality]) -> None:
    was = ways(commune.commune)
    decision = split_unit(commune.na_loc, halves(commune), paper=paper(), on=TODAY, at=AT, by=commune.actor("Nhung"))
    first, _ = heirs_of(decision)
    assert ways(commune.commune)["Nà Lốc"] == (OWN, first.pk)
    assert ways(commune.commune, YESTERDAY) == was
    take_back(decision, why="did_not_happen", at=AT, by=commune.actor("Nhung"))
    assert ways(commune.commune) == was
    serve_locality(villages[0], cell=None, has_members=True, on=TODAY, by=MACHINE)


def test_a_merger_makes_a_joint_cell(commune: Commune, villages: list[Locality]) -> None:
    merge_units([commune.na_loc], commune.pom_khe, paper=paper(), on=TODAY, at=AT, by=commune.actor("Nhung"))
    assert set(ways(commune.commune).values()) == {(JOINT, commune.pom_khe.pk)}


def test_a_merger_of_communes_brings_the_villages_along(commune: Commune, villages: list[Locality]) -> None:
    before = ways(commune.other_commune, YESTERDAY)
    merge_units([commune.other_commune], commune.commune, paper=paper(), on=TODAY, at=AT, by=MACHINE)
    commune.commune.refresh_from_db()
    now = ways(commune.commune)
    assert now == {
        "Nà Lốc": (OWN, commune.na_loc.pk), "Pom Khe": (OWN, commune.pom_khe.pk), "Khuổi Mộc": before["Khuổi Mộc"],
    }  # fmt: skip
    seen = localities_on(commune.commune, TODAY, actor=commune.actor("Nhung"))
    assert {row.unit_id for row in seen} == {commune.commune.pk}
    moved = Locality.objects.get(sitings__name="Khuổi Mộc", sitings__during__upper_inf=True)
    serve_locality(moved, cell=commune.pom_khe, has_members=True, on=TODAY + timedelta(days=1),
                   by=commune.actor("Nhung"))  # fmt: skip
    assert UNSAID not in {way for way, _ in ways(commune.commune).values()}
