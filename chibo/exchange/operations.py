"""Take a list in: read it, say what its columns are, write it in one act, take that back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from chibo.cadres.taking_back import facts_of, take_back_facts
from chibo.exchange.acts.kinds import BOOKS
from chibo.exchange.columns import NOT_USED, Column, Heading, heading_of
from chibo.exchange.drafts import Draft, Read, Verdict, counted, from_told, read_lines, told
from chibo.exchange.kinds import KINDS, Kind
from chibo.exchange.members import plan_members
from chibo.exchange.models import ColumnSaid, Intake
from chibo.exchange.plans import Planned
from chibo.exchange.posts import plan_posts
from chibo.exchange.reading.workbook import read_workbook, sheet_from, sheet_told
from chibo.exchange.units import plan_units
from chibo.exchange.villages import plan_villages
from chibo.kernel.actor import Actor
from chibo.kernel.changes import changes_between
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import fold
from chibo.ledger.models import Entry, Touch
from chibo.ledger.operations import one_line
from chibo.membership.models import Erasure, Particular, Person
from chibo.membership.particulars import NAME, NUMBERS
from chibo.membership.today import gone_into
from chibo.organisation.models import Unit
from chibo.organisation.operations import take_back_localities, unfound_units

KEPT = timedelta(days=7)  # the cells of a file stay that long, for the answer; then only ids are left
VERB, BACK = "list.taken_in", "list.taken_back"
_PLANS: Mapping[str, Any] = {"members": plan_members, "units": plan_units, "posts": plan_posts,
                            "villages": plan_villages}  # fmt: skip


@transaction.atomic
def receive(
    unit: Unit, kind: str, name: str, data: bytes, *, holds_from: date, at: datetime, by: Actor,
    paper: Mapping[str, str] | None = None,
) -> Intake:  # fmt: skip
    """Nhận tệp danh sách: read and kept aside; nothing of it counts yet. `name` is looked at and forgotten.

    `paper` is that of a sheet of acts. Raises NoPower, Refused: as `read_workbook`, list_no_heading, list_ahead.
    """
    of = BOOKS[kind]
    by.must(of.power, unit.scope_path)
    refuse_if(holds_from > at.date(), "list_ahead", day=holds_from)
    book = read_workbook(name, data)
    heading = heading_of(book.sheets, of, said_before(unit, of))
    if heading is None:
        refuse_if(True, "list_no_heading", labels=", ".join(f.label for f in of.fields if f.needed))
    assert heading is not None
    rest = [sheet for sheet in book.sheets if sheet is not heading.sheet]
    beside = heading_of(rest, of.beside, {}) if of.beside else None
    others = [sheet.name for sheet in rest if beside is None or sheet is not beside.sheet] + book.others
    return Intake.objects.create(
        unit=unit, kind=kind, sheet=sheet_told(heading.sheet), holds_from=holds_from, by_account=by.account_id, at=at,
        beside=sheet_told(beside.sheet) if beside else {}, paper=paper or {},
        notices={"others": others, "ignored": book.ignored}, scope_path=unit.scope_path,
    )  # fmt: skip


def said_before(unit: Unit, kind: Kind) -> dict[str, tuple[str, str]]:
    """What somebody of the body said of heads of columns: head → (field, mark)."""
    rows = ColumnSaid.objects.filter(unit=unit, kind=kind.code)
    return {row.head: (row.meant, row.mark) for row in rows}


def heading_in(intake: Intake) -> Heading:
    """The heads of the list, with what was confirmed of them. Raises Refused: list_forgotten."""
    refuse_if(not intake.sheet, "list_forgotten")
    kind = BOOKS[intake.kind]
    heading = heading_of([sheet_from(intake.sheet)], kind, said_before(intake.unit, kind))
    if heading is None:
        refuse_if(True, "list_no_heading", labels=", ".join(f.label for f in kind.fields if f.needed))
    assert heading is not None
    if not intake.columns:
        return heading
    said = {number: (meant, mark) for number, meant, mark in intake.columns}
    columns = [Column(c.number, c.label, *said.get(c.number, (c.field, c.mark))) for c in heading.columns]
    return Heading(heading.sheet, heading.row, columns)


def columns_known(heading: Heading, unit: Unit, kind: Kind) -> bool:
    """Whether every head was confirmed before, so that nobody needs to be asked."""
    said = said_before(unit, kind)
    return all(column.key in said for column in heading.columns)


def columns_sure(intake: Intake) -> bool:
    """Whether the house knows every head by itself, and every one it needs is there."""
    heading, kind = heading_in(intake), BOOKS[intake.kind]
    return all(c.field for c in heading.columns) and not heading.missing(kind) and not heading.twice(kind)


@transaction.atomic
def say_columns(intake: Intake, meant: Mapping[int, str], *, hidden_too: bool | None, by: Actor) -> Intake:
    """Xác nhận cột: what each column is, remembered for the body; whether lines hidden in the file are taken.

    Raises NoPower, Refused: list_column_missing, list_column_twice, list_hidden, unknown_choice, list_settled.
    """
    kind = BOOKS[intake.kind]
    by.must(kind.power, intake.scope_path)
    intake = held(intake)
    refuse_if(intake.state != Intake.WAITING, "list_settled")
    heading = heading_in(intake)
    names = {f.name for f in kind.fields} | {"", NOT_USED}
    refuse_if(set(meant.values()) - names, "unknown_choice")
    columns = [_as_said(column, meant) for column in heading.columns]
    said = Heading(heading.sheet, heading.row, columns)
    refuse_columns(said, kind)
    hidden = any(line.number in said.sheet.hidden_rows for line in said.lines())
    refuse_if(hidden and hidden_too is None, "list_hidden")
    intake.columns = [[column.number, column.field, column.mark] for column in columns]
    intake.hidden_too = hidden_too
    intake.save(update_fields=["columns", "hidden_too"])
    for column in columns:
        ColumnSaid.objects.update_or_create(
            unit=intake.unit, kind=kind.code, head=column.key,
            defaults={"meant": column.field or NOT_USED, "mark": column.mark, "scope_path": intake.scope_path},
        )  # fmt: skip
    return intake


def _as_said(column: Column, meant: Mapping[int, str]) -> Column:
    said = meant.get(column.number, column.field)
    mark = column.mark if said == column.field else ""
    return Column(column.number, column.label, said, mark)


def refuse_columns(heading: Heading, kind: Kind) -> None:
    """Raises Refused: list_column_missing, list_column_twice."""
    missing = heading.missing(kind)
    refuse_if(missing, "list_column_missing", labels=", ".join(f.label for f in missing))
    for of, columns in heading.twice(kind):
        refuse_if(True, "list_column_twice", label=of.label, columns="; ".join(c.label for c in columns))


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of each line."""

    heading: Heading
    read: Read
    plan: Planned

    @property
    def drafts(self) -> list[Draft]:
        """Every line."""
        return self.read.drafts

    @property
    def counts(self) -> dict[str, int]:
        """How many of each verdict."""
        return counted(self.drafts)

    @property
    def writes(self) -> int:
        """How many lines would be written."""
        return self.counts[Verdict.NEW] + self.counts[Verdict.CHANGED]

    @property
    def digest(self) -> str:
        """What is to be written, in short: a book that has changed meanwhile gives another one."""
        return ".".join(str(self.counts[verdict]) for verdict in Verdict)


