"""An ordinary meeting of the play: its sheet, written and closed the same evening."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chibo.demo import words
from chibo.demo.month import begin_help, confirm_on_paper, hold
from chibo.demo.plan import CellPlan
from chibo.demo.province import Province
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Meeting
from chibo.meetings.operations import say_not_held
from chibo.meetings.queries import open_tasks


def hold_ordinary(province: Province, meeting: Meeting) -> None:
    """Sinh hoạt thường kỳ, written and closed the same evening."""
    rnd, plan, day = province.random, province.plan_of(meeting.unit_id), meeting.planned_on
    if rnd.random() < plan.late:
        day += timedelta(days=rnd.choice([2, 3, 5, 7]))
    started = meeting.starts_at or time(19, 30)
    ended = time(started.hour + 1, rnd.choice([35, 40, 45, 50]))
    if started.minute == 30:
        ended = time(started.hour + 2, rnd.choice([0, 5, 15, 20]))
    at = datetime.combine(day, ended, ZONE) + timedelta(minutes=10)
    secretary = province.people[plan.key][0]
    fields = _sheet(province, meeting, plan, day, ended)
    if plan.key == "pulau" and meeting.month == province.months[-1]:
        helper = begin_help(province, meeting, at)
        hold(province, meeting, fields, by=helper, by_name=province.people["coquan"][4].full_name)
        confirm_on_paper(province, meeting, at + timedelta(days=1))
    else:
        hold(province, meeting, fields, by_name=secretary.full_name)


def not_held(province: Province, meeting: Meeting, *, said: bool) -> None:
    """One month with a reason, one in silence."""
    if said:
        at = datetime.combine(meeting.planned_on, time(20), ZONE)
        say_not_held(meeting, reason="Mưa lũ, đường vào bản bị chia cắt", key=province.uuid(), at=at, by=MACHINE,
                     by_name=province.people["pulau"][0].full_name)  # fmt: skip


def _sheet(province: Province, meeting: Meeting, plan: CellPlan, day: date, ended: time) -> dict[str, str]:
    rnd, people = province.random, province.people[plan.key]
    fields = {
        "held_on": day.isoformat(), "ended": ended.strftime("%H:%M"), "writer": str(people[1].pk),
        "focal": rnd.choice(words.FOCAL), "topic": rnd.choice(words.TOPICS),
        "papers_sent_on": (day - timedelta(days=rnd.choice([1, 2, 3]))).isoformat(),
        "information": rnd.choice(words.INFORMATION), "discussion": rnd.choice(words.DISCUSSION),
        "criticism": "done", "conclusion": rnd.choice(words.CONCLUSIONS),
        "dues_paid": str(plan.members - 1), "dues_due": str(plan.members - 1),
    }  # fmt: skip
    fields |= _roll(province, plan)
    for task in open_tasks(meeting, day):
        fields |= _result(province, str(task.task.pk))
    for text in rnd.sample(words.TASKS, rnd.choice([2, 2, 3])):
        key = province.uuid()
        due = meeting.month.replace(day=rnd.choice([20, 25, 28]))
        fields |= {f"task.{key}": text, f"owner.{key}": str(rnd.choice(people[:8]).pk),
                   f"due.{key}": due.isoformat()}  # fmt: skip
    return fields


def _roll(province: Province, plan: CellPlan) -> dict[str, str]:
    rnd, fields = province.random, {}
    for person in province.people[plan.key][1:]:
        if rnd.random() > plan.share:
            fields[f"roll.{person.pk}"] = "absent"
            if rnd.random() < 0.8:
                fields[f"reason.{person.pk}"] = rnd.choice(words.REASONS)
        elif rnd.random() < 0.04:
            fields[f"roll.{person.pk}"] = "late"
    return fields


def _result(province: Province, task: str) -> dict[str, str]:
    rnd = province.random
    if rnd.random() < 0.82:
        return {f"result.{task}": "done"}
    state = rnd.choice(["doing", "not_done"])
    return {f"result.{task}": state, f"cause.{task}": rnd.choice(words.CAUSES),
            f"remedy.{task}": rnd.choice(words.REMEDIES)}  # fmt: skip
