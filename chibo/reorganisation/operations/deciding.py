"""What every decision does: look at its paper, carry plans out, write itself down with the units it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import Overtaken, Refused, refuse_if
from chibo.kernel.text import clean
from chibo.organisation.models import Unit
from chibo.reorganisation.journal import Journal
from chibo.reorganisation.models import Decision, DecisionUnit, Descent
from chibo.reorganisation.plans import Paper, Plan


def number_of(paper: Paper, *, on: date, at: datetime) -> str:
    """The number, as it is kept. Raises Refused: no_paper, day_ahead."""
    number = clean(paper.number, most=60)
    refuse_if(not number, "no_paper")
    refuse_if(on > timezone.localdate(at), "day_ahead", day=on)
    refuse_if(paper.signed_on > timezone.localdate(at), "day_ahead", day=paper.signed_on)
    return number


def may_decide(units: Sequence[Unit], by: Actor) -> None:
    """Whoever decides organises every unit that is named. Raises NoPower."""
    for unit in units:
        by.must(Power.ORGANISE, unit.scope_path)


def planned_as_seen(planned: Callable[[], Plan], paper: Paper) -> Plan:
    """The plan, as it was on the preview. Raises Overtaken when somebody wrote something else meanwhile."""
    try:
        plan = planned()
    except Refused as refusal:
        if paper.seen:
            raise Overtaken(refusal) from None
        raise
    if paper.seen and paper.seen != plan.digest:
        raise Overtaken(Refused("plan_moved"))
    return plan


def hold(units: Sequence[Unit]) -> None:
    """One act at a time on a unit."""
    list(Unit.objects.select_for_update().filter(pk__in=[unit.pk for unit in units]).order_by("pk"))


def carried_out(plan: Plan, at: datetime) -> Journal:
    """Do every step; the journal tells what was done."""
    journal = Journal(at)
    for step in plan.steps:
        if step.do is not None:
            step.do(journal)
    return journal


def decided(
    act: str, above: Unit, plans: Sequence[Plan], outcome: dict[str, Any], paper: Paper, *, on: date, at: datetime,
    by: Actor, by_name: str,
) -> Decision:  # fmt: skip
    """The decision itself, which units it is about, and who descends from whom."""
    decision = Decision.objects.create(
        id=paper.key, act=act, unit=above, paper=clean(paper.number, most=60), signed_on=paper.signed_on,
        effective_on=on, signer=clean(paper.signer, most=80), reason=clean(paper.reason, most=300), outcome=outcome,
        at=at, by_account=by.account_id, by_name=by_name, scope_path=above.scope_path,
    )  # fmt: skip
    parts = _parts(plans)
    paths = dict(Unit.objects.filter(pk__in=parts).values_list("pk", "scope_path"))
    DecisionUnit.objects.bulk_create(
        DecisionUnit(decision=decision, unit_id=pk, part=part, act=of, scope_path=paths[pk])
        for pk, (part, of) in parts.items()
    )
    Descent.objects.bulk_create(
        Descent(decision=decision, source=source, heir=heir.there, on=on, keeps_papers=heir is plan.main,
                scope_path=paths[heir.there.pk])
        for plan in plans
        for source in plan.sources
        for heir in plan.heirs
    )  # fmt: skip
    return decision


def _parts(plans: Sequence[Plan]) -> dict[int, tuple[str, str]]:
    """Unit → what it was in the decision, and by which act: each is named once, however many acts touched it."""
    parts: dict[int, tuple[str, str]] = {}
    founded = (DecisionUnit.HEIR, Decision.FOUND)  # it stays that, whoever went into it afterwards
    for plan in plans:  # a unit that ends is a source, whatever else happened to it before
        parts |= {unit.pk: parts.get(unit.pk, (DecisionUnit.CHANGED, plan.act)) for unit in plan.changed}
        heirs = (heir.there.pk for heir in plan.heirs)
        parts |= {pk: (DecisionUnit.HEIR, plan.act) for pk in heirs if parts.get(pk) != founded}
        parts |= {unit.pk: (DecisionUnit.SOURCE, plan.act) for unit in plan.sources}
    for plan in plans:  # a cell that was upgraded is its own source and goes on
        parts |= {unit.pk: (DecisionUnit.CHANGED, plan.act) for unit in plan.changed if unit in plan.sources}
    return parts
