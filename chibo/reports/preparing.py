"""What is known of a meeting before it is held: the content of its invitation, its roll and its blank minutes."""

from __future__ import annotations

from datetime import date
from typing import Any

from chibo.kernel.errors import refuse_if
from chibo.meetings.content import agenda, rests_on, unit_content
from chibo.meetings.queries import MeetingView
from chibo.rules.reader import rules_on

Json = dict[str, Any]


def before_content(view: MeetingView, *, on: date) -> Json:
    """Plain values, as papers take them. Raises Refused("not_standing")."""
    refuse_if(view.placement is None, "not_standing")
    meeting, sheet = view.meeting, view.sheet
    started = sheet.time("started") or meeting.starts_at
    frame = rules_on(view.held_on).get("meeting.score_frame") if meeting.kind == meeting.ORDINARY else None
    return {
        "unit": unit_content(view, on),
        "issued_on": on.isoformat(),
        "meeting": {
            "kind": meeting.kind, "theme": meeting.theme, "month": meeting.month.isoformat(),
            "held_on": view.held_on.isoformat(), "planned_on": meeting.planned_on.isoformat(),
            "started": started.strftime("%H:%M") if started else "", "venue": sheet.text("venue") or meeting.venue,
        },
        "signer": _signer(view),
        "guests": sheet.text("guests"), "focal": sheet.text("focal"), "papers": sheet.text("papers"),
        "agenda": [dict(item) for item in agenda(view)],
        "roll": [{"name": line.member.full_name, "official": line.official, "why_not": line.member.why_not_counted,
                  "reason": line.reason if line.state == "excused" else ""} for line in view.roll.lines],
        "tasks": [{"text": each.task.text, "owner": each.owner_name, "state": each.last_state,
                   "due": each.task.due.isoformat() if each.task.due else None} for each in view.open_tasks],
        "score": [{"label": item["label"], "most": item["points"]} for item in frame.value] if frame else [],
        "rests_on": rests_on(view.held_on),
    }  # fmt: skip


def _signer(view: MeetingView) -> Json:
    """The secretary, or the deputy where there is none."""
    names = {line.member.person_id: line.member.full_name for line in view.roll.lines}
    for title in ("Bí thư", "Phó bí thư"):
        for person, post in view.posts.items():
            if post.startswith(title) and person in names:
                return {"name": names[person], "post": post}
    return {"name": "", "post": ""}
