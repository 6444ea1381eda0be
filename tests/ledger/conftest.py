"""A ledger to sign in, and the superuser against whom it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections, transaction

from chibo.kernel.actor import Actor
from chibo.ledger.models import Entry
from chibo.ledger.operations import record
from chibo.platform.cluster import SUPERUSER
from chibo.platform.database import OWNER

SECRETARY = Actor(account_id=7, person_id=UUID(int=7), powers={})
DAY = date(2026, 11, 3)
EVENING = datetime(2026, 11, 3, 13, 15, tzinfo=UTC)

Connect = Callable[[str], psycopg.Connection[tuple[object, ...]]]


def sign(number: int = 1, *, touches: int = 2, content: dict[str, object] | None = None) -> Entry:
    """One line about meeting `number`."""
    touched = [("meetings.meeting", f"{number}-{each}") for each in range(touches)]
    return record(SECRETARY, "meeting.closed", on=DAY, unit_id=number, touched=touched, content=content)


@pytest.fixture
def connect(db: None) -> Iterator[Connect]:
    """Open further connections to the test database: as the superuser, as the owner, as the application."""
    opened = []
    about = connections["default"].settings_dict

    def open_as(user: str) -> psycopg.Connection[tuple[object, ...]]:
        made = psycopg.connect(host=about["HOST"], port=about["PORT"] or None, dbname=about["NAME"], user=user)
        opened.append(made)
        return made

    yield open_as
    for each in opened:
        each.close()


@pytest.fixture
def intruder(db: None) -> Iterator[None]:
    """Be the superuser with the triggers switched off, on an empty ledger; nothing of it is kept."""
    ours = connections["default"]
    theirs = ours.copy()
    theirs.settings_dict["USER"] = SUPERUSER
    connections["default"] = theirs
    try:
        with transaction.atomic():
            switch_triggers(on=False)
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE ledger_entry, ledger_touch, ledger_salt, ledger_waiting, ledger_seal")
            switch_triggers(on=True)
            yield
            transaction.set_rollback(True)
    finally:
        theirs.close()
        connections["default"] = ours


def switch_triggers(*, on: bool) -> None:
    """What a superuser needs to lay hands on the ledger."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET session_replication_role = {'origin' if on else 'replica'}")


__all__ = ["DAY", "EVENING", "OWNER", "SECRETARY", "SUPERUSER", "Connect", "sign", "switch_triggers"]
