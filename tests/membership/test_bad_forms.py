"""Whatever arrives in a form about members, posts, bodies: a sentence, nothing half-written, never a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.cadres.models import Congress, Post, Seat, StatePost
from chibo.cadres.operations import NewSeat, give_state_post, seat_members, set_up_body
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.membership.models import Particular, Person
from chibo.membership.operations import note_particulars
from tests.commune import EVENING, FOUNDED, Commune
from tests.front.test_bad_input import ALLOWED, EVIL

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

DAY, UNIT = "5/11/2026", ""
PEOPLE = {  # form of a person → what a good answer would be
    "membership:recognise": {"on": DAY, "decided_on": DAY, "decision": "QĐ"},
    "membership:absence": {"kind": "exempt", "first": DAY, "last": DAY, "decision": "QĐ"},
    "membership:temporary": {"to": "ngoai", "first": DAY, "last": DAY, "decision": "QĐ"},
    "membership:earlier_standing": {"kind": "probationary", "first": "1/1/2020", "last": "1/1/2021", "decided_on": DAY},
    "membership:earlier_cell": {"unit": "1", "first": "1/1/2020", "last": "1/1/2021"},
    "membership:particulars": {"birth": "1979", "card_number": "00123456", "citizen_number": "001079000001",
                               "address": "x", "first": DAY, "why": "typed_wrong"},
    "membership:rename": {"name": "Lò Văn A", "first": DAY, "why": "typed_wrong", "decision": "x"},
    "cadres:transfer": {"to": "1", "first": DAY, "decision": "x"},
    "cadres:leave": {"way": "died", "last": DAY, "decision": "x"},
    "cadres:give": {"unit": "1", "office": "cell_committee", "first": DAY, "last": DAY, "decision": "x"},
    "cadres:give_state": {"unit": "1", "office": "village_head", "place": "x", "first": DAY, "last": DAY},
}  # fmt: skip


def addresses(commune: Commune) -> Iterator[tuple[str, dict[str, str]]]:
    """Every form with a good answer to spoil."""
    person, cell, top = commune.person("Khiêm"), commune.na_loc, commune.commune
    note_particulars({person: {"ethnicity": "Thái"}}, first=FOUNDED, at=EVENING, by=MACHINE)
    state = give_state_post(person, "village_head", cell, first=FOUNDED, by=MACHINE)
    body = set_up_body(top, "steering", "Ban chỉ đạo", first=FOUNDED, last=None, by=MACHINE)
    (seat,) = seat_members(body, [NewSeat(person, "head")], first=FOUNDED, by=MACHINE)
    for name, typed in PEOPLE.items():
        good = {key: str(cell.pk) if value == "1" and key in {"unit", "to"} else value for key, value in typed.items()}
        yield reverse(name, args=[person.pk]), good
    for kind, row in (
        ("noi-sinh-hoat", person.belongings.get()), ("chinh-thuc", person.standings.get()),
        ("thong-tin", Particular.objects.get(person=person)),
    ):  # fmt: skip
        fix = {
            "unit": str(cell.pk),
            "kind": "official",
            "ethnicity": "Mông",
            "first": DAY,
            "last": DAY,
            "why": "typed_wrong",
        }
        yield reverse("membership:correct", args=[kind, row.pk]), fix
        yield reverse("membership:withdrawal", args=[kind, row.pk]), {"why": "typed_wrong"}
        yield reverse("membership:end", args=[kind, row.pk]), {"last": DAY}
    post = Post.objects.get(person=commune.person("Duyên"))
    for kind, pk in (("dang", post.pk), ("chinh-quyen", state.pk)):
        fix = {"office": "cell_committee", "place": "x", "first": DAY, "last": DAY, "why": "typed_wrong"}
        yield reverse("cadres:correct", args=[kind, pk]), fix
        yield reverse("cadres:end", args=[kind, pk]), {"last": DAY, "reason": "moved"}
        yield reverse("cadres:withdrawal", args=[kind, pk]), {"why": "typed_wrong"}
    yield reverse("membership:enter", args=[cell.pk]), {
        "full_name": "Lò Văn B", "way_in": "admitted", "since": DAY, "standing": "probationary", "admitted_on": DAY,
        "birth": "1979", "card_number": "00123456", "decision": "x",
    }  # fmt: skip
    yield reverse("cadres:congress", args=[cell.pk]), {
        "name": "x", "first": DAY, "last": "5/11/2031", "decision": "x", "elected": "Lò Văn Inh, bí thư",
        "step": "write",
    }  # fmt: skip
    yield (
        reverse("cadres:set_up", args=[top.pk]),
        {"kind": "steering", "name": "x", "purpose": "x", "first": DAY, "last": DAY},
    )
    yield reverse("cadres:seat", args=[body.pk]) + "?q=inh", {
        "person": str(commune.person("Inh").pk), "role": "member", "duty": "x", "first": DAY, "last": DAY,
    }  # fmt: skip
    yield (
        reverse("cadres:seat_correction", args=[seat.pk]),
        {"role": "member", "duty": "x", "first": DAY, "why": "typed_wrong"},
    )
    yield reverse("cadres:seat_end", args=[seat.pk]), {"last": DAY}
    yield reverse("cadres:body_end", args=[body.pk]), {"last": DAY}


PARTS = 8  # one after the other they would outlast a test


@pytest.mark.parametrize("part", range(PARTS))
def test_no_form_breaks(commune: Commune, client: Client, part: int) -> None:
    with time_machine.travel(datetime(2026, 11, 5, 9, tzinfo=ZONE), tick=False):
        client.force_login(commune.account("Nhung"))
        client.raise_request_exception = True
        tried = 0
        for path, good in list(addresses(commune))[part::PARTS]:
            for box in good:
                for what, value in EVIL.items():
                    answer = client.post(path, {**good, box: value})
                    assert answer.status_code in ALLOWED, (path, box, what)
                    tried += 1
        assert tried > 100
    kept = [*Particular.objects.values_list("value", flat=True), *Person.objects.values_list("full_name", flat=True),
            *Seat.objects.values_list("duty", flat=True), *StatePost.objects.values_list("place", flat=True),
            *Congress.objects.values_list("decision", flat=True)]  # fmt: skip
    assert not {"\x00", "\u202e", "Ð"} & set("".join(kept))


def test_keys_of_pages_with_anything_in_them(commune: Commune, client: Client) -> None:
    client.force_login(commune.account("Nhung"))
    path = reverse("front:members", args=[commune.commune.pk])
    someone = commune.person("Inh").pk
    for key in ("\x00~" + str(someone), "~" + str(someone), "a~b~" + str(someone), "~~" + str(someone), "\ufffd~x"):
        for sort in ("", "birth"):
            assert client.get(path, {"sau": key, "xep": sort}).status_code == 200
