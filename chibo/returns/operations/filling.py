"""Fill a sheet box by box, and hand it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import Refused, Stale, refuse_if
from chibo.ledger.operations import record
from chibo.organisation.models import Unit
from chibo.returns.boxes import BadBoxes, Change, Written, field_of, part_of, read_box, shown_box
from chibo.returns.content import SheetView, view_of
from chibo.returns.models import Entry, Form, Line, Sheet, Step
from chibo.returns.owing import owes
from chibo.returns.periods import asked


@transaction.atomic
def save_boxes(
    form: Form, unit: Unit, first: date, changes: Mapping[str, Change], *, at: datetime, by: Actor, by_name: str
) -> dict[str, int]:
    """Ghi phiếu số liệu: all boxes or none; returns the versions now in force.

    Drafts carry author and time but sign no ledger line: handing in is the act (decision 14). Raises NoPower,
    Refused: not_owed, sheet_waits, sheet_accepted, BadBoxes, Stale (with `conflicts`: field, mine, theirs, …).
    """
    sheet, view = _open(form, unit, first, at=at, by=by, by_name=by_name)
    values = _read_all(changes, view)
    wanted = {f: v for f, v in values.items() if not _untouched(f, v, changes[f].based_on, view) and v != view.text(f)}
    conflicts = [_conflict(f, v, view) for f, v in wanted.items() if changes[f].based_on != _box(view, f).version]
    if conflicts:
        raise Stale(conflicts)
    _write(sheet, view, wanted, at=at, by=by, by_name=by_name)
    return {f: _box(view, f).version + (f in wanted) for f in values}


def _open(
    form: Form, unit: Unit, first: date, *, at: datetime, by: Actor, by_name: str
) -> tuple[Sheet, SheetView]:  # fmt: skip
    """The sheet, held until the act is done, made when nobody has written in it yet."""
    may_fill(unit, by)
    Unit.objects.select_for_update().get(pk=unit.pk)
    refuse_if(not asked(form, first) or owes(form, unit.pk, first) is None, "not_owed")
    sheet, _ = Sheet.objects.get_or_create(
        form=form, unit=unit, first=first,
        defaults={"at": at, "by_account": by.account_id, "by_name": by_name, "scope_path": unit.scope_path},
    )  # fmt: skip
    view = view_of(form, unit.pk, first)
    refuse_if(sheet.state == Sheet.HANDED_IN, "sheet_waits")
    refuse_if(sheet.state == Sheet.ACCEPTED, "sheet_accepted")
    return sheet, view


def _read_all(changes: Mapping[str, Change], view: SheetView) -> dict[str, str]:
    lines, checks = {line.pk: line for line in view.lines}, {check.pk: check for check in view.checks}
    values, errors = {}, {}
    for field, change in changes.items():
        try:
            values[field] = read_box(field, change.typed, lines, checks)
        except Refused as refusal:
            errors[field] = refusal
    if errors:
        raise BadBoxes(errors)
    return values


def _box(view: SheetView, field: str) -> Written:
    return view.written.get(field, Written())


def _untouched(field: str, value: str, based_on: int, view: SheetView) -> bool:
    """The form gives back what it was given: not this person's change, whoever else changed the box since."""
    base = view.history.get((field, based_on), view.default_of(field) if based_on == 0 else None)
    return base is not None and value == base


def _conflict(field: str, mine: str, view: SheetView) -> dict[str, object]:
    box = _box(view, field)
    return {
        "field": field, "label": label_of(field, view), "version": box.version,
        "mine": shown_box(field, mine), "mine_words": shown_box(field, mine),
        "theirs": shown_box(field, box.value), "theirs_words": shown_box(field, box.value),
        "theirs_by": box.by_name, "theirs_at": box.entry.at if box.entry else None,
    }  # fmt: skip


def label_of(field: str, view: SheetView) -> str:
    """The box in the words of the page."""
    word, pk = part_of(field)
    if word == "why":
        return "Giải thích"
    return next((line.name for line in view.lines if line.pk == pk), "")


def _write(
    sheet: Sheet, view: SheetView, wanted: Mapping[str, str], *, at: datetime, by: Actor, by_name: str
) -> None:  # fmt: skip
    Entry.objects.bulk_create(
        Entry(
            sheet=sheet, field=f, value=v, version=_box(view, f).version + 1, by_account=by.account_id,
            by_name=by_name, at=at, scope_path=sheet.scope_path,
        )
        for f, v in wanted.items()
    )  # fmt: skip


@transaction.atomic
def hand_in(form: Form, unit: Unit, first: date, *, key: UUID, at: datetime, by: Actor, by_name: str) -> Step:
    """Nộp phiếu: nothing lacks, nothing contradicts, every warning has its reason. Sent twice it is one step.

    What was filled in from the last period and nobody changed is written down now. Raises NoPower and Refused:
    not_owed, sheet_waits, sheet_accepted, period_not_over, sheet_lacks (with `count` and the first `sentence`).
    """
    if sent := Step.objects.filter(pk=key, sheet__form=form, sheet__unit=unit).first():
        return sent
    sheet, view = _open(form, unit, first, at=at, by=by, by_name=by_name)
    refuse_if(view.period.last > at.date(), "period_not_over", day=view.period.last)
    stops = [each for each in view.findings if each.stops]
    if stops:
        raise Refused("sheet_lacks", count=len(stops), sentence=stops[0].sentence)
    taken = {f: view.text(f) for line in view.lines if (f := field_of(line)) not in view.written and view.text(f)}
    _write(sheet, view, taken, at=at, by=by, by_name=by_name)
    paper = not by.can(Power.CHAIR, unit.scope_path)
    step = step_of(sheet, Step.HANDED_IN, key=key, at=at, by=by, by_name=by_name, from_paper=paper)
    sheet.state, sheet.handed_in_on = Sheet.HANDED_IN, sheet.handed_in_on or at.date()
    sheet.save(update_fields=["state", "handed_in_on"])
    record(by, "return.handed_in", on=at.date(), unit_id=unit.pk, touched=[sheet, step],
           content=numbers_of(view))  # fmt: skip
    return step


def numbers_of(view: SheetView) -> dict[str, Any]:
    """What the ledger's line seals: each figure by its code."""
    codes = {line.pk: line.code for line in view.lines if line.adds != Line.RATIO}
    return {codes[pk]: plain(number) for pk, number in view.numbers.items() if number is not None}


def plain(number: Decimal) -> str:
    """One spelling of a number."""
    return f"{number.normalize():f}"


def step_of(
    sheet: Sheet, kind: str, *, key: UUID, at: datetime, by: Actor, by_name: str, why: str = "",
    from_paper: bool = False,
) -> Step:  # fmt: skip
    """The next step of a sheet that is held."""
    number = Step.objects.filter(sheet=sheet).count() + 1
    return Step.objects.create(
        id=key, sheet=sheet, number=number, kind=kind, why=why, from_paper=from_paper, at=at,
        by_account=by.account_id, by_name=by_name, scope_path=sheet.scope_path,
    )  # fmt: skip


def fills(unit: Unit, by: Actor) -> bool:
    """Whether the actor fills in sheets of the unit: who chairs it, or the office that types for it."""
    return by.can(Power.CHAIR, unit.scope_path) or by.can(Power.HELP, unit.scope_path)


def may_fill(unit: Unit, by: Actor) -> None:
    """Raises NoPower."""
    if not by.can(Power.HELP, unit.scope_path):
        by.must(Power.CHAIR, unit.scope_path)
