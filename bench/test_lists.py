"""Lists in and out: rows a second with preview, from the bytes of the file to the committed book."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from chibo.access.wall import raise_wall
from chibo.exchange.giving import give_out
from chibo.exchange.operations import preview, receive, take_in
from tests.commune import TODAY, Commune, found_commune
from tests.exchange.conftest import MORNING
from tests.exchange.making import a_list
from tests.exchange.test_members import HEADS, a_new

ROWS = 2_000


@contextmanager
def timed(what: str, rows: int) -> Iterator[None]:
    start = time.perf_counter()
    yield
    spent = time.perf_counter() - start
    print(f"\n{what}: {rows} rows in {spent:.2f} s, {rows / spent:.0f} rows/s")


@pytest.mark.django_db
def test_a_list_of_members() -> None:
    commune: Commune = found_commune()
    by = commune.actor("Nhung")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL ROLE chibo_app")
    raise_wall(by)
    cells = ["Bản Nà Lốc", "Bản Pom Khe"]
    data = a_list(HEADS, *[a_new(f"Lò Văn Người {n}", cells[n % 2], card=f"{n:012d}") for n in range(ROWS)])
    for what in ("all new, seen and written", "the same again"):
        with timed(what, ROWS):
            intake = receive(commune.commune, "members", "", data, holds_from=TODAY, at=MORNING, by=by)
            shown = preview(intake, at=MORNING, by=by)
            take_in(intake, seen=shown.digest, at=MORNING, by=by)
    other = a_list([*HEADS, "Nghề nghiệp"],
                   *[[*a_new(f"Lò Văn Người {n}", cells[n % 2], card=f"{n:012d}", birth="04/02/1990"), "Làm ruộng"]
                     for n in range(ROWS)])  # fmt: skip
    with timed("every row changed: a birth corrected, a field added", ROWS):
        intake = receive(commune.commune, "members", "", other, holds_from=TODAY, at=MORNING, by=by)
        shown = preview(intake, at=MORNING, by=by)
        take_in(intake, seen=shown.digest, at=MORNING, by=by)
    with timed("given out", ROWS):
        give_out(commune.commune, "members", sensitive=True, by_name="Nhung", at=MORNING, by=by)
