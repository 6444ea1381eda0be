"""How the sheets of a unit and of its branch stand: form by form, period by period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from chibo.kernel.actor import Actor, Power
from chibo.kernel.periods import Period
from chibo.organisation.models import Placement, Unit
from chibo.returns.models import Form, Line, Sheet
from chibo.returns.models.forms import PREFIX
from chibo.returns.owing import (
    GIVEN_BACK,
    HANDED,
    MISSING,
    WAITS,
    Sheets,
    Square,
    Stood,
    branch_over,
    sheets_of,
    squares_of,
)
from chibo.returns.periods import label_of, period_at, periods_in, slug_of

BEHIND = 6  # periods of its own sheets a unit looks back on


@dataclass(frozen=True, slots=True)
class FormStanding:
    """One form in a branch: who owes it for its newest period, and the unit's own sheets, the newest first."""

    form: Form
    receiver: str
    first: date | None  # of the newest period that is over; None when none is
    squares: list[Square] = field(default_factory=list)
    own: list[Square] = field(default_factory=list)
    here: bool = False  # received by the very unit, and in use

    @property
    def label(self) -> str:
        """«tháng 10/2026»."""
        return label_of(self.form.every, self.first) if self.first else ""

    @property
    def since(self) -> str:
        """The first period anybody owes it for."""
        return label_of(self.form.every, self.form.begins)

    @property
    def slug(self) -> str:
        """The period as an address says it."""
        return slug_of(self.first) if self.first else ""

    @property
    def states(self) -> Counter[str]:
        """How many sheets of the newest period stand how."""
        return Counter(each.state for each in self.squares)

    @property
    def handed(self) -> int:
        """Handed in, whether or not they are accepted yet."""
        return sum(each.state in HANDED for each in self.squares)

    @property
    def waiting(self) -> int:
        """Waiting to be checked."""
        return self.states[WAITS]

    @property
    def first_waiting(self) -> Square | None:
        """The one to check first."""
        return next((each for each in self.squares if each.state == WAITS), None)

    @property
    def late(self) -> int:
        """Not handed in though their day has passed."""
        return self.states[MISSING]

    @property
    def back(self) -> int:
        """Given back or opened again, being mended."""
        return self.states[GIVEN_BACK]


@dataclass(frozen=True, slots=True)
class Standing:
    """Every form that concerns a unit: what it owes itself, what comes in from below, and of old."""

    forms: list[FormStanding]
    receives: bool  # whether forms are handed in to this very unit

    @property
    def owed(self) -> list[Square]:
        """Its own sheets that are still to be handed in, the earliest due first."""
        open_ones = [each for form in self.forms for each in form.own if each.state not in HANDED]
        return sorted(open_ones, key=lambda each: (each.due, each.form.name))

    @property
    def done(self) -> list[Square]:
        """Its own sheets that were handed in, the newest first."""
        handed = [each for form in self.forms for each in form.own if each.state in HANDED]
        return sorted(handed, key=lambda each: (each.first, each.form.name), reverse=True)

    @property
    def below(self) -> list[FormStanding]:
        """Forms somebody in the branch owes besides the unit itself, and those it receives."""
        return [each for each in self.forms if each.squares or each.here]


def forms_in(unit: Unit, *, actor: Actor, on: date) -> list[Form]:
    """Forms received by the unit, above it, or below, and those it ever had a sheet of: in use first; one query."""
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    sheets = Sheet.objects.visible_to(actor).filter(scope_path__gte=low, scope_path__lt=high, form=OuterRef("pk"))
    rows = Form.objects.named_to(actor).annotate(used=Exists(sheets)).order_by("name", "pk")
    near = [row for row in rows if row.used or row.scope_path.startswith(low) or low.startswith(row.scope_path)]
    return sorted(near, key=lambda row: (row.ends is not None and row.ends <= on, row.unit_id != unit.pk))


def last_period(form: Form, on: date) -> Period | None:
    """The newest period of the form that is over."""
    found = periods_in(form, Period(form.begins, on + timedelta(days=1))) if form.begins <= on else []
    return found[-1] if found else None


def standing_of(unit: Unit, *, actor: Actor, on: date) -> Standing:
    """Forms the unit or somebody below it owes, and those it receives; seven queries."""
    forms = list(Form.objects.named_to(actor).order_by("name", "pk"))
    if not forms:
        return Standing([], receives=False)
    spans = {form.pk: _looked_at(form, on) for form in forms}
    span = Period(min(each.first for each in spans.values()), max(each.after for each in spans.values()))
    stood = Stood(forms, span, branch_over(unit, span), actor=actor)
    sheets = sheets_of(forms, span, actor=actor)
    names = names_on({form.unit_id for form in forms}, on)
    rows = [_of_form(form, unit, spans[form.pk], stood, sheets, names, on) for form in forms]
    mine = [row for row in rows if row.squares or row.own or row.here]
    return Standing(mine, receives=any(form.unit_id == unit.pk for form in forms))


def _looked_at(form: Form, on: date) -> Period:
    """From a few periods back up to the one under way."""
    now = period_at(form.every, on)
    first = now.first
    for _ in range(BEHIND):
        first = period_at(form.every, first - timedelta(days=1)).first
    return Period(first, now.after)


def _of_form(
    form: Form, unit: Unit, span: Period, stood: Stood, sheets: Sheets, names: dict[int, str], on: date
) -> FormStanding:
    over, name = last_period(form, on), names.get(form.unit_id, "")
    newest = squares_of(form, stood, [over], sheets, on) if over and over.first >= span.first else []
    below = [each for each in newest if each.owner.unit_id != unit.pk]
    own: Iterable[Square] = ()
    if unit.pk in _owners(form, stood, span):
        own = (each for each in squares_of(form, stood, periods_in(form, span)[::-1], sheets, on)
               if each.owner.unit_id == unit.pk)  # fmt: skip
    here = form.unit_id == unit.pk and (form.ends is None or form.ends > on)
    return FormStanding(form, name, over.first if over else None, below, list(own), here)


def _owners(form: Form, stood: Stood, span: Period) -> set[int]:
    return {pk for period in periods_in(form, span) for pk in stood.owners(form, period.last)}


def names_on(units: Iterable[int], day: date) -> dict[int, str]:
    """Names of units that receive forms the reader may see, on that day; one query."""
    return dict(Placement.objects.on(day).filter(unit__in=units).values_list("unit_id", "name"))


def next_waiting(sheet: Sheet, *, by: Actor) -> Sheet | None:
    """Another sheet of the same form that waits for this person, the oldest first; one query."""
    rows = Sheet.objects.held_by(by, Power.DIRECT).filter(form=sheet.form_id, state=Sheet.HANDED_IN)
    found: Sheet | None = rows.exclude(pk=sheet.pk).order_by("first", "handed_in_on", "pk").first()
    return found


def form_of_figure(code: str, *, actor: Actor) -> Form | None:
    """The form a typed figure is a line of; no query for any other figure, else one."""
    if not code.startswith(PREFIX):
        return None
    line = Line.objects.named_to(actor).filter(code=code).select_related("form").first()
    return line.form if line else None
