"""Đối khớp: a sheet of the national database beside the book, field by field; what differs, and who should follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db import transaction

from chibo.exchange.answers import SAFE
from chibo.exchange.book import Known
from chibo.exchange.columns import Column, Heading, plain
from chibo.exchange.drafts import Change, Draft, Verdict
from chibo.exchange.giving import MOST_A_DAY, VERB, taken_today, write_value
from chibo.exchange.kinds import MEMBERS, Field
from chibo.exchange.lists import of_member, unit_names
from chibo.exchange.models import Intake
from chibo.exchange.operations import preview
from chibo.exchange.reading.child import DAY
from chibo.exchange.reading.workbook import Cell
from chibo.kernel.actor import Actor
from chibo.kernel.dates import show_day
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import record
from chibo.membership.particulars import FIELDS, NATIONAL_SHEET, Use
from chibo.membership.policy import values_of

OURS, THEIRS, LOOK = "ours", "theirs", "look"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one person; `side` says whose value is the newer one."""

    number: int  # line of the sheet
    title: str
    label: str
    field: str
    ours: str
    theirs: str
    side: str


@dataclass(slots=True)
class Reconciliation:
    """The sheet beside the book."""

    heading: Heading
    same: int = 0  # persons alike in every column of the sheet
    differences: list[Difference] = field(default_factory=list)
    only_theirs: list[Draft] = field(default_factory=list)
    only_ours: list[Known] = field(default_factory=list)
    refused: list[Draft] = field(default_factory=list)
    lines: dict[int, dict[str, Any]] = field(default_factory=dict)  # line → what the book says, by field
    newcomers: list[dict[str, Any]] = field(default_factory=list)  # the same of those the sheet does not have

    def of(self, side: str) -> list[Difference]:
        """Differences of which that side is the newer."""
        return [each for each in self.differences if each.side == side]

    @property
    def to_correct(self) -> int:
        """Lines of the correction sheet."""
        return len({each.number for each in self.of(OURS)}) + len(self.only_ours) + len(self.only_theirs)


def reconcile(intake: Intake, *, at: datetime, by: Actor) -> Reconciliation:
    """Compare; nothing is written. The day of the sheet is the day from which the list holds.

    A value of ours that began after that day is newer than the sheet's, and so is one the sheet leaves empty; else
    the sheet's is. Days of admission and recognition are looked up in their papers. Raises as `preview`.
    """
    shown = preview(intake, at=at, by=by)
    plan: Any = shown.plan
    missing = sorted(plan.absent, key=lambda known: known.person.name_key)
    found = Reconciliation(shown.heading, only_ours=missing)
    everybody = [*(known.person for known in plan.found.values()), *(known.person for known in plan.absent)]
    values = values_of(everybody, actor=by, use=Use.EXPORT, paper=NATIONAL_SHEET)
    cells = unit_names(intake.unit, intake.holds_from, by)
    asked = [name for column in shown.heading.columns if (name := column.field) in _COMPARED]
    asked += [of.tells for of in map(MEMBERS.field, asked) if of.tells and of.tells not in asked]
    for draft in shown.drafts:
        known = plan.found.get(draft.number)
        if draft.verdict is Verdict.NEW:
            found.only_theirs.append(draft)
        elif draft.problems or known is None:
            found.refused.append(draft)
        else:
            ours = _ours(known, asked, values, cells)
            found.lines[draft.number] = ours
            _compare(found, draft, known, ours, intake.holds_from)
    found.newcomers = [_ours(known, asked, values, cells) for known in missing]
    return found


_COMPARED = {f.name for f in MEMBERS.fields} - {"since", "name_front", "name_back"}


def _ours(
    known: Known, asked: list[str], values: Mapping[Any, dict[str, str]], cells: dict[int, str]
) -> dict[str, Any]:
    own = values.get(known.person.pk, {})
    return {name: of_member(known, MEMBERS.field(name), own, cells) for name in asked}


def _compare(found: Reconciliation, draft: Draft, known: Known, ours: Mapping[str, Any], day: date) -> None:
    before = len(found.differences)
    for change in draft.changes:
        side = _newer(change, known, day)
        found.differences.append(
            Difference(draft.number, draft.title, change.label, change.of, change.old, change.new, side)
        )
    for name, value in ours.items():
        if value and name not in draft.values and name != "full_name":
            label = MEMBERS.field(name).label
            found.differences.append(Difference(draft.number, draft.title, label, name, _shown(value), "", OURS))
    found.same += len(found.differences) == before


