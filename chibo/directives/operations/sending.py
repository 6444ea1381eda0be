"""A document is sent to the units that must study it, each with a day; and they say that they have it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from chibo.directives.models import Delivery, Document, Receipt, StudySession
from chibo.directives.operations.documents import heading_of
from chibo.directives.titles import title_of
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.paths import PathRange
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.organisation.models import PathVersion, Unit


@transaction.atomic
def send_to_study(
    document: Document, units: Sequence[Unit], *, on: date, due: date, at: datetime, by: Actor, by_name: str = "",
    plan_due: date | None = None, note: str = "",
) -> list[Delivery]:  # fmt: skip
    """Giao học tập, quán triệt (DIR-1, DIR-2): one delivery a unit; a unit that has it already keeps its day.

    `on` is the day of asking, `due` the last day to study, `plan_due` the last day for a plan of its own.
    Raises NoPower and Refused: no_unit_chosen, due_before_asked, document_withdrawn, secret_not_sent, not_below,
    unit_not_standing.
    """
    refuse_if(not units, "no_unit_chosen")
    for unit in units:
        by.must(Power.DIRECT, unit.scope_path)
    refuse_if(due < on or (plan_due is not None and plan_due < on), "due_before_asked")
    document = Document.objects.select_for_update().select_related("unit").get(pk=document.pk)
    heading = heading_of(document)
    refuse_if(heading.secret, "secret_not_sent")
    below = PathRange.of(document.unit.scope_path)
    refuse_if(any(unit.scope_path not in below or unit.pk == document.unit_id for unit in units), "not_below")
    has = set(Delivery.objects.live().filter(document=document, unit__in=units).values_list("unit", flat=True))
    wanted = [unit for unit in units if unit.pk not in has]
    places = dict(PathVersion.objects.on(on).filter(unit__in=wanted).values_list("unit", "path"))
    refuse_if(any(unit.pk not in places for unit in wanted), "unit_not_standing", day=on)
    note = clean(note, most=400)
    made = Delivery.objects.bulk_create(
        Delivery(
            document=document, unit=unit, asked_by_id=document.unit_id, title=title_of(heading), about=heading.about,
            issued_on=heading.dated_on, asked_on=on, due_on=due, plan_due_on=plan_due, note=note, at=at,
            by_account=by.account_id, by_name=by_name, place_path=places[unit.pk], scope_path=unit.scope_path,
        )
        for unit in wanted
    )  # fmt: skip
    if made:
        record(by, "document.sent", on=on, unit_id=document.unit_id, touched=[document, *made])
    return made


@transaction.atomic
def withdraw_delivery(delivery: Delivery, *, why: str, at: datetime, by: Actor) -> Delivery:
    """Thôi giao một tổ chức, when it was a mistake. What was studied stays.

    Raises NoPower and Refused: unknown_why, withdrawn_already, studied_already.
    """
    by.must(Power.DIRECT, delivery.scope_path)
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    refuse_if(StudySession.objects.live().filter(delivery=delivery).exists(), "studied_already")
    delivery.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "document.recalled", on=at.date(), unit_id=delivery.unit_id, touched=[delivery], reason=why)
    return delivery


@transaction.atomic
def note_receipt(delivery: Delivery, *, on: date, at: datetime, by: Actor, by_name: str = "") -> Receipt:
    """Đã nhận văn bản: the second clock (LIM-1); said again it changes nothing.

    Raises NoPower and Refused: withdrawn_already, received_before_asked, day_ahead.
    """
    may_answer(delivery, by)
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if said := Receipt.objects.filter(delivery=delivery).first():
        return said
    refuse_if(delivery.withdrawn_at, "withdrawn_already")
    refuse_if(on < delivery.asked_on, "received_before_asked", day=delivery.asked_on)
    refuse_if(on > at.date(), "day_ahead", day=on)
    row = Receipt.objects.create(
        delivery=delivery, on=on, at=at, by_account=by.account_id, by_name=by_name, scope_path=delivery.scope_path
    )
    record(by, "document.received", on=on, unit_id=delivery.unit_id, touched=[row, delivery])
    return row


def answers(delivery: Delivery, actor: Actor) -> bool:
    """Whether the actor answers for the unit: who chairs it, or the office that types for it."""
    return actor.can(Power.CHAIR, delivery.scope_path) or actor.can(Power.HELP, delivery.scope_path)


def may_answer(delivery: Delivery, by: Actor) -> None:
    """Raises NoPower."""
    if not by.can(Power.HELP, delivery.scope_path):
        by.must(Power.CHAIR, delivery.scope_path)
