"""Ban, tổ: set up for a period, members by dated seats with their duty, ended and withdrawn with what hangs on them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chibo.cadres.models import Body, Seat
from chibo.cadres.operations import (
    NewSeat,
    correct_seat,
    end_body,
    end_seat,
    leave_list,
    seat_members,
    set_up_body,
    withdraw_body,
    withdraw_seat,
)
from chibo.kernel.actor import MACHINE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

UNTIL = date(2026, 12, 31)


@pytest.fixture
def body(commune: Commune) -> Body:
    return set_up_body(commune.commune, "steering", "Ban chỉ đạo xóa nhà tạm", first=FOUNDED, last=UNTIL,
                       by=commune.actor("Nhung"), purpose="Rà soát, vận động.", decision="QĐ 12-QĐ/ĐU")  # fmt: skip


def seat(commune: Commune, body: Body, **roles: str) -> list[Seat]:
    rows = [NewSeat(commune.person(name), role, f"Phụ trách bản {name}") for name, role in roles.items()]
    return seat_members(body, rows, first=TODAY, by=commune.actor("Nhung"), decision="QĐ 13-QĐ/ĐU")


def test_members_sit_with_their_duty_as_long_as_the_body(commune: Commune, body: Body) -> None:
    head, member = seat(commune, body, Páo="head", Inh="member")
    assert (head.role, head.duty, head.during.lower, head.during.upper) == (
        "head", "Phụ trách bản Páo", TODAY, UNTIL + timedelta(days=1),
    )  # fmt: skip
    entry = Entry.objects.get(verb="body.seated")
    assert entry.unit_id == commune.commune.pk
    assert commune.actor("Inh").powers == commune.actor("Inh").powers
    assert member.scope_path == commune.commune.scope_path


def test_it_is_refused(commune: Commune, body: Body) -> None:
    seat(commune, body, Páo="head")
    for roles, code in [
        ({"Inh": "head"}, "head_seated"), ({"Páo": "member"}, "seated_already"), ({"Inh": "king"}, "unknown_role"),
    ]:  # fmt: skip
        with refused(code):
            seat(commune, body, **roles)
    with refused("outside_the_body"):
        seat_members(body, [NewSeat(commune.person("Inh"), "member")], first=UNTIL + timedelta(days=1), by=MACHINE)
    with refused("outside_the_body"):
        seat_members(body, [NewSeat(commune.person("Inh"), "member")], first=TODAY, last=date(2027, 1, 1), by=MACHINE)
    with refused("looks_like_identity"):
        seat_members(body, [NewSeat(commune.person("Inh"), "member", "gọi 0912345678")], first=TODAY, by=MACHINE)
    with refused("not_on_the_list"):
        early = set_up_body(commune.commune, "board", "Ban", first=FOUNDED, last=None, by=MACHINE)
        leave_list(commune.person("Inh"), "died", last=TODAY, on=TODAY, by=MACHINE)
        seat_members(early, [NewSeat(commune.person("Inh"), "head")], first=TODAY + timedelta(days=1), by=MACHINE)


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("committee", "x", "unknown_body_kind"),
        ("party_team", "x", "unknown_body_kind"),
        ("steering", " ", "no_body_name"),
    ],
)
def test_a_body_fits_its_unit(commune: Commune, kind: str, name: str, code: str) -> None:
    with refused(code):
        set_up_body(commune.commune, kind, name, first=TODAY, last=None, by=MACHINE)
    with pytest.raises(NoPower):
        set_up_body(commune.other_commune, "board", "x", first=TODAY, last=None, by=commune.actor("Nhung"))


def test_a_seat_ends_is_corrected_and_is_withdrawn(commune: Commune, body: Body) -> None:
    (row,) = seat(commune, body, Inh="member")
    new = correct_seat(row, role="deputy", duty="Giúp trưởng ban", first=TODAY, last=None, why="typed_wrong",
                       at=EVENING, by=MACHINE)  # fmt: skip
    row.refresh_from_db()
    assert (row.withdrawn_why, new.role, new.duty) == ("typed_wrong", "deputy", "Giúp trưởng ban")
    end_seat(new, last=TODAY, by=MACHINE)
    with refused("not_held_then"):
        end_seat(new, last=TODAY + timedelta(days=5), by=MACHINE)
    withdraw_seat(new, why="did_not_happen", at=EVENING, by=MACHINE)
    assert not Seat.objects.live().exists()


def test_the_body_ends_with_its_seats_and_is_withdrawn_with_them(commune: Commune, body: Body) -> None:
    seat(commune, body, Páo="head", Inh="member")
    end_body(body, last=TODAY, by=commune.actor("Nhung"))
    assert set(Seat.objects.values_list("during__endswith", flat=True)) == {TODAY + timedelta(days=1)}
    withdraw_body(body, why="entered_twice", at=EVENING, by=MACHINE)
    assert not Seat.objects.live().exists()
    assert not Body.objects.live().exists()


def test_who_leaves_the_list_leaves_the_bodies(commune: Commune, body: Body) -> None:
    (row,) = seat(commune, body, Inh="member")
    leave_list(commune.person("Inh"), "transferred_out", last=TODAY, on=TODAY, by=MACHINE)
    row.refresh_from_db()
    assert row.during.upper == TODAY + timedelta(days=1)


def test_the_database_lets_nobody_rewrite_a_seat(commune: Commune, body: Body) -> None:
    seat(commune, body, Inh="member")
    with pytest.raises(IntegrityError, match="a correction withdraws"), transaction.atomic():
        Seat.objects.update(duty="khác")
