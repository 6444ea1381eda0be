"""Đổi mới nội dung, hình thức sinh hoạt: what was tried and what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.db.utils import IntegrityError

from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower
from chibo.meetings.models import ChangeTried
from chibo.meetings.operations import note_effect, try_change
from tests.commune import EVENING, NOVEMBER, Commune
from tests.conftest import refused

SINCE = date(2026, 9, 1)


def tried(
    commune: Commune, what: str = "Gửi nội dung trước qua nhóm.", by: str = "Inh", on: date = SINCE
) -> ChangeTried:
    return try_change(
        commune.na_loc, what, on=on, key=uuid.uuid4(), at=EVENING, by=commune.actor(by), by_name="Lò Văn Inh"
    )


def effect(commune: Commune, change: ChangeTried, on: date = NOVEMBER, by: str = "Inh") -> None:
    text = "Ngắn hơn 20 phút, bàn kỹ hơn."
    note_effect(change, text, on=on, key=uuid.uuid4(), at=EVENING, by=commune.actor(by), by_name="")


def test_a_change_and_its_effects_are_dated_facts(commune: Commune) -> None:
    change = tried(commune)
    effect(commune, change, on=date(2026, 10, 3))
    effect(commune, change, on=date(2026, 11, 3))
    assert [row.on for row in change.effects.order_by("on")] == [date(2026, 10, 3), date(2026, 11, 3)]
    with pytest.raises(IntegrityError, match="not rewritten"):
        ChangeTried.objects.update(what="Khác.")


def test_what_is_refused(commune: Commune) -> None:
    with refused("no_text"):
        tried(commune, " ")
    with refused("day_ahead"):
        tried(commune, on=date(2026, 12, 1))
    with refused("looks_like_identity"):
        tried(commune, "Gọi 0912345678")
    with refused("before_the_change"):
        effect(commune, tried(commune), on=date(2026, 8, 31))


def test_it_needs_the_chair_of_the_unit(commune: Commune) -> None:
    for name in ("Nhung", "Páo", "Liên", "Khiêm"):
        with pytest.raises(NoPower):
            tried(commune, by=name)
    with pytest.raises(NoPower):
        effect(commune, tried(commune), by="Nhung")


def test_the_wall_keeps_it_in_the_branch(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    stranger, leader = commune.actor("Sơn"), commune.actor("Páo")
    tried(commune)
    as_app(stranger)
    assert not ChangeTried.objects.exists()
    as_app(leader)
    assert ChangeTried.objects.count() == 1
