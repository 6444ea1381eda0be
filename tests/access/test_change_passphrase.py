"""One's own passphrase: changed with the old one, other places are signed out."""

from __future__ import annotations

from django.test import Client

from chibo.access.operations import FREE_TRIES
from tests.commune import PASSPHRASE, Commune

NEW = "nui cao suoi sau"
PAGE = "/cum-tu-bi-mat/"


def signed_in(commune: Commune) -> Client:
    client = Client()
    client.post("/dang-nhap/", {"username": commune.account("Inh").username, "password": PASSPHRASE})
    return client


def change(client: Client, old: str = PASSPHRASE, new: str = NEW, again: str = NEW) -> str:
    answer = client.post(PAGE, {"old": old, "new": new, "again": again})
    return answer.content.decode() if answer.status_code == 422 else str(answer.status_code)


def test_changed_with_the_old_one_and_the_other_phone_is_out(commune: Commune) -> None:
    here, other = signed_in(commune), signed_in(commune)
    assert change(here) == "302"
    assert here.get("/").status_code == 200
    assert other.get("/").status_code == 302
    sign_in = {"username": commune.account("Inh").username}
    assert Client().post("/dang-nhap/", {**sign_in, "password": PASSPHRASE}).status_code == 422
    assert Client().post("/dang-nhap/", {**sign_in, "password": NEW}).status_code == 302


def test_what_stands_against_it_is_said(commune: Commune) -> None:
    client = signed_in(commune)
    assert "chưa đúng" in change(client, old="khong phai cum nay")
    assert "khác nhau" in change(client, again="go nham mat roi")
    assert "ít nhất 12" in change(client, new="ngan", again="ngan")
    assert "giống cụm từ cũ" in change(client, new=PASSPHRASE, again=PASSPHRASE)
    assert client.get(PAGE).status_code == 200


def test_somebody_at_an_open_screen_cannot_guess_for_long(commune: Commune) -> None:
    client = signed_in(commune)
    for _ in range(FREE_TRIES):
        change(client, old="khong phai cum nay")
    assert "Chờ 15 giây" in change(client)
