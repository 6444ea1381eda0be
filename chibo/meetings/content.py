"""The content of sealed minutes: plain JSON, everything a paper of any later day is drawn from."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from chibo.cadres.models import PaperNumber
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import fold
from chibo.meetings.models import Closure, Meeting, Task
from chibo.meetings.offering import focal_of
from chibo.meetings.queries import MeetingView
from chibo.meetings.remarks import remarks
from chibo.meetings.score import score_content
from chibo.meetings.sheet import VOTES
from chibo.organisation.models import Placement
from chibo.rules.reader import rules_on

Json = dict[str, Any]


def minutes_content(
    view: MeetingView, closure: Closure, tasks: list[Task], *, number: PaperNumber, checkpoint: tuple[int, str] | None
) -> Json:
    """Nội dung biên bản as frozen at closing; names as they were that evening, days ISO, times HH:MM."""
    sheet = view.sheet
    names = _names(view)
    refuse_if(view.placement is None, "not_standing")
    return {
        "unit": unit_content(view, closure.held_on),
        "number": number.number, "kind": number.kind, "term": number.term.name,
        "issued_on": number.issued_on.isoformat(),
        "meeting": {
            "kind": view.meeting.kind, "title": view.meeting.title, "theme": view.meeting.theme,
            "month": view.meeting.month.isoformat(),
            "held_on": closure.held_on.isoformat(), "started": closure.started.strftime("%H:%M"),
            "ended": closure.ended.strftime("%H:%M"), "venue": sheet.text("venue") or view.meeting.venue,
        },
        "roll": _roll(view),
        **written(view),
        "topic": _topic(view), "focal_task": _focal_task(view), "focal_of": focal_of(view),
        "agenda": [item["label"] for item in agenda(view)],
        "previous": {
            "meeting_month": _latest_month(view),
            "tasks": [_previous(view, o) for o in view.open_tasks],
        },
        "tasks": [{"text": t.text, "owner": names.get(t.owner_id, "") if t.owner_id else "",
                   "due": t.due.isoformat() if t.due else None} for t in tasks],
        "score": score_content(view),
        "helped": _helped(view, closure),
        "remarks": [remark.sentence for remark in remarks(view, closure.started, closure.ended)],
        "rests_on": rests_on(view.held_on),
        "from_paper": closure.from_paper,
        "checkpoint": {"upto": checkpoint[0], "hash": checkpoint[1]} if checkpoint else None,
    }  # fmt: skip


def written(view: MeetingView) -> Json:
    """What the sheet says, as the last look before closing and the minutes tell it; who leads and writes by name."""
    sheet, names = view.sheet, _names(view)
    return {
        "guests": sheet.text("guests"),
        "presenter": _person(view, view.meeting.presenter_id, names),
        "papers": {"list": sheet.text("papers"), "sent_on": sheet.text("papers_sent_on") or None},
        "chair": _person(view, sheet.person("chair") or _secretary(view), names),
        "writer": _person(view, sheet.person("writer"), names),
        "dues": _dues(view),
        "focal": sheet.text("focal"),
        "information": sheet.text("information"), "discussion": sheet.text("discussion"),
        "criticism": {"done": {"done": True, "not_done": False}.get(sheet.text("criticism")),
                      "concluded": sheet.text("criticism_concluded")},
        "opinions": sheet.text("opinions"), "petitions": sheet.text("petitions"),
        "conclusion": sheet.text("conclusion"),
        "vote": _vote(view),
    }  # fmt: skip


def _names(view: MeetingView) -> dict[UUID, str]:
    return {line.member.person_id: line.member.full_name for line in view.roll.lines}


AGENDAS = {Meeting.ORDINARY: "meeting.agenda", Meeting.THEMATIC: "meeting.agenda_thematic"}


def rests_on(day: date) -> list[Json]:
    """Quy định chưa chắc chắn that the form of the minutes follows: the paper prints them (decision 20)."""
    rules = [rules_on(day).get(key) for key in ("document.layout", "document.minutes_outline")]
    return [{"key": rule.key, "label": rule.label, "citation": rule.citation, "remark": rule.remark}
            for rule in rules if rule is not None and not rule.binds]  # fmt: skip


def agenda(view: MeetingView) -> list[Json]:
    """Chương trình of the day: the items of the rule for this kind of meeting; empty when nobody knows."""
    rule = rules_on(view.held_on).get(AGENDAS.get(view.meeting.kind, "meeting.agenda_committee"))
    return list(rule.value) if rule else []


def _topic(view: MeetingView) -> Json | None:
    """The field the focal item belongs to, in the words of that day's list."""
    rule, code = rules_on(view.held_on).get("meeting.topics"), view.sheet.text("topic")
    labels = {item["code"]: item["label"] for item in rule.value} if rule else {}
    return {"code": code, "label": labels.get(code, code)} if code else None


