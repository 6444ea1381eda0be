"""Lists on their way out: the book as rows, under the very heads by which they are read in again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Min

from chibo.cadres.models import Office, Post
from chibo.exchange.book import Book, Known
from chibo.exchange.kinds import AREAS, KINDS, POSTS, UNITS, VILLAGES, Field, Kind
from chibo.figures.answers import Tree
from chibo.figures.branches import standing_on
from chibo.figures.localities import localities_on_tree
from chibo.figures.moments import Moment
from chibo.kernel.actor import Actor
from chibo.membership.models import Belonging, Standing
from chibo.membership.particulars import NATIONAL_SHEET, Use
from chibo.membership.policy import values_of
from chibo.organisation.localities import Registered, Wanted, localities_of_cell
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import placement_on
from chibo.rules.reader import rules_on

STANDING_WORDS = dict(Standing.KINDS)
_MEMBERS = ["full_name", "unit", "sex", "birth", "standing", "admitted_on", "official_on", "card_number", "card_on",
            "card_place", "history_number", "home_village", "address", "residence", "occupation", "schooling",
            "speciality", "theory_level", "exempt"]  # fmt: skip
# The order of the sheet by which the national database was cleaned at the end of 2025, as one province used it.
NATIONAL = ["full_name", "other_name", "sex", "birth", "ethnicity", "religion", "citizen_number", "card_number",
            "card_place", "card_on", "old_card_number", "unit", "birth_place", "home_village", "address",
            "admitted_on", "official_on", "old_id_number", "standing", "exempt"]  # fmt: skip
EVERY = Wanted()
Row = list[Any]  # text, days, or None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it leaves the house."""

    kind: Kind
    fields: list[Field]
    rows: list[Row]
    filtered: str = ""  # what was left out, in words


def listing_of(
    kind: str, unit: Unit, moment: Moment, *, actor: Actor, sensitive: bool = False, wanted: Wanted = EVERY
) -> Listing:
    """The list of that kind in the branch of `unit` at that moment, as far as this actor sees.

    `sensitive` adds what the national matching sheet demands, to whoever may open it there; `wanted` keeps some of
    the localities.
    """
    if kind == "villages":
        return _villages(unit, moment, actor, wanted)
    return {"members": _members, "units": _units, "posts": _posts}[kind](unit, moment, actor, sensitive)


def _members(unit: Unit, moment: Moment, actor: Actor, sensitive: bool) -> Listing:
    kind, on = KINDS["members"], moment.day
    fields = [kind.field(name) for name in (NATIONAL if sensitive else _MEMBERS)]
    book = Book(unit, on, actor=actor, tree=moment.tree)
    cells = {row.unit_id: row.name for row in _branch(unit, on, actor, moment.tree)}
    people = [known.person for known in book.known.values()]
    paper = NATIONAL_SHEET if sensitive else ""
    values = values_of(people, actor=actor, use=Use.EXPORT, paper=paper, on=on if moment.past else None)
    for known in book.known.values() if moment.past else ():  # nobody knew yet of what came later
        known.standings = [row for row in known.standings if row.during.lower <= on]
    ordered = sorted(book.known.values(), key=lambda known: (known.person.name_key, str(known.person.pk)))
    rows = [[of_member(known, f, values.get(known.person.pk, {}), cells) for f in fields] for known in ordered]
    return Listing(kind, fields, rows)


def of_member(known: Known, of: Field, values: dict[str, str], cells: dict[int, str]) -> Any:
    """What the book says of a member in one column; `values` are their particulars as shown."""
    admitted, official = days_known(known)
    own = {
        "full_name": known.person.full_name, "unit": cells.get(known.belonging.unit_id or 0, ""),
        "admitted_on": admitted, "official_on": official, "exempt": "x" if known.exempt else None,
        "standing": STANDING_WORDS[known.standings[-1].kind] if known.standings else None,
    }  # fmt: skip
    return own[of.name] if of.name in own else values.get(of.name)


def days_known(known: Known) -> tuple[date | None, date | None]:
    """Days of admission and of recognition, as far as the book knows them.

    A standing that begins with the book itself says only that it held then.
    """
    rows, listed = known.standings, known.belonging
    if not rows:
        return None, None
    first = rows[0]
    told = first.during.lower < listed.during.lower or listed.way_in != Belonging.LISTED
    if first.kind == Standing.PROBATIONARY:
        official = next((row.during.lower for row in rows if row.kind == Standing.OFFICIAL), None)
        return (first.during.lower if told else None), official
    return None, (first.during.lower if told else None)


