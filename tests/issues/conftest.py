"""Pages as one of the cast sees them, at an hour everybody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from tests.commune import EVENING, Commune

SignIn = Callable[[str], Client]


@pytest.fixture
def evening() -> Iterator[None]:
    """The evening of the third of November."""
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def sign_in(commune: Commune, evening: None) -> SignIn:
    """A browser of that person, signed in."""

    def as_person(name: str) -> Client:
        client = Client()
        client.force_login(commune.account(name))
        return client

    return as_person
