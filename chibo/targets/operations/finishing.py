"""A line that nothing measures is reported done, in words."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.targets.models import LineDone, PlanIssue, PlanLine
from chibo.targets.queries import must_write, newest_said


@transaction.atomic
def report_line(
    line: PlanLine, result: str, *, on: date, key: UUID, at: datetime, by: Actor, by_name: str = ""
) -> LineDone:
    """Báo đã làm xong một dòng không đo được. Sent twice it is one.

    Raises NoPower and Refused: line_not_issued, line_has_a_target, line_done_already, day_ahead, no_line_result,
    looks_like_identity.
    """
    must_write(line.scope_path, by)
    line = PlanLine.objects.select_for_update(of=("self",)).select_related("plan").get(pk=line.pk)
    if sent := LineDone.objects.filter(pk=key, line=line).first():
        return sent
    said = newest_said(line)
    issued = PlanIssue.objects.filter(plan=line.plan_id).exists()
    refuse_if(not issued or said is None or said.dropped, "line_not_issued")
    assert said is not None
    refuse_if(said.measured, "line_has_a_target")
    refuse_if(LineDone.objects.live().filter(line=line).exists(), "line_done_already")
    refuse_if(on > at.date(), "day_ahead", day=on)
    result = clean(result, most=400)
    refuse_if(not result, "no_line_result")
    found = looks_like_identity(result)
    refuse_if(found, "looks_like_identity", found=found)
    row = LineDone.objects.create(
        id=key, line=line, on=on, result=result, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=line.scope_path,
    )  # fmt: skip
    content = {"result": result, "on": on.isoformat()}
    record(by, "plan.line_done", on=on, unit_id=line.plan.unit_id, touched=[row, line], content=content)
    return row


@transaction.atomic
def withdraw_line_done(row: LineDone, *, why: str, at: datetime, by: Actor) -> LineDone:
    """Rút báo xong ghi nhầm. Raises NoPower and Refused: unknown_why, withdrawn_already."""
    must_write(row.scope_path, by)
    row = LineDone.objects.select_for_update(of=("self",)).select_related("line__plan").get(pk=row.pk)
    row.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "plan.line_not_done", on=at.date(), unit_id=row.line.plan.unit_id, touched=[row], reason=why)
    return row
