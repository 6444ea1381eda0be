"""The calendar makes the ordinary meeting of each month (rules meeting.ordinary_per_month, meeting.national_day)."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import since
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.meetings.models import Habit, Meeting
from chibo.meetings.queries import cells_without_meeting
from chibo.organisation.models import PathVersion, Unit
from chibo.rules.reader import rules_on

FALLBACK_DAY = 3  # before the common day was set cells met in the first days of the month


@transaction.atomic
def set_habit(unit: Unit, *, starts_at: time, venue: str, on: date, by: Actor) -> Habit:
    """Giờ và nơi sinh hoạt thường lệ từ ngày `on`. Raises Refused("habit_already_set")."""
    by.must(Power.SCHEDULE, unit.scope_path)
    refuse_if(Habit.objects.on(on).filter(unit=unit).exists(), "habit_already_set")
    habit = Habit.objects.create(
        unit=unit, starts_at=starts_at, venue=clean(venue, most=160), during=since(on), scope_path=unit.scope_path
    )
    record(by, "habit.set", on=on, unit_id=unit.pk, touched=[habit])
    return habit


@transaction.atomic
def make_meeting(unit: Unit, month: date, *, by: Actor) -> Meeting:
    """Đưa buổi thường kỳ của tháng vào lịch. Raises Refused: meeting_already_planned, not_standing."""
    by.must(Power.SCHEDULE, unit.scope_path)
    month = month.replace(day=1)
    refuse_if(Meeting.objects.filter(unit=unit, kind=Meeting.ORDINARY, month=month).exists(), "meeting_already_planned")
    meeting = _planned(unit, month)
    if meeting is None:
        refuse_if(True, "not_standing")
    assert meeting is not None
    meeting.save(force_insert=True)
    record(by, "meeting.planned", on=meeting.planned_on, unit_id=unit.pk, touched=[meeting])
    return meeting


@transaction.atomic
def make_calendar(month: date, *, at: datetime, by: Actor) -> list[Meeting]:
    """Lập lịch tháng: every cell that has no ordinary meeting of the month gets one; one ledger line for all."""
    month = month.replace(day=1)
    made = []
    for unit in cells_without_meeting(month):
        by.must(Power.SCHEDULE, unit.scope_path)
        meeting = _planned(unit, month)
        if meeting is not None:
            made.append(meeting)
    # a second calendar maker at the same moment changes nothing: the database keeps one a month
    Meeting.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        record(by, "calendar.made", on=at.date(), unit_id=None, touched=made)
    return made


def planned_day(month: date) -> date:
    """The meeting day of that month by the rule of the day, the third where no rule is known."""
    rule = rules_on(month.replace(day=28)).get("meeting.national_day")
    return month.replace(day=int(rule.value) if rule else FALLBACK_DAY)


def _planned(unit: Unit, month: date) -> Meeting | None:
    day = planned_day(month)
    stood = PathVersion.objects.on(day).filter(unit=unit).first()
    if stood is None:
        return None
    habit = Habit.objects.on(day).filter(unit=unit).first()
    return Meeting(
        unit=unit, month=month, planned_on=day, starts_at=habit.starts_at if habit else None,
        venue=habit.venue if habit else "", scope_path=unit.scope_path, place_path=stood.path,
    )  # fmt: skip
