"""One commune for a whole file of tests; what a test does to it is undone."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.access.world import NOW, PRINCIPALS, World, build_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once in a transaction that is never committed; each test (marked django_db) runs in a savepoint of it."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(world: World) -> dict[str, Client]:
    """A signed-in browser for every principal."""
    found = {}
    for principal, name in PRINCIPALS.items():
        found[principal] = Client(raise_request_exception=True)
        if name is not None:
            found[principal].force_login(world.commune.account(name))
    return found


@contextmanager
def keeping_cookies(client: Client) -> Iterator[None]:
    """The browser afterwards holds the cookies it held before, whatever was asked of it."""
    held = client.cookies
    client.cookies = type(held)({name: morsel.value for name, morsel in held.items()})
    yield
    client.cookies = held


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def as_application() -> Iterator[None]:
    """With the rights of the application's role, and whatever happens is rolled back."""
    with undone():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE chibo_app")
        yield


@pytest.fixture
def browser(world: World, db: None) -> Callable[..., Client]:
    """A signed-in browser of somebody of the cast, gone after the test."""

    def sign_in(name: str, **kwargs: Any) -> Client:
        client = Client(**kwargs)
        client.force_login(world.commune.account(name))
        return client

    return sign_in


def words_of(response: HttpResponse) -> str:
    """All text of an answer; a Word file is unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(body)) as paper:
            return "\n".join(paper.read(name).decode("utf-8", "replace") for name in paper.namelist())
    return body.decode("utf-8", "replace")
