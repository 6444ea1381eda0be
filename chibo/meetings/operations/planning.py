"""Put meetings into the calendar: the ordinary one of each month by itself, every other kind by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.meetings.bodies import called_on, kinds_for
from chibo.meetings.models import Habit, Meeting
from chibo.meetings.queries import cells_without_meeting
from chibo.organisation.models import PathVersion, Unit
from chibo.organisation.queries import placement_on
from chibo.rules.reader import rules_on

FALLBACK_DAY = 3  # before the common day was set cells met in the first days of the month


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a meeting when it is planned. `theme` is the reason of an extraordinary one."""

    day: date
    starts_at: time | None = None
    venue: str = ""
    theme: str = ""
    presenter: UUID | None = None


@transaction.atomic
def set_habit(unit: Unit, *, starts_at: time, venue: str, on: date, by: Actor) -> Habit:
    """Giờ và nơi sinh hoạt thường lệ từ ngày `on`: the former one holds to the day before.

    Meetings already in the calendar keep their hour. Raises Refused("habit_already_set").
    """
    by.must(Power.SCHEDULE, unit.scope_path)
    Unit.objects.select_for_update().get(pk=unit.pk)
    old = Habit.objects.on(on).filter(unit=unit).first()
    refuse_if(old is not None and old.during.lower == on, "habit_already_set")
    coming = Habit.objects.filter(unit=unit, during__startswith__gt=on).order_by("during").first()
    if old is not None:
        old.during = DateRange(old.during.lower, on)
        old.save(update_fields=["during"])
    habit = Habit.objects.create(
        unit=unit, starts_at=starts_at, venue=clean(venue, most=160), scope_path=unit.scope_path,
        during=DateRange(on, coming.during.lower if coming else None),
    )  # fmt: skip
    record(by, "habit.set", on=on, unit_id=unit.pk, touched=[habit])
    return habit


@transaction.atomic
def plan_meeting(unit: Unit, kind: str, plan: Plan, *, key: UUID, by: Actor) -> Meeting:
    """Đưa vào lịch một buổi chuyên đề, bất thường, họp chi ủy, hội nghị cấp ủy.

    `key` is made by the page: sending twice gives the same meeting. The ordinary meeting comes with the
    calendar. Raises Refused: kind_not_for_unit, not_standing, no_theme, presenter_not_called.
    """
    by.must(Power.SCHEDULE, unit.scope_path)
    if sent := Meeting.objects.filter(pk=key, unit=unit).first():
        return sent
    standing, stood = placement_on(unit.pk, plan.day), PathVersion.objects.on(plan.day).filter(unit=unit).first()
    refuse_if(standing is None or stood is None, "not_standing")
    assert standing is not None
    assert stood is not None
    refuse_if(kind not in kinds_for(standing.kind), "kind_not_for_unit")
    theme = clean(plan.theme, most=300)
    refuse_if(kind in {Meeting.THEMATIC, Meeting.EXTRAORDINARY} and not theme, "no_theme")
    meeting = Meeting(
        id=key, unit=unit, kind=kind, month=plan.day.replace(day=1), planned_on=plan.day, meets_on=plan.day,
        starts_at=plan.starts_at, venue=clean(plan.venue, most=160), theme=theme, presenter_id=plan.presenter,
        scope_path=unit.scope_path, place_path=stood.path,
    )  # fmt: skip
    called = {member.person_id for member in called_on(meeting, plan.day)}
    refuse_if(plan.presenter is not None and plan.presenter not in called, "presenter_not_called")
    meeting.save(force_insert=True)
    record(by, "meeting.planned", on=plan.day, unit_id=unit.pk, touched=[meeting])
    return meeting


@transaction.atomic
def make_meeting(unit: Unit, month: date, *, by: Actor) -> Meeting:
    """Đưa buổi thường kỳ của tháng vào lịch. Raises Refused: meeting_already_planned, not_standing."""
    by.must(Power.SCHEDULE, unit.scope_path)
    Unit.objects.select_for_update().get(pk=unit.pk)
    month = month.replace(day=1)
    planned = Meeting.objects.filter(unit=unit, kind=Meeting.ORDINARY, month=month)
    refuse_if(planned.exists(), "meeting_already_planned")
    made = make_ordinary([unit], month)
    refuse_if(not made, "not_standing")
    made[0].save(force_insert=True)
    record(by, "meeting.planned", on=made[0].planned_on, unit_id=unit.pk, touched=made)
    return made[0]


@transaction.atomic
def make_calendar(month: date, *, at: datetime, by: Actor) -> list[Meeting]:
    """Lập lịch tháng: every cell that has no ordinary meeting of the month gets one; one ledger line for all."""
    month = month.replace(day=1)
    units = list(cells_without_meeting(month))
    for unit in units:
        by.must(Power.SCHEDULE, unit.scope_path)
    made = make_ordinary(units, month)
    # a second calendar maker at the same moment changes nothing: the database keeps one a month
    Meeting.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        record(by, "calendar.made", on=at.date(), unit_id=None, touched=made)
    return made


def planned_day(month: date) -> date:
    """The meeting day of that month by the rule of the day, the third where no rule is known."""
    rule = rules_on(month.replace(day=28)).get("meeting.national_day")
    return month.replace(day=int(rule.value) if rule else FALLBACK_DAY)


def make_ordinary(units: Iterable[Unit], month: date) -> list[Meeting]:
    """Not saved yet: the month's ordinary meeting of each unit that stands on its day; two queries for all."""
    day, units = planned_day(month), list(units)
    stood = dict(PathVersion.objects.on(day).filter(unit__in=units).values_list("unit", "path"))
    habits = {habit.unit_id: habit for habit in Habit.objects.on(day).filter(unit__in=units)}
    return [
        Meeting(
            unit=unit, month=month, planned_on=day, meets_on=day,
            starts_at=habits[unit.pk].starts_at if unit.pk in habits else None,
            venue=habits[unit.pk].venue if unit.pk in habits else "",
            scope_path=unit.scope_path, place_path=stood[unit.pk],
        )
        for unit in units
        if unit.pk in stood
    ]  # fmt: skip
