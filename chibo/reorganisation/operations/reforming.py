"""Sắp xếp theo một bảng: many acts on one paper, each planned on what those before it left, all written or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import NoPower, Refused, refuse_if
from chibo.kernel.turns import alone
from chibo.ledger.operations import one_line
from chibo.organisation.models import Unit
from chibo.reorganisation.journal import Journal
from chibo.reorganisation.models import Decision
from chibo.reorganisation.operations.deciding import carried_out, decided, hold, may_decide, number_of
from chibo.reorganisation.plans import Paper, Plan, nearest_above


@dataclass(frozen=True, slots=True)
class Act:
    """One act of many: the units it names, and its plan."""

    units: Sequence[Unit]
    plan: Callable[[], Plan]


Asked = Callable[[], Act]  # asked when its turn comes: it may name what an act before it founded
Told = Callable[[Plan], None]
Heard = Callable[[Plan | Refused | NoPower], None]


@transaction.atomic
def reform(
    unit: Unit, acts: Iterable[Asked], *, paper: Paper, on: date, at: datetime, by: Actor, by_name: str = "",
    told: Told = lambda plan: None,
) -> Decision:  # fmt: skip
    """Sắp xếp tổ chức theo một bảng: the acts in their order under one decision, one line in the ledger.

    `unit` is whose sheet it is; `told` hears of each act as it is done. Sending the same key twice gives the same
    decision. Raises NoPower, Refused: no_paper, day_ahead, no_acts, and what the plan of an act refuses.
    """
    alone()
    by.must(Power.ORGANISE, unit.scope_path)
    if sent := Decision.objects.filter(pk=paper.key).first():
        return sent
    hold([unit])
    number_of(paper, on=on, at=at)
    plans: list[Plan] = []
    journals: list[Journal] = []
    with one_line(by, f"unit.{Decision.REFORM}", on=on, unit_id=unit.pk, touched=[]) as line:
        for asked in acts:
            plan, journal = _one(asked, at, by)
            plans.append(plan)
            journals.append(journal)
            told(plan)
        refuse_if(not plans, "no_acts")
        above = nearest_above(unit.scope_path, *{plan.above.scope_path for plan in plans})
        outcome = {"acts": [journal.told() for journal in journals]}
        decision = decided(Decision.REFORM, above, plans, outcome, paper, on=on, at=at, by=by, by_name=by_name)
        line += [decision, *(row for journal in journals for row in journal.touched)]
    return decision


def rehearse(
    unit: Unit, acts: Iterable[Asked], *, paper: Paper, on: date, at: datetime, by: Actor, told: Heard
) -> None:
    """Xem trước: `told` hears what becomes of each act, which sees what those before it did; then all is undone.

    Raises NoPower, Refused: no_paper, day_ahead.
    """
    by.must(Power.ORGANISE, unit.scope_path)
    number_of(paper, on=on, at=at)
    with transaction.atomic():
        with one_line(by, f"unit.{Decision.REFORM}", on=on, unit_id=unit.pk, touched=[]):
            for asked in acts:
                told(_tried(asked, at, by))
        transaction.set_rollback(True)


def _tried(asked: Asked, at: datetime, by: Actor) -> Plan | Refused | NoPower:
    try:
        with transaction.atomic():
            return _one(asked, at, by)[0]
    except (Refused, NoPower) as refusal:
        return refusal


def _one(asked: Asked, at: datetime, by: Actor) -> tuple[Plan, Journal]:
    act = asked()
    may_decide(act.units, by)
    hold(act.units)
    plan = act.plan()
    by.must(Power.ORGANISE, plan.above.scope_path)
    return plan, carried_out(plan, at)