def _focal_task(view: MeetingView) -> str | None:
    """The open task the focal item takes up word for word, so that it can be traced (LIM-3)."""
    focal = fold(view.sheet.text("focal"))
    return next((str(each.task.pk) for each in view.open_tasks if focal and fold(each.task.text) == focal), None)


def _helped(view: MeetingView, closure: Closure) -> Json | None:
    """Who told it and who typed it, when an office clerk wrote for the cell."""
    if closure.helper is None:
        return None
    return {"told_by": closure.helper.told_by.full_name, "typed_by": closure.by_name}


def unit_content(view: MeetingView, day: date) -> Json:
    """The body that meets, as its papers name it."""
    assert view.placement is not None
    return body_content(view.placement, view.parent, day)


def body_content(placement: Placement, parent: Placement | None, day: date) -> Json:
    """Cơ quan ban hành on that day: its name, the one above, its place and its symbol."""
    symbols = rules_on(day).get("document.body_symbols")
    return {
        "name": placement.name, "parent": parent.name if parent else "",
        "place": (parent.place if parent and placement.kind == "cell" else "") or placement.place,
        "symbol": (symbols.value.get(placement.kind) if symbols else None) or "CB",
    }  # fmt: skip


def _roll(view: MeetingView) -> Json:
    roll, lines = view.roll, view.roll.lines
    absent = [line for line in lines if line.state in {"excused", "unexcused"}]
    present = [line for line in lines if line.state in {"present", "late"}]
    why = [line.member.why_not_counted for line in lines if not line.counted]
    official = [line.official for line in lines]
    return {
        "total": roll.total, "official": sum(official), "probationary": len(official) - sum(official),
        "exempt": why.count("exempt"), "away": why.count("away"), "special_duty": why.count("special_duty"),
        "guests_in": sum(line.member.guest for line in lines),
        "expected": roll.expected, "present": roll.present, "late": roll.late,
        "excused": roll.excused, "unexcused": roll.unexcused,
        "present_official": sum(line.official for line in present),
        "present_probationary": sum(not line.official for line in present),
        "voters_present": roll.voters_present, "voters_called": roll.voters_called,
        "absent": [{"name": line.member.full_name, "reason": line.reason or None,
                    "excused": line.state == "excused"} for line in absent],
        "not_counted": [{"name": line.member.full_name, "why": line.member.why_not_counted}
                        for line in lines if not line.counted],
    }  # fmt: skip


def _person(view: MeetingView, person: UUID | None, names: dict[UUID, str]) -> Json:
    return {"name": names.get(person, ""), "post": view.posts.get(person, "")} if person else {"name": "", "post": ""}


def _secretary(view: MeetingView) -> UUID | None:
    """The secretary chairs unless the sheet says otherwise; the deputy when the secretary is away."""
    here = {line.member.person_id for line in view.roll.lines if line.attends}
    for title in ("Bí thư", "Phó bí thư"):
        for person, label in view.posts.items():
            if label.startswith(title) and person in here:
                return person
    return None


def _dues(view: MeetingView) -> Json | None:
    paid, due = view.sheet.count("dues_paid"), view.sheet.count("dues_due")
    if paid is None or due is None:
        return None
    return {"paid": paid, "due": due, "amount": view.sheet.count("dues_amount")}


def _previous(view: MeetingView, open_task) -> Json:  # type: ignore[no-untyped-def]
    task, sheet = open_task.task, view.sheet
    return {
        "text": task.text, "owner": open_task.owner_name, "due": task.due.isoformat() if task.due else None,
        "state": sheet.text(f"result.{task.pk}") or "", "cause": sheet.text(f"cause.{task.pk}"),
        "remedy": sheet.text(f"remedy.{task.pk}"),
    }  # fmt: skip


def _vote(view: MeetingView) -> Json | None:
    sheet = view.sheet
    if not sheet.voted:
        return None
    for_it, against, blank = (sheet.count(field) or 0 for field in VOTES)
    return {
        "for": for_it, "against": against, "blank": blank, "base": view.roll.voters_present,
        "called": view.roll.voters_called, "carried": carried(view),
    }  # fmt: skip


def carried(view: MeetingView) -> bool | None:
    """Đạt quá nửa số được triệu tập, by the rule of the day (294-QĐ/TW); None when no rule or no vote is known."""
    rule = rules_on(view.held_on).get("vote.ordinary_share")
    if rule is None or not view.sheet.voted:
        return None
    return (view.sheet.count("vote_for") or 0) > view.roll.voters_called * float(rule.value)


def _latest_month(view: MeetingView) -> str | None:
    months = [o.task.given_on.replace(day=1) for o in view.open_tasks]
    return max(months).isoformat() if months else None
