"""The month under way: what has been held, what is postponed, what is still owed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chibo.demo.care import announce, observe
from chibo.demo.month import hold_standing, plan_themes
from chibo.demo.province import Province
from chibo.demo.sheets import hold_ordinary, not_held
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Meeting
from chibo.meetings.operations import invite, note_absence, postpone_meeting

LATE_NOW = ("pulau", "huoisen")  # cells whose meeting of this month is still to be written
POSTPONED = {"tramyte": 2, "naloc": 0}  # cells that meet so many days from today instead
WHY = {"tramyte": "Trực cấp cứu, không đủ người dự", "naloc": "Trùng ngày gặt, nhiều đồng chí ở xa nương"}
AWAY = ((6, "Đi công tác"), (9, "Ốm, chữa bệnh"))  # places on the list of the cell that meets tonight
# cell → place of the visitor on the list of «Cơ quan xã», and what they found; None when they have not noted it yet
VISITED_NOW: dict[str, tuple[int, tuple[str, ...] | None]] = {"thamnoi": (5, ()), "phiengmay": (11, None)}


def run_this_month(province: Province, month: date) -> None:
    """The month under way: held where the day has passed, two postponed, two not written, one not held."""
    on = province.on
    for meeting in Meeting.objects.filter(month=month, kind=Meeting.ORDINARY).select_related("unit").order_by("unit"):
        key = province.plan_of(meeting.unit_id).key
        passed = meeting.planned_on < on
        if key in POSTPONED:
            _postponed(province, meeting, key, passed=passed)
        elif key == "tuonghin" and passed:
            not_held(province, meeting, said=True)
        elif key in VISITED_NOW:
            _visited(province, meeting, key, passed=passed)
        elif key not in LATE_NOW and passed:
            hold_ordinary(province, meeting)
    hold_standing(province, month)
    plan_themes(province, month)


def _postponed(province: Province, meeting: Meeting, key: str, *, passed: bool) -> None:
    people = province.people[key]
    morning = datetime.combine(min(meeting.planned_on, province.on), time(8), ZONE)
    if passed:
        postpone_meeting(
            meeting, to=province.on + timedelta(days=POSTPONED[key]), reason=WHY[key], key=province.uuid(),
            at=morning, by=MACHINE, by_name=people[0].full_name,
        )  # fmt: skip
    if key != "naloc":
        return
    meeting = Meeting.objects.select_related("unit").get(pk=meeting.pk)
    today = datetime.combine(province.on, time(8), ZONE)
    invite(meeting, at=today - timedelta(days=2), by=MACHINE)
    for place, reason in AWAY:
        note_absence(meeting, people[place].pk, reason, key=province.uuid(), at=today - timedelta(days=1), by=MACHINE,
                     by_name=people[0].full_name)  # fmt: skip
    announce(province, meeting, province.people["coquan"][11], at=today - timedelta(days=2))


def _visited(province: Province, meeting: Meeting, key: str, *, passed: bool) -> None:
    place, seen = VISITED_NOW[key]
    visit = announce(province, meeting, province.people["coquan"][place])
    if passed:
        day = hold_ordinary(province, meeting)
        if seen is not None and day < province.on:
            observe(province, visit, seen, day)
