"""A list of members against the book: what is new, what differs, what is refused; and the acts that write it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from chibo.cadres.operations import transfer_member
from chibo.exchange.book import Book, Known, as_typed, known_elsewhere
from chibo.exchange.drafts import Change, Draft, Verdict
from chibo.exchange.kinds import MEMBERS, Field
from chibo.exchange.names import Names
from chibo.exchange.plans import Act, Written, person_name, would_pass
from chibo.kernel.actor import Actor
from chibo.kernel.dates import show_day
from chibo.kernel.errors import NoPower, Refused, refuse_if
from chibo.kernel.text import text_key
from chibo.membership.models import Absence, Person, Standing
from chibo.membership.operations import (
    NewMember,
    correct_standing,
    enter_lists,
    leave_out,
    note_particulars,
    note_standing,
    recognise_official,
    refuse_unfit,
)
from chibo.membership.particulars import FIELDS, NUMBERS, Use
from chibo.membership.policy import field_of
from chibo.organisation.models import Unit

A_DAY = timedelta(days=1)
PAPER = "paper_differs"  # why a fact of the book is said anew after a list
# What somebody is born with, or was given once: another value says that the book was wrong.
LASTING = {"birth", "sex", "birth_place", "home_village", "ethnicity", "history_number", "citizen_number",
           "old_id_number", "old_card_number"}  # fmt: skip
_ABOUT = {  # refusal → columns it may be about; the first that the list has
    "bad_card_number": ("card_number", "old_card_number"), "bad_citizen_number": ("citizen_number", "old_id_number"),
    "bad_history_number": ("history_number",), "name_differs": ("full_name", "name_back"),
    "official_before_admitted": ("official_on",), "official_day_needed": ("official_on",),
    "day_ahead": ("official_on", "since"), "before_the_party": ("admitted_on",), "before_birth": ("admitted_on",),
    "born_ahead": ("birth",), "born_after_joining": ("birth",),
}  # fmt: skip


@dataclass(slots=True)
class Plan:
    """What a list of members would do."""

    drafts: list[Draft]
    unused: list[Field] = field(default_factory=list)  # columns this person may not write
    new: dict[Unit, list[NewMember]] = field(default_factory=dict)
    changes: dict[Person, dict[str, str]] = field(default_factory=dict)
    corrections: dict[Person, dict[str, str]] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    touched: list[Person] = field(default_factory=list)  # members of the book whose facts change
    found: dict[int, Known] = field(default_factory=dict)  # line → whom of the book it means
    absent: list[Known] = field(default_factory=list)  # members of the book who are on no line

    def write(self, *, on: date, at: datetime, by: Actor) -> Written:
        """Write what the plan says."""
        entered = enter_lists(self.new, on=on, by=by) if self.new else []
        if self.corrections:
            note_particulars(self.corrections, first=on, at=at, by=by, why=PAPER)
        if self.changes:
            note_particulars(self.changes, first=on, at=at, by=by)
        for act in self.acts:
            act()
        return Written(people=[person.pk for person in entered])


def plan_members(drafts: list[Draft], unit: Unit, *, on: date, at: datetime, by: Actor) -> Plan:
    """Compare; nothing is written. `on` is the day from which the list holds."""
    planning = _Planning(drafts, unit, on, at, by)
    for draft in drafts:
        planning.one(draft)
    planning.refuse_twice()
    planning.refuse_elsewhere()
    return planning.settled()


class _Planning:
    def __init__(self, drafts: list[Draft], unit: Unit, on: date, at: datetime, by: Actor) -> None:
        self.unit, self.on, self.at, self.by = unit, on, at, by
        self.today = at.date()
        self.plan = Plan(drafts)
        self.names = Names(unit, on, actor=by)
        self.book = Book(unit, on, actor=by)
        self.found: dict[int, Known] = {}  # line → whom it means
        self.entering: dict[int, tuple[Unit, NewMember]] = {}
        self.acts: dict[int, list[Act]] = {}
        self.writable = {code for code in FIELDS if self._may_write(code)}
        self.has_official = any("official_on" in draft.cells for draft in drafts[:1])

    def _may_write(self, code: str) -> bool:
        power = field_of(code).power(Use.WRITE)
        return power is not None and self.by.can(power, self.unit.scope_path)

    def one(self, draft: Draft) -> None:
        """Compare one line."""
        draft.title = person_name(draft)
        values = draft.values
        if not draft.title and not draft.problems:
            draft.refuse(Refused("no_name"), MEMBERS.field("full_name"))
        draft.title = draft.title or draft.seen("full_name")
        unit = self._cell(draft)
        if draft.problems:
            return
        values["full_name"] = draft.title
        try:
            known = self.book.who(values, unit.pk if unit else None)
            if known is None:
                self._new(draft, unit)
            else:
                self._known(draft, known, unit)
        except (Refused, NoPower) as refusal:
            said = refusal if isinstance(refusal, Refused) else Refused("line_out_of_reach")
            about = next((name for name in _ABOUT.get(said.code, ()) if name in draft.cells), None)
            draft.refuse(said, MEMBERS.field(about) if about else None)

    def _cell(self, draft: Draft) -> Unit | None:
        text = draft.values.get("unit")
        if text is None:
            own = self.names.standing.get(self.unit.pk)
            return self.unit if own is not None and own.kind == "cell" else None
        try:
            placement = self.names.find(text)
            refuse_if(placement.kind != "cell", "not_a_cell")
        except Refused as refusal:
            draft.refuse(refusal, MEMBERS.field("unit"))
            return None
        draft.values["unit"] = placement.name
        return placement.unit

    def _particulars(self, draft: Draft) -> dict[str, str]:
        """What the line says of the member's form, as typed."""
        return {code: as_typed(draft.values[code]) for code in FIELDS if code in draft.values and code in self.writable}

    def _new(self, draft: Draft, unit: Unit | None) -> None:
        values = draft.values
        if unit is None:
            draft.refuse(Refused("cell_missing"), MEMBERS.field("unit"))
            return
        official = values.get("official_on")
        row = NewMember(
            values["full_name"], self._standing(values), since=values.get("since"),
            admitted_on=values.get("admitted_on") if official or not self._official(values) else None,
            official_on=official, particulars=self._particulars(draft),
        )  # fmt: skip
        refuse_if((official or row.since or self.on) > self.today, "day_ahead", day=official or row.since or self.on)
        refuse_unfit(row, on=self.on)
        draft.verdict = Verdict.NEW
        self.entering[draft.number] = (unit, row)
        draft.changes = [Change("Chi bộ", "", str(self.names.standing[unit.pk].short_name))]
        if row.admitted_on:
            draft.changes.append(Change("Ngày vào Đảng", "", show_day(row.admitted_on)))

    def _official(self, values: dict[str, Any]) -> bool:
        return self._standing(values) == Standing.OFFICIAL

    def _standing(self, values: dict[str, Any]) -> str:
        if "standing" in values:
            return str(values["standing"])
        recognised = values.get("official_on")
        if recognised is not None:
            return Standing.OFFICIAL
        waits = self.has_official and "admitted_on" in values
        return Standing.PROBATIONARY if waits else Standing.OFFICIAL

    def _known(self, draft: Draft, known: Known, unit: Unit | None) -> None:
        values, person = draft.values, known.person
        same = text_key(values["full_name"]) == text_key(person.full_name)
        refuse_if(not same, "name_differs", ours=person.full_name)
        self.found[draft.number] = known
        acts: list[Act] = []
        if unit is not None and unit.pk != known.belonging.unit_id:
            self._moved(draft, known, unit, acts)
        self._standing_of(draft, known, acts)
        self._form_of(draft, known)
        if values.get("exempt") and not known.exempt:
            draft.changes.append(Change("Miễn sinh hoạt", "không", "có"))
            acts.append(lambda: leave_out(person, Absence.EXEMPT, first=self.on, last=None, by=self.by))
        if acts:
            would_pass(acts)
            self.acts[draft.number] = acts
        if draft.changes:
            draft.verdict = Verdict.CHANGED

    def _moved(self, draft: Draft, known: Known, unit: Unit, acts: list[Act]) -> None:
        old = self.names.standing.get(known.belonging.unit_id)
        new = self.names.standing[unit.pk].short_name
        draft.changes.append(Change("Chi bộ", old.short_name if old else "", new, "unit"))
        first = draft.values.get("since") or self.on
        acts.append(lambda: transfer_member(known.person, to=unit, first=first, on=max(self.today, first), by=self.by))

    def _standing_of(self, draft: Draft, known: Known, acts: list[Act]) -> None:
        """Chính thức, dự bị and their days."""
        values, person = draft.values, known.person
        said, admitted, official = values.get("standing"), values.get("admitted_on"), values.get("official_on")
        now = known.standings[-1] if known.standings else None
        if now is None or not (said or admitted or official):
            return
        if now.kind == Standing.PROBATIONARY and (official or said == Standing.OFFICIAL):
            if official is None:
                raise Refused("official_day_needed")
            refuse_if(official > self.today, "day_ahead", day=official)
            draft.changes.append(Change("Đảng viên", "dự bị", f"chính thức từ {show_day(official)}"))
            acts.append(lambda: recognise_official(person, on=official, by=self.by))
            return
        refuse_if(said == Standing.PROBATIONARY and now.kind == Standing.OFFICIAL, "standing_back")
        self._days_of(draft, known, admitted, official, acts)

    def _days_of(self, draft: Draft, known: Known, admitted: date | None, official: date | None,
                 acts: list[Act]) -> None:  # fmt: skip
        person, rows = known.person, known.standings
        first = rows[0]
        if first.kind == Standing.PROBATIONARY:
            after = next((row for row in rows if row.kind == Standing.OFFICIAL), None)
            if admitted and admitted != first.during.lower:
                draft.changes.append(Change("Ngày vào Đảng", show_day(first.during.lower), show_day(admitted)))
                last = first.during.upper - A_DAY if first.during.upper else None
                acts.append(lambda: correct_standing(first, kind=first.kind, first=admitted, last=last, why=PAPER,
                                                     at=self.at, by=self.by))  # fmt: skip
            if official and after is not None and official != after.during.lower:
                draft.changes.append(Change("Ngày chính thức", show_day(after.during.lower), show_day(official)))
                acts.append(lambda: self._official_from(person, official))
            return
        if official and official < first.during.lower:
            draft.changes.append(Change("Ngày chính thức", "", show_day(official)))
            acts.append(lambda: note_standing(person, Standing.OFFICIAL, first=official,
                                              last=first.during.lower - A_DAY, on=self.today, by=self.by))  # fmt: skip
        if admitted and official:
            refuse_if(admitted >= official, "official_before_admitted")
            draft.changes.append(Change("Ngày vào Đảng", "", show_day(admitted)))
            acts.append(lambda: note_standing(person, Standing.PROBATIONARY, first=admitted, last=official - A_DAY,
                                              on=self.today, by=self.by))  # fmt: skip

    def _official_from(self, person: Person, official: date) -> None:
        row = Standing.objects.live().filter(person=person, kind=Standing.OFFICIAL).order_by("during").first()
        assert row is not None
        last = row.during.upper - A_DAY if row.during.upper else None
        correct_standing(row, kind=row.kind, first=official, last=last, why=PAPER, at=self.at, by=self.by)

    def _form_of(self, draft: Draft, known: Known) -> None:
        """The member's form: what is added holds from now on, what was written wrong is said anew."""
        for code, typed in self._particulars(draft).items():
            of = field_of(code)
            if code in known.erased:
                draft.notes.append("erased")
                continue
            try:
                value = of.read(typed)
            except Refused as refusal:
                draft.refuse(refusal, MEMBERS.field(code))
                continue
            old = known.particulars.get(code, "")
            if value and value != old and not (code == "birth" and old.startswith(value)):
                draft.changes.append(Change(of.label, of.show(old), of.show(value), code))
                wrong = old and code in LASTING
                where = self.plan.corrections if wrong else self.plan.changes
                where.setdefault(known.person, {})[code] = typed
        if draft.problems:
            self.plan.corrections.pop(known.person, None)
            self.plan.changes.pop(known.person, None)

    def refuse_twice(self) -> None:
        """The same member on two lines: neither is believed."""
        lines: dict[Any, list[Draft]] = {}
        for draft in self.plan.drafts:
            for key in self._keys(draft):
                lines.setdefault(key, []).append(draft)
        for same in lines.values():
            if len({draft.number for draft in same}) > 1:
                rows = ", ".join(str(draft.number) for draft in same)
                for draft in same:
                    if not any(p.refusal.code == "line_twice" for p in draft.problems):
                        draft.refuse(Refused("line_twice", rows=rows))

    def _keys(self, draft: Draft) -> list[Any]:
        if draft.number in self.found:
            return [self.found[draft.number].person.pk]
        if draft.number not in self.entering:
            return []
        unit, row = self.entering[draft.number]
        numbers = [(code, draft.values[code]) for code in NUMBERS if code in draft.values]
        return [*numbers, (text_key(row.full_name), unit.pk, row.particulars.get("birth", ""))]

    def refuse_elsewhere(self) -> None:
        """A number that somebody outside this branch holds: a transfer, not a new member."""
        asked: dict[str, set[str]] = {code: set() for code in NUMBERS}
        new = [draft for draft in self.plan.drafts if draft.number in self.entering]
        for draft in new:
            for code in NUMBERS:
                if code in draft.values:
                    asked[code].add(draft.values[code])
        there = known_elsewhere(asked, self.unit)
        for draft in new:
            held = next((c for c in NUMBERS if (c, draft.values.get(c)) in there), None)
            if held is not None:
                draft.refuse(Refused("person_elsewhere"), MEMBERS.field(held))

    def settled(self) -> Plan:
        """What is left of it."""
        plan = self.plan
        refused = {self.found[d.number].person for d in plan.drafts if d.problems and d.number in self.found}
        for changes in (plan.changes, plan.corrections):
            for person in refused:
                changes.pop(person, None)
        for draft in plan.drafts:
            if draft.problems:
                continue
            if draft.number in self.entering:
                unit, row = self.entering[draft.number]
                plan.new.setdefault(unit, []).append(row)
            elif draft.changes:
                plan.touched.append(self.found[draft.number].person)
                plan.acts += self.acts.get(draft.number, [])
        there = {known.person.pk for known in self.found.values()}
        plan.found, plan.absent = self.found, [k for pk, k in self.book.known.items() if pk not in there]
        plan.unused = [MEMBERS.field(code) for code in FIELDS if code not in self.writable]
        return plan
