"""A target is set from a document, and changed by newer words that say why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from chibo.directives.models import Document
from chibo.directives.operations.documents import heading_of
from chibo.directives.titles import title_of
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.organisation.models import Unit
from chibo.targets.measures import Measure, checked
from chibo.targets.models import Target, TargetSaid
from chibo.targets.operations.following import place_of, say_target
from chibo.targets.queries import must_write, said_now


@transaction.atomic
def set_target(
    unit: Unit, document: Document, new: Measure, *, first: date, last: date, key: UUID, at: datetime, by: Actor,
    by_name: str = "", on: date | None = None,
) -> Target:  # fmt: skip
    """Ghi một chỉ tiêu của văn bản (IND-1, IND-9): a document of the unit's own register. Sent twice it is one.

    Raises NoPower and Refused: other_register, document_withdrawn, bad_period, and those of `measures.checked`.
    """
    must_write(unit.scope_path, by)
    if sent := Target.objects.filter(pk=key, unit=unit).first():
        return sent
    refuse_if(document.unit_id != unit.pk, "other_register")
    refuse_if(last < first, "bad_period")
    said = checked(new)
    day = on or at.date()
    row = Target.objects.create(
        id=key, unit=unit, document=document, source=title_of(heading_of(document)), name=said.name,
        figure=said.figure, kind=said.kind, measure=said.measure, first=first, at=at, by_account=by.account_id,
        by_name=by_name, scope_path=unit.scope_path, place_path=place_of(unit, day, unit.scope_path),
    )  # fmt: skip
    words = {"comparison": said.comparison, "value": said.value, "start": said.start, "key": said.key, "last": last,
             "dropped": False}  # fmt: skip
    made = say_target(row, words, "", on=day, at=at, by=by, by_name=by_name)
    assert made is not None
    record(by, "target.set", on=day, unit_id=unit.pk, touched=[row, made], content=target_content(row, made))
    return row


def target_content(row: Target, said: TargetSaid) -> dict[str, object]:
    """What the ledger's line seals."""
    return {"name": row.name, "figure": row.figure, "comparison": said.comparison, "value": str(said.value),
            "first": row.first.isoformat(), "last": said.last.isoformat(), "why": said.why}  # fmt: skip


def locked(target: Target, by: Actor) -> Target:
    """The target, held until the act is done. Raises NoPower."""
    must_write(target.scope_path, by)
    row: Target = Target.objects.select_for_update(of=("self",)).select_related("unit").get(pk=target.pk)
    return row


@transaction.atomic
def change_target(
    target: Target, *, value: Any, comparison: str, last: date, key: bool, why: str, at: datetime, by: Actor,
    by_name: str = "", dropped: bool = False,
) -> TargetSaid:  # fmt: skip
    """Điều chỉnh, hoặc thôi một chỉ tiêu: from today on it asks for something else, and the old words stay.

    A line's target is changed in its plan, a share with its siblings. Raises NoPower and Refused: changed_in_its_plan,
    changed_with_the_others, say_why_changed, bad_period, and those of `measures.checked`.
    """
    target = locked(target, by)
    refuse_if(target.line_id, "changed_in_its_plan")
    refuse_if(target.parent_id, "changed_with_the_others")
    why = clean(why, most=300)
    refuse_if(not why, "say_why_changed")
    refuse_if(last < target.first, "bad_period")
    before = said_now(target)
    said = checked(Measure(target.name, comparison, value, target.figure, target.kind, target.measure))
    words = {"comparison": said.comparison, "value": said.value, "start": before.start, "key": key, "last": last,
             "dropped": dropped}  # fmt: skip
    made = say_target(target, words, why, on=at.date(), at=at, by=by, by_name=by_name)
    if made is not None:
        record(by, "target.changed", on=at.date(), unit_id=target.unit_id, touched=[target, made],
               content=target_content(target, made))  # fmt: skip
    return made or before


@transaction.atomic
def note_export(unit: Unit, *, on: date, by: Actor) -> None:
    """Tải bảng chỉ tiêu: the ledger says who took it, of which unit, when."""
    record(by, "targets.exported", on=on, unit_id=unit.pk, touched=[unit])
