"""What changed since a monthly report was issued, and the note that corrects it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import month_label, show_day
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.ledger.queries import utc_text
from chibo.reports.models import MonthReport, ReportNote
from chibo.reports.monthly import month_content
from chibo.reports.paper.writing import count, of_whole

Json = dict[str, Any]
LONGEST = 4_000
_OF_UNIT = [("buổi đã họp", "held", "due"), ("lượt dự sinh hoạt", "present", "expected")]


@dataclass(frozen=True, slots=True)
class Changed:
    """One number of an issued report that is another one today."""

    what: str  # «buổi đã họp», of a unit below with its name before it
    then: str
    now: str


def changes_since(report: MonthReport, *, by: Actor, on: date) -> list[Changed]:
    """Số liệu đã khác kể từ lúc ban hành: totals first, then the units below, as far as `by` may see them.

    The numbers of today are those of the same month to its same last day; what was written late makes the difference.
    Raises Refused: not_standing.
    """
    now = month_content(report.unit, report.month, by=by, on=on)
    found = [*_totals(report.content, now), *_units(report.content, now)]
    return [each for each in found if each.then != each.now]


def _totals(then: Json, now: Json) -> Iterator[Changed]:
    for what, name in (("buổi đã họp", "held"), ("lượt dự sinh hoạt", "attendance")):
        yield Changed(what, _both(then[name]), _both(now[name]))
    # tasks done since are no mistake of the report: what was given in the month, and open at its end, is compared
    for what, name in (
        ("nhiệm vụ giao trong tháng", "given"),
        ("nhiệm vụ còn mở", "open"),
        ("nhiệm vụ quá hạn", "overdue"),
    ):
        yield Changed(what, count(then["work"][name]), count(now["work"][name]))


def _units(then: Json, now: Json) -> Iterator[Changed]:
    today = {unit["name"]: unit for unit in now.get("units", [])}
    for unit in then.get("units", []):
        if unit["name"] in today:
            for what, part, whole in _OF_UNIT:
                yield Changed(
                    f"{unit['name']}: {what}", *(of_whole(u[part], u[whole]) for u in (unit, today[unit["name"]]))
                )


def _both(number: Json) -> str:
    return of_whole(number["part"], number["whole"])


def suggested(month: date, changed: list[Changed], *, on: date) -> str:
    """The words of a note that says so, for the office to read over; empty when nothing changed."""
    if not changed:
        return ""
    said = "; ".join(f"{each.what} {each.now} (báo cáo ghi {each.then})" for each in changed)
    return f"Số liệu {month_label(month)} tính lại ngày {show_day(on)}: {said}."


@transaction.atomic
def note_report(report: MonthReport, text: str, *, key: UUID, at: datetime, by: Actor, by_name: str) -> ReportNote:
    """Đính chính báo cáo tháng: the sealed report stays as signed, the note stands beside it and is printed with it.

    Sending the same `key` again returns the same note. Raises NoPower and Refused: no_text, text_too_long,
    looks_like_identity, key_used.
    """
    by.must(Power.CHAIR, report.scope_path)
    text = clean(text, most=LONGEST, lines=True)
    refuse_if(not text, "no_text")
    found = looks_like_identity(text)
    refuse_if(found, "looks_like_identity", found=found)
    if sent := ReportNote.objects.filter(pk=key).first():
        refuse_if(sent.report_id != report.pk or sent.text != text, "key_used")
        return sent
    note = ReportNote(
        id=key, report=report, text=text, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=report.scope_path,
    )  # fmt: skip
    entry = record(by, "report.noted", on=at.date(), unit_id=report.unit_id, touched=[note, report],
                   content=signed_note(note))  # fmt: skip
    note.entry_id = entry.pk
    note.save(force_insert=True)
    return note


def signed_note(note: ReportNote) -> Json:
    """What the ledger signs of a note."""
    return {"text": note.text, "report": str(note.report_id), "at": utc_text(note.at), "name": note.by_name,
            "account": note.by_account}  # fmt: skip
