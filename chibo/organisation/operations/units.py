"""Found a unit, rename it, take back one that was founded by mistake."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ProtectedError

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.paths import segment
from chibo.kernel.periods import since
from chibo.kernel.text import clean, text_key
from chibo.ledger.operations import record
from chibo.organisation.models import PathVersion, Placement, Unit
from chibo.organisation.queries import placement_on
from chibo.rules.reader import rules_on


@transaction.atomic
def found_unit(
    name: str,
    *,
    kind: str,
    parent: Unit | None,
    on: date,
    by: Actor,
    short_name: str = "",
    place: str = "",
    decision: str = "",
) -> Unit:
    """Thành lập tổ chức đảng: a unit that stands below `parent` from `on`.

    `kind` is a code of the rule organisation.kinds of that day; `place` is the địa danh of its papers.
    Raises Refused: unknown_kind, no_name, parent_not_standing, second_root.
    """
    by.must(Power.ORGANISE, parent.scope_path if parent else "")
    kinds = rules_on(on)["organisation.kinds"].value
    name = clean(name, most=160)
    refuse_if(kind not in kinds, "unknown_kind", kind=kind)
    refuse_if(not name, "no_name")
    if parent is None:
        refuse_if(Unit.objects.exists(), "second_root")
        above = ""
    else:
        refuse_if(placement_on(parent.pk, on) is None, "parent_not_standing")
        above = PathVersion.objects.on(on).get(unit=parent).path
    unit = _new_unit(parent)
    path = above + segment(unit.pk)
    short = clean(short_name, most=80) or name[:80]
    Placement.objects.create(
        unit=unit, parent=parent, kind=kind, name=name, short_name=short, place=clean(place, most=80),
        sort_key=text_key(short), during=since(on), decision=clean(decision, most=120), scope_path=unit.scope_path,
    )  # fmt: skip
    PathVersion.objects.create(unit=unit, path=path, during=since(on), scope_path=unit.scope_path)
    record(by, "unit.founded", on=on, unit_id=unit.pk, touched=[unit])
    return unit


def _new_unit(parent: Unit | None) -> Unit:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('organisation_unit', 'id'))")
        (number,) = cursor.fetchone() or (0,)
    return Unit.objects.create(pk=number, scope_path=(parent.scope_path if parent else "") + segment(number))


@transaction.atomic
def rename_unit(unit: Unit, name: str, *, short_name: str, on: date, by: Actor, decision: str) -> Placement:
    """Đổi tên: the old name holds to the day before `on`, the new one from `on`.

    Raises Refused: no_name, not_standing, already_changed_that_day.
    """
    by.must(Power.ORGANISE, unit.scope_path)
    Unit.objects.select_for_update().get(pk=unit.pk)
    name = clean(name, most=160)
    refuse_if(not name, "no_name")
    old = placement_on(unit.pk, on)
    if old is None or old.during.upper is not None:
        refuse_if(old is None, "not_standing")
        refuse_if(True, "already_changed_that_day")
    assert old is not None
    refuse_if(old.during.lower == on, "already_changed_that_day")
    old.during = DateRange(old.during.lower, on)
    old.save(update_fields=["during"])
    short = clean(short_name, most=80) or name[:80]
    new = Placement.objects.create(
        unit=unit, parent=old.parent, kind=old.kind, name=name, short_name=short, place=old.place,
        sort_key=text_key(short), during=since(on), decision=clean(decision, most=120), scope_path=unit.scope_path,
    )  # fmt: skip
    record(by, "unit.renamed", on=on, unit_id=unit.pk, touched=[unit])
    return new


@transaction.atomic
def unfound_units(units: Collection[int], *, on: date, by: Actor) -> None:
    """Lấy lại việc lập tổ chức ghi nhầm: only while nothing hangs on them; their numbers are not given again.

    What stands for anybody cannot go: members, posts, meetings, units below keep it. Raises Refused: units_in_use.
    """
    rows = list(Unit.objects.select_for_update().filter(pk__in=units).order_by("-scope_path"))
    for unit in rows:
        by.must(Power.ORGANISE, unit.scope_path)
    if not rows:
        return
    try:
        PathVersion.objects.filter(unit__in=rows).delete()
        Placement.objects.filter(unit__in=rows).delete()
        Unit.objects.filter(pk__in=[unit.pk for unit in rows]).delete()
    except ProtectedError:
        raise Refused("units_in_use") from None
    record(by, "units.unfounded", on=on, unit_id=None, touched=[("organisation.unit", unit) for unit in units])
