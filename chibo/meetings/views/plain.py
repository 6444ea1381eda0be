"""A plain form: its boxes as they were typed, and the sentence beside the box a refusal is about."""

from __future__ import annotations

from collections.abc import Mapping

from chibo.access.http import Request
from chibo.kernel.errors import Refused
from chibo.meetings.forms import PLACES
from chibo.meetings.operations.saving import BadFields
from chibo.meetings.page import Field


class PlainForm:
    """What the template reads: `form.boxes.day`, and `form.summary` above all when something was refused."""

    def __init__(
        self, request: Request, first: Mapping[str, str], *, refusal: Refused | None = None, typed: bool = False
    ) -> None:
        errors = _errors(refusal)
        shown = {name: request.POST.get(name, "") if typed else value for name, value in first.items()}
        sentences = {name: request.say(each) for name, each in errors.items()}
        self.boxes = {name: Field(name, value, 0, sentences.get(name, "")) for name, value in shown.items()}
        placed = any(box.error for box in self.boxes.values())
        self.summary = "" if refusal is None or placed else request.say(refusal)
        self.errors = [box for box in self.boxes.values() if box.error]


def _errors(refusal: Refused | None) -> Mapping[str, Refused]:
    if isinstance(refusal, BadFields):
        return refusal.errors
    return {PLACES.get(refusal.code, ""): refusal} if refusal is not None else {}
