"""What no figure answers is reported by hand, with what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.attachments.cleaning import cleaned
from chibo.ledger.attachments.storing import store
from chibo.ledger.operations import record
from chibo.targets.models import ReportedValue, Target
from chibo.targets.operations.setting import locked
from chibo.targets.queries import must_write, said_now

FILE = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class NewValue:
    """The value up to a day: of a flow the sum since the first day. Of a ratio both parts, or the percentage alone."""

    on: date
    proof: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@transaction.atomic
def report_value(
    target: Target, new: NewValue, *, key: UUID, at: datetime, by: Actor, by_name: str = "", file: FILE | None = None
) -> ReportedValue:
    """Báo số của chỉ tiêu không có trong danh mục số liệu. Sent twice it is one.

    Raises NoPower and Refused: counted_by_figure, target_dropped, day_ahead, before_the_target, number_without_paper,
    value_missing, nothing_to_divide, more_than_all, looks_like_identity, and those of `attachments.cleaning.cleaned`.
    """
    target = locked(target, by)
    if sent := ReportedValue.objects.filter(pk=key, target=target).first():
        return sent
    refuse_if(target.figure, "counted_by_figure")
    refuse_if(said_now(target).dropped, "target_dropped")
    refuse_if(new.on > at.date(), "day_ahead", day=new.on)
    refuse_if(new.on < target.first, "before_the_target", day=target.first)
    proof = clean(new.proof, most=400)
    refuse_if(not proof, "number_without_paper")
    found = looks_like_identity(proof)
    refuse_if(found, "looks_like_identity", found=found)
    value = _value(target, new)
    row = ReportedValue.objects.create(
        id=key, target=target, on=new.on, value=value, numerator=new.numerator, denominator=new.denominator,
        proof=proof, attachment=store(cleaned(*file), at=at) if file else None,
        from_paper=not by.can(Power.ASSIGN, target.scope_path), at=at, by_account=by.account_id, by_name=by_name,
        scope_path=target.scope_path,
    )  # fmt: skip
    content = {"value": str(value), "on": new.on.isoformat(), "proof": proof}
    record(by, "target.reported", on=new.on, unit_id=target.unit_id, touched=[row, target], content=content)
    return row


def _value(target: Target, new: NewValue) -> Decimal:
    both = new.numerator is not None, new.denominator is not None
    if target.kind != Target.RATIO or not any(both):
        refuse_if(any(both), "nothing_to_divide")
        refuse_if(new.value is None, "value_missing")
        assert new.value is not None
        refuse_if(target.kind == Target.RATIO and new.value > 100, "more_than_all")
        return new.value
    refuse_if(not all(both) or not new.denominator, "nothing_to_divide")
    assert new.numerator is not None
    assert new.denominator
    refuse_if(new.numerator > new.denominator, "more_than_all")
    return (new.numerator * 100 / new.denominator).quantize(Decimal("0.0001"), ROUND_HALF_UP)


@transaction.atomic
def withdraw_value(row: ReportedValue, *, why: str, at: datetime, by: Actor) -> ReportedValue:
    """Rút số báo nhầm; reported right, it is a new one. Raises NoPower and Refused: unknown_why, withdrawn_already."""
    must_write(row.scope_path, by)
    row = ReportedValue.objects.select_for_update(of=("self",)).select_related("target").get(pk=row.pk)
    row.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "target.report_withdrawn", on=at.date(), unit_id=row.target.unit_id, touched=[row], reason=why)
    return row
