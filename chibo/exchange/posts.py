"""A list of who holds which office against the book of posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from chibo.cadres.models import HELD_BY_ONE, Office, Post
from chibo.cadres.offices import party_offices
from chibo.cadres.operations import appoint, correct_post
from chibo.exchange.book import Book, Known
from chibo.exchange.columns import plain
from chibo.exchange.drafts import Change, Draft, Verdict
from chibo.exchange.kinds import POSTS, Field
from chibo.exchange.names import Names, known_from
from chibo.exchange.plans import Act, Written, person_name, would_pass
from chibo.kernel.actor import Actor
from chibo.kernel.dates import show_day
from chibo.kernel.errors import NoPower, Refused, refuse_if
from chibo.membership.models import Person
from chibo.organisation.models import Placement, Unit

A_DAY = timedelta(days=1)
PAPER = "paper_differs"
_SHORT = {  # words people use → offices, of which one fits the kind of unit
    "bi thu": ("cell_secretary", "committee_secretary"), "bt": ("cell_secretary", "committee_secretary"),
    "pho bi thu": ("cell_deputy", "committee_deputy"), "p bi thu": ("cell_deputy", "committee_deputy"),
    "pho bt": ("cell_deputy", "committee_deputy"), "pbt": ("cell_deputy", "committee_deputy"),
    "pho bi thu thuong truc": ("committee_deputy",), "uy vien": ("cell_committee", "committee_member"),
    "chi uy": ("cell_committee",), "uy vien ban chap hanh": ("committee_member",), "uvbch": ("committee_member",),
    "uy vien thuong vu": ("standing_member",), "uvbtv": ("standing_member",), "van phong": ("committee_office",),
}  # fmt: skip


@dataclass(slots=True)
class Plan:
    """What a list of posts would do."""

    drafts: list[Draft]
    unused: list[Field] = field(default_factory=list)
    touched: list[Person] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    def write(self, *, on: date, at: datetime, by: Actor) -> Written:
        """Appoint and correct."""
        for act in self.acts:
            act()
        return Written()


def plan_posts(drafts: list[Draft], unit: Unit, *, on: date, at: datetime, by: Actor) -> Plan:
    """Compare; nothing is written."""
    planning = _Planning(drafts, unit, on, at, by)
    for draft in drafts:
        planning.one(draft)
    return planning.plan


class _Planning:
    def __init__(self, drafts: list[Draft], unit: Unit, on: date, at: datetime, by: Actor) -> None:
        self.plan, self.unit, self.on, self.at, self.by = Plan(drafts), unit, on, at, by
        self.names, self.book = Names(unit, on, actor=by), Book(unit, on, actor=by)
        low, high = unit.scope_path, unit.scope_path[:-1] + "0"
        held = Post.objects.visible_to(by).on(on).filter(scope_path__gte=low, scope_path__lt=high)
        self.held = {(row.person_id, row.unit_id, row.office): row for row in held}
        self.lines: dict[tuple[object, ...], int] = {}
        self.known_from: dict[int, date] = {}  # unit → first day in the book
        self.only: dict[tuple[int, str], int] = {}  # an office held by one, and the line that gives it

    def one(self, draft: Draft) -> None:
        """Compare one line."""
        draft.title = person_name(draft) or draft.seen("full_name")
        if draft.problems:
            return
        try:
            refuse_if(not draft.title, "no_name")
            draft.values["full_name"] = draft.title
            self._compare(draft)
        except (Refused, NoPower) as refusal:
            draft.refuse(refusal if isinstance(refusal, Refused) else Refused("line_out_of_reach"))

    def _compare(self, draft: Draft) -> None:
        values = draft.values
        where = self._unit(draft)
        office = self._office(values.get("office"), where)
        who = self._who(draft, where)
        begins = self.known_from.setdefault(where.unit_id, known_from(where.unit))
        if "first" in values and values["first"] < begins:
            values["first"] = begins
            draft.notes.append("book_younger")
        key = (who.person.pk, where.unit_id, office)
        refuse_if(key in self.lines, "line_twice", rows=f"{self.lines.get(key)}, {draft.number}")
        self.lines[key] = draft.number
        held = self.held.get(key)
        if office in HELD_BY_ONE:
            refuse_if(self.only.setdefault((where.unit_id, office), draft.number) != draft.number, "post_held_by_other")
        if held is None:
            self._appointed(draft, who, Office(office), where)
        else:
            self._corrected(draft, held)

    def _unit(self, draft: Draft) -> Placement:
        text = draft.values.get("unit")
        if text is None:
            own = self.names.standing.get(self.unit.pk)
            if own is None:
                raise Refused("post_unit_missing")
            return own
        return self.names.find(text)

    def _office(self, text: str | None, where: Placement) -> str:
        if text is None:
            raise Refused("office_missing")
        fit = dict(party_offices(where.kind))
        said = plain(text)
        found = [code for code, label in fit.items() if plain(label) == said] or [
            code for code in _SHORT.get(said, ()) if code in fit
        ]
        refuse_if(not found, "office_unknown", seen=text[:60], words="; ".join(fit.values()))
        return found[0]

    def _who(self, draft: Draft, where: Placement) -> Known:
        """In a cell's list its own members are meant first; elsewhere anybody of the branch."""
        cell = where.unit_id if where.kind == "cell" else None
        try:
            known = self.book.who(draft.values, cell)
        except Refused as refusal:
            if refusal.code != "person_unclear":
                raise
            known = self.book.who(draft.values, None)
        if known is None:
            raise Refused("person_unknown")
        return known

    def _appointed(self, draft: Draft, who: Known, office: Office, where: Placement) -> None:
        values = draft.values
        first, last = values.get("first", self.on), values.get("last")

        def act() -> object:
            return appoint(who.person, office, where.unit, on=first, until=last, by=self.by,
                           decision=values.get("decision", ""))  # fmt: skip

        self._settle(draft, who.person, act)
        draft.verdict = Verdict.NEW
        draft.changes = [Change(f"{office.label}, {where.short_name}", "", f"từ {show_day(first)}")]

    def _corrected(self, draft: Draft, held: Post) -> None:
        values = draft.values
        first = values.get("first", held.during.lower)
        ends = held.during.upper - A_DAY if held.during.upper else None
        last = values.get("last", ends)
        for label, old, new in (("Từ ngày", held.during.lower, first), ("Đến hết ngày", ends, last)):
            if old != new:
                draft.changes.append(Change(label, show_day(old) if old else "", show_day(new) if new else ""))
        if not draft.changes:
            return

        def act() -> object:
            return correct_post(held, office=Office(held.office), first=first, last=last, why=PAPER, at=self.at,
                                by=self.by, decision=values.get("decision"))  # fmt: skip

        self._settle(draft, held.person, act)
        draft.verdict = Verdict.CHANGED

    def _settle(self, draft: Draft, person: Person, act: Act) -> None:
        would_pass([act])
        self.plan.acts.append(act)
        self.plan.touched.append(person)


assert {f.name for f in POSTS.fields} >= {"office", "first", "last"}
