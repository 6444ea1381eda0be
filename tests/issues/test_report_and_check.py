"""Báo đã làm; người thứ hai xác nhận; khép lại, mở lại."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from chibo.issues.models import Limitation, Remedy, RemedyCheck, RemedyReport, Turn
from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from tests.commune import EVENING, TODAY, Commune
from tests.conftest import refused
from tests.issues.acting import caused, checked, closed, remedied, reopened, reported, written
from tests.ledger.test_attachments import a_png


def open_remedy(commune: Commune, owner: str = "Khiêm", **told: Any) -> Remedy:
    row = written(commune)
    caused(commune, row)
    return remedied(commune, row, owner, **told)


def test_the_owner_reports_with_what_shows_it(commune: Commune) -> None:
    report = reported(commune, open_remedy(commune), before="5/9", after="9/9", file=("anh.png", a_png()))
    assert (report.proof, report.before, report.after) == ("Ba buổi liền đúng giờ", "5/9", "9/9")
    assert report.attachment is not None
    assert report.by_person == commune.person("Khiêm").pk
    assert Entry.objects.filter(verb="remedy.reported", unit_id=commune.na_loc.pk).count() == 1


def test_the_owner_without_a_post_reports_behind_the_second_wall(
    commune: Commune, as_app: Callable[[Actor], None]
) -> None:
    remedy = open_remedy(commune)
    as_app(commune.actor("Khiêm", TODAY))
    assert not Limitation.objects.exists(), "a member reads what is theirs, not the register"
    assert reported(commune, Remedy.objects.get(pk=remedy.pk)) == RemedyReport.objects.get()


@pytest.mark.parametrize("name", ["Ún", "Liên", "Vân", "Sơn"])
def test_nobody_else_reports(commune: Commune, name: str) -> None:
    with pytest.raises(NoPower):
        reported(commune, open_remedy(commune), by=name)


def test_what_the_committee_took_on_is_reported_from_there(commune: Commune) -> None:
    remedy = open_remedy(commune, side=Remedy.ABOVE)
    with pytest.raises(NoPower):
        reported(commune, remedy, by="Khiêm")
    assert checked(commune, reported(commune, remedy, by="Nhung"), by="Páo").verdict == "confirmed"


def test_one_report_at_a_time(commune: Commune) -> None:
    remedy = open_remedy(commune)
    key = uuid.uuid4()
    assert reported(commune, remedy, key=key) == reported(commune, remedy, key=key)
    with refused("already_reported"):
        reported(commune, remedy)
    with refused("no_proof"):
        reported(commune, remedy, proof=" ")
    with refused("day_ahead"):
        reported(commune, open_remedy(commune), on=EVENING.date() + timedelta(days=1))


@pytest.mark.parametrize(("owner", "reporter", "confirmer"), [
    ("Khiêm", "Khiêm", "Khiêm"), ("Khiêm", "Inh", "Inh"), ("Inh", "Inh", "Inh"), ("Inh", "Duyên", "Duyên"),
    ("Inh", "Duyên", "Inh"),
])  # fmt: skip
def test_neither_who_did_it_nor_who_reported_it_confirms(
    commune: Commune, owner: str, reporter: str, confirmer: str
) -> None:
    report = reported(commune, open_remedy(commune, owner), by=reporter)
    with pytest.raises(NoPower) if confirmer == "Khiêm" else refused("second_person"):
        checked(commune, report, by=confirmer)
    with pytest.raises(IntegrityError), transaction.atomic():
        RemedyCheck.objects.create(
            report=report, limitation_id=report.limitation_id, owner_id=report.owner_id, verdict="confirmed",
            on=EVENING.date(), at=EVENING, by_person=commune.person(confirmer).pk, scope_path=report.scope_path,
        )  # fmt: skip


def test_the_last_confirmation_closes(commune: Commune) -> None:
    row = written(commune)
    caused(commune, row)
    first, second = remedied(commune, row), remedied(commune, row, text="Đổi giờ họp")
    checked(commune, reported(commune, first))
    row.refresh_from_db()
    assert row.closed_on is None
    checked(commune, reported(commune, second), at=EVENING + timedelta(days=2))
    row.refresh_from_db()
    assert row.closed_on == EVENING.date() + timedelta(days=2)
    assert list(row.turns.values_list("kind", "round")) == [("closed", 0)]


def test_what_is_not_good_goes_back_with_a_remark(commune: Commune) -> None:
    remedy = open_remedy(commune)
    report = reported(commune, remedy)
    with refused("no_remark"):
        checked(commune, report, verdict="refused")
    check = checked(commune, report, verdict="refused", remark="Mới một buổi")
    assert (check.remark, check.limitation.closed_on) == ("Mới một buổi", None)
    with refused("checked_already"):
        checked(commune, report)
    checked(commune, reported(commune, remedy))
    remedy.refresh_from_db()
    assert remedy.confirmed_on == EVENING.date()


def test_a_neighbour_does_not_confirm(commune: Commune) -> None:
    report = reported(commune, open_remedy(commune))
    for name in ("Liên", "Sơn", "Vân"):
        with pytest.raises(NoPower):
            checked(commune, report, by=name)
    with refused("unknown_choice"):
        checked(commune, report, verdict="maybe")


def test_what_came_back_is_reopened_and_counted(commune: Commune) -> None:
    row = closed(commune)
    with refused("no_reason"):
        reopened(commune, row, why="")
    turn = reopened(commune, row)
    row.refresh_from_db()
    assert (row.closed_on, row.reopened, turn.round) == (None, 1, 1)
    with refused("limitation_open"):
        reopened(commune, row)
    later = EVENING + timedelta(days=3)
    again = remedied(commune, row, text="Phân công người báo giờ", at=later)
    checked(commune, reported(commune, again, at=later, on=later.date()), at=later)
    row.refresh_from_db()
    assert (row.closed_on, row.reopened) == (later.date(), 1)
    assert list(row.turns.order_by("at").values_list("kind", "round")) == [
        ("closed", 0), ("reopened", 1), ("closed", 1),
    ]  # fmt: skip


def test_the_database_lets_nothing_skip(commune: Commune) -> None:
    """Whatever the application forgot."""
    row = written(commune)
    common = {"limitation": row, "at": EVENING, "scope_path": row.scope_path}
    wrong: list[Any] = [
        lambda: Turn.objects.create(kind="closed", round=0, on=TODAY, place_path=row.place_path, **common),
        lambda: Turn.objects.create(kind="reopened", round=1, on=TODAY, why="x", place_path=row.place_path, **common),
        lambda: Remedy.objects.create(round=0, text="x", side="unit", due=TODAY, **common),  # no cause
        lambda: Limitation.objects.filter(pk=row.pk).update(text="Khác"),
        lambda: Limitation.objects.filter(pk=row.pk).delete(),
        lambda: _closed_by_hand(row),
    ]
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    caused(commune, row)
    remedy = remedied(commune, row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Remedy.objects.filter(pk=remedy.pk).update(confirmed_on=TODAY)


def _closed_by_hand(row: Limitation) -> None:
    Limitation.objects.filter(pk=row.pk).update(closed_on=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