def preview(intake: Intake, *, at: datetime, by: Actor) -> Preview:
    """Xem trước: every line compared with the book; nothing is written. Raises NoPower, Refused as `say_columns`."""
    kind = KINDS[intake.kind]
    by.must(kind.power, intake.scope_path)
    heading = heading_in(intake)
    refuse_columns(heading, kind)
    read = read_lines(heading, kind, hidden_too=intake.hidden_too is not False)
    refuse_if(read.hidden and intake.hidden_too is None, "list_hidden")
    plan = _PLANS[intake.kind](read.drafts, intake.unit, on=intake.holds_from, at=at, by=by)
    return Preview(heading, read, plan)


@transaction.atomic
def take_in(intake: Intake, *, seen: str | None, at: datetime, by: Actor) -> Intake:
    """Ghi danh sách: all lines that are not refused, in one act with one line in the ledger.

    `seen` is the digest of the preview somebody looked at; None for a command. The same list twice writes once.
    Raises NoPower, Refused: list_moved, list_settled, and what the acts refuse.
    """
    by.must(KINDS[intake.kind].power, intake.scope_path)
    intake = held(intake)
    if intake.state == Intake.WRITTEN:
        return intake
    refuse_if(intake.state != Intake.WAITING, "list_settled")
    Unit.objects.select_for_update().get(pk=intake.unit_id)  # one list at a time into a branch
    shown = preview(intake, at=at, by=by)
    refuse_if(seen is not None and seen != shown.digest, "list_moved")
    intake.outcome = {"counts": shown.counts, "lines": [told(draft) for draft in shown.drafts]}
    if shown.writes:
        intake.outcome["changes"] = _write(shown.plan, intake, at, by)
    intake.state, intake.written_at = Intake.WRITTEN, at
    intake.save(update_fields=["outcome", "state", "written_at"])
    return intake


