"""Signing in: one session, with the moment it was opened, that stays the same session while it is used."""

from __future__ import annotations

from django.test import Client

from chibo.access.models import Session
from tests.commune import PASSPHRASE, Commune


def test_a_session_keeps_the_moment_it_was_opened(commune: Commune) -> None:
    account = commune.account("Inh")
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 9) Chrome/105")
    answer = client.post("/dang-nhap/", {"username": account.username, "password": PASSPHRASE})
    assert answer.status_code == 302
    opened = Session.objects.get(account=account).opened_at
    assert client.get("/").status_code == 200
    row = Session.objects.get(account=account)
    assert (row.opened_at, row.device) == (opened, "Chrome trên Android")
