"""What is owed, as lines of a page: the address of its button, when it is due in words, its mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from chibo.kernel.actor import Actor
from chibo.kernel.dates import show_day
from chibo.kernel.text import lower_first
from chibo.meetings.owed import Owed
from chibo.meetings.ready import NOT_READY
from chibo.organisation.models import Placement


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list of things to do."""

    item: Owed
    url: str
    unit_name: str  # where, when it is not one's own first unit
    when: str  # «Quá hạn 3 ngày»
    by: str  # «hạn 31/10/2026»
    mark: tuple[str, str]

    @property
    def missing(self) -> list[str]:
        """What a meeting ahead still lacks, inside a sentence."""
        return [lower_first(each.words) for each in self.item.ready if each.state == NOT_READY]

    @property
    def late(self) -> bool:
        """Its day has passed, and the rule behind it is sure."""
        return self.item.days_late > 0


@dataclass(frozen=True, slots=True)
class Owing:
    """Việc của một người, sorted: each list with the most urgent first."""

    focus: Line | None = None  # the meeting that comes first, large
    firm: list[Line] = field(default_factory=list)
    reminders: list[Line] = field(default_factory=list)
    invitations: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """No list holds anything."""
        return not (self.focus or self.firm or self.reminders or self.invitations or self.waiting)

    @property
    def to_prepare(self) -> int:
        """What the focus still lacks."""
        return len(self.focus.missing) if self.focus else 0


def owing(actor: Actor, *, on: date, here: int = 0) -> Owing:
    """Everything the rooms say this actor owes (decision 17); `here` is the unit that needs no name."""
    items = [item for where in settings.CHIBO_OWED for item in import_string(where)(actor, on=on)]
    items.sort(key=lambda item: item.urgency)
    names = _names({item.unit_id for item in items} - {here, 0}, actor, on)
    lines = [line_of(item, on, names.get(item.unit_id, "")) for item in items]
    mine = [line for line in lines if line.item.mine and line.item.kind != "invitation"]
    focus = _focus(mine, on)
    return Owing(
        focus=focus,
        firm=[line for line in mine if line.item.firm and line is not focus],
        reminders=[line for line in mine if not line.item.firm],
        invitations=[line for line in lines if line.item.kind == "invitation"],
        waiting=[line for line in lines if not line.item.mine],
    )


def _focus(mine: list[Line], on: date) -> Line | None:
    """The meeting comes first once its day has come: overdue tasks are looked back on in it."""
    for line in mine:
        if line.item.kind == "meeting" and ((line.item.due and line.item.due <= on) or line is mine[0]):
            return line
    return None


def _names(ids: Iterable[int], actor: Actor, on: date) -> dict[int, str]:
    wanted = set(ids)
    if not wanted:
        return {}
    rows = Placement.objects.visible_to(actor).on(on).filter(unit__in=wanted)
    return dict(rows.values_list("unit_id", "short_name"))


def line_of(item: Owed, on: date, unit_name: str = "") -> Line:
    """The row of one item."""
    url = reverse(item.page, args=item.args or (item.about,)) + item.tail
    when, by = _when(item, on)
    return Line(item, url, unit_name, when, by, _mark(item, on))


def _when(item: Owed, on: date) -> tuple[str, str]:
    """When it is due, in words; a reminder is never late."""
    if item.due is None:
        return "", ""
    word = "ngày họp" if item.kind in {"meeting", "invitation", "chase"} else "hạn"
    day = show_day(item.due)
    if item.kind == "machine":
        return f"Từ {day}", ""
    if item.days_late:
        return f"Quá {'ngày' if word == 'ngày họp' else 'hạn'} {item.days_late} ngày", f"{word} {day}"
    if not item.firm:
        return ("", f"nên xong trước {day}") if item.due >= on else ("", f"từ {day}")
    if item.due < on:
        return f"Từ {day}", ""
    return ("Hôm nay" if item.due == on else f"Còn {(item.due - on).days} ngày"), f"{word} {day}"


def _mark(item: Owed, on: date) -> tuple[str, str]:
    if not item.mine:
        return "late", "soft-c"
    if item.days_late:
        return ("missed" if item.kind in {"meeting", "chase"} else "warn"), "stop-c"
    return ("doing", "now-c") if item.firm and item.due and item.due <= on else ("due", "soft-c")