def _write(plan: Planned, intake: Intake, at: datetime, by: Actor) -> dict[str, Any]:
    touched: list[UUID] = [person.pk for person in plan.touched]
    before = facts_of(touched)
    with one_line(by, VERB, on=intake.holds_from, unit_id=intake.unit_id, touched=[intake]):
        written = plan.write(on=intake.holds_from, at=at, by=by)
    after = facts_of([*touched, *written.people])
    return {**changes_between(before, after), "founded": written.founded, "renamed": written.renamed,
            "localities": written.localities}  # fmt: skip


def lines_of(intake: Intake, *, at: datetime, by: Actor) -> tuple[list[Draft], dict[str, int]]:
    """Every line with its verdict and how many of each: before it is written, as compared now; afterwards, as then.

    Raises NoPower, Refused: as `preview`; list_forgotten.
    """
    by.must(BOOKS[intake.kind].power, intake.scope_path)
    if intake.state == Intake.WAITING and intake.kind in KINDS:
        shown = preview(intake, at=at, by=by)
        return shown.drafts, shown.counts
    refuse_if("lines" not in intake.outcome, "list_forgotten")
    return [from_told(line) for line in intake.outcome["lines"]], intake.outcome["counts"]


def held(intake: Intake) -> Intake:
    """The same, locked until the act is over."""
    found: Intake = Intake.objects.select_for_update(of=("self",)).select_related("unit").get(pk=intake.pk)
    return found


@transaction.atomic
def drop(intake: Intake, *, by: Actor) -> Intake:
    """Bỏ, không ghi: the cells are forgotten at once. Raises NoPower, Refused: list_settled."""
    by.must(BOOKS[intake.kind].power, intake.scope_path)
    intake = held(intake)
    refuse_if(intake.state != Intake.WAITING, "list_settled")
    intake.state, intake.sheet, intake.beside, intake.outcome = Intake.DROPPED, {}, {}, {}
    intake.save(update_fields=["state", "sheet", "beside", "outcome"])
    return intake


@transaction.atomic
def take_back(intake: Intake, *, at: datetime, by: Actor) -> Intake:
    """Lấy lại lần nhập: who was entered is on no list any more, what was changed is as before.

    Only while nothing depends on it: no later act touched one of these people, and no meeting of theirs was closed.
    Raises NoPower, Refused: list_not_written, list_depended_on, list_renamed, changed_since, units_in_use.
    """
    by.must(KINDS[intake.kind].power, intake.scope_path)
    intake = held(intake)
    refuse_if(intake.state != Intake.WRITTEN or not intake.outcome.get("changes"), "list_not_written")
    later = depends_on(intake)
    refuse_if(later, "list_depended_on", count=later)
    changes = intake.outcome["changes"]
    refuse_if(changes["renamed"], "list_renamed")
    with one_line(by, BACK, on=at.date(), unit_id=intake.unit_id, touched=[intake]):
        take_back_facts(changes, at=at, by=by)
        take_back_localities(changes.get("localities", {}), at=at, by=by)
        unfound_units(changes["founded"], on=at.date(), by=by)
    intake.state = Intake.TAKEN_BACK
    intake.save(update_fields=["state"])
    return intake


