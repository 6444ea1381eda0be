"""From which month cells write their meetings here, and for which months the minutes are kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import month_label, months_after
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.periods import Period, next_month, since
from chibo.ledger.operations import record
from chibo.meetings.models import Meeting, WrittenElsewhere
from chibo.meetings.operations.planning import make_ordinary
from chibo.meetings.queries import touched_meetings
from chibo.organisation.models import Placement, Unit

BACK = 12  # months a cell may still write afterwards


@transaction.atomic
def say_written_elsewhere(units: Sequence[Unit], *, month: date, on: date, by: Actor) -> list[WrittenElsewhere]:
    """Sinh hoạt của các chi bộ ghi ở nơi khác from `month` on, until somebody says otherwise.

    Meetings of the calendar nobody wrote anything about leave it. One line in the ledger for all. Raises NoPower and
    Refused: no_cell_chosen, not_a_cell, month_too_far, written_elsewhere_already, meetings_written_since.
    """
    month = month.replace(day=1)
    locked = _lock(units, month, on, by)
    rows = {row.unit_id: row for row in _overlapping(locked, month)}
    for row in rows.values():
        refuse_if(row.during.lower > month, "written_elsewhere_later", month=month_label(row.during.lower))
    chosen = [unit for unit in locked if unit.pk not in rows or rows[unit.pk].during.upper is not None]
    refuse_if(not chosen, "written_elsewhere_already")
    planned = Meeting.objects.filter(unit__in=chosen, kind=Meeting.ORDINARY, month__gte=month)
    kept = touched_meetings(planned).select_related("unit").order_by("month", "pk").first()
    if kept is not None:
        name = Placement.objects.filter(unit=kept.unit_id, during__contains=kept.planned_on).values_list("short_name")
        raise Refused("meetings_written_since", month=month_label(kept.month), cell=name.get()[0])
    left = list(planned)
    planned.delete()
    made = []
    for unit in chosen:
        row = rows.get(unit.pk) or WrittenElsewhere(unit=unit, scope_path=unit.scope_path)
        row.during = since(row.during.lower if unit.pk in rows else month)
        row.save()
        made.append(row)
    record(by, "meetings.written_elsewhere", on=month, unit_id=None, touched=[*made, *left, *chosen])
    return made


@transaction.atomic
def say_written_here(units: Sequence[Unit], *, month: date, on: date, by: Actor) -> list[Meeting]:
    """Các chi bộ ghi sinh hoạt ở đây từ `month`: the calendar gets their meetings from that month to this one.

    One line in the ledger for all. Raises NoPower and Refused: no_cell_chosen, not_a_cell, month_too_far,
    written_here_already.
    """
    month = month.replace(day=1)
    refuse_if(month < months_after(on.replace(day=1), -BACK), "month_too_far")
    locked = _lock(units, month, on, by)
    rows = list(_overlapping(locked, month))
    refuse_if(not rows, "written_here_already")
    for row in rows:
        if row.during.lower >= month:
            row.delete()
        else:
            row.during = DateRange(row.during.lower, month)
            row.save(update_fields=["during"])
    begun = [unit for unit in locked if unit.pk in {row.unit_id for row in rows}]
    months = Period(month, next_month(on)).months() if month <= on else []
    made = [meeting for each in months for meeting in make_ordinary(begun, each)]
    Meeting.objects.bulk_create(made, ignore_conflicts=True)
    record(by, "meetings.written_here", on=month, unit_id=None, touched=[*begun, *made])
    return made


def _lock(units: Sequence[Unit], month: date, on: date, by: Actor) -> list[Unit]:
    refuse_if(not units, "no_cell_chosen")
    for unit in units:
        by.must(Power.ORGANISE, unit.scope_path)
    refuse_if(month > next_month(on), "month_too_far")
    ids = [unit.pk for unit in units]
    cells = set(Placement.objects.on(on).filter(unit__in=ids, kind="cell").values_list("unit_id", flat=True))
    refuse_if(cells != set(ids), "not_a_cell")
    return list(Unit.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _overlapping(units: Sequence[Unit], month: date) -> list[WrittenElsewhere]:
    rows = WrittenElsewhere.objects.select_for_update().filter(unit__in=units, during__overlap=since(month))
    return list(rows.order_by("unit", "during"))
