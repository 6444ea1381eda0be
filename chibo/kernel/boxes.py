"""A plain form: its boxes, how each is read, and what the page shows when something could not be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chibo.kernel.dates import parse_day, refuse_ahead
from chibo.kernel.errors import Refused

A_YEAR, A_TERM = 366, 15 * 366  # how far ahead a day may lie: when something begins, when it ends


class BadBoxes(Refused):
    """Some boxes cannot be read: all of them are told together, each beside its box."""

    def __init__(self, errors: Mapping[str, Refused]) -> None:
        super().__init__("boxes", count=len(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Box:
    """One box. `kind` is text, lines, day, choice, radio or hidden; a day may lie `ahead` days after today."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    optional: bool = False
    ahead: int = 0
    choices: Sequence[tuple[str, str]] = ()
    value: str = ""  # as first shown
    numeric: bool = False
    parse: Callable[[str], Any] | None = None  # how a text is read, when not as it stands

    def read(self, typed: str, on: date) -> Any:
        """What was typed: a day or None, a code of the choices, or the text as it stands. Raises Refused."""
        typed = typed.strip()
        if not typed:
            if not self.optional:
                raise Refused("box_empty", label=self.label)
            return None if self.kind == "day" else ""
        if self.kind == "day":
            day = parse_day(typed)
            refuse_ahead(day, on=on, most_days=self.ahead)
            return day
        if self.choices and typed not in dict(self.choices):
            raise Refused("unknown_word", typed=typed[:40])
        return self.parse(typed) if self.parse else typed


@dataclass(frozen=True, slots=True)
class Shown:
    """A box as the page shows it."""

    box: Box
    value: str
    error: str

    @property
    def id(self) -> str:
        """The id of its input."""
        return f"o-{self.box.name}"


@dataclass(slots=True)
class Form:
    """Boxes in order. `places` says which box a refusal of the act belongs to; the others stand above the form."""

    boxes: Sequence[Box]
    places: Mapping[str, str] = field(default_factory=dict)

    def read(self, posted: Mapping[str, str], *, on: date) -> dict[str, Any]:
        """Every box as read. Raises BadBoxes with all that cannot be."""
        found, errors = {}, {}
        for box in self.boxes:
            try:
                found[box.name] = box.read(posted.get(box.name, ""), on)
            except Refused as refusal:
                errors[box.name] = refusal
        if errors:
            raise BadBoxes(errors)
        return found

    def shown(
        self, posted: Mapping[str, str] | None, refusal: Refused | None, say: Callable[[Refused], str]
    ) -> FormShown:
        """What the template reads: typed values stay, each sentence stands beside its box."""
        errors = self._errors(refusal)
        boxes = [
            Shown(box, box.value if posted is None else posted.get(box.name, ""), say(errors[box.name]))
            if box.name in errors
            else Shown(box, box.value if posted is None else posted.get(box.name, ""), "")
            for box in self.boxes
        ]
        placed = any(each.error for each in boxes)
        return FormShown(boxes, "" if refusal is None or placed else say(refusal))

    def _errors(self, refusal: Refused | None) -> Mapping[str, Refused]:
        if refusal is None:
            return {}
        if isinstance(refusal, BadBoxes):
            return refusal.errors
        return {self.places.get(refusal.code, ""): refusal}


@dataclass(frozen=True, slots=True)
class FormShown:
    """The boxes, and the sentence above them all."""

    boxes: Sequence[Shown]
    summary: str

    @property
    def errors(self) -> list[Shown]:
        """Boxes with a sentence."""
        return [each for each in self.boxes if each.error]
