"""Sheets of figures that come back filled in: every cell read, all of a unit or none of it, what is refused named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from uuid import UUID, uuid5

from django.db import transaction

from chibo.exchange.reading import child
from chibo.exchange.reading.workbook import Cell, Line, Sheet, Workbook, place
from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower, Refused, refuse_if
from chibo.kernel.text import is_uuid
from chibo.organisation.models import Unit
from chibo.returns.boxes import BadBoxes, Change, shown_box
from chibo.returns.content import SheetView, view_of
from chibo.returns.models import Form
from chibo.returns.operations import hand_in, save_boxes
from chibo.returns.periods import period_named
from chibo.returns.workbook import FORM, NAME, PERIOD, UNIT, VERSION, columns_of

MOST = 2000  # rows of one file


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that was not taken: where it is, what stands in it, why."""

    sheet: str
    cell: str
    seen: str
    refusal: Refused


@dataclass(slots=True)
class Outcome:
    """What came of a file."""

    form: Form
    first: date
    written: list[str] = field(default_factory=list)  # units whose sheet was written
    handed: list[str] = field(default_factory=list)
    same: int = 0  # rows that say what is there already
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heads:
    """Where what stands in the sheet."""

    sheet: Sheet
    row: int
    codes: Mapping[str, int]  # code → column


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and when; `digest` makes the keys of what is handed in, so that sending twice is harmless."""

    at: datetime
    by: Actor
    by_name: str
    digest: str


def take_sheets(book: Workbook, unit: Unit, author: Author, *, handing: bool) -> Outcome:
    """Ghi phiếu từ tệp, of `unit` and whatever stands below it.

    Raises Refused: figures_file_other, figures_form_unknown, no_such_period, list_too_many_rows.
    """
    heads = _heads(book)
    form, first = _asked(heads, author.by)
    taking = _Taking(Outcome(form, first), heads, unit, author, handing)
    lines = [line for line in heads.sheet.lines if line.number > heads.row + 1 and heads.codes[UNIT] in line.cells]
    refuse_if(len(lines) > MOST, "list_too_many_rows", most=MOST)
    ids = [int(pk) for line in lines if (pk := line.cells[heads.codes[UNIT]].text).isdecimal() and len(pk) < 10]
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    rows = Unit.objects.visible_to(author.by).filter(pk__in=ids, scope_path__gte=low, scope_path__lt=high)
    units = {row.pk: row for row in rows}
    for line in lines:
        taking.one(line, units)
    return taking.outcome


def _heads(book: Workbook) -> Heads:
    """The sheet and its row of codes. Raises Refused("figures_file_other")."""
    for sheet in book.sheets:
        for line in sheet.lines[:40]:
            codes = {cell.text.strip(): cell.column for cell in line.cells.values()}
            if {UNIT, VERSION, NAME} <= set(codes):
                return Heads(sheet, line.number, codes)
    raise Refused("figures_file_other")


def _asked(heads: Heads, by: Actor) -> tuple[Form, date]:
    """The form and period the file says it is of."""
    said: dict[str, str] = {}
    for line in heads.sheet.lines:
        if line.number < heads.row:
            texts = [line.cells[at].text.strip() for at in sorted(line.cells)]
            said |= dict(pairwise(texts))
    pk = said.get(FORM, "")
    form = Form.objects.named_to(by).filter(pk=pk).first() if is_uuid(pk) else None
    if form is None:
        raise Refused("figures_form_unknown")
    return form, period_named(form.every, said.get(PERIOD, "")).first


class _Taking:
    """Row by row."""

    def __init__(self, outcome: Outcome, heads: Heads, unit: Unit, author: Author, handing: bool) -> None:
        self.outcome, self.heads, self.unit, self.author, self.handing = outcome, heads, unit, author, handing
        columns = columns_of(outcome.form, outcome.first)
        self.fields = {each.field: heads.codes[each.code] for each in columns if each.code in heads.codes}

    def one(self, line: Line, units: Mapping[int, Unit]) -> None:
        """Write one unit's sheet, or name what keeps it from being written."""
        told = line.cells[self.heads.codes[UNIT]]
        unit = units.get(int(told.text)) if told.text.isdecimal() and len(told.text) < 10 else None
        if unit is None:
            self._refuse(line, told.column, Refused("figures_unit_elsewhere"))
            return
        view = view_of(self.outcome.form, unit.pk, self.outcome.first)
        changes, fine = self._changes(line, view)
        if not fine or not self._fresh(line, view, changes):
            return
        changed = {name: each for name, each in changes.items() if each.typed != shown_box(name, view.text(name))}
        if not changed and not self._hands(view):
            self.outcome.same += 1
            return
        if changed and not self._tried(line, lambda: self._save(unit, changed)):
            return
        name = self._name(line)
        self.outcome.written += [name] if changed else []
        if self._hands(view) and self._tried(line, lambda: self._hand_in(unit)):
            self.outcome.handed.append(name)

    def _hands(self, view: SheetView) -> bool:
        return self.handing and view.editable

    def _name(self, line: Line) -> str:
        cell = line.cells.get(self.heads.codes[NAME])
        return cell.text[:80] if cell else ""

    def _changes(self, line: Line, view: SheetView) -> tuple[dict[str, Change], bool]:
        """What the cells say; an empty one says nothing."""
        found, fine = {}, True
        for name, column in self.fields.items():
            cell = line.cells.get(column)
            if cell is None or not cell.text.strip():
                continue
            try:
                box = view.written.get(name)
                found[name] = Change(_typed(cell), box.version if box else 0)
            except Refused as refusal:
                self._refuse(line, column, refusal)
                fine = False
        return found, fine

    def _fresh(self, line: Line, view: SheetView, changes: Mapping[str, Change]) -> bool:
        """Whether nobody wrote in the sheet since the file was taken; if so, only what differs is asked about."""
        cell = line.cells.get(self.heads.codes[VERSION])
        if cell is not None and cell.text == str(sum(box.version for box in view.written.values())):
            return True
        fine = True
        for name, each in changes.items():
            ours = shown_box(name, view.written[name].value) if name in view.written else each.typed
            if ours != each.typed:
                self._refuse(line, self.fields[name], Refused("figures_written_since", ours=ours or "(trống)"))
                fine = False
        return fine

    def _tried(self, line: Line, act: Callable[[], object]) -> bool:
        try:
            with transaction.atomic():
                act()
        except BadBoxes as bad:
            for name, refusal in bad.errors.items():
                self._refuse(line, self.fields.get(name, self.heads.codes[NAME]), refusal)
        except NoPower:
            self._refuse(line, self.heads.codes[NAME], Refused("figures_not_yours"))
        except Refused as refusal:
            for column, why in self._lacks(line, refusal):
                self._refuse(line, column, why)
        else:
            return True
        return False

    def _lacks(self, line: Line, refusal: Refused) -> Iterator[tuple[int, Refused]]:
        """A sheet that lacks something says so at each cell."""
        own = self.heads.codes[NAME]
        if refusal.code != "sheet_lacks":
            yield own, refusal
            return
        view = view_of(self.outcome.form, int(line.cells[self.heads.codes[UNIT]].text), self.outcome.first)
        for each in view.findings:
            if each.stops:
                yield self.fields.get(each.field, own), Refused("figures_lack", sentence=each.sentence)

    def _save(self, unit: Unit, changes: Mapping[str, Change]) -> None:
        told = self.author
        save_boxes(self.outcome.form, unit, self.outcome.first, changes, at=told.at, by=told.by, by_name=told.by_name)

    def _hand_in(self, unit: Unit) -> None:
        told, form = self.author, self.outcome.form
        key = uuid5(UUID(str(form.pk)), f"{told.digest} {unit.pk} {self.outcome.first}")
        hand_in(form, unit, self.outcome.first, key=key, at=told.at, by=told.by, by_name=told.by_name)

    def _refuse(self, line: Line, column: int, refusal: Refused) -> None:
        cell = line.cells.get(column)
        seen = cell.text[:60] if cell else ""
        self.outcome.problems.append(Problem(self.heads.sheet.name, place(line.number, column), seen, refusal))


def _typed(cell: Cell) -> str:
    """A cell as somebody would type it. Raises Refused: cell_fault, cell_uncalculated, figures_no_number."""
    refuse_if(cell.kind == child.FAULT, "cell_fault", seen=cell.text)
    refuse_if(cell.kind == child.FORMULA, "cell_uncalculated")
    refuse_if(cell.kind in {child.DAY, child.MOMENT, child.TRUTH, child.LONG}, "figures_no_number", seen=cell.text[:40])
    return _comma(cell.text) if cell.kind == child.NUMBER else cell.text.strip()


def _comma(number: str) -> str:
    """As a hand writes it, points between thousands and a comma before what is behind; Excel keeps 0,3 as 0.29999…"""
    try:
        exact = round(Decimal(number), 9).normalize()
    except InvalidOperation:
        return number
    whole, _, rest = f"{exact:,f}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")
