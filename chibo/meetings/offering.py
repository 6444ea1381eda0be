"""What a meeting could take as its focal item (nội dung trọng tâm): its tasks, and what rooms above this one offer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from chibo.kernel.text import fold
from chibo.meetings.queries import MeetingView


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something the meeting could take as its focal item, and why: a task, or what a room above offers."""

    about: UUID
    text: str
    why: str
    kind: str = "task"


def offers(view: MeetingView) -> list[Suggestion]:
    """What rooms above this one offer for that day (`settings.CHIBO_FOCAL`); one query each."""
    unit, on = view.meeting.unit_id, view.held_on
    return [each for where in settings.CHIBO_FOCAL for each in import_string(where)(unit, on=on)]


def focal_of(view: MeetingView) -> dict[str, str] | None:
    """What the focal item takes up word for word, of what rooms above offered, so that it can be traced (LIM-3)."""
    said = fold(view.sheet.text("focal"))
    found = next((each for each in offers(view) if fold(each.text) == said), None) if said else None
    return {"kind": found.kind, "id": str(found.about)} if found else None
