"""No connection leaves the machine, whatever somebody does in an evening."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from django.test import Client
from django.urls import reverse

from tests.commune import PASSPHRASE, Commune


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every address a socket was asked to reach that is neither a file nor this machine."""
    reached: list[object] = []
    real, real_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def watch(self: socket.socket, address: object, call: object) -> object:
        if self.family != socket.AF_UNIX and not ipaddress.ip_address(str(address[0])).is_loopback:  # type: ignore[index]
            reached.append(address)
            raise OSError("the tests have no network")
        return call(self, address)  # type: ignore[operator]

    def asked(host: object, *rest: object, **more: object) -> object:
        if str(host) not in {"localhost", "127.0.0.1", "::1", "None"}:
            reached.append(host)
            raise OSError("the tests have no network")
        return look_up(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", lambda self, address: watch(self, address, real))
    monkeypatch.setattr(socket.socket, "connect_ex", lambda self, address: watch(self, address, real_ex))
    monkeypatch.setattr(socket, "getaddrinfo", asked)
    return reached


def test_the_watch_would_see_it(attempts: list[object]) -> None:
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("192.0.2.1", 9), timeout=1)
    assert attempts


def test_an_evening_reaches_nobody_outside(commune: Commune, client: Client, attempts: list[object]) -> None:
    meeting = commune.meeting()
    account = commune.account("Inh")
    client.post(reverse("front:sign_in"), {"username": account.username, "password": PASSPHRASE})
    commune.close(meeting, conclusion="Nhất trí.")
    for name, args in [
        ("front:home", []),
        ("meetings:meeting", [meeting.pk]),
        ("meetings:of_unit", [commune.na_loc.pk]),
        ("front:unit", [commune.na_loc.pk]),
        ("front:members", [commune.na_loc.pk]),
        ("reports:minutes", [meeting.pk]),
        ("front:sessions", []),
    ]:
        assert client.get(reverse(name, args=args)).status_code == 200, name
    assert attempts == []
