"""What an office that begins still has to say before its cells can work: their terms."""

from __future__ import annotations

from datetime import date

from chibo.cadres.queries import lacking_term
from chibo.kernel.actor import Actor, Power
from chibo.kernel.paths import unit_ids
from chibo.meetings.owed import Owed
from chibo.organisation.models import Placement


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Chi bộ chưa có nhiệm kỳ, one line for all of them: a meeting of theirs cannot be closed. One query."""
    ranges = actor.ranges(Power.APPOINT)
    if not ranges:
        return []
    cells = Placement.objects.held_by(actor, Power.APPOINT).on(on).filter(kind="cell")
    lacking = lacking_term(cells, on).count()
    return [_owed(lacking, unit_ids(ranges[0].low)[-1], on)] if lacking else []


def _owed(lacking: int, unit_id: int, on: date) -> Owed:
    return Owed(
        kind="terms", about=str(unit_id), unit_id=unit_id, title=f"{lacking} chi bộ chưa có nhiệm kỳ",
        why="Biên bản lấy số theo nhiệm kỳ, nên buổi sinh hoạt ở đó chưa kết thúc được", due=on, days_late=0, mine=True,
        page="cadres:terms", button="Ghi nhiệm kỳ", args=(unit_id,),
    )  # fmt: skip