def depends_on(intake: Intake) -> int:
    """How many later acts stand on this one: on its people, or on rolls their cells have closed since."""
    entry = Entry.objects.filter(verb=VERB, touches__object_id=str(intake.pk)).order_by("pk").last()
    if entry is None:
        return 0
    mine = Touch.objects.filter(entry=entry).exclude(kind="exchange.intake")
    if intake.kind == "villages":  # a cell that serves a village is not held by that
        mine = mine.exclude(kind="organisation.unit")
    later = Touch.objects.filter(
        entry_id__gt=entry.pk, kind__in=mine.values("kind"), object_id__in=mine.values("object_id")
    )
    people = mine.filter(kind="membership.person").values_list("object_id", flat=True)
    cells = Person.objects.filter(pk__in=list(people)).values_list("belongings__unit", flat=True).distinct()
    founded = list(mine.filter(kind="organisation.unit").values_list("object_id", flat=True))
    there = Entry.objects.filter(pk__gt=entry.pk, unit_id__in=[int(unit) for unit in founded])
    closed = Entry.objects.filter(pk__gt=entry.pk, verb="meeting.closed", unit_id__in=list(cells))
    return (
        later.values("entry").distinct().count() + closed.count() + there.exclude(pk__in=later.values("entry")).count()
    )


def forget(*, at: datetime) -> str:
    """Work of the clock: cells of files are forgotten after a week; says so in one Vietnamese line."""
    forget_lists_of(Erasure.objects.filter(at__gte=at - KEPT).values_list("person", flat=True))
    old = Intake.objects.filter(at__lt=at - KEPT)
    waiting = old.filter(state=Intake.WAITING).exclude(sheet={}).count()
    return f"danh sách nhập: quên nội dung {_forget(old)} tệp, bỏ {waiting} lần chưa ghi"


def forget_lists_of(people: Iterable[UUID]) -> int:
    """Quên tệp có tên những người này, because what was erased of them may stand in it; how many lists.

    A list counts until the one whose field went is erased of it: known by name, as read across a line, or by a number.
    """
    people = set(people)
    told = {pk: _marks_of(pk) for pk in {*people, *gone_into(people)}}
    if not told:
        return 0
    rows = Intake.objects.exclude(sheet={}, outcome={})
    named = [row.pk for row in rows.iterator() if any(_names(row, marks) for marks in told.values())]
    return _forget(Intake.objects.filter(pk__in=named))


def _forget(rows: QuerySet[Intake]) -> int:
    for intake in rows.filter(outcome__has_key="lines"):
        intake.outcome.pop("lines")
        intake.outcome.pop("people", None)
        intake.save(update_fields=["outcome"])
    kept = rows.exclude(sheet={})
    kept.filter(state=Intake.WAITING).update(state=Intake.DROPPED)
    return kept.update(sheet={}, beside={}, notices={})


def _marks_of(person: UUID) -> set[str]:
    """How a line of a list can mean this person: names they bear or bore, numbers nobody else has."""
    names = set(Person.objects.filter(pk=person).values_list("full_name", flat=True))
    rows = Particular.objects.filter(person=person, field__in=[NAME.code, *NUMBERS]).exclude(value="")
    return {fold(each) for each in names | set(rows.values_list("value", flat=True))}


def _names(intake: Intake, marks: set[str]) -> bool:
    cells = [cells for sheet in (intake.sheet, intake.beside) for _, cells in sheet.get("rows", [])]
    lines = [" ".join(cell[2] for cell in line) for line in cells]
    lines += [str(line) for part in ("lines", "people") for line in intake.outcome.get(part, [])]
    return any(mark in folded for line in lines if (folded := fold(line)) for mark in marks)
