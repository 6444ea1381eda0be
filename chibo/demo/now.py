"""The month under way: what has been held, what is postponed, what is still owed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chibo.demo import words
from chibo.demo.province import Province
from chibo.demo.sheets import hold_ordinary
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Meeting
from chibo.meetings.operations import Plan, invite, note_absence, plan_meeting, postpone_meeting

LATE_NOW = ("naloc", "pulau")  # cells whose meeting of this month is still to be written
POSTPONED_NOW = "tramyte"


def run_this_month(province: Province, month: date) -> None:
    """The month under way: held where the day has passed, one postponed, one asked to, the rest still owed."""
    on = province.on
    for meeting in Meeting.objects.filter(month=month, kind=Meeting.ORDINARY).select_related("unit").order_by("unit"):
        key = province.plan_of(meeting.unit_id).key
        morning = datetime.combine(meeting.planned_on, time(8), ZONE)
        if key == POSTPONED_NOW and meeting.planned_on <= on:
            postpone_meeting(
                meeting, to=on + timedelta(days=2), reason="Trực cấp cứu, không đủ người dự", key=province.uuid(),
                at=morning, by=MACHINE, by_name=province.people[key][0].full_name,
            )  # fmt: skip
        elif key == LATE_NOW[0]:
            invite(meeting, at=morning - timedelta(days=2), by=MACHINE)
            away = province.people[key][6]
            note_absence(meeting, away.pk, "Đi công tác", key=province.uuid(), at=morning - timedelta(days=1),
                         by=MACHINE, by_name=province.people[key][0].full_name)  # fmt: skip
        elif key not in LATE_NOW and meeting.planned_on < on:
            hold_ordinary(province, meeting)
    plan_ahead(province, month)


def plan_ahead(province: Province, month: date) -> None:
    """One thematic meeting still to come this month."""
    day = max(province.on + timedelta(days=3), month.replace(day=20))
    people = province.people["naloc"]
    plan = Plan(day, time(19, 30), province.venue("naloc"), words.THEMES[0], people[3].pk)
    plan_meeting(province.units["naloc"], Meeting.THEMATIC, plan, key=province.uuid(), by=MACHINE)
