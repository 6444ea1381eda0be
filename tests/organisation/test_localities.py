"""Sổ thôn, bản: what a locality is called, which areas it lies in, who serves it, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower
from chibo.kernel.periods import since
from chibo.ledger.models import Entry
from chibo.organisation.localities import BLANK, JOINT, MEMBERS, OWN, UNSAID, Registered, localities_on
from chibo.organisation.models import AreaTag, Locality, Service, Siting
from chibo.organisation.operations import (
    NewLocality,
    change_locality,
    correct_service,
    correct_siting,
    correct_tag,
    end_locality,
    end_tag,
    register_localities,
    register_locality,
    serve_locality,
    tag_locality,
    withdraw_locality,
    withdraw_service,
    withdraw_tag,
)
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

PAPER = "QĐ 33/2020/QĐ-TTg"
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def by(commune: Commune) -> Actor:
    return commune.actor("Nhung")


@pytest.fixture
def na_loc(commune: Commune, by: Actor) -> Locality:
    row = NewLocality("hamlet", "Bản Nà Lốc", "Cụm suối", commune.na_loc, tags={"border": PAPER})
    return register_locality(row, commune.commune, on=FOUNDED, by=by)


def seen(commune: Commune, on: date = TODAY, who: str = "Páo") -> dict[str, Registered]:
    return {row.name: row for row in localities_on(commune.commune, on, actor=commune.actor(who))}


def test_it_is_registered_with_who_serves_it(commune: Commune, na_loc: Locality) -> None:
    row = seen(commune)["Bản Nà Lốc"]
    assert (row.bare, row.cluster, row.way, row.cell_name) == ("Nà Lốc", "Cụm suối", OWN, "Bản Nà Lốc")
    assert {code: tag.document for code, tag in row.tags.items()} == {"border": PAPER}
    entry = Entry.objects.get(verb="localities.registered")
    assert (entry.unit_id, entry.on, entry.touches.get().object_id) == (commune.commune.pk, FOUNDED, str(na_loc.pk))
    assert seen(commune, FOUNDED - timedelta(days=1)) == {}


def test_four_ways_and_nobody_has_said(commune: Commune, by: Actor) -> None:
    rows = [
        NewLocality("hamlet", "Nà Lốc", cell=commune.na_loc), NewLocality("hamlet", "Co Lót", cell=commune.na_loc),
        NewLocality("hamlet", "Pom Khe", cell=commune.pom_khe), NewLocality("hamlet", "Huổi Cạn", has_members=True),
        NewLocality("hamlet", "Pú Tửu", has_members=False), NewLocality("health_station", "Trạm Y tế xã"),
    ]  # fmt: skip
    register_localities(rows, commune.commune, on=FOUNDED, by=by)
    assert {name: row.way for name, row in seen(commune).items()} == {
        "Bản Nà Lốc": JOINT, "Bản Co Lót": JOINT, "Bản Pom Khe": OWN, "Bản Huổi Cạn": MEMBERS, "Bản Pú Tửu": BLANK,
        "Trạm y tế xã": UNSAID,
    }  # fmt: skip
    assert Entry.objects.filter(verb="localities.registered").count() == 1


def test_however_many_four_queries(commune: Commune, by: Actor, queries: Callable[[int], object]) -> None:
    actor = commune.actor("Páo")
    register_localities([NewLocality("hamlet", f"Bản {n}", cell=commune.na_loc) for n in range(30)],
                        commune.commune, on=FOUNDED, by=by)  # fmt: skip
    with queries(4):  # type: ignore[attr-defined]
        assert len(localities_on(commune.commune, TODAY, actor=actor)) == 30


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "town"}, "unknown_locality_kind"), ({"name": " \u200b"}, "no_name"),
        ({"name": "bản  NÀ LỐC"}, "locality_known"), ({"tags": {"border": " "}}, "tag_without_document"),
        ({"tags": {"rich": PAPER}}, "unknown_tag"), ({"name": "Bản 0912345678"}, "looks_like_identity"),
    ],
)  # fmt: skip
def test_it_is_refused(commune: Commune, by: Actor, na_loc: Locality, changes: dict[str, object], code: str) -> None:
    with refused(code):
        register_locality(NewLocality(**{"kind": "hamlet", "name": "Co Lót", **changes}),  # type: ignore[arg-type]
                          commune.commune, on=TODAY, by=by)  # fmt: skip


def test_only_a_commune_has_localities_and_only_its_own_cells_serve_them(commune: Commune, by: Actor) -> None:
    with refused("not_a_commune"):
        register_locality(NewLocality("hamlet", "Co Lót"), commune.na_loc, on=TODAY, by=by)
    for cell in (commune.khuoi_moc, commune.commune):
        with refused("cell_elsewhere"):
            register_locality(NewLocality("hamlet", "Co Lót", cell=cell), commune.commune, on=TODAY, by=by)
    for who, unit in (("Inh", commune.commune), ("Nhung", commune.other_commune), ("Páo", commune.commune)):
        with pytest.raises(NoPower):
            register_locality(NewLocality("hamlet", "Co Lót"), unit, on=TODAY, by=commune.actor(who))


def test_a_new_name_holds_from_its_day(commune: Commune, by: Actor, na_loc: Locality) -> None:
    change_locality(na_loc, kind="village", name="Thôn Lốc", cluster="", on=TODAY, by=by, decision="NQ 5/NQ-HĐND")
    assert "Bản Nà Lốc" in seen(commune, TODAY - timedelta(days=1))
    assert seen(commune)["Thôn Lốc"].cluster == ""
    with refused("already_changed_that_day"):
        change_locality(na_loc, kind="village", name="Lốc Hai", cluster="", on=TODAY, by=by)
    with refused("nothing_changes"):
        change_locality(na_loc, kind="village", name="Lốc", cluster="", on=LATER, by=by)
    siting = Siting.objects.on(TODAY).get(locality=na_loc)
    said = correct_siting(siting, kind="village", name="Lốc Trên", cluster="Cụm trên", first=TODAY,
                          why="typed_wrong", at=EVENING, by=by)  # fmt: skip
    assert seen(commune)["Thôn Lốc Trên"].siting == said
    with refused("overlaps_another"):
        correct_siting(said, kind="village", name="Lốc", cluster="", first=FOUNDED, why="typed_wrong", at=EVENING,
                       by=by)  # fmt: skip


def test_service_changes_from_a_day_with_its_cause(commune: Commune, by: Actor, na_loc: Locality) -> None:
    new = serve_locality(na_loc, cell=commune.pom_khe, has_members=False, on=TODAY, by=by, cause="joined",
                         decision="07-QĐ/ĐU")  # fmt: skip
    assert (new.has_members, seen(commune)["Bản Nà Lốc"].cell_name) == (True, "Bản Pom Khe")
    assert seen(commune, TODAY - timedelta(days=1))["Bản Nà Lốc"].cell_id == commune.na_loc.pk
    with refused("served_so_already"):
        serve_locality(na_loc, cell=commune.pom_khe, has_members=True, on=LATER, by=by)
    with refused("already_changed_that_day"):
        serve_locality(na_loc, cell=None, has_members=False, on=TODAY, by=by)
    with refused("locality_facts_later"):
        serve_locality(na_loc, cell=None, has_members=False, on=FOUNDED, by=by)
    with refused("unknown_cause"):
        serve_locality(na_loc, cell=None, has_members=False, on=LATER, by=by, cause="magic")
    said = correct_service(new, cell=None, has_members=True, cause="left", decision="", why="paper_differs",
                           at=EVENING, by=by)  # fmt: skip
    assert seen(commune)["Bản Nà Lốc"].way == MEMBERS
    withdraw_service(said, why="did_not_happen", at=EVENING, by=by)
    assert seen(commune)["Bản Nà Lốc"].way == OWN
    assert [r.during.upper for r in Service.objects.live().filter(locality=na_loc)] == [None]


def test_tags_have_their_days_and_documents(commune: Commune, by: Actor, na_loc: Locality) -> None:
    tag = tag_locality(na_loc, "hardship", document=PAPER, first=FOUNDED, last=LATER, by=by)
    with refused("tagged_already"):
        tag_locality(na_loc, "hardship", document=PAPER, first=LATER, by=by)
    said = correct_tag(tag, document="QĐ 861/QĐ-TTg", first=TODAY, last=None, why="paper_differs", at=EVENING, by=by)
    assert seen(commune)["Bản Nà Lốc"].tags["hardship"].document == "QĐ 861/QĐ-TTg"
    assert "hardship" not in seen(commune, FOUNDED)["Bản Nà Lốc"].tags
    end_tag(said, last=TODAY, by=by)
    assert "hardship" not in seen(commune, LATER)["Bản Nà Lốc"].tags
    with refused("tag_not_then"):
        end_tag(said, last=LATER, by=by)
    border = AreaTag.objects.get(locality=na_loc, tag="border")
    withdraw_tag(border, why="entered_twice", at=EVENING, by=by)
    assert "border" not in seen(commune)["Bản Nà Lốc"].tags


def test_it_ends_with_all_that_is_said_of_it(commune: Commune, by: Actor, na_loc: Locality) -> None:
    end_locality(na_loc, last=TODAY, by=by)
    assert seen(commune, LATER) == {}
    assert "Bản Nà Lốc" in seen(commune)
    for act in (
        lambda: end_locality(na_loc, last=LATER, by=by),
        lambda: serve_locality(na_loc, cell=None, has_members=True, on=LATER, by=by),
        lambda: tag_locality(na_loc, "remote", document=PAPER, first=LATER, by=by),
    ):
        with refused("locality_ended"):
            act()
    register_locality(NewLocality("hamlet", "Nà Lốc"), commune.commune, on=LATER, by=by)


def test_what_was_entered_by_mistake_is_withdrawn_whole(commune: Commune, by: Actor, na_loc: Locality) -> None:
    withdraw_locality(na_loc, why="entered_twice", at=EVENING, by=by)
    assert seen(commune) == {}
    assert Siting.objects.filter(locality=na_loc, withdrawn_why="entered_twice").count() == 1
    with refused("withdrawn_already"):
        withdraw_locality(na_loc, why="entered_twice", at=EVENING, by=by)


def test_the_database_keeps_one_of_each_at_a_time_and_rewrites_nothing(commune: Commune, na_loc: Locality) -> None:
    service, siting = Service.objects.get(locality=na_loc), Siting.objects.get(locality=na_loc)
    for wrong in (
        lambda: Service.objects.create(locality=na_loc, has_members=True, during=since(TODAY), scope_path=""),
        lambda: Siting.objects.create(locality=na_loc, unit=siting.unit, kind="hamlet", name="x", sort_key="x",
                                      during=since(TODAY), scope_path=""),
        lambda: AreaTag.objects.create(locality=na_loc, tag="border", document="x", during=since(TODAY)),
        lambda: AreaTag.objects.create(locality=na_loc, tag="remote", document="", during=since(TODAY)),
        lambda: Service.objects.filter(pk=service.pk).update(has_members=False, cell=None),
        lambda: Service.objects.filter(pk=service.pk).delete(),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_behind_the_second_wall(commune: Commune, na_loc: Locality, as_app: Callable[[Actor], None]) -> None:
    models = (Locality, Siting, AreaTag, Service)
    actors = {who: commune.actor(who) for who in ("Nhung", "Vân", "Inh", "Lan")}
    for who, there in (("Vân", 1), ("Inh", 0), ("Lan", 0), ("Nhung", 1)):
        as_app(actors[who])
        assert [model.objects.count() for model in models] == [there] * 4, who
    serve_locality(na_loc, cell=None, has_members=True, on=TODAY, by=actors["Nhung"])
