"""Who owes a sheet for which period, and where each sheet stands: the facts behind a board and behind a debt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chibo.figures.answers import Tree
from chibo.figures.branches import standing_on
from chibo.kernel.actor import Actor
from chibo.kernel.periods import Period
from chibo.organisation.models import Placement
from chibo.returns.models import Form, Sheet
from chibo.returns.periods import due_on, period_from

ON_TIME, LATE, WAITS, GIVEN_BACK, MISSING, NOT_YET = "on_time", "late_in", "waits", "given_back", "missing", "to_come"
WORDS = {
    ON_TIME: "đã chốt, nộp đúng hạn", LATE: "đã chốt, nộp muộn", WAITS: "đã nộp, chờ kiểm",
    GIVEN_BACK: "đang trả lại để sửa", MISSING: "quá hạn chưa nộp", NOT_YET: "chưa đến hạn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Owner:
    """A unit that owes the form, as it stood on the last day of the period."""

    unit_id: int
    name: str
    kind: str
    place: str
    sort_key: str


def owners_on(form: Form, day: date, tree: Tree = Tree.AS_WAS) -> dict[int, Owner]:
    """Units of the form's kinds that stood in its branch on that day, in Vietnamese order; two queries."""
    places = dict(standing_on(form.unit, day, tree).values_list("unit", "place"))
    rows = Placement.objects.on(day).filter(unit__in=places, kind__in=form.kinds).order_by("sort_key", "unit_id")
    return {
        row.unit_id: Owner(row.unit_id, row.short_name, row.kind, places[row.unit_id], row.sort_key) for row in rows
    }


def owes(form: Form, unit_id: int, first: date) -> Owner | None:
    """The unit as it owes the form for that period; None when it does not."""
    return owners_on(form, period_from(form.every, first).last).get(unit_id)


@dataclass(frozen=True, slots=True)
class Square:
    """One unit, one period."""

    owner: Owner
    first: date
    due: date
    sheet: Sheet | None
    state: str  # of WORDS

    @property
    def days_late(self) -> int:
        """How many days after its day it came; 0 when in time or not at all."""
        handed = self.sheet.handed_in_on if self.sheet else None
        return max(0, (handed - self.due).days) if handed else 0


def state_of(sheet: Sheet | None, due: date, on: date) -> str:
    """Where a sheet stands on that day, as a board shows it. What is open again after acceptance is being mended."""
    if sheet is None or sheet.state == Sheet.DRAFT:
        return MISSING if on > due else NOT_YET
    if sheet.state == Sheet.HANDED_IN:
        return WAITS
    if sheet.state == Sheet.ACCEPTED:
        return ON_TIME if sheet.handed_in_on and sheet.handed_in_on <= due else LATE
    return GIVEN_BACK


def squares_of(
    form: Form, owners: Mapping[int, Owner], periods: Iterable[Period], sheets: Mapping[tuple[int, date], Sheet],
    on: date,
) -> list[Square]:  # fmt: skip
    """Units times periods, in the order of both."""
    spans = [(period.first, due_on(form, period.first)) for period in periods]
    return [
        Square(owner, first, due, sheet := sheets.get((owner.unit_id, first)), state_of(sheet, due, on))
        for owner in owners.values() for first, due in spans
    ]  # fmt: skip


def sheets_of(form: Form, periods: Sequence[Period], *, actor: Actor) -> dict[tuple[int, date], Sheet]:
    """Sheets in sight of these periods, by unit and first day; one query."""
    rows = Sheet.objects.visible_to(actor).filter(form=form, first__in=[period.first for period in periods])
    return {(row.unit_id, row.first): row for row in rows}
