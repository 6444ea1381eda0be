"""Ra khỏi danh sách đảng viên."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chibo.cadres.models import Post
from chibo.cadres.operations import leave_list, transfer_member
from chibo.kernel.actor import MACHINE, Power
from chibo.ledger.models import Entry
from chibo.membership.models import Absence, Belonging, Person, Standing
from chibo.membership.operations import end_belonging, leave_out, move_member, send_temporarily
from chibo.membership.queries import members_on, roll_on
from tests.commune import FOUNDED, TODAY, Commune
from tests.conftest import refused

TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize("way", ["died", "expelled", "removed", "resigned", "transferred_out"])
def test_each_way_has_its_code(commune: Commune, way: str) -> None:
    person = commune.person("Khiêm")
    ended = end_belonging(person, way, last=TODAY, on=TODAY, by=commune.actor("Nhung"), decision="12-QĐ/ĐU")
    assert (ended.during.upper, ended.way_out, ended.decision_out) == (TOMORROW, way, "12-QĐ/ĐU")
    assert Entry.objects.get(verb="member.left").reason == way


def test_what_held_of_the_member_ends_too(commune: Commune) -> None:
    person = commune.person("Khiêm")
    leave_out(person, Absence.SPECIAL_DUTY, first=FOUNDED, last=None, by=MACHINE)
    send_temporarily(person, to=commune.pom_khe, first=FOUNDED, last=None, on=TODAY, by=MACHINE)
    end_belonging(person, "died", last=TODAY, on=TOMORROW, by=MACHINE)
    for model in (Belonging, Standing, Absence):
        assert not model.objects.on(TOMORROW).filter(person=person).exists()
        assert model.objects.on(TODAY).filter(person=person).exists()
    assert person.guest_path == ""


def test_the_roll_and_the_list_lose_them_the_day_after(commune: Commune) -> None:
    office = commune.actor("Nhung")
    end_belonging(commune.person("Khiêm"), "resigned", last=TODAY, on=TODAY, by=office)
    for day, there in ((TODAY, True), (TOMORROW, False)):
        assert any(m.full_name.endswith("Khiêm") for m in roll_on(commune.na_loc, day)) is there
        assert members_on(commune.commune, day, actor=office).filter(full_name__endswith="Khiêm").exists() is there


def test_the_last_cell_keeps_the_file(commune: Commune) -> None:
    person = commune.person("Khiêm")
    end_belonging(person, "died", last=TODAY, on=TODAY + timedelta(days=30), by=MACHINE)
    assert Person.objects.get(pk=person.pk).scope_path == commune.na_loc.scope_path


def test_the_rights_end_the_very_day_after_even_if_nobody_ended_the_post(commune: Commune) -> None:
    end_belonging(commune.person("Inh"), "transferred_out", last=TODAY, on=TODAY, by=MACHINE)
    assert commune.actor("Inh", TODAY).can(Power.CHAIR, commune.na_loc.scope_path)
    assert commune.actor("Inh", TOMORROW).powers == {}


def test_leaving_the_list_ends_every_post(commune: Commune) -> None:
    leave_list(commune.person("Inh"), "died", last=TODAY, on=TODAY, by=commune.actor("Nhung"))
    post = Post.objects.get(person=commune.person("Inh"))
    assert post.during.upper == TOMORROW
    assert Entry.objects.get(verb="post.ended").reason == "left"


def test_moving_ends_the_posts_of_the_old_cell_only(commune: Commune) -> None:
    transfer_member(commune.person("Duyên"), to=commune.pom_khe, first=TOMORROW, on=TODAY, by=commune.actor("Nhung"))
    assert Post.objects.get(person=commune.person("Duyên")).during.upper == TOMORROW
    transfer_member(commune.person("Páo"), to=commune.pom_khe, first=TOMORROW, on=TODAY, by=commune.actor("Nhung"))
    assert Post.objects.get(person=commune.person("Páo")).during.upper is None


def test_it_is_refused(commune: Commune) -> None:
    person = commune.person("Khiêm")
    with refused("unknown_way"):
        end_belonging(person, "moved", last=TODAY, on=TODAY, by=MACHINE)
    with refused("not_a_member_then"):
        end_belonging(person, "died", last=FOUNDED - timedelta(days=1), on=TODAY, by=MACHINE)
    leave_out(person, Absence.EXEMPT, first=date(2027, 1, 1), last=None, by=MACHINE)
    with refused("facts_afterwards"):
        end_belonging(person, "died", last=TODAY, on=TODAY, by=MACHINE)
    move_member(person, to=commune.pom_khe, first=TOMORROW, on=TODAY, by=MACHINE)
    with refused("moved_later"):
        end_belonging(person, "died", last=TODAY, on=TODAY, by=MACHINE)
