"""Save fields of the sheet, each with author and time; a stale save is answered with both texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import show_day
from chibo.kernel.errors import NoPower, Refused, Stale, refuse_if
from chibo.meetings.fields import NOT_COUNTED, PRESENT, choice_words, kind_of, label_of, read_value
from chibo.meetings.models import Closure, Help, Meeting, NotHeld, SheetEntry
from chibo.meetings.notices import defaults_of
from chibo.meetings.sheet import Sheet, sheet_from
from chibo.membership.models import Person


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody typed into a field, and the version they had before their eyes."""

    typed: str
    based_on: int


class BadFields(Refused):
    """Some fields cannot be read: 422. `errors` maps each to its refusal."""

    def __init__(self, errors: Mapping[str, Refused]) -> None:
        super().__init__("bad_fields", count=len(errors))
        self.errors = errors


class DayMoved(Refused):
    """The page was made before the meeting was moved to another day: 422, and nothing is written."""

    def __init__(self, was: date, day: date) -> None:
        super().__init__("day_moved", was=was, day=day)
        self.was = was


@transaction.atomic
def save_fields(
    meeting: Meeting,
    changes: Mapping[str, Change],
    *,
    at: datetime,
    by: Actor,
    by_name: str,
    meant_for: date | None = None,
) -> dict[str, int]:
    """Ghi phiếu: all fields or none; returns the versions now in force.

    `meant_for` is the day the page says the meeting is held on; another one by now raises DayMoved.

    Drafts carry author and time but sign no ledger line: closing is the act (decision 14).
    Raises NoPower, Refused("already_closed"), BadFields, Stale (with `conflicts`: field, mine, theirs, …).
    """
    may_write(meeting, by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)  # its day may have moved since it was read
    refuse_closed(meeting)
    if meant_for is not None and meant_for != meeting.meets_on:
        raise DayMoved(meant_for, meeting.meets_on)
    values = _read_all(changes, meeting.meets_on)
    written = list(SheetEntry.objects.filter(meeting=meeting).order_by("id"))
    sheet, history = sheet_from(written), {(row.field, row.version): row.value for row in written}
    defaults = defaults_of(meeting)
    touched = {f: v for f, v in values.items() if not _untouched(f, v, changes[f].based_on, history, defaults)}
    wanted = {f: v for f, v in touched.items() if v != sheet.text(f)}
    conflicts = [_conflict(f, v, sheet) for f, v in wanted.items() if changes[f].based_on != sheet[f].version]
    if conflicts:
        raise Stale(conflicts)
    SheetEntry.objects.bulk_create(
        SheetEntry(
            meeting=meeting, field=f, value=v, version=sheet[f].version + 1, by_account=by.account_id,
            by_name=by_name, at=at, scope_path=meeting.scope_path,
        )
        for f, v in wanted.items()
    )  # fmt: skip
    return {f: sheet[f].version + (f in wanted) for f in values}


def _untouched(
    field: str, value: str, based_on: int, history: Mapping[tuple[str, int], str], defaults: Mapping[str, str]
) -> bool:
    """The form gives back what it was given: not this person's change, whoever else changed the field since.

    Somebody unmarked counts as present unless they gave notice, so marking them so anew is no change either.
    """
    base = history.get((field, based_on), defaults.get(field, ""))
    if based_on == 0 and field.startswith("roll.") and not base:
        return value in {"", PRESENT, NOT_COUNTED}
    return value == base


def may_write(meeting: Meeting, by: Actor) -> Help | None:
    """Raise NoPower unless the actor chairs here, or helps with this very meeting; returns the help then."""
    if by.can(Power.CHAIR, meeting.scope_path):
        return None
    begun = Help.objects.filter(meeting=meeting).first() if by.can(Power.HELP, meeting.scope_path) else None
    if begun is None:
        raise NoPower(Power.CHAIR, meeting.scope_path)
    return begun


def writes(meeting: Meeting, by: Actor) -> bool:
    """Whether the actor may write this sheet."""
    try:
        may_write(meeting, by)
    except NoPower:
        return False
    return True


def refuse_closed(meeting: Meeting | UUID) -> None:
    """Raise Refused("already_closed") with who and when, if the meeting has a closure."""
    closure = Closure.objects.filter(meeting=meeting).first()
    if closure is not None:
        raise Refused("already_closed", at=closure.at, by=closure.by_name)


def refuse_not_held(meeting: Meeting) -> None:
    """Raise Refused("not_held_said") with who and when, if it was said that the meeting is not held."""
    said = NotHeld.objects.filter(meeting=meeting, withdrawn_at=None).first()
    if said is not None:
        refuse_if(True, "not_held_said", at=said.at, by=said.by_name)


def _read_all(changes: Mapping[str, Change], near: date) -> dict[str, str]:
    values, errors = {}, {}
    for field, change in changes.items():
        try:
            values[field] = read_value(field, change.typed, near)
        except Refused as refusal:
            errors[field] = refusal
    if errors:
        raise BadFields(errors)
    return values


def _conflict(field: str, mine: str, sheet: Sheet) -> dict[str, object]:
    cell = sheet[field]
    return {
        "field": field, "label": label_of(field), "version": cell.version,
        "mine": mine, "mine_words": _words(field, mine),
        "theirs": cell.value, "theirs_words": _words(field, cell.value),
        "theirs_by": cell.by_name, "theirs_at": cell.at,
    }  # fmt: skip


def _words(field: str, value: str) -> str:
    kind = kind_of(field)
    assert kind is not None
    if kind.shape == "person" and value:
        return Person.objects.filter(pk=value).values_list("full_name", flat=True).first() or "người khác"
    if kind.shape == "day" and value:
        return show_day(date.fromisoformat(value))
    return choice_words(value) if kind.shape == "choice" else value
