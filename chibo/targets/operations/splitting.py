"""The target of a unit is split among the units below it, and the sum is checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid5

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.decimals import show_decimal
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, cut
from chibo.ledger.operations import record
from chibo.organisation.models import Placement, Unit
from chibo.targets.measures import Measure, adds_up, asked_words, checked
from chibo.targets.models import Target, TargetSaid
from chibo.targets.operations.following import SAID, place_of, say_target
from chibo.targets.operations.setting import locked
from chibo.targets.queries import said_now


@transaction.atomic
def split_target(
    target: Target, shares: Mapping[Unit, Decimal], *, at: datetime, by: Actor, by_name: str = "", why: str = ""
) -> list[Target]:
    """Phân bổ chỉ tiêu cho đơn vị trực thuộc: each gets a target of its own, for the same days.

    The shares must make the whole, unless the number does not add up (a ratio, a bound above); the page warns then.
    Done again, it says why: shares change, a unit left out is asked no more.
    Raises NoPower and Refused: no_unit_chosen, not_directly_below, sum_differs, say_why_changed, target_dropped, and
    those of `measures.checked`.
    """
    target = locked(target, by)
    for unit in shares:
        by.must(Power.DIRECT, unit.scope_path)
    refuse_if(not shares, "no_unit_chosen")
    whole = said_now(target)
    refuse_if(whole.dropped, "target_dropped")
    below = set(Placement.objects.on(at.date()).filter(parent=target.unit_id).values_list("unit", flat=True))
    refuse_if(any(unit.pk not in below for unit in shares), "not_directly_below")
    total = sum(shares.values(), Decimal(0))
    refuse_if(
        adds_up(target.kind, whole.comparison) and total != whole.value, "sum_differs", total=show_decimal(total),
        whole=show_decimal(whole.value), differs=show_decimal(abs(total - whole.value)),
        which="thừa" if total > whole.value else "thiếu",
    )  # fmt: skip
    known = {row.unit_id: row for row in Target.objects.filter(parent=target).select_for_update()}
    why = clean(why, most=300)
    told: dict[str, Any] = {"at": at, "by": by, "by_name": by_name}
    touched: list[Any] = [target]
    for unit, value in shares.items():
        touched += _share(target, whole, known.get(unit.pk), unit, value, why, told)
    for pk, row in known.items():
        if pk not in {unit.pk for unit in shares}:
            touched += _left_out(row, why, told)
    if len(touched) > 1:
        record(by, "target.split", on=at.date(), unit_id=target.unit_id, touched=touched)
    return [each for each in touched[1:] if isinstance(each, Target)]


def _share(
    target: Target, whole: TargetSaid, known: Target | None, unit: Unit, value: Decimal, why: str, told: dict[str, Any]
) -> list[Any]:
    on = told["at"].date()
    said = checked(Measure(target.name, whole.comparison, value, target.figure, target.kind, target.measure))
    words = {"comparison": said.comparison, "value": said.value, "start": None, "key": whole.key, "last": whole.last,
             "dropped": False}  # fmt: skip
    row = known
    if row is None:
        by = told["by"]
        row = Target.objects.create(
            id=uuid5(target.pk, str(unit.pk)), unit=unit, parent=target, source=_source(target, whole),
            name=target.name, figure=target.figure, kind=target.kind, measure=target.measure, first=target.first,
            at=told["at"], by_account=by.account_id, by_name=told["by_name"], scope_path=unit.scope_path,
            place_path=place_of(unit, on, unit.scope_path),
        )  # fmt: skip
        why = ""
    else:
        before = said_now(row)
        same = all(getattr(before, name) == words[name] for name in SAID if name != "start")
        refuse_if(not same and not why, "say_why_changed")
        words["start"] = before.start
    made = say_target(row, words, why, on=on, **told)
    return [row, made] if made else []


def _source(target: Target, whole: TargetSaid) -> str:
    """«Nghị quyết 02-NQ/TU; cả xã: ít nhất 12 đảng viên»: the share's own unit does not see the whole."""
    asked = asked_words(whole.comparison, whole.value, target.measure)
    return cut(f"{target.source}; mức chung: {asked}", 300)


def _left_out(row: Target, why: str, told: dict[str, Any]) -> list[Any]:
    before = said_now(row)
    if before.dropped:
        return []
    refuse_if(not why, "say_why_changed")
    words = {**{name: getattr(before, name) for name in SAID}, "dropped": True}
    made = say_target(row, words, why, on=told["at"].date(), **told)
    return [row, made]
