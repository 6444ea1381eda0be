"""Looking in somebody's place: what they see, nothing written, nothing theirs alone, over by itself, told to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from chibo.access.models import DataRequest, Reading
from chibo.cadres.accounts import look_in_place_of
from chibo.cadres.authority import held_posts, in_place_of
from chibo.cadres.models import Post
from chibo.cadres.operations import end_post
from chibo.front.viewing import LASTS
from chibo.kernel.actor import MACHINE, Power
from chibo.ledger.models import Entry
from chibo.meetings.models import SheetEntry
from tests.commune import EVENING, TODAY, Commune
from tests.conftest import refused


@pytest.fixture(autouse=True)
def _that_evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


def look(commune: Commune, name: str = "Inh", by: str = "Nhung") -> Client:
    commune.account(name)
    client = Client()
    client.force_login(commune.account(by))
    answer = client.post(reverse("front:look", args=[commune.person(name).pk]), {"why": "asked"})
    assert answer.status_code == 302, answer.content.decode()
    return client


def test_the_pages_are_those_the_other_one_sees(commune: Commune) -> None:
    meeting = commune.meeting()
    client = look(commune)
    home = client.get("/").content.decode()
    assert "Đang xem thử như Lò Văn Inh" in home
    assert "Tự hết lúc 21:45" in home
    assert client.get(reverse("front:unit", args=[commune.na_loc.pk])).status_code == 200
    assert client.get(reverse("meetings:meeting", args=[meeting.pk])).status_code == 200
    assert client.get(reverse("front:unit", args=[commune.pom_khe.pk])).status_code == 404


def test_nothing_is_written(commune: Commune) -> None:
    meeting, client = commune.meeting(), look(commune)
    answer = client.post(reverse("meetings:sheet", args=[meeting.pk]), {"focal": "Làm đường", "v:focal": "0"})
    assert answer.status_code == 403
    assert "Chỉ xem, không ghi" in answer.content.decode()
    assert not SheetEntry.objects.exists()


def test_the_database_takes_no_writing_even_from_a_page(commune: Commune, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Any] = []

    def asks(*args: object, **more: object) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            said.extend(cursor.fetchone())
        return []

    client = look(commune)
    monkeypatch.setattr("chibo.front.views.units.charges_on", asks)
    assert client.get(reverse("front:unit", args=[commune.na_loc.pk])).status_code == 200
    assert said == ["on"]


def test_what_is_theirs_alone_stays_closed(commune: Commune) -> None:
    client = look(commune)
    for name, args in [
        ("front:me", []), ("front:requests_own", []), ("front:extract", []), ("front:second_step", []),
        ("front:passphrase", []), ("front:sessions", []), ("front:account", [commune.person("Inh").pk]),
        ("front:accounts", [commune.commune.pk]),
    ]:  # fmt: skip
        assert client.get(reverse(name, args=args)).status_code == 403, name
    assert not DataRequest.objects.exists()


def test_closed_matters_are_not_lent(commune: Commune) -> None:
    account = commune.account("Páo")
    actor = in_place_of(commune.actor("Nhung"), held_posts(account.pk, on=TODAY))
    assert actor.account_id == commune.account("Nhung").pk
    assert actor.person_id is None
    assert actor.ranges(Power.READ)
    for power in (Power.SENSITIVE, Power.SEE_READINGS, Power.ADMIT, Power.APPOINT, Power.KEEP_SERVER):
        assert not actor.ranges(power), power


def test_it_ends_by_itself_and_when_asked(commune: Commune) -> None:
    client = look(commune)
    with time_machine.travel(EVENING + LASTS - timedelta(seconds=1), tick=False):
        assert "Đang xem thử" in client.get("/").content.decode()
    with time_machine.travel(EVENING + LASTS, tick=False):
        assert "Đang xem thử" not in client.get("/").content.decode()
        assert client.get(reverse("front:unit", args=[commune.pom_khe.pk])).status_code == 200
    again = look(commune)
    assert again.post(reverse("front:look_end")).status_code == 302
    assert "Đang xem thử" not in again.get("/").content.decode()


def test_it_ends_when_the_visitor_may_no_longer(commune: Commune) -> None:
    client = look(commune)
    post = Post.objects.get(person=commune.person("Nhung"))
    end_post(post, last=TODAY - timedelta(days=3), by=MACHINE)
    page = client.get("/").content.decode()
    assert "Đang xem thử" not in page
    assert client.get(reverse("front:unit", args=[commune.na_loc.pk])).status_code == 404


def test_it_is_written_down_and_the_other_one_sees_it(
    commune: Commune, django_capture_on_commit_callbacks: Any
) -> None:
    client = look(commune)
    assert Entry.objects.get(verb="account.looked").reason == "asked"
    with django_capture_on_commit_callbacks(execute=True):
        client.get(reverse("front:person", args=[commune.person("Khiêm").pk]))
    assert Reading.objects.get().by_name == "Quàng Thị Nhung"
    inh = Client()
    inh.force_login(commune.account("Inh"))
    assert "Xem thử bằng quyền của tài khoản này" in inh.get("/toi/").content.decode()


def test_only_within_ones_reach_and_with_a_reason(commune: Commune) -> None:
    commune.account("Vân")
    commune.account("Inh")
    with refused("account_beyond"):
        look_in_place_of(commune.person("Vân"), "asked", at=EVENING, by=commune.actor("Lan"))
    with refused("unknown_look"):
        look_in_place_of(commune.person("Inh"), "tò mò", at=EVENING, by=commune.actor("Nhung"))
    with refused("not_for_oneself"):
        look_in_place_of(commune.person("Nhung"), "asked", at=EVENING, by=commune.actor("Nhung"))
