"""Who writes goes beside other writers; an act on the tree goes alone: what it counts and moves has to hold still.

Both last until the transaction ends, and are taken before anything is read, so that whoever had to wait reads what
came of the act they waited for. Who only reads never waits.
"""

from __future__ import annotations

from django.db import connection

TREE = 0x54_52_45_45


def beside() -> None:
    """Ghi cùng lúc với người khác."""
    _wait("SELECT pg_advisory_xact_lock_shared(%s)")


def alone() -> None:
    """Sắp xếp tổ chức: mọi việc ghi khác chờ. To be asked first; asking twice is harmless."""
    _wait("SELECT pg_advisory_xact_lock(%s)")


def _wait(query: str) -> None:
    assert connection.in_atomic_block, "a turn ends with its transaction"
    with connection.cursor() as cursor:
        cursor.execute(query, [TREE])
