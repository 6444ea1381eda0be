"""Sửa, rút chức vụ đã ghi sai; thôi chức vụ có lý do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chibo.cadres.models import Office, Post
from chibo.cadres.operations import appoint, correct_post, end_post, withdraw_post
from chibo.cadres.queries import holders_on, post_labels
from chibo.kernel.actor import MACHINE, Power
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

WRONG = {"why": "paper_differs", "at": EVENING}
MARCH = date(2026, 3, 1)


def post_of(commune: Commune, name: str) -> Post:
    return Post.objects.live().get(person=commune.person(name))


def test_the_corrected_post_counts_and_the_wrong_one_stays(commune: Commune) -> None:
    old, office = post_of(commune, "Duyên"), commune.actor("Nhung")
    new = correct_post(old, office=Office.CELL_COMMITTEE, first=MARCH, last=None, by=office, **WRONG)
    old.refresh_from_db()
    assert (old.office, old.withdrawn_why, old.withdrawn_by) == ("cell_deputy", "paper_differs", office.account_id)
    assert (new.office, new.during.lower) == ("cell_committee", MARCH)
    assert post_labels(commune.na_loc, TODAY)[commune.person("Duyên").pk] == "Chi ủy viên"
    assert commune.person("Duyên").pk not in post_labels(commune.na_loc, FOUNDED)
    assert Entry.objects.get(verb="post.corrected").reason == "paper_differs"


def test_the_right_that_was_given_by_mistake_is_gone(commune: Commune) -> None:
    assert commune.actor("Duyên").can(Power.CHAIR, commune.na_loc.scope_path)
    withdraw_post(post_of(commune, "Duyên"), by=commune.actor("Nhung"), why="did_not_happen", at=EVENING)
    assert commune.actor("Duyên").powers == {}
    assert commune.person("Duyên").pk not in {
        p.person_id for p in holders_on(commune.na_loc, TODAY, actor=commune.actor("Inh"))
    }


def test_a_withdrawn_secretary_makes_room(commune: Commune) -> None:
    withdraw_post(post_of(commune, "Inh"), by=MACHINE, **WRONG)
    appoint(commune.person("Hoa"), Office.CELL_SECRETARY, commune.na_loc, on=FOUNDED, by=MACHINE)
    assert post_labels(commune.na_loc, TODAY)[commune.person("Hoa").pk] == "Bí thư chi bộ"


def test_it_is_refused(commune: Commune) -> None:
    post = post_of(commune, "Duyên")
    with refused("post_held_by_other"):
        correct_post(post, office=Office.CELL_SECRETARY, first=FOUNDED, last=None, by=MACHINE, **WRONG)
    with refused("office_not_for_unit"):
        correct_post(post, office=Office.COMMITTEE_MEMBER, first=FOUNDED, last=None, by=MACHINE, **WRONG)
    with refused("not_standing"):
        correct_post(post, office=Office.CELL_DEPUTY, first=date(2025, 1, 1), last=None, by=MACHINE, **WRONG)
    with refused("unknown_why"):
        withdraw_post(post, by=MACHINE, why="vì nhầm", at=EVENING)
    with pytest.raises(NoPower):
        withdraw_post(post, by=commune.actor("Inh"), **WRONG)
    withdraw_post(post, by=MACHINE, **WRONG)
    with refused("withdrawn_already"):
        correct_post(post, office=Office.CELL_DEPUTY, first=FOUNDED, last=None, by=MACHINE, **WRONG)
    with refused("not_held_then"):
        end_post(post, last=TODAY, by=MACHINE)


def test_a_post_ends_for_a_reason_of_the_list(commune: Commune) -> None:
    post = post_of(commune, "Duyên")
    with refused("unknown_ending"):
        end_post(post, last=TODAY, by=MACHINE, reason="Xin nghỉ")
    ended = end_post(post, last=TODAY, by=MACHINE, reason="term_over")
    assert ended.during.upper == TODAY + timedelta(days=1)
    assert Entry.objects.get(verb="post.ended").reason == "term_over"


@pytest.mark.parametrize("values", [{"office": "cell_committee"}, {"during": (MARCH, None)}], ids=["office", "first"])
def test_the_database_lets_nobody_rewrite_a_post(commune: Commune, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="a correction withdraws"), transaction.atomic():
        Post.objects.filter(person=commune.person("Duyên")).update(**values)
    with pytest.raises(IntegrityError, match="a correction withdraws"), transaction.atomic():
        Post.objects.filter(person=commune.person("Duyên")).delete()
