"""Who serves a locality from a day on, and the areas it lies in: said, ended, corrected, withdrawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import days, since
from chibo.kernel.text import clean
from chibo.ledger.operations import record
from chibo.organisation.models import AreaTag, Locality, Service, Unit
from chibo.organisation.operations.localities import new_tag, refuse_other_cells, standing_siting


@transaction.atomic
def serve_locality(
    locality: Locality, *, cell: Unit | None, has_members: bool, on: date, by: Actor, cause: str = "",
    decision: str = "",
) -> Service:  # fmt: skip
    """Ghi chi bộ phụ trách địa bàn từ ngày `on`: what was so before holds to the day before.

    Raises Refused: locality_ended, cell_elsewhere, unknown_cause, served_so_already, already_changed_that_day,
    locality_facts_later.
    """
    by.must(Power.ORGANISE, locality.scope_path)
    siting = standing_siting(locality, on)
    refuse_if(cause and cause not in dict(Service.CAUSES), "unknown_cause")
    refuse_other_cells([cell] if cell is not None else [], siting.unit, on)
    live = Service.objects.live().filter(locality=locality)
    refuse_if(live.filter(during__startswith__gt=on).exists(), "locality_facts_later")
    old = live.filter(during__contains=on).first()
    new = Service(
        locality=locality, cell=cell, has_members=cell is not None or has_members, cause=cause, during=since(on),
        decision=clean(decision, most=120), scope_path=locality.scope_path,
    )  # fmt: skip
    if old is not None:
        refuse_if((old.cell_id, old.has_members) == (new.cell_id, new.has_members), "served_so_already")
        refuse_if(old.during.lower == on, "already_changed_that_day")
        old.during = DateRange(old.during.lower, on)
        old.save(update_fields=["during"])
    new.save(force_insert=True)
    cells: list[object] = [("organisation.unit", pk) for pk in {new.cell_id, old and old.cell_id} if pk]
    record(by, "locality.served", on=on, unit_id=siting.unit_id, touched=[locality, new, *cells], reason=cause)  # type: ignore[list-item]
    return new


@transaction.atomic
def correct_service(
    service: Service, *, cell: Unit | None, has_members: bool, cause: str, decision: str, why: str, at: datetime,
    by: Actor,
) -> Service:  # fmt: skip
    """Sửa chi bộ phụ trách đã ghi sai: the same days, said anew.

    Raises Refused: unknown_why, withdrawn_already, locality_ended, cell_elsewhere, unknown_cause.
    """
    by.must(Power.ORGANISE, service.scope_path)
    service = Service.objects.select_related("locality").get(pk=service.pk)
    siting = standing_siting(service.locality, service.during.lower)
    refuse_if(cause and cause not in dict(Service.CAUSES), "unknown_cause")
    refuse_other_cells([cell] if cell is not None else [], siting.unit, service.during.lower)
    service.withdraw(why=why, at=at, by_account=by.account_id)
    new = service.said_anew(
        cell_id=cell.pk if cell else None, has_members=cell is not None or has_members, cause=cause,
        decision=clean(decision, most=120),
    )  # fmt: skip
    new.save(force_insert=True)
    record(by, "service.corrected", on=timezone.localdate(at), unit_id=siting.unit_id,
           touched=[service.locality, service, new], reason=why)  # fmt: skip
    return new


@transaction.atomic
def withdraw_service(service: Service, *, why: str, at: datetime, by: Actor) -> None:
    """Rút lần ghi nhầm: what was so before goes on. Raises Refused: unknown_why, withdrawn_already."""
    by.must(Power.ORGANISE, service.scope_path)
    Locality.objects.select_for_update().get(pk=service.locality_id)
    service = Service.objects.select_related("locality").get(pk=service.pk)
    service.withdraw(why=why, at=at, by_account=by.account_id)
    before = Service.objects.live().filter(locality=service.locality_id, during__endswith=service.during.lower).first()
    if before is not None:
        before.during = DateRange(before.during.lower, service.during.upper)
        before.save(update_fields=["during"])
    touched = [service.locality, service, *([before] if before is not None else [])]
    record(by, "service.withdrawn", on=timezone.localdate(at), unit_id=None, touched=touched, reason=why)


@transaction.atomic
def tag_locality(
    locality: Locality, tag: str, *, document: str, first: date, by: Actor, last: date | None = None
) -> AreaTag:
    """Ghi diện của địa bàn theo văn bản.

    Raises Refused: locality_ended, unknown_tag, tag_without_document, tagged_already, ends_before_it_starts.
    """
    by.must(Power.ORGANISE, locality.scope_path)
    siting = standing_siting(locality, first)
    new = new_tag(locality, tag, document, first, days(first, last))
    _refuse_tagged(new)
    new.save(force_insert=True)
    record(by, "locality.tagged", on=first, unit_id=siting.unit_id, touched=[locality, new])
    return new


def _refuse_tagged(row: AreaTag) -> None:
    same = AreaTag.objects.live().filter(locality=row.locality_id, tag=row.tag, during__overlap=row.during)
    refuse_if(same.exists(), "tagged_already")


@transaction.atomic
def end_tag(tag: AreaTag, *, last: date, by: Actor) -> AreaTag:
    """Thôi thuộc diện: `last` is the last day. Raises Refused("tag_not_then")."""
    by.must(Power.ORGANISE, tag.scope_path)
    tag = AreaTag.objects.select_for_update(of=("self",)).select_related("locality").get(pk=tag.pk)
    refuse_if(tag.withdrawn_at is not None or last not in tag.during, "tag_not_then")
    tag.during = DateRange(tag.during.lower, last + timedelta(days=1))
    tag.save(update_fields=["during"])
    record(by, "tag.ended", on=last, unit_id=None, touched=[tag.locality, tag])
    return tag


@transaction.atomic
def correct_tag(
    tag: AreaTag, *, document: str, first: date, last: date | None, why: str, at: datetime, by: Actor
) -> AreaTag:
    """Sửa văn bản, ngày của diện đã ghi sai. Raises as `tag_locality`, and Refused: unknown_why, withdrawn_already."""
    by.must(Power.ORGANISE, tag.scope_path)
    Locality.objects.select_for_update().get(pk=tag.locality_id)
    tag = AreaTag.objects.select_related("locality").get(pk=tag.pk)
    during = days(first, last)
    tag.withdraw(why=why, at=at, by_account=by.account_id)
    new = new_tag(tag.locality, tag.tag, document, first, during)
    _refuse_tagged(new)
    new.save(force_insert=True)
    record(by, "tag.corrected", on=timezone.localdate(at), unit_id=None, touched=[tag.locality, tag, new], reason=why)
    return new


@transaction.atomic
def withdraw_tag(tag: AreaTag, *, why: str, at: datetime, by: Actor) -> None:
    """Rút diện đã ghi nhầm. Raises Refused: unknown_why, withdrawn_already."""
    by.must(Power.ORGANISE, tag.scope_path)
    tag = AreaTag.objects.select_for_update(of=("self",)).select_related("locality").get(pk=tag.pk)
    tag.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "tag.withdrawn", on=timezone.localdate(at), unit_id=None, touched=[tag.locality, tag], reason=why)