def unit_names(unit: Unit, on: date, actor: Actor) -> dict[int, str]:
    """Units of the branch by their number."""
    return {row.unit_id: row.name for row in _branch(unit, on, actor)}


def _branch(unit: Unit, on: date, actor: Actor, tree: Tree = Tree.RESTATED) -> Iterable[Placement]:
    rows = Placement.objects.visible_to(actor).on(on)
    if tree is Tree.RESTATED:
        rows = rows.filter(scope_path__gte=unit.scope_path, scope_path__lt=unit.scope_path[:-1] + "0")
    else:
        rows = rows.filter(unit__in=standing_on(unit, on, tree).values("unit"))
    return rows.order_by("sort_key", "unit_id")


def _units(unit: Unit, moment: Moment, actor: Actor, sensitive: bool) -> Listing:
    fields, on = list(UNITS.fields), moment.tree_day
    branch = list(_branch(unit, on, actor, moment.tree))
    names = {row.unit_id: row.name for row in branch}
    founded = dict(
        Placement.objects.visible_to(actor)
        .filter(unit__in=names)
        .values_list("unit")
        .annotate(Min("during__startswith"))
    )
    kinds = rules_on(on)["organisation.kinds"].value
    rows = [
        [row.name, row.short_name, kinds.get(row.kind, {}).get("name", row.kind), names.get(row.parent_id or 0),
         row.place or None, founded.get(row.unit_id), row.decision or None]
        for row in branch if row.unit_id != unit.pk
    ]  # fmt: skip
    return Listing(UNITS, fields, rows)


def _posts(unit: Unit, moment: Moment, actor: Actor, sensitive: bool) -> Listing:
    names = [f.name for f in POSTS.fields if f.name not in {"name_front", "name_back"}]
    fields = [POSTS.field(name) for name in names]
    on = moment.day
    units = {row.unit_id: row.name for row in _branch(unit, on, actor, moment.tree)}
    held = Post.objects.visible_to(actor).on(on).filter(unit__in=units).exclude(office=Office.SERVER_KEEPER)
    posts = list(held.select_related("person").order_by("scope_path", "office", "person__name_key"))
    people = {post.person for post in posts}
    values = values_of(people, actor=actor, use=Use.EXPORT, on=on if moment.past else None)
    rows = [
        [post.person.full_name, str(Office(post.office).label), units[post.unit_id], post.during.lower,
         _last(post), post.decision or None, *(values.get(post.person_id, {}).get(code) for code in names[-2:])]
        for post in posts
    ]  # fmt: skip
    return Listing(POSTS, fields, rows)


def _last(post: Post) -> date | None:
    return post.during.upper - timedelta(days=1) if post.during.upper else None


def _villages(unit: Unit, moment: Moment, actor: Actor, wanted: Wanted) -> Listing:
    """As the page of the unit shows them: a cell's are those it serves."""
    on = moment.day
    placement = placement_on(unit.pk, moment.tree_day)
    if placement is not None and placement.kind == "cell":
        found = localities_of_cell(unit, on, actor=actor)
    else:
        found = localities_on_tree(unit, on, moment.tree, actor=actor)
    kept = [row for row in found if wanted.passes(row)]
    ids = {row.unit_id for row in kept} | {row.cell_id for row in kept if row.cell_id}
    names = dict(Placement.objects.on(on).filter(unit__in=ids).values_list("unit", "name"))
    fields = [f for f in VILLAGES.fields if f.name not in {"areas", "document"}]
    said = wanted.words(on)
    return Listing(VILLAGES, fields, [_village(row, names) for row in kept], f", lọc: {said}" if said else "")


def _village(row: Registered, names: Mapping[int, str]) -> Row:
    areas = [row.tags[each.name].document if each.name in row.tags else None for each in AREAS]
    cell = names.get(row.cell_id) if row.cell_id else None
    return [row.name, row.kind.name, names.get(row.unit_id), row.cluster or None, row.way_name, cell, *areas,
            row.siting.decision or None]  # fmt: skip
