"""What the receiving unit does with a sheet: accept it, give it back with remarks, open it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import record
from chibo.organisation.models import PathVersion, Unit
from chibo.returns.content import view_of
from chibo.returns.models import Form, Remark, Sheet, Step, Value
from chibo.returns.operations.defining import words
from chibo.returns.operations.filling import numbers_of, step_of


def receives(sheet: Sheet, by: Actor) -> bool:
    """Whether the actor checks it: directs the unit that receives the form, and the one that handed it in."""
    return by.can(Power.DIRECT, sheet.form.scope_path) and by.can(Power.DIRECT, sheet.scope_path)


def _held(sheet: Sheet, by: Actor) -> Sheet:
    """Raises NoPower."""
    by.must(Power.DIRECT, sheet.form.scope_path)
    by.must(Power.DIRECT, sheet.scope_path)
    row: Sheet = Sheet.objects.select_for_update(of=("self",)).select_related("form__unit", "unit").get(pk=sheet.pk)
    return row


@transaction.atomic
def accept(sheet: Sheet, *, key: UUID, at: datetime, by: Actor, by_name: str) -> Step:
    """Chốt phiếu: its numbers are figures of the catalogue from now on, and it is locked.

    Raises NoPower and Refused: sheet_not_waiting.
    """
    sheet = _held(sheet, by)
    if sent := Step.objects.filter(pk=key, sheet=sheet).first():
        return sent
    refuse_if(sheet.state != Sheet.HANDED_IN, "sheet_not_waiting", state=sheet.get_state_display())
    view = view_of(sheet.form, sheet.unit_id, sheet.first)
    step = step_of(sheet, Step.ACCEPTED, key=key, at=at, by=by, by_name=by_name)
    place = PathVersion.objects.on(view.period.last).filter(unit=sheet.unit_id).values_list("path", flat=True).first()
    Value.objects.bulk_create(
        Value(
            step=step, sheet=sheet, line_id=pk, unit_id=sheet.unit_id, first=view.period.first, last=view.period.last,
            value=number, scope_path=sheet.scope_path, place_path=place or sheet.scope_path,
        )
        for pk, number in view.numbers.items() if number is not None
    )  # fmt: skip
    sheet.state, sheet.accepted = Sheet.ACCEPTED, step
    sheet.save(update_fields=["state", "accepted"])
    record(by, "return.accepted", on=at.date(), unit_id=sheet.unit_id, touched=[sheet, step], content=numbers_of(view))
    return step


@transaction.atomic
def give_back(
    sheet: Sheet, why: str, remarks: Mapping[int, str], *, key: UUID, at: datetime, by: Actor, by_name: str
) -> Step:  # fmt: skip
    """Trả lại để sửa: a remark beside each figure that is wrong (by the id of its line), or one for the whole sheet.

    Raises NoPower and Refused: sheet_not_waiting, say_what_to_mend, unknown_field, text_too_long,
    looks_like_identity.
    """
    sheet = _held(sheet, by)
    if sent := Step.objects.filter(pk=key, sheet=sheet).first():
        return sent
    refuse_if(sheet.state != Sheet.HANDED_IN, "sheet_not_waiting", state=sheet.get_state_display())
    said = {pk: text for pk, typed in remarks.items() if (text := words(typed, 300))}
    why = words(why, 300)
    refuse_if(not said and not why, "say_what_to_mend")
    lines = {line.pk for line in view_of(sheet.form, sheet.unit_id, sheet.first).lines}
    refuse_if(not set(said) <= lines, "unknown_field")
    why = why or f"Xem lại {len(said)} số"
    step = step_of(sheet, Step.GIVEN_BACK, key=key, at=at, by=by, by_name=by_name, why=why)
    Remark.objects.bulk_create(
        Remark(step=step, line_id=pk, text=text, scope_path=sheet.scope_path) for pk, text in said.items()
    )
    sheet.state = Sheet.GIVEN_BACK
    sheet.save(update_fields=["state"])
    record(by, "return.given_back", on=at.date(), unit_id=sheet.unit_id, touched=[sheet, step], content={"why": why})
    return step


@transaction.atomic
def reopen(sheet: Sheet, why: str, *, key: UUID, at: datetime, by: Actor, by_name: str) -> Step:
    """Mở lại phiếu đã chốt: what was accepted counts until the mended sheet is accepted anew.

    Raises NoPower and Refused: sheet_not_accepted, no_reason, text_too_long, looks_like_identity.
    """
    sheet = _held(sheet, by)
    if sent := Step.objects.filter(pk=key, sheet=sheet).first():
        return sent
    refuse_if(sheet.state != Sheet.ACCEPTED, "sheet_not_accepted")
    why = words(why, 300)
    refuse_if(not why, "no_reason")
    step = step_of(sheet, Step.REOPENED, key=key, at=at, by=by, by_name=by_name, why=why)
    sheet.state = Sheet.REOPENED
    sheet.save(update_fields=["state"])
    record(by, "return.reopened", on=at.date(), unit_id=sheet.unit_id, touched=[sheet, step], content={"why": why})
    return step


@transaction.atomic
def note_export(form: Form, unit: Unit, *, on: date, by: Actor) -> None:
    """Tải biểu, bảng: the ledger says who took it, of which unit, when. Whoever sees it may take it."""
    record(by, "return.exported", on=on, unit_id=unit.pk, touched=[form])
