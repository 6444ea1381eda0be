"""Whatever is tried in whatever order: states never skip, and what is closed was confirmed by a second person."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.issues.models import Cause, Limitation, Remedy, RemedyCheck, RemedyReport
from chibo.issues.operations import (
    Done,
    NewRemedy,
    check_report,
    give_remedy,
    reopen,
    report_done,
    say_cause,
    withdraw_cause,
    withdraw_remedy,
)
from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower, Refused
from tests.commune import EVENING, Commune
from tests.issues.acting import written

WHO = ["Inh", "Duyên", "Khiêm", "Páo", "Nhung"]
ACTS = ["cause", "uncause", "remedy", "drop", "report", "confirm", "refuse", "reopen"]
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(WHO), st.sampled_from(WHO)), max_size=24)


def one_step(act: str, row: Limitation, by: Actor, owner: uuid.UUID, at: datetime) -> None:
    author = {"at": at, "by": by, "by_name": "x"}
    remedies, reports = Remedy.objects.order_by("at", "pk"), RemedyReport.objects.order_by("at", "pk")
    newest, waiting = remedies.last(), reports.last()
    cause = Cause.objects.live().first()
    if act == "cause":
        say_cause(row, "direction", key=uuid.uuid4(), **author)
    elif act == "uncause" and cause:
        withdraw_cause(cause, "typed_wrong", at=at, by=by)
    elif act == "remedy":
        give_remedy(row, NewRemedy("Làm", date(2027, 6, 1), owner=owner), key=uuid.uuid4(), **author)
    elif act == "drop" and newest:
        withdraw_remedy(newest, "Thôi", at=at, by=by)
    elif act == "report" and newest:
        report_done(newest, Done(at.date(), "Xong"), key=uuid.uuid4(), **author)
    elif act in {"confirm", "refuse"} and waiting:
        check_report(waiting, "confirmed" if act == "confirm" else "refused", "Xem", **author)
    elif act == "reopen":
        reopen(row, "Tái diễn", key=uuid.uuid4(), **author)


def holds(row: Limitation) -> None:
    """What must be true after every step."""
    row.refresh_from_db()
    live = Remedy.objects.live().filter(limitation=row, round=row.reopened)
    confirmed = live.exists() and not live.filter(confirmed_on=None).exists()
    assert (row.closed_on is not None) == confirmed, "closed exactly when every remedy of the round is confirmed"
    assert row.turns.filter(kind="reopened").count() == row.reopened
    assert row.turns.filter(kind="closed").count() == row.reopened + (row.closed_on is not None)
    assert not Remedy.objects.live().exists() or Cause.objects.live().exists(), "no remedy without a cause"
    for check in RemedyCheck.objects.select_related("report__remedy"):
        assert check.by_person not in {check.report.by_person, check.report.remedy.owner_id, None}
    for remedy in Remedy.objects.all():
        said = RemedyCheck.objects.filter(report__remedy=remedy, verdict="confirmed").count()
        assert said == (remedy.confirmed_on is not None), "confirmed by one check, and by nothing else"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_states_never_skip(commune: Commune, steps: list[tuple[str, str, str]]) -> None:
    actors = {name: commune.actor(name) for name in WHO}
    with transaction.atomic():
        row = written(commune)
        for number, (act, who, owner) in enumerate(steps):
            try:
                with transaction.atomic():
                    at = EVENING + timedelta(days=number)
                    one_step(act, row, actors[who], commune.person(owner).pk, at)
            except (Refused, NoPower):
                pass
            holds(row)
        transaction.set_rollback(True)
