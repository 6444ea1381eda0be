"""An ordinary meeting of the play: its sheet, written and closed the same evening."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chibo.demo import care, words, words_care
from chibo.demo.month import begin_help, confirm_on_paper, hold
from chibo.demo.plan import CellPlan
from chibo.demo.province import Province
from chibo.demo.score import scored
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Meeting
from chibo.meetings.operations import say_not_held
from chibo.meetings.queries import open_tasks

WAITING = "pomkhe"  # its minutes of this month were typed by the office and wait to be confirmed
RESOLVED = {"naloc": 3, "colot": 4, "truonghoc": 6, "thamnoi": 6}  # cell → every how many months it passes a resolution


def hold_ordinary(province: Province, meeting: Meeting) -> date:
    """Sinh hoạt thường kỳ, written and closed the same evening; returns its day. Whoever visits notes what they saw."""
    rnd, plan, day = province.random, province.plan_of(meeting.unit_id), meeting.planned_on
    if rnd.random() < plan.late:
        day += timedelta(days=rnd.choice([2, 3, 5, 7]))
    started = meeting.starts_at or time(19, 30)
    ended = time(started.hour + 1, rnd.choice([35, 40, 45, 50]))
    if started.minute == 30:
        ended = time(started.hour + 2, rnd.choice([0, 5, 15, 20]))
    at = datetime.combine(day, ended, ZONE) + timedelta(minutes=10)
    secretary = province.people[plan.key][0]
    came = care.visit(province, meeting, plan.key)
    fields = _sheet(province, meeting, plan, day, ended)
    if came and came[1] is not None:
        fields["guests"] = f"Đồng chí {came[0].full_name}, cấp ủy viên phụ trách"
    if plan.key == WAITING and province.ago(meeting.month) == 0:
        helper = begin_help(province, meeting, at)
        hold(province, meeting, fields, by=helper, by_name=province.people["coquan"][4].full_name)
    elif plan.key == "pulau" and meeting.month == province.months[-1]:
        helper = begin_help(province, meeting, at)
        hold(province, meeting, fields, by=helper, by_name=province.people["coquan"][4].full_name)
        confirm_on_paper(province, meeting, at + timedelta(days=1))
    else:
        hold(province, meeting, fields, by_name=secretary.full_name)
    if came:
        care.observe(province, *came, day)
    return day


def not_held(province: Province, meeting: Meeting, *, said: bool) -> None:
    """One month with a reason, one in silence."""
    if said:
        at = datetime.combine(meeting.planned_on, time(20), ZONE)
        say_not_held(meeting, reason="Mưa lũ, đường vào bản bị chia cắt", key=province.uuid(), at=at, by=MACHINE,
                     by_name=province.people[province.plan_of(meeting.unit_id).key][0].full_name)  # fmt: skip


def _sheet(province: Province, meeting: Meeting, plan: CellPlan, day: date, ended: time) -> dict[str, str]:
    rnd, people, looked_at = province.random, province.people[plan.key], open_tasks(meeting, day)
    fields = {
        "held_on": day.isoformat(), "ended": ended.strftime("%H:%M"), "writer": str(people[1].pk),
        "focal": rnd.choice(words.FOCAL), "topic": rnd.choice(words.TOPICS),
        "papers_sent_on": (day - timedelta(days=rnd.choice([1, 2, 3]))).isoformat(),
        "information": rnd.choice(words.INFORMATION), "discussion": rnd.choice(words.DISCUSSION),
        "criticism": "done", "conclusion": rnd.choice(words.CONCLUSIONS),
        "dues_paid": str(plan.members - 1), "dues_due": str(plan.members - 1),
    }  # fmt: skip
    if looked_at and rnd.random() < 0.3:
        fields["focal"] = rnd.choice(looked_at).task.text
    fields |= _sometimes(province) | _roll(province, plan)
    for task in looked_at:
        fields |= _result(province, str(task.task.pk))
    for text in rnd.sample(words.TASKS, rnd.choice([2, 2, 3])):
        key = province.uuid()
        due = meeting.month.replace(day=rnd.choice([20, 25, 28]))
        fields |= {f"task.{key}": text, f"owner.{key}": str(rnd.choice(people[:8]).pk),
                   f"due.{key}": due.isoformat()}  # fmt: skip
    fields |= scored(province, plan.key, day, province.ago(meeting.month), fields)
    return fields | _resolution(province, meeting, plan, fields)


def _sometimes(province: Province) -> dict[str, str]:
    """What some meetings write and others leave empty."""
    rnd, often = province.random, {
        "criticism_concluded": (words_care.CRITICISM, 0.5), "opinions": (words_care.OPINIONS, 0.6),
        "petitions": (words_care.PETITIONS, 0.35), "papers": (words_care.PAPERS, 0.6),
    }  # fmt: skip
    found = {field: rnd.choice(texts) for field, (texts, share) in often.items() if rnd.random() < share}
    return found | ({"focal": ""} if rnd.random() < 0.06 else {})


def _resolution(province: Province, meeting: Meeting, plan: CellPlan, fields: dict[str, str]) -> dict[str, str]:
    """Ra nghị quyết, with the votes of those present who may vote."""
    every = RESOLVED.get(plan.key)
    if every is None or province.ago(meeting.month) % every != 1:
        return {}
    absent = sum(value == "absent" for field, value in fields.items() if field.startswith("roll."))
    voters = plan.members - absent - 3  # one on probation, one exempt, one away
    return {"resolution": "yes", "vote_for": str(voters - 1), "vote_against": "0", "vote_blank": "1"}


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
