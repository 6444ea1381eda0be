"""The acts: lock, plan (which refuses), carry the plan out, sign one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.turns import alone
from chibo.ledger.operations import one_line
from chibo.organisation.models import Unit
from chibo.reorganisation.models import Decision
from chibo.reorganisation.operations.deciding import (
    carried_out,
    decided,
    hold,
    may_decide,
    number_of,
    planned_as_seen,
)
from chibo.reorganisation.planning import (
    NewUnit,
    plan_end,
    plan_found,
    plan_kind,
    plan_merge,
    plan_move,
    plan_rename,
    plan_split,
    plan_upgrade,
)
from chibo.reorganisation.plans import Paper, Plan


def found(
    parent: Unit, new: NewUnit, kind: str, *, paper: Paper, on: date, at: datetime, by: Actor, place: str = "",
    by_name: str = "",
) -> Decision:  # fmt: skip
    """Thành lập tổ chức đảng. Raises as `plan_found`."""
    return _decide([parent], lambda: plan_found(parent, new, kind, on=on, by=by, paper=paper.text, place=place),
                   paper, on=on, at=at, by=by, by_name=by_name)  # fmt: skip


def rename(
    unit: Unit, name: str, *, short_name: str, paper: Paper, on: date, at: datetime, by: Actor, by_name: str = ""
) -> Decision:
    """Đổi tên. Raises as `plan_rename`."""
    return _decide([unit], lambda: plan_rename(unit, name, short_name=short_name, on=on, paper=paper.text),
                   paper, on=on, at=at, by=by, by_name=by_name)  # fmt: skip


def change_kind(
    unit: Unit, kind: str, *, paper: Paper, on: date, at: datetime, by: Actor, by_name: str = ""
) -> Decision:
    """Chuyển loại. Raises as `plan_kind`."""
    return _decide([unit], lambda: plan_kind(unit, kind, on=on, paper=paper.text), paper, on=on, at=at, by=by,
                   by_name=by_name)  # fmt: skip


def move_unit(unit: Unit, to: Unit, *, paper: Paper, on: date, at: datetime, by: Actor, by_name: str = "") -> Decision:
    """Chuyển cấp trên trực tiếp. Raises as `plan_move`."""
    return _decide([unit, to], lambda: plan_move(unit, to, on=on, paper=paper.text), paper, on=on, at=at, by=by,
                   by_name=by_name)  # fmt: skip


def end_unit(unit: Unit, *, paper: Paper, on: date, at: datetime, by: Actor, by_name: str = "") -> Decision:
    """Kết thúc hoạt động. Raises as `plan_end`."""
    return _decide([unit], lambda: plan_end(unit, on=on, by=by, paper=paper.text), paper, on=on, at=at, by=by,
                   by_name=by_name)  # fmt: skip


def split_unit(
    unit: Unit, into: Sequence[NewUnit], *, paper: Paper, on: date, at: datetime, by: Actor, by_name: str = ""
) -> Decision:
    """Chia tách chi bộ, đảng bộ. Raises as `plan_split`."""
    return _decide([unit], lambda: plan_split(unit, into, on=on, by=by, paper=paper.text), paper, on=on, at=at, by=by,
                   by_name=by_name)  # fmt: skip


def upgrade_cell(
    cell: Unit, kind: str, into: Sequence[NewUnit], *, name: str, short_name: str, paper: Paper, on: date,
    at: datetime, by: Actor, by_name: str = "",
) -> Decision:  # fmt: skip
    """Nâng cấp chi bộ thành đảng bộ. Raises as `plan_upgrade`."""
    return _decide(
        [cell],
        lambda: plan_upgrade(cell, kind, into, name=name, short_name=short_name, on=on, by=by, paper=paper.text),
        paper, on=on, at=at, by=by, by_name=by_name,
    )  # fmt: skip


def merge_units(
    sources: Sequence[Unit], into: Unit | NewUnit, *, paper: Paper, on: date, at: datetime, by: Actor,
    kind: str = "", by_name: str = "",
) -> Decision:  # fmt: skip
    """Sáp nhập, hợp nhất. Raises as `plan_merge`."""
    units = [*sources, *([into] if isinstance(into, Unit) else [])]
    return _decide(units, lambda: plan_merge(sources, into, on=on, by=by, paper=paper.text, kind=kind),
                   paper, on=on, at=at, by=by, by_name=by_name)  # fmt: skip


@transaction.atomic
def _decide(
    units: Sequence[Unit], planned: Callable[[], Plan], paper: Paper, *, on: date, at: datetime, by: Actor, by_name: str
) -> Decision:
    """One act. Sending the same key twice gives the same decision.

    Raises NoPower, Refused: no_paper, day_ahead, and what the plan refuses; Overtaken.
    """
    alone()
    may_decide(units, by)
    if sent := Decision.objects.filter(pk=paper.key).first():
        return sent
    hold(units)
    number_of(paper, on=on, at=at)
    plan = planned_as_seen(planned, paper)
    by.must(Power.ORGANISE, plan.above.scope_path)
    with one_line(by, f"unit.{plan.act}", on=on, unit_id=plan.above.pk, touched=[]) as line:
        journal = carried_out(plan, at)
        decision = decided(plan.act, plan.above, [plan], journal.told(), paper, on=on, at=at, by=by, by_name=by_name)
        line += [decision, *journal.touched]
    return decision
