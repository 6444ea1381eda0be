"""Who owes a sheet for which period, and where each sheet stands: the facts behind a board and behind a debt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from chibo.access.querysets import within
from chibo.kernel.actor import Actor
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Period
from chibo.organisation.models import PathVersion, Placement, Unit
from chibo.returns.models import Form, Sheet
from chibo.returns.periods import due_on, label_of, period_from

ON_TIME, LATE, WAITS, GIVEN_BACK, MISSING, NOT_YET = "on_time", "late_in", "waits", "given_back", "missing", "to_come"
HANDED = frozenset({ON_TIME, LATE, WAITS})


@dataclass(frozen=True, slots=True)
class Owner:
    """A unit that owes a form, as it stood on the last day of a period."""

    unit_id: int
    name: str
    kind: str
    place: str  # where it stood then
    scope: str  # where it belongs today
    sort_key: str


class Stood:
    """Units as they stood over a span, read once for any number of forms and periods; three queries."""

    def __init__(
        self, forms: Iterable[Form], span: Period, inside: Q, *, actor: Actor | None, tops: Iterable[int] = ()
    ):
        forms = list(forms)
        over = {"during__overlap": (span.first, span.after)}
        kinds = {kind for form in forms for kind in form.kinds}
        versions = PathVersion.objects.filter(inside, **over)
        placements = Placement.objects.filter(unit__in=versions.values("unit"), kind__in=kinds, **over)
        if actor is not None:
            placements = placements.visible_to(actor)
        self._tops = _by_unit(PathVersion.objects.filter(unit__in={*tops, *(form.unit_id for form in forms)}, **over))
        self._paths = _by_unit(versions)
        self._placed = sorted(placements, key=lambda row: (row.sort_key, row.unit_id))

    def path(self, unit_id: int, day: date) -> str:
        """Where the receiver of a form, or a unit named among the tops, stood on that day; empty when nowhere."""
        row = _on(self._tops[unit_id], day)
        return str(row.path) if row else ""

    def owners(self, form: Form, day: date) -> dict[int, Owner]:
        """Units of the form's kinds in the branch of its receiver on that day, in Vietnamese order."""
        top = self.path(form.unit_id, day)
        found = {}
        for row in self._placed:
            stood = _on(self._paths[row.unit_id], day) if _holds(row, day) and row.kind in form.kinds else None
            if top and stood is not None and stood.path.startswith(top):
                found[row.unit_id] = Owner(
                    row.unit_id, row.short_name, row.kind, stood.path, stood.scope_path, row.sort_key
                )
        return found


def _by_unit(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[row.unit_id].append(row)
    return found


def _holds(row: Any, day: date) -> bool:
    return row.during.lower <= day and (row.during.upper is None or day < row.during.upper)


def _on(rows: Iterable[Any], day: date) -> Any:
    return next((row for row in rows if _holds(row, day)), None)


def branch_over(unit: Unit, span: Period) -> Q:
    """Versions of paths in the branch of a unit, wherever the unit stood over the span; one query."""
    rows = PathVersion.objects.filter(unit=unit, during__overlap=(span.first, span.after))
    return within("path", {PathRange.of(path) for path in rows.values_list("path", flat=True)})


def owes(form: Form, unit_id: int, first: date) -> Owner | None:
    """The unit as it owes the form for that period; None when it does not."""
    period = period_from(form.every, first)
    return Stood([form], period, Q(unit=unit_id), actor=None).owners(form, period.last).get(unit_id)


@dataclass(frozen=True, slots=True)
class Square:
    """One unit, one period."""

    owner: Owner
    form: Form
    first: date
    due: date
    sheet: Sheet | None
    state: str

    @property
    def label(self) -> str:
        """«tháng 10/2026»."""
        return label_of(self.form.every, self.first)

    @property
    def days_late(self) -> int:
        """How many days after its day it came; 0 when in time or not at all."""
        handed = self.sheet.handed_in_on if self.sheet else None
        return max(0, (handed - self.due).days) if handed else 0

    @property
    def on_time(self) -> bool:
        """Whether it was handed in by its day, whatever became of it."""
        handed = self.sheet.handed_in_on if self.sheet else None
        return handed is not None and handed <= self.due


def state_of(sheet: Sheet | None, due: date, on: date) -> str:
    """Where a sheet stands on that day, as a board shows it. What is open again after acceptance is being mended."""
    if sheet is None or sheet.state == Sheet.DRAFT:
        return MISSING if on > due else NOT_YET
    if sheet.state == Sheet.HANDED_IN:
        return WAITS
    if sheet.state == Sheet.ACCEPTED:
        return ON_TIME if sheet.handed_in_on and sheet.handed_in_on <= due else LATE
    return GIVEN_BACK


Sheets = Mapping[tuple[Any, int, date], Sheet]  # by form, unit and first day


def squares_of(form: Form, stood: Stood, periods: Iterable[Period], sheets: Sheets, on: date) -> list[Square]:
    """Periods times units, in the order of both."""
    return [
        square(form, owner, period.first, sheets.get((form.pk, owner.unit_id, period.first)), on)
        for period in periods for owner in stood.owners(form, period.last).values()
    ]  # fmt: skip


def square(form: Form, owner: Owner, first: date, sheet: Sheet | None, on: date) -> Square:
    """How the sheet of that unit and period stands on that day."""
    due = due_on(form, first)
    return Square(owner, form, first, due, sheet, state_of(sheet, due, on))


def sheets_of(forms: Sequence[Form], span: Period, *, actor: Actor) -> Sheets:
    """Sheets in sight of periods that begin in the span; one query."""
    rows = Sheet.objects.visible_to(actor).filter(form__in=forms, first__gte=span.first, first__lt=span.after)
    return {(row.form_id, row.unit_id, row.first): row for row in rows}
