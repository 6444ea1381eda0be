"""A meeting passes a resolution: a paper of its own number, sealed with the minutes it comes from."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from chibo.cadres.operations import take_number
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import checkpoint, record
from chibo.meetings.models import Meeting, Minutes, Resolution
from chibo.meetings.signed import signed_resolution

_SHARED = ("unit", "term", "chair", "writer", "tasks", "focal", "conclusion", "vote", "previous", "roll")


@transaction.atomic
def write_resolution(minutes: Minutes, *, on: date, by: Actor) -> Resolution:
    """Ra nghị quyết sau buổi họp: what was voted for and sealed gets its own paper later. Once; again changes nothing.

    Raises NoPower and Refused: not_voted, nobody_for_it, no_conclusion, no_term.
    """
    by.must(Power.CHAIR, minutes.scope_path)
    Meeting.objects.select_for_update().get(pk=minutes.meeting_id)  # sealed minutes themselves are nobody's to lock
    if written := Resolution.objects.filter(minutes=minutes).first():
        return written
    vote = minutes.content["vote"]
    refuse_if(not vote, "not_voted")
    refuse_if(not vote["for"], "nobody_for_it")
    return pass_resolution(minutes, on=on, by=by)


def pass_resolution(minutes: Minutes, *, on: date, by: Actor) -> Resolution:
    """Ra nghị quyết: part of closing; nothing in it that the sealed minutes do not say.

    Raises Refused("no_conclusion"): a resolution without a decision says nothing.
    """
    said: dict[str, Any] = minutes.content
    refuse_if(not said["conclusion"], "no_conclusion")
    number = take_number(minutes.meeting.unit, "NQ", on=on)
    mark = checkpoint()
    content = {
        **{name: said[name] for name in _SHARED},
        "number": number.number, "kind": "NQ", "meeting": said["meeting"], "issued_on": on.isoformat(),
        "minutes": {"number": said["number"], "kind": said["kind"]},
        "rests_on": [rule for rule in said["rests_on"] if rule["key"] == "document.layout"],
        "checkpoint": {"upto": mark[0], "hash": mark[1]} if mark else None,
    }  # fmt: skip
    paper = Resolution(
        minutes=minutes, number=number, layout=minutes.layout, content=content, scope_path=minutes.scope_path
    )
    entry = record(
        by, "resolution.passed", on=on, unit_id=minutes.meeting.unit_id, touched=[minutes, number],
        content=signed_resolution(paper),
    )  # fmt: skip
    paper.entry_id = entry.pk
    paper.save(force_insert=True)
    return paper
