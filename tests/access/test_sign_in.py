"""The door: guessing is slowed and nobody locked out, sessions are new, listed, revocable; rights end with posts."""

from __future__ import annotations

import html
import re
import runpy
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from chibo.access.models import FailedSignIn, Session
from chibo.access.operations import FREE_TRIES, FREE_TRIES_OF_AN_ADDRESS, LONGEST_WAIT
from chibo.cadres.models import Office, Post
from chibo.cadres.operations import appoint, end_post
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.organisation.operations import found_unit
from tests.access.conftest import undone
from tests.access.matrix import ROUTES
from tests.access.test_matrix import address, targets
from tests.access.world import NOW, World
from tests.commune import FOUNDED, PASSPHRASE, TODAY

pytestmark = pytest.mark.django_db
SIGN_IN = "/dang-nhap/"
Browser = Callable[..., Client]


@pytest.fixture(autouse=True)
def _the_applications_role(world: World, db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE chibo_app")
        yield
        cursor.execute("RESET ROLE")


def sign_in(world: World, name: str = "Inh", phrase: str = PASSPHRASE, client: Client | None = None,
            **more: Any) -> HttpResponse:  # fmt: skip
    return (client or Client()).post(
        SIGN_IN, {"username": world.commune.account(name).username, "password": phrase}, **more
    )


def later(minutes: float = 0, **more: float) -> time_machine.travel:
    return time_machine.travel(NOW + timedelta(minutes=minutes, **more), tick=False)


def test_guessing_a_name_has_to_wait_and_the_owner_gets_in_within_fifteen_minutes(world: World) -> None:
    for _ in range(FREE_TRIES):
        assert "chưa đúng" in sign_in(world, phrase="mot cum tu sai").content.decode()
    refused = sign_in(world)
    assert refused.status_code == 422
    assert "Chờ 15 giây" in refused.content.decode()
    for minute in range(60):
        with later(minute):
            sign_in(world, phrase="mot cum tu sai")
    with later(59, seconds=899):
        assert sign_in(world).status_code == 302
    assert timedelta(minutes=15) >= LONGEST_WAIT
    assert not FailedSignIn.objects.filter(username=world.commune.account("Inh").username).exists()


@pytest.mark.sweep
def test_a_thousand_guesses_from_one_address_are_slow_whatever_the_names(world: World) -> None:
    looked_at = 0
    for n in range(120):
        with later(seconds=n):
            before = FailedSignIn.objects.count()
            Client().post(SIGN_IN, {"username": f"nguoi{n}", "password": "mot cum tu sai"})
            looked_at += FailedSignIn.objects.count() - before
    assert FREE_TRIES_OF_AN_ADDRESS <= looked_at <= FREE_TRIES_OF_AN_ADDRESS + 4
    with later(minutes=3):
        assert sign_in(world, "Duyên", REMOTE_ADDR="10.1.1.1").status_code == 302


def test_a_wrong_name_and_a_wrong_phrase_sound_the_same(world: World) -> None:
    wrong = sign_in(world, phrase="mot cum tu sai").content.decode()
    unknown = Client().post(SIGN_IN, {"username": "khong-co", "password": "mot cum tu sai"}).content.decode()

    def plain(text: str) -> str:
        return re.sub(r'value="[^"]*"', "", text)

    assert plain(wrong) == plain(unknown)


def test_a_known_key_is_useless_after_signing_in(world: World) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    sign_in(world, client=client)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert key != "a" * 32
    sign_in(world, client=client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != key
    for known in ("a" * 32, key):
        attacker = Client()
        attacker.cookies[settings.SESSION_COOKIE_NAME] = known
        assert attacker.get("/").status_code == 302


def test_sessions_are_listed_and_a_revoked_one_is_dead_at_its_next_request(world: World) -> None:
    phone, office = Client(HTTP_USER_AGENT="Android Chrome/130"), Client(HTTP_USER_AGENT="Windows Firefox/140")
    sign_in(world, client=phone)
    sign_in(world, client=office)
    page = office.get("/phien/").content.decode()
    assert "Chrome trên Android" in page
    assert "Máy này" in page
    [revoke] = re.findall(r'action="(/phien/\w+/thu-hoi/)"', page)
    key = phone.cookies[settings.SESSION_COOKIE_NAME].value
    assert key not in page
    assert office.post(revoke).status_code == 302
    assert phone.get("/").status_code == 302
    assert office.get("/").status_code == 200


@pytest.mark.parametrize("letters", [0, 1, 11, 12, 13, 32])
def test_nobody_ends_a_session_of_somebody_else_or_by_guess(world: World, letters: int) -> None:
    mine, other = Client(), Client()
    sign_in(world, client=mine)
    sign_in(world, "Liên", client=other)
    key = other.cookies[settings.SESSION_COOKIE_NAME].value[:letters]
    assert mine.post(f"/phien/{key}/thu-hoi/").status_code == 404
    own = mine.cookies[settings.SESSION_COOKIE_NAME].value[:letters]
    assert mine.post(f"/phien/{own}/thu-hoi/").status_code == (302 if letters == 12 else 404)
    assert other.get("/").status_code == 200


def test_rights_end_with_the_post_within_the_same_session(world: World) -> None:
    unit, client = reverse("front:unit", args=[world.units["na_loc"].pk]), Client()
    with time_machine.travel(datetime(2026, 11, 4, 23, 0, tzinfo=ZONE), tick=False):
        sign_in(world, "Hoa", client=client)
        assert client.get(unit).status_code == 200
    with time_machine.travel(datetime(2026, 11, 5, 0, 5, tzinfo=ZONE), tick=False):
        assert client.get(unit).status_code == 404
        assert client.get("/").status_code == 200


def test_a_post_ended_by_the_office_is_gone_at_the_next_request(world: World) -> None:
    unit, client = reverse("front:unit", args=[world.units["na_loc"].pk]), Client()
    sign_in(world, "Duyên", client=client)
    assert client.get(unit).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    post = Post.objects.on(TODAY).get(person=world.commune.person("Duyên"))
    end_post(post, last=TODAY - timedelta(days=1), by=MACHINE)
    assert client.get(unit).status_code == 404


def test_a_closed_account_is_out_at_the_next_request(world: World) -> None:
    client, account = Client(), world.commune.account("Inh")
    sign_in(world, client=client)
    account.is_active = False
    account.save()
    try:
        assert client.get("/").status_code == 302
        assert sign_in(world).status_code == 422
    finally:
        account.is_active = True


def test_a_session_ends_after_a_long_day(world: World) -> None:
    client = Client()
    sign_in(world, client=client)
    with later(hours=11.9):
        assert client.get("/").status_code == 200
    with later(hours=12.1):
        assert client.get("/").status_code == 302


def test_posts_in_too_many_places_are_told_so(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    for n in range(5):
        cell = found_unit(f"Chi bộ số {n}", kind="cell", parent=world.commune.commune, on=FOUNDED, by=MACHINE,
                          short_name=f"Số {n}")  # fmt: skip
        appoint(world.commune.person("Ún"), Office.CELL_DEPUTY, cell, on=FOUNDED, by=MACHINE)
    client = Client()
    sign_in(world, "Ún", client=client)
    answer = client.get("/")
    assert answer.status_code == 422
    assert "hơn 4 nơi" in answer.content.decode()


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
     "javascript:alert(1)", "data:text/html,x", " //evil.example", "\t//evil.example", "/\t/evil.example",
     "http:evil.example", "https:///evil.example", "//[::1", "/%0d%0aX: y", "/\r\nX: y", "don-vi/1/", "."],
)  # fmt: skip
def test_signing_in_never_leads_off_the_site(world: World, onward: str) -> None:
    data = {"username": world.commune.account("Inh").username, "password": PASSPHRASE, "next": onward}
    answer = Client().post(SIGN_IN, data)
    assert answer.status_code == 302
    assert re.match(r"/(?![/\\\t])[^\r\n]*$", answer["Location"]), answer["Location"]
    assert "evil" not in html.unescape(Client().get(SIGN_IN, {"next": onward}).content.decode())


def test_signing_in_leads_where_one_wanted_to_go(world: World) -> None:
    unit, client = reverse("front:unit", args=[world.units["na_loc"].pk]), Client()
    asked = client.get(unit)
    assert asked["Location"] == f"{SIGN_IN}?next={unit}"
    answer = client.post(SIGN_IN, {"username": world.commune.account("Inh").username, "password": PASSPHRASE,
                                   "next": unit})  # fmt: skip
    assert answer["Location"] == unit


def test_signing_out_ends_the_session_and_clears_the_browser(world: World) -> None:
    client = Client()
    sign_in(world, client=client)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    answer = client.post("/dang-xuat/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert not Session.objects.filter(pk=key).exists()


def test_cookies_are_for_this_site_and_not_for_scripts(world: World) -> None:
    client = Client()
    client.get(SIGN_IN)
    sign_in(world, client=client)
    assert set(client.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_over_tls_cookies_are_bound_to_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIBO_TLS", "1")
    over_tls = runpy.run_path(str(settings.BASE_DIR / "settings.py"))
    for kind in ("SESSION", "CSRF"):
        assert over_tls[f"{kind}_COOKIE_SECURE"] is True
        assert over_tls[f"{kind}_COOKIE_NAME"].startswith("__Host-")
    assert over_tls["CSRF_COOKIE_HTTPONLY"] is True


def answers(world: World, client: Client) -> Iterator[HttpResponse]:
    """One of each kind."""
    meeting = world.open["na_loc"].pk
    yield client.get("/")
    yield client.get("/khong-co/")
    yield client.get(reverse("meetings:meeting", args=[world.open["khuoi_moc"].pk]))
    yield client.get(reverse("reports:minutes", args=[world.closed["na_loc"].pk]))
    yield client.post("/")
    yield client.post(reverse("meetings:sheet", args=[meeting]), {"held_on": "30/02/2026"})
    yield client.post(reverse("meetings:sheet", args=[meeting]), {"focal": "x"}, headers={"X-Chibo-Part": "field"})
    yield client.post("/", b"x" * 600_000, content_type="application/x-www-form-urlencoded")
    yield Client().get("/")
    yield Client().get(SIGN_IN)
    yield Client(enforce_csrf_checks=True).post(SIGN_IN)


def test_every_answer_carries_its_guards(world: World) -> None:
    client = Client()
    sign_in(world, client=client)
    for answer in answers(world, client):
        policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert "http" not in answer["Content-Security-Policy"]
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]


def test_pages_have_nothing_the_policy_would_stop(world: World) -> None:
    client = Client()
    sign_in(world, client=client)
    for answer in answers(world, client):
        if answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", text, re.I)


POSTED = [name for name, page in ROUTES.items() if page.post is not None]
OPENED = [name for name, page in ROUTES.items() if page.get is not None]


@pytest.mark.sweep
@pytest.mark.parametrize("name", POSTED)
def test_no_form_is_taken_without_its_token(name: str, world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.commune.account("Inh"))
    page = ROUTES[name]
    answer = client.post(address(name, page, world, targets(page, world)[0]), page.sends())
    assert answer.status_code == 403
    assert "mở quá lâu" in answer.content.decode()


@pytest.mark.sweep
@pytest.mark.parametrize("name", OPENED)
def test_opening_changes_nothing(name: str, world: World) -> None:
    page = ROUTES[name]
    for who in ("Inh", "Nhung", "Vân"):
        client = Client()
        client.force_login(world.commune.account(who))
        for unit in targets(page, world):
            with undone():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL transaction_read_only = on")
                assert client.get(address(name, page, world, unit)).status_code in {200, 302, 403, 404}


def test_demo_of_the_guard_itself(world: World) -> None:
    """A write under the read-only guard does fail."""
    with undone(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
        with pytest.raises(Exception, match="read-only"), undone():
            FailedSignIn.objects.create(username="x", address=None, at=NOW)


def test_the_cast_is_of_that_day() -> None:
    assert NOW.date() == TODAY == date(2026, 11, 5)
