"""Đề ra, thôi biện pháp."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from chibo.issues.models import Remedy
from chibo.issues.operations import withdraw_remedy
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from tests.commune import EVENING, Commune
from tests.conftest import refused
from tests.issues.acting import DUE, caused, checked, closed, remedied, reported, written


def test_it_says_what_whose_and_by_when(commune: Commune) -> None:
    row = written(commune)
    caused(commune, row)
    remedy = remedied(commune, row)
    assert (remedy.limitation, remedy.owner, remedy.due, remedy.round) == (row, commune.person("Khiêm"), DUE, 0)
    assert Entry.objects.filter(verb="remedy.given").count() == 1


@pytest.mark.parametrize("owner", ["Khiêm", "Inh", "Páo"])
def test_members_and_the_committee_above_can_own_one(commune: Commune, owner: str) -> None:
    row = written(commune)
    caused(commune, row)
    assert remedied(commune, row, owner).owner == commune.person(owner)


def test_the_unit_or_its_committee_may_take_it_on(commune: Commune) -> None:
    row = written(commune)
    caused(commune, row)
    for side in (Remedy.UNIT, Remedy.ABOVE):
        assert remedied(commune, row, side=side).owner is None


def test_the_cause_comes_first(commune: Commune) -> None:
    with refused("cause_first"):
        remedied(commune, written(commune))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "Gọi 0912345678"}, "looks_like_identity"),
        ({"to": uuid.UUID(int=7)}, "owner_not_here"),
        ({"to": None}, "owner_not_here"),
        ({"side": "nobody"}, "unknown_choice"),
        ({"due": date(2026, 11, 1)}, "due_passed"),
    ],
)
def test_it_says_what_is_wrong(commune: Commune, told: dict[str, Any], code: str) -> None:
    row = written(commune)
    caused(commune, row)
    with refused(code):
        remedied(commune, row, **told)
    with refused("owner_not_here"):
        remedied(commune, row, owner="Thuận")
    with pytest.raises(NoPower):
        remedied(commune, row, by="Khiêm")


def test_another_in_its_place_withdraws_it_with_a_reason(commune: Commune) -> None:
    row = written(commune)
    caused(commune, row)
    remedy = remedied(commune, row)
    with refused("no_reason"):
        withdraw_remedy(remedy, " ", at=EVENING, by=commune.actor("Inh"))
    gone = withdraw_remedy(remedy, "Không hợp mùa mưa", at=EVENING, by=commune.actor("Inh"))
    assert (gone.withdrawn_why, Remedy.objects.live().count()) == ("Không hợp mùa mưa", 0)
    with refused("remedy_withdrawn"):
        reported(commune, remedy)


def test_nothing_closes_by_withdrawing(commune: Commune) -> None:
    row = written(commune)
    caused(commune, row)
    first, second = remedied(commune, row), remedied(commune, row, text="Đổi giờ họp")
    checked(commune, reported(commune, first))
    with refused("last_remedy"):
        withdraw_remedy(second, "Thôi", at=EVENING, by=commune.actor("Inh"))
    with refused("remedy_confirmed"):
        withdraw_remedy(first, "Thôi", at=EVENING, by=commune.actor("Inh"))


def test_a_closed_one_takes_no_more(commune: Commune) -> None:
    with refused("limitation_closed"):
        remedied(commune, closed(commune))
