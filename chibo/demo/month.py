"""What a month holds beside the ordinary meetings: themes, committees, a helper, and the month under way."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chibo.cadres.models import Office
from chibo.cadres.operations import appoint, give_state_post
from chibo.demo import words
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE, Actor, Power
from chibo.kernel.dates import ZONE
from chibo.kernel.paths import PathRange
from chibo.meetings.models import Confirmation, Meeting
from chibo.meetings.operations import (
    Change,
    Plan,
    close_meeting,
    confirm_minutes,
    help_with,
    plan_meeting,
    save_fields,
)
from chibo.meetings.queries import open_tasks
from chibo.organisation.models import Unit

THEMATIC_CELLS = ("naloc", "pomkhe", "huoisen", "colot", "coquan", "mamnon", "truonghoc")


def appoint_committee(province: Province) -> None:
    """Cấp ủy xã: a deputy, two more of the standing committee, and members who lead cells."""
    commune, start = province.units["commune"], province.start
    office = province.people["coquan"]
    for person, post in [
        (office[8], Office.COMMITTEE_DEPUTY),
        (office[9], Office.STANDING_MEMBER),
        (office[10], Office.STANDING_MEMBER),
        *((province.people[key][0], Office.COMMITTEE_MEMBER) for key in ("thamnoi", "colot", "truonghoc", "tuonghin")),
        *((office[place], Office.COMMITTEE_MEMBER) for place in (12, 13)),
    ]:
        appoint(person, post, commune, on=start, by=MACHINE)
    for place, state in ((8, "people_council_chair"), (9, "people_committee_chair"), (10, "front_chair")):
        give_state_post(office[place], state, commune, first=start, by=MACHINE)


def hold_themes(province: Province, month: date) -> None:
    """Sinh hoạt chuyên đề: in the last month of each quarter, in the cells that keep to it."""
    if month.month % 3:
        return
    for place, key in enumerate(THEMATIC_CELLS):
        people = province.people[key]
        meeting = plan_theme(province, key, month, place)
        fields = {
            "ended": "16:45", "writer": str(people[2].pk), "venue": province.venue(key),
            "discussion": "Thảo luận việc áp dụng chuyên đề vào việc của chi bộ.",
            "conclusion": "Nhất trí nội dung chuyên đề; mỗi đồng chí đăng ký một việc làm theo.",
        }  # fmt: skip
        if meeting.meets_on < province.on:
            hold(province, meeting, fields, by_name=people[0].full_name)


def plan_theme(province: Province, key: str, month: date, place: int) -> Meeting:
    """One thematic meeting of the year's calendar."""
    theme = words.THEMES[(place + month.month) % len(words.THEMES)]
    plan = Plan(month.replace(day=16 + place % 3), time(15), province.venue(key), theme, province.people[key][1].pk)
    return plan_meeting(province.units[key], Meeting.THEMATIC, plan, key=province.uuid(), by=MACHINE)


def plan_themes(province: Province, month: date) -> None:
    """The rest of the year's themes: what is planned of the quarters to come; one cell has planned nothing yet."""
    last = month.replace(month=(month.month + 2) // 3 * 3)
    if last == month:
        hold_themes(province, month)
    for later in {last, date(month.year, 12, 1)} - {month}:
        for place, key in enumerate(THEMATIC_CELLS[:-1]):
            plan_theme(province, key, later, place)


def hold_standing(province: Province, month: date) -> None:
    """Hội nghị Ban Thường vụ, once a month; the whole committee once a quarter."""
    commune, office = province.units["commune"], province.people["coquan"]
    kinds = [(Meeting.STANDING, 26)] + ([(Meeting.COMMITTEE, 28)] if month.month % 3 == 0 else [])
    for kind, day in kinds:
        if month.replace(day=day) >= province.on:
            continue
        plan = Plan(month.replace(day=day), time(8), "Phòng họp tầng 2, trụ sở xã")
        meeting = plan_meeting(commune, kind, plan, key=province.uuid(), by=MACHINE)
        task, due = province.uuid(), next_fifteenth(month)
        fields = {
            "ended": "10:30", "conclusion": province.random.choice(words.COMMITTEE_CONCLUSIONS),
            "resolution": "yes" if kind == Meeting.COMMITTEE else "no",
            f"task.{task}": province.random.choice(words.COMMITTEE_TASKS), f"owner.{task}": str(office[9].pk),
            f"due.{task}": due.isoformat(),
        }  # fmt: skip
        for each in open_tasks(meeting, meeting.meets_on):
            late = province.random.random() < 0.25
            fields[f"result.{each.task.pk}"] = "doing" if late else "done"
            fields[f"cause.{each.task.pk}"] = province.random.choice(words.CAUSES) if late else ""
        hold(province, meeting, fields, by_name=office[4].full_name)


def next_fifteenth(month: date) -> date:
    """The 15th of the month after."""
    return (month.replace(day=28) + timedelta(days=7)).replace(day=15)


def hold(province: Province, meeting: Meeting, fields: dict[str, str], *, by_name: str, by: Actor = MACHINE) -> None:
    """Write the sheet and close it, ten minutes after its end."""
    ended = time.fromisoformat(fields["ended"])
    at = datetime.combine(date.fromisoformat(fields.get("held_on", meeting.meets_on.isoformat())), ended, ZONE)
    at += timedelta(minutes=10)
    saved = save_fields(meeting, {f: Change(v, 0) for f, v in fields.items()}, at=at, by=by, by_name=by_name)
    seen = sum(saved.values())  # nobody else wrote: the revision of the sheet
    close_meeting(meeting, key=province.uuid(), seen_revision=seen, at=at, by=by, by_name=by_name)


def clerk(commune: Unit) -> Actor:
    """The office clerk as far as helping goes: no chair of the cell."""
    branch = (PathRange.of(commune.scope_path),)
    return Actor(None, None, {Power.READ: branch, Power.HELP: branch})


def begin_help(province: Province, meeting: Meeting, at: datetime) -> Actor:
    """Ghi giúp: the old secretary tells, the clerk types."""
    helper = clerk(province.units["commune"])
    told = province.people[province.plan_of(meeting.unit_id).key][0]
    help_with(meeting, told_by=told.pk, at=at, by=helper, by_name=province.people["coquan"][4].full_name)
    return helper


def confirm_on_paper(province: Province, meeting: Meeting, at: datetime) -> None:
    """The secretary signs the printed minutes; the clerk notes it."""
    told = province.people["pulau"][0]
    closure = Meeting.objects.select_related("closure__meeting").get(pk=meeting.pk).closure
    name = province.people["coquan"][4].full_name
    helper = clerk(province.units["commune"])
    confirm_minutes(closure, way=Confirmation.PAPER, person=told.pk, at=at, by=helper, by_name=name)