def _newer(change: Change, known: Known, day: date) -> str:
    if not change.of:
        return LOOK
    if not change.old:
        return THEIRS
    began = known.belonging.during.lower if change.of == "unit" else known.began.get(change.of)
    return OURS if began is not None and began > day else THEIRS


def _shown(value: Any) -> str:
    return show_day(value) if isinstance(value, date) else str(value)


@transaction.atomic
def give_corrections(intake: Intake, *, at: datetime, by: Actor) -> bytes:
    """Biểu đính chính: the sheet's own columns in their order, with what the book says; one line in the ledger.

    Raises as `reconcile`, and Refused: lists_of_the_day, list_empty.
    """
    found = reconcile(intake, at=at, by=by)
    refuse_if(not found.to_correct, "list_empty")
    refuse_if(taken_today(by, at=at) >= MOST_A_DAY, "lists_of_the_day", most=MOST_A_DAY)
    record(by, VERB, on=at.date(), unit_id=intake.unit_id, touched=[intake], reason="corrections")
    return corrections_of(found, at=at)


def corrections_of(found: Reconciliation, *, at: datetime) -> bytes:
    """Lines to be corrected, then who is missing there, then who is not in our book."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    book.set_properties({"created": at.replace(tzinfo=None)})
    page = book.add_worksheet("Đính chính")
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"}),
        "text": book.add_format({"num_format": "@"}), "day": book.add_format({"num_format": "dd/mm/yyyy"}),
    }  # fmt: skip
    marked = {
        "text": book.add_format({"num_format": "@", "bg_color": "#fff2c4", "bold": True}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "bg_color": "#fff2c4", "bold": True}),
    }
    columns = found.heading.columns
    for place, column in enumerate(columns):
        page.write_string(0, place, column.label, styles["head"])
    page.write_string(0, len(columns), "Việc cần sửa", styles["head"])
    row = 1
    for cells, ours, wrong, words in _corrected(found):
        for place, column in enumerate(columns):
            changed = column.field in wrong
            value = _placed(column, ours) if changed else _as_sent(cells.get(column.number))
            write_value(page, row, place, value, marked if changed else styles)
        page.write_string(row, len(columns), words)
        row += 1
    page.set_column(0, len(columns) - 1, 16)
    page.set_column(len(columns), len(columns), 48)
    page.freeze_panes(1, 0)
    book.close()
    return made.getvalue()


def _placed(column: Column, ours: Mapping[str, Any]) -> Any:
    """Our value; of several columns for one thing, in the one it belongs to."""
    value = ours.get(column.field)
    if not column.mark or not value:
        return value
    of = MEMBERS.field(column.field)
    if of.tells:
        return value if _meaning(MEMBERS.field(of.tells), ours.get(of.tells)) == column.mark else None
    return "x" if _meaning(of, value) == column.mark else None


def _meaning(of: Field, shown: Any) -> str:
    return of.words.get(plain(str(shown)), str(shown))


def _as_sent(cell: Cell | None) -> Any:
    """What stood in the sheet."""
    if cell is None:
        return None
    return date.fromisoformat(cell.text) if cell.kind == DAY else cell.text


def _corrected(found: Reconciliation) -> list[tuple[Any, Mapping[str, Any], set[str], str]]:
    """Cells of the sheet, our values, fields that differ, what to do."""
    lines = {line.number: line.cells for line in found.heading.lines()}
    rows: list[tuple[Any, Mapping[str, Any], set[str], str]] = []
    for number, ours in found.lines.items():
        wrong = [each for each in found.of(OURS) if each.number == number]
        if wrong:
            words = "Sửa: " + "; ".join(each.label for each in wrong)
            rows.append((lines[number], ours, {each.field for each in wrong}, words))
    rows += [({}, ours, set(ours), "Thêm: có trong sổ của đảng bộ, chưa có trong biểu") for ours in found.newcomers]
    rows += [(lines[draft.number], {}, set(), "Kiểm tra: không có trong sổ của đảng bộ") for draft in found.only_theirs]
    return rows


assert set(FIELDS) <= _COMPARED
