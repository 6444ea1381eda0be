"""A sheet as it is read: its lines, what is in them, what was last accepted, what is found, what was remarked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import F, Q

from chibo.kernel.periods import Period
from chibo.returns.boxes import Written, field_of, number_in
from chibo.returns.finding import Finding, findings
from chibo.returns.models import Entry, Form, Line, LineCheck, Remark, Sheet, Step, Value
from chibo.returns.periods import due_on, label_of, period_from

EDITABLE = frozenset({Sheet.DRAFT, Sheet.GIVEN_BACK, Sheet.REOPENED})


@dataclass(frozen=True)
class SheetView:
    """One unit, one period of a form; `sheet` is None while nobody has written anything."""

    form: Form
    unit_id: int
    period: Period
    sheet: Sheet | None
    lines: list[Line]
    checks: list[LineCheck]
    written: Mapping[str, Written]
    history: Mapping[tuple[str, int], str]
    before: Mapping[int, Decimal]  # what was last accepted of each line
    steps: list[Step] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)  # of the newest giving back, while it is not answered

    @property
    def editable(self) -> bool:
        """Whether figures may be typed."""
        return self.sheet is None or self.sheet.state in EDITABLE

    @property
    def label(self) -> str:
        """«tháng 10/2026»."""
        return label_of(self.form.every, self.period.first)

    @property
    def due(self) -> date:
        """The last day to hand it in."""
        return due_on(self.form, self.period.first)

    def default_of(self, name: str) -> str:
        """What the box shows while nobody wrote it: of a stock, what was last accepted."""
        word, _, pk = name.partition(".")
        line = next((each for each in self.lines if word == "line" and each.pk == int(pk)), None)
        if line is None or line.adds != Line.LAST or line.pk not in self.before:
            return ""
        return str(self.before[line.pk].quantize(Decimal(1).scaleb(-line.decimals)))

    def text(self, name: str) -> str:
        """The value of a box: as written, else its default."""
        box = self.written.get(name)
        return box.value if box else self.default_of(name)

    @cached_property
    def numbers(self) -> dict[int, Decimal | None]:
        """What each typed line says; ratios are not typed."""
        return {
            line.pk: number_in(self.text(field_of(line))) for line in self.lines if line.adds != Line.RATIO
        }  # fmt: skip

    @cached_property
    def findings(self) -> list[Finding]:
        """What keeps it from being handed in, and what has to be explained."""
        whys = {check.pk: self.text(field_of(check)) for check in self.checks}
        return findings(self.lines, self.checks, self.numbers, self.before, whys)


def parts_of(form: Form, first: date) -> tuple[list[Line], list[LineCheck]]:
    """Lines and checks the form asks for in the period that begins then, in order; two queries."""
    holds = Q(begins__lte=first) & (Q(ends=None) | Q(ends__gt=first))
    lines = list(Line.objects.filter(holds, form=form).order_by("position", "pk"))
    return lines, list(LineCheck.objects.filter(holds, form=form).order_by("pk"))


def view_of(form: Form, unit_id: int, first: date) -> SheetView:
    """The sheet with everything around it; seven queries at most."""
    period = period_from(form.every, first)
    lines, checks = parts_of(form, first)
    sheet = Sheet.objects.filter(form=form, unit=unit_id, first=first).first()
    entries = list(Entry.objects.filter(sheet=sheet).order_by("version")) if sheet else []
    steps = list(Step.objects.filter(sheet=sheet).order_by("number")) if sheet else []
    last = steps[-1] if steps else None
    remarks = list(Remark.objects.filter(step=last)) if last and last.kind == Step.GIVEN_BACK else []
    return SheetView(
        form, unit_id, period, sheet, lines, checks,
        {row.field: Written(row.value, row.version, row.by_name, row) for row in entries},
        {(row.field, row.version): row.value for row in entries},
        accepted_before(form, unit_id, first), steps, remarks,
    )  # fmt: skip


def accepted_before(form: Form, unit_id: int, first: date) -> dict[int, Decimal]:
    """What was last accepted of each line in an earlier period; one query."""
    rows = (
        Value.objects.filter(line__form=form, unit=unit_id, first__lt=first, sheet__accepted=F("step"))
        .order_by("line", "-first")
        .distinct("line")
    )
    return dict(rows.values_list("line", "value"))
