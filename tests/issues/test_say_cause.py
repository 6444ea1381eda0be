"""Ghi, rút nguyên nhân."""

from __future__ import annotations

import pytest

from chibo.issues.models import Cause
from chibo.issues.operations import withdraw_cause
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from tests.commune import EVENING, Commune
from tests.conftest import refused
from tests.issues.acting import caused, closed, remedied, written


def withdrawn(commune: Commune, cause: Cause) -> Cause:
    return withdraw_cause(cause, "typed_wrong", at=EVENING, by=commune.actor("Inh"))


def test_several_stand_beside_each_other(commune: Commune) -> None:
    row = written(commune)
    caused(commune, row)
    caused(commune, row, "disaster", text="")
    assert sorted(row.causes.values_list("code", flat=True)) == ["direction", "disaster"]
    assert Entry.objects.filter(verb="limitation.cause").count() == 2


def test_it_says_what_is_wrong(commune: Commune) -> None:
    row = written(commune)
    with refused("unknown_choice"):
        caused(commune, row, "laziness")
    with refused("looks_like_identity"):
        caused(commune, row, text="Gọi 0912345678")
    caused(commune, row)
    with refused("cause_said"):
        caused(commune, row)
    with pytest.raises(NoPower):
        caused(commune, row, "disaster", by="Khiêm")
    with refused("limitation_closed"):
        caused(commune, closed(commune), "disaster")


def test_a_mistaken_one_is_withdrawn_and_stays_readable(commune: Commune) -> None:
    row = written(commune)
    cause = withdrawn(commune, caused(commune, row))
    assert (cause.withdrawn_why, Cause.objects.live().count(), Cause.objects.count()) == ("typed_wrong", 0, 1)
    assert caused(commune, row).withdrawn_at is None
    with refused("withdrawn_already"):
        withdrawn(commune, cause)


def test_the_last_one_stays_while_a_remedy_rests_on_it(commune: Commune) -> None:
    row = written(commune)
    cause = caused(commune, row)
    remedied(commune, row)
    with refused("last_cause"):
        withdrawn(commune, cause)
    caused(commune, row, "disaster")
    assert withdrawn(commune, cause).withdrawn_at
