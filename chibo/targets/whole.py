"""One target with everything around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from chibo.kernel.actor import Actor
from chibo.organisation.models import Placement
from chibo.targets.board import hint_of
from chibo.targets.measures import adds_up, asked_words
from chibo.targets.models import ReportedValue, Target, TargetSaid
from chibo.targets.queries import Asked, with_said
from chibo.targets.standing import BEHIND, FAILED
from chibo.targets.valuing import Valued, valued


@dataclass(frozen=True, slots=True)
class Whole:
    """Where it stands, what was reported, its shares, what it asked for before."""

    valued: Valued
    said: TargetSaid
    reported: list[ReportedValue]
    shares: list[tuple[str, Valued]]
    before: list[tuple[TargetSaid, str]]  # newer words with a reason, and what was asked until then
    sums: bool  # whether the shares make the whole

    @property
    def red(self) -> bool:
        """Missed, low or behind."""
        return not self.said.dropped and self.valued.state in (*FAILED, BEHIND)

    @property
    def hint(self) -> str:
        """What the state means in numbers."""
        return hint_of(self.valued)


def whole_of(row: Target, *, actor: Actor, on: date) -> Whole:
    """The target and its shares are asked together; a constant number of queries."""
    words = list(TargetSaid.objects.visible_to(actor).filter(target=row).order_by("-pk"))
    shares = with_said(Target.objects.visible_to(actor).filter(parent=row), actor=actor)
    own, *rest = valued([Asked(row, words[0]), *shares], by=actor, on=on)
    placed = Placement.objects.visible_to(actor).filter(unit__in=[each.row.unit_id for each in rest])
    names = dict(placed.order_by("during").values_list("unit_id", "name"))
    reported = ReportedValue.objects.visible_to(actor).filter(target=row).select_related("attachment")
    before = [(newer, asked_words(older.comparison, older.value, row.measure))
              for newer, older in pairwise(words)]  # fmt: skip
    sums = adds_up(row.kind, words[0].comparison)
    told = sorted(((names.get(each.row.unit_id, "Tổ chức cũ"), each) for each in rest), key=lambda pair: pair[0])
    return Whole(own, words[0], list(reported.order_by("-on", "-at")), told, before, sums)
