"""Issue a paper: take its number, seal its content, sign the ledger."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from chibo.cadres.operations import take_number
from chibo.kernel.actor import Actor, Power
from chibo.ledger.operations import checkpoint, record
from chibo.organisation.models import Unit
from chibo.reports.models import MonthReport
from chibo.reports.monthly import month_content
from chibo.rules.reader import rules_on


@transaction.atomic
def issue_report(unit: Unit, month: date, *, on: date, at: datetime, by: Actor, by_name: str) -> MonthReport:
    """Ban hành báo cáo tháng: once a month; issuing again gives the same report, whatever changed since.

    Raises NoPower and Refused: report_too_early, not_standing, no_term.
    """
    by.must(Power.CHAIR, unit.scope_path)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    month = month.replace(day=1)
    if issued := MonthReport.objects.filter(unit=unit, month=month).first():
        return issued
    content = month_content(unit, month, by=by, on=on)
    number, mark = take_number(unit, "BC", on=on), checkpoint()
    content |= {
        "number": number.number, "kind": "BC", "term": number.term.name,
        "checkpoint": {"upto": mark[0], "hash": mark[1]} if mark else None,
    }  # fmt: skip
    entry = record(by, "report.issued", on=on, unit_id=unit.pk, touched=[unit, number], content=content)
    return MonthReport.objects.create(
        unit=unit, month=month, number=number, layout=str(rules_on(on)["document.layout"].value), content=content,
        entry_id=entry.pk, at=at, by_account=by.account_id, by_name=by_name, scope_path=unit.scope_path,
    )  # fmt: skip
