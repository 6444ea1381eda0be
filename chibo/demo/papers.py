"""Papers beside the meetings: signed minutes scanned, a correction, monthly reports issued."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chibo.demo import words_care
from chibo.demo.drawing import pdf, png, signed_page
from chibo.demo.plan import COMMUNE, NEIGHBOUR
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.periods import next_month
from chibo.meetings.models import Meeting, Minutes
from chibo.meetings.operations import add_note, add_scan, withdraw_scan
from chibo.reports.correcting import note_report
from chibo.reports.models import MonthReport
from chibo.reports.operations import issue_report

SCANS = [("naloc", 1), ("pomkhe", 1), ("thamnoi", 2), ("naloc", 2)]  # cell, how many months ago
UNREPORTED = {("pulau", 1), ("pulau", 2), ("huoisen", 1), ("tramyte", 2)}  # cells that did not report, months ago


def scan_minutes(province: Province) -> None:
    """Bản chụp biên bản đã ký of some months; one picture was the wrong one and was withdrawn."""
    for place, (key, back) in enumerate(SCANS):
        minutes = _minutes(province, key, back)
        at = datetime.combine(minutes.meeting.closure.held_on + timedelta(days=2), time(9), ZONE)
        name = province.people[key][0].full_name
        pages = [signed_page(place)] + ([signed_page(40)] if place == 0 else [])
        kind, data = ("pdf", pdf(pages)) if len(pages) > 1 else ("png", png(pages[0]))
        add_scan(minutes, f"bien-ban.{kind}", data, key=province.uuid(), at=at, by=MACHINE, by_name=name)
    wrong = add_scan(minutes, "anh.png", png(signed_page(90)), key=province.uuid(), at=at, by=MACHINE, by_name=name)
    withdraw_scan(wrong, "Chụp nhầm trang của buổi khác", at=at + timedelta(minutes=4), by=MACHINE)
    add_note(minutes, words_care.NOTE, key=province.uuid(), at=at, by=MACHINE, by_name=name)


def _minutes(province: Province, key: str, back: int) -> Minutes:
    rows = Minutes.objects.select_related("meeting__closure")
    return rows.get(meeting__unit=province.units[key], meeting__kind=Meeting.ORDINARY,
                    meeting__month=province.months[-back])  # fmt: skip


def report(province: Province, month: date) -> None:
    """Báo cáo tháng of the last two months, sealed on the eighth of the next; some cells did not report."""
    back = province.ago(month)
    on = next_month(month).replace(day=8)
    if back > 2 or on > province.on:
        return
    for plan in COMMUNE + NEIGHBOUR[:1]:
        if (plan.key, back) not in UNREPORTED:
            _issue(province, plan.key, month, on - timedelta(days=2), province.people[plan.key][0].full_name)
    if back == 2:
        _issue(province, "commune", month, on, province.people["coquan"][5].full_name)


def correct_reports(province: Province) -> None:
    """Đính chính one report of a cell: a name was written wrong in a paper that is signed and stays so."""
    back = province.months[-2]
    report = MonthReport.objects.get(unit=province.units["naloc"], month=back)
    at = datetime.combine(next_month(back).replace(day=12), time(9), ZONE)
    name = province.people["naloc"][0].full_name
    note_report(report, words_care.REPORT_NOTE, key=province.uuid(), at=at, by=MACHINE, by_name=name)


def _issue(province: Province, key: str, month: date, on: date, name: str) -> None:
    at = datetime.combine(on, time(10), ZONE)
    issue_report(province.units[key], month, on=on, at=at, by=MACHINE, by_name=name)
