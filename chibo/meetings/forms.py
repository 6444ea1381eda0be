"""Read forms: the sheet's fields with the versions they are based on, and the plain forms around a meeting."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from chibo.kernel.dates import half_a_year_before, parse_day, parse_time
from chibo.kernel.errors import Refused
from chibo.meetings.fields import kind_of, read_value, shape_of, shown_value
from chibo.meetings.operations import Change, Plan
from chibo.meetings.operations.saving import BadFields

VERSION = "v:"


def changes_from(posted: Mapping[str, str]) -> dict[str, Change]:
    """Fields of the sheet among what was posted; anything else (tokens, buttons) is left alone.

    A field without a readable version counts as based on an empty one.
    """
    names = [name for name in posted if kind_of(name) is not None]
    return {name: Change(posted[name], _version(posted.get(VERSION + name, ""))) for name in names}


def understood(changes: Mapping[str, Change], near: date) -> dict[str, str]:
    """What the days and times just written were taken for, as their boxes show it."""
    read = {name: change.typed for name, change in changes.items() if shape_of(name) in {"day", "time"}}
    return {name: shown_value(name, read_value(name, typed, near)) for name, typed in read.items()}


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def key_from(posted: Mapping[str, str]) -> uuid.UUID:
    """The key the page made, so that sending twice is harmless. Raises Refused("unknown_field") without one."""
    try:
        return uuid.UUID(posted.get("key", ""))
    except ValueError:
        raise Refused("unknown_field") from None


def revision_from(posted: Mapping[str, str]) -> int:
    """The sheet revision the closer looked at."""
    return _version(posted.get("revision", ""))


def meant_for(posted: Mapping[str, str]) -> date | None:
    """The day the meeting was to be held on when the page was made; None when the page does not say."""
    try:
        return date.fromisoformat(posted.get("meant_for", ""))
    except ValueError:
        return None


# which box of a form a refusal of the act belongs to; the others stand above the form
PLACES = {
    "no_theme": "theme", "presenter_not_called": "presenter", "kind_not_for_unit": "kind", "not_standing": "day",
    "no_reason": "reason", "same_day": "day", "day_passed": "day", "person_not_called": "person",
    "looks_like_identity": "reason",
}  # fmt: skip


def plan_from(posted: Mapping[str, str], on: date) -> Plan:
    """The meeting somebody wants to plan. Raises BadFields: bad_day, bad_time, unknown_person."""
    read = _Reader(posted)
    day, starts_at = read("day", _near(on)), read("starts_at", parse_time, optional=True)
    presenter = read("presenter", uuid.UUID, optional=True)
    read.done()
    return Plan(day, starts_at, posted.get("venue", ""), posted.get("theme", ""), presenter)


def day_from(posted: Mapping[str, str], near: date) -> date:
    """The day of a form that has one. Raises BadFields: bad_day."""
    read = _Reader(posted)
    day: date = read("day", _near(near))
    read.done()
    return day


def _near(day: date) -> Callable[[str], date]:
    return partial(parse_day, since=half_a_year_before(day))


def person_from(posted: Mapping[str, str]) -> uuid.UUID:
    """The person chosen. Raises BadFields: unknown_person."""
    read = _Reader(posted)
    person: uuid.UUID = read("person", uuid.UUID)
    read.done()
    return person


class _Reader:
    """Reads boxes one after another and tells all that could not be read together."""

    def __init__(self, posted: Mapping[str, str]) -> None:
        self.posted, self.errors = posted, dict[str, Refused]()

    def __call__(self, name: str, parse: Callable[[str], Any], *, optional: bool = False) -> Any:
        typed = self.posted.get(name, "").strip()
        if optional and not typed:
            return None
        try:
            return parse(typed)
        except Refused as refusal:
            self.errors[name] = refusal
        except ValueError:
            self.errors[name] = Refused("unknown_person")
        return None

    def done(self) -> None:
        """Raise BadFields if something could not be read."""
        if self.errors:
            raise BadFields(self.errors)
