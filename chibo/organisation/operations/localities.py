"""Register localities, change what they are called, end them, take back what was entered by mistake."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import since
from chibo.kernel.text import clean, looks_like_identity, text_key
from chibo.ledger.operations import record
from chibo.organisation.localities import COMMUNES, area_tags, bare_name, locality_kinds
from chibo.organisation.models import AreaTag, Locality, Placement, Service, Siting, Unit
from chibo.organisation.queries import placement_on

FACTS: tuple[Any, ...] = (Siting, AreaTag, Service)  # what is known of a locality, each row for a while


@dataclass(frozen=True, slots=True)
class NewLocality:
    """One line of the register. Without a cell, `has_members` says whether members live there; None: nobody said."""

    kind: str
    name: str
    cluster: str = ""
    cell: Unit | None = None
    has_members: bool | None = None
    tags: Mapping[str, str] = field(default_factory=dict)  # code → document
    decision: str = ""


@transaction.atomic
def register_localities(rows: Sequence[NewLocality], unit: Unit, *, on: date, by: Actor) -> list[Locality]:
    """Ghi địa bàn vào sổ của xã: one act for the whole list.

    Raises Refused: not_a_commune, unknown_locality_kind, no_name, locality_known, cell_elsewhere, unknown_tag,
    tag_without_document, looks_like_identity.
    """
    by.must(Power.ORGANISE, unit.scope_path)
    Unit.objects.select_for_update().get(pk=unit.pk)
    refuse_unless_commune(unit, on)
    sitings = [_siting(row.kind, row.name, row.cluster, row.decision, unit, on) for row in rows]
    _refuse_known(sitings, unit, on)
    refuse_other_cells({row.cell for row in rows if row.cell is not None}, unit, on)
    localities = Locality.objects.bulk_create(Locality(scope_path=unit.scope_path) for _ in rows)
    tags, services = [], []
    for row, locality, siting in zip(rows, localities, sitings, strict=True):
        siting.locality = locality
        tags += [new_tag(locality, tag, document, on, since(on)) for tag, document in row.tags.items()]
        if row.cell is not None or row.has_members is not None:
            services.append(Service(
                locality=locality, cell=row.cell, has_members=bool(row.cell) or bool(row.has_members),
                during=since(on), decision=siting.decision, scope_path=unit.scope_path,
            ))  # fmt: skip
    for model, found in ((Siting, sitings), (AreaTag, tags), (Service, services)):
        model.objects.bulk_create(found)  # type: ignore[arg-type]
    record(by, "localities.registered", on=on, unit_id=unit.pk, touched=localities)
    return localities


def register_locality(row: NewLocality, unit: Unit, *, on: date, by: Actor) -> Locality:
    """Ghi một địa bàn. Raises as `register_localities`."""
    (locality,) = register_localities([row], unit, on=on, by=by)
    return locality


def refuse_unless_commune(unit: Unit, on: date) -> None:
    """Localities lie in a commune that stands that day."""
    placement = placement_on(unit.pk, on)
    refuse_if(placement is None or placement.kind not in COMMUNES, "not_a_commune")


def refuse_other_cells(cells: Collection[Unit], unit: Unit, on: date) -> None:
    """A locality is served by a cell of its own commune that stands that day."""
    ids = {cell.pk for cell in cells if cell.scope_path.startswith(unit.scope_path)}
    standing = Placement.objects.on(on).filter(unit__in=ids, kind="cell").count() if ids else 0
    refuse_if(standing < len(cells), "cell_elsewhere")


def _siting(kind: str, name: str, cluster: str, decision: str, unit: Unit, on: date) -> Siting:
    known = locality_kinds(on).get(kind)
    refuse_if(known is None, "unknown_locality_kind")
    assert known is not None
    name, cluster = bare_name(known, clean(name, most=80)), clean(cluster, most=80)
    refuse_if(not name, "no_name")
    found = looks_like_identity(f"{name} {cluster}")
    refuse_if(found, "looks_like_identity", found=found)
    return Siting(
        unit=unit, kind=kind, name=name, cluster=cluster, sort_key=text_key(name), during=since(on),
        decision=clean(decision, most=120), scope_path=unit.scope_path,
    )  # fmt: skip


def _refuse_known(sitings: Sequence[Siting], unit: Unit, on: date, but: int | None = None) -> None:
    """Two localities of a kind in one commune do not bear one name."""
    there = Siting.objects.live().filter(unit=unit, during__overlap=since(on)).exclude(locality=but)
    known = set(there.values_list("kind", "sort_key"))
    for siting in sitings:
        key = (siting.kind, siting.sort_key)
        refuse_if(key in known, "locality_known", name=siting.name)
        known.add(key)


def new_tag(locality: Locality, tag: str, document: str, day: date, during: DateRange) -> AreaTag:
    """The row of a tag. Raises Refused: unknown_tag, tag_without_document."""
    refuse_if(tag not in area_tags(day), "unknown_tag")
    document = clean(document, most=120)
    refuse_if(not document, "tag_without_document")
    return AreaTag(locality=locality, tag=tag, document=document, during=during, scope_path=locality.scope_path)


def standing_siting(locality: Locality, on: date) -> Siting:
    """The siting of that day, locked with its locality. Raises Refused("locality_ended")."""
    Locality.objects.select_for_update().get(pk=locality.pk)
    found: Siting | None = Siting.objects.on(on).filter(locality=locality).select_related("unit").first()
    refuse_if(found is None, "locality_ended")
    assert found is not None
    return found


@transaction.atomic
def change_locality(
    locality: Locality, *, kind: str, name: str, cluster: str, on: date, by: Actor, decision: str = ""
) -> Siting:
    """Đổi tên, loại, cụm của địa bàn: the old ones hold to the day before `on`.

    Raises Refused: locality_ended, already_changed_that_day, nothing_changes, and as `register_localities`.
    """
    by.must(Power.ORGANISE, locality.scope_path)
    old = standing_siting(locality, on)
    refuse_if(old.during.lower == on or old.during.upper is not None, "already_changed_that_day")
    new = _siting(kind, name, cluster, decision, old.unit, on)
    same = (old.kind, old.name, old.cluster) == (new.kind, new.name, new.cluster)
    refuse_if(same, "nothing_changes")
    _refuse_known([new], old.unit, on, but=locality.pk)
    _end(old, on)
    new.locality = locality
    new.save(force_insert=True)
    record(by, "locality.changed", on=on, unit_id=old.unit_id, touched=[locality])
    return new


@transaction.atomic
def correct_siting(
    siting: Siting, *, kind: str, name: str, cluster: str, first: date, why: str, at: datetime, by: Actor
) -> Siting:
    """Sửa tên, loại, cụm, ngày đã ghi sai: the row is withdrawn and said anew.

    Raises Refused: unknown_why, withdrawn_already, overlaps_another, ends_before_it_starts, and as
    `register_localities`.
    """
    by.must(Power.ORGANISE, siting.scope_path)
    Locality.objects.select_for_update().get(pk=siting.locality_id)
    siting = Siting.objects.select_related("unit", "locality").get(pk=siting.pk)
    upper = siting.during.upper
    refuse_if(upper is not None and first >= upper, "ends_before_it_starts")
    siting.withdraw(why=why, at=at, by_account=by.account_id)
    said = _siting(kind, name, cluster, siting.decision, siting.unit, first)
    _refuse_known([said], siting.unit, first, but=siting.locality_id)
    said.locality, said.during = siting.locality, DateRange(first, upper)
    others = Siting.objects.live().filter(locality=siting.locality_id, during__overlap=said.during)
    refuse_if(others.exists(), "overlaps_another")
    said.save(force_insert=True)
    record(by, "siting.corrected", on=timezone.localdate(at), unit_id=siting.unit_id,
           touched=[siting.locality, siting, said], reason=why)  # fmt: skip
    return said


def _end(row: Any, after: date) -> None:
    row.during = DateRange(row.during.lower, after)
    row.save(update_fields=["during"])


@transaction.atomic
def end_locality(locality: Locality, *, last: date, by: Actor) -> None:
    """Địa bàn không còn (sáp nhập, giải thể): its name, tags and service end with `last`.

    Raises Refused: locality_ended, locality_facts_later.
    """
    by.must(Power.ORGANISE, locality.scope_path)
    siting = standing_siting(locality, last)
    after = last + timedelta(days=1)
    live = [model.objects.live().filter(locality=locality) for model in FACTS]
    refuse_if(any(rows.filter(during__startswith__gte=after).exists() for rows in live), "locality_facts_later")
    for rows in live:
        for row in rows.filter(during__contains=after):
            _end(row, after)
    record(by, "locality.ended", on=last, unit_id=siting.unit_id, touched=[locality])


@transaction.atomic
def withdraw_locality(locality: Locality, *, why: str, at: datetime, by: Actor) -> None:
    """Rút địa bàn đã ghi nhầm, with all that was said of it. Raises Refused: unknown_why, withdrawn_already."""
    by.must(Power.ORGANISE, locality.scope_path)
    Locality.objects.select_for_update().get(pk=locality.pk)
    rows = [row for model in FACTS for row in model.objects.live().filter(locality=locality)]
    refuse_if(not rows, "withdrawn_already")
    for row in rows:
        row.withdraw(why=why, at=at, by_account=by.account_id)
    unit = next((row.unit_id for row in rows if isinstance(row, Siting)), None)
    record(by, "locality.withdrawn", on=timezone.localdate(at), unit_id=unit, touched=[locality, *rows], reason=why)
