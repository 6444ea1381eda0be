"""What stands beside a meeting: who helped and confirmed, who attends from above, the scans of the signed paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from chibo.kernel.actor import Actor, Power
from chibo.meetings.models import Closure, Confirmation, Help, Meeting, SignedScan, Visit
from chibo.meetings.operations.saving import writes


@dataclass(frozen=True, slots=True)
class Beside:
    """Read for one meeting; a fixed number of queries."""

    help: Help | None
    confirmation: Confirmation | None
    helped: bool  # closed by a helper
    visits: list[Visit]
    scans: int
    may_help: bool
    may_confirm: bool  # here, as who chairs
    may_note_paper: bool  # that the paper was signed
    may_visit: bool
    may_limit: bool  # writes down what the meeting brought to light

    @property
    def waits(self) -> bool:
        """Typed for the cell, and nobody of it has confirmed yet."""
        return self.helped and self.confirmation is None


def beside_of(meeting: Meeting, *, actor: Actor) -> Beside:
    """Bên cạnh buổi sinh hoạt."""
    closure = Closure.objects.filter(meeting=meeting).first()
    helped = closure is not None and closure.helper_id is not None
    help_ = Help.objects.filter(meeting=meeting).select_related("told_by").first()
    confirmed = Confirmation.objects.filter(closure=closure).select_related("person").first() if helped else None
    waits = helped and confirmed is None
    return Beside(
        help=help_,
        confirmation=confirmed,
        helped=helped,
        visits=list(visits_of(meeting, actor=actor)),
        scans=SignedScan.objects.filter(minutes__meeting=meeting, withdrawn_at=None).count() if closure else 0,
        may_help=closure is None and help_ is None and helps(meeting, actor),
        may_confirm=waits and actor.can(Power.CHAIR, meeting.scope_path),
        may_note_paper=waits and writes(meeting, actor),
        may_visit=looks_down(meeting, actor),
        may_limit=actor.can(Power.REMEDY, meeting.scope_path),
    )


def helps(meeting: Meeting, actor: Actor) -> bool:
    """An office above the unit, not the unit's own chair."""
    return actor.can(Power.HELP, meeting.scope_path) and not actor.can(Power.CHAIR, meeting.scope_path)


def looks_down(meeting: Meeting, actor: Actor) -> bool:
    """Reads the unit from above: its reach begins above the unit."""
    path = meeting.scope_path
    return any(path in area and area.low < path for area in actor.ranges(Power.READ))


def visits_of(meeting: Meeting, *, actor: Actor) -> Iterable[Visit]:
    """Who attends, with what they observed."""
    return Visit.objects.visible_to(actor).filter(meeting=meeting).select_related("observation").order_by("at", "id")


def noted(visit: Visit) -> bool:
    """The visitor said what they observed, or that they could not come."""
    return getattr(visit, "observation", None) is not None


def planned_by(meeting: Meeting, person: UUID | None) -> Visit | None:
    """The person's own visit to this meeting."""
    return Visit.objects.filter(meeting=meeting, person=person).first() if person else None
