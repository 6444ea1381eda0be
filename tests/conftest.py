"""What every test of the rooms can ask for: the commune everybody knows, the application's own role."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.db import connection, transaction

from chibo.access.wall import raise_wall
from chibo.kernel.actor import Actor
from chibo.kernel.errors import Refused
from tests.commune import Commune, found_commune


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: looking through it for rubbish again and again is a sixth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Commune]:
    """The commune of a file of tests, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield found_commune()
        transaction.set_rollback(True)


@pytest.fixture
def commune(founded: Commune, db: None) -> Commune:
    """Xã Huổi Lam with its people, built through the operations; what a test does to it is undone."""
    return deepcopy(founded)


@contextmanager
def refused(code: str, **facts: object) -> Iterator[None]:
    """The block is refused with that code, and at least these facts."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code
    assert facts.items() <= caught.value.facts.items()


@pytest.fixture
def as_app() -> Iterator[Callable[[Actor], None]]:
    """Step down to the application's role, behind the second wall raised for an actor."""

    def step_down(actor: Actor) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE chibo_app")
        raise_wall(actor)

    yield step_down
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.fixture
def queries(django_assert_num_queries: Any) -> Any:
    """Count queries."""
    return django_assert_num_queries
