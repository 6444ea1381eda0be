"""Steps on the tree itself: a unit begins, ends, is called or placed otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from chibo.cadres.models import Post
from chibo.issues.models import Limitation
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.paths import PathRange, segment
from chibo.kernel.periods import since
from chibo.kernel.text import clean, text_key
from chibo.meetings.care import COMMITTEE
from chibo.meetings.models import Charge, Closure, Meeting, Task
from chibo.organisation.models import PathVersion, Placement, Unit
from chibo.organisation.operations import found_unit
from chibo.organisation.queries import placement_on
from chibo.reorganisation.journal import Journal, versions_since
from chibo.reorganisation.plans import Heir, Plan


def standing(unit: Unit, on: date) -> Placement:
    """Where it stands on that day and from then on. Raises Refused: not_standing, tree_changed_since."""
    row = placement_on(unit.pk, on)
    if row is None:
        refuse_if(True, "not_standing")
    assert row is not None
    refuse_if(row.during.upper is not None, "tree_changed_since", name=row.short_name)
    return row


def steady(unit: Unit, on: date) -> str:
    """The path of a unit whose line above has not changed since. Raises Refused: not_standing, tree_changed_since."""
    row = PathVersion.objects.on(on).filter(unit=unit).first()
    placement = placement_on(unit.pk, on)
    if row is None or placement is None:
        refuse_if(True, "parent_not_standing")
    assert row is not None
    assert placement is not None
    refuse_if(row.during.upper is not None or placement.during.upper is not None, "tree_changed_since",
              name=placement.short_name)  # fmt: skip
    return str(row.path)


def founding(plan: Plan, heir: Heir, kind: str, parent: Unit, *, by: Actor, paper: str, place: str = "") -> None:
    """Lập một tổ chức."""

    def do(journal: Journal) -> None:
        unit = found_unit(heir.name, kind=kind, parent=Unit.objects.get(pk=parent.pk), on=plan.on, by=by,
                          short_name=heir.short_name, place=place, decision=paper)  # fmt: skip
        heir.unit = unit
        for model in (Placement, PathVersion):
            journal.added.setdefault(model._meta.label, []).append(model.objects.get(unit=unit).pk)
        journal.touched.append(unit)

    plan.step("unit_begins", 1, do, heir=heir.label)


def placing(plan: Plan, old: Placement, paper: str, *, below: Heir | None = None, **changes: Any) -> None:
    """The same unit with another name, kind or superior from that day on."""
    names = ("parent_id", "kind", "name", "short_name", "place")

    def do(journal: Journal) -> None:
        facts = {name: getattr(old, name) for name in names} | changes
        facts |= {"parent_id": below.there.pk} if below else {}
        facts |= {"sort_key": text_key(facts["short_name"]), "decision": clean(paper, most=120)}
        if old.during.lower == plan.on:  # a second act of the same day: the first one's words held for no day
            journal.say_otherwise(old, **facts)
            return
        journal.end([old], plan.on)
        path = Unit.objects.get(pk=old.unit_id).scope_path
        journal.add([Placement(unit_id=old.unit_id, during=since(plan.on), scope_path=path, **facts)])

    said = [changes[name] for name in ("name", "short_name") if changes.get(name, "") not in ("", getattr(old, name))]
    plan.step("unit_changes", 1, do, source=old.short_name, names=tuple(dict.fromkeys(said)))


def ending(plan: Plan, old: Placement) -> None:
    """It stands to the day before, and stays readable for ever. Raises Refused("tree_changed_since")."""
    refuse_if(old.during.lower == plan.on, "tree_changed_since", name=old.short_name)

    def do(journal: Journal) -> None:
        journal.end([old], plan.on)
        journal.end(PathVersion.objects.on(plan.on).filter(unit=old.unit_id), plan.on)

    steady(old.unit, plan.on)
    plan.step("unit_ends", 1, do, source=old.short_name)


def moving(plan: Plan, old: Placement, to: Heir, paper: str, *, leading: Collection[UUID]) -> None:
    """A unit and all below it hang under another one from that day on; `to` may be founded by the same act.

    `leading` are those in the committees that stand above it afterwards: nobody else looks after its cells any more.
    """
    was = steady(old.unit, plan.on)
    branch = {row.unit_id for row in versions_since(was, plan.on)}

    def do(journal: Journal) -> None:
        path = path_of(to.there, plan.on) + segment(old.unit_id)
        journal.repath(was, path, plan.on)
        journal.place_anew(was, path, plan.on)
        hung = Unit.objects.get(pk=to.there.pk).scope_path + segment(old.unit_id)
        journal.rehang(Unit.objects.get(pk=old.unit_id).scope_path, hung)

    placing(plan, old, paper, below=to)
    plan.step("branch_moves", len(branch), do, source=old.short_name, heir=to.label)
    looked_after = Charge.objects.filter(unit__in=branch, during__contains=plan.on)
    lost = list(looked_after.exclude(person__in={*leading, *committee(branch, plan.on)}))
    plan.step("charges_end", len(lost), lambda journal: journal.end(lost, plan.on), source=old.short_name)
    plan.step("placed_anew", counted_since(was, plan.on), None, source=old.short_name, heir=to.label)


def committee(units: Iterable[int], on: date) -> frozenset[UUID]:
    """Cấp ủy viên of these units on that day."""
    rows = Post.objects.on(on).filter(unit__in=list(units), office__in=COMMITTEE)
    return frozenset(rows.values_list("person", flat=True))


def hanging(plan: Plan, old: Placement, heir: Heir) -> None:
    """On today's tree what was an ended unit's belongs to its heir: counted with it, seen from above it."""

    def do(journal: Journal) -> None:
        hung = Unit.objects.get(pk=heir.there.pk).scope_path + segment(old.unit_id)
        journal.rehang(Unit.objects.get(pk=old.unit_id).scope_path, hung)

    plan.step("quiet", 1, do, source=old.short_name, heir=heir.label)


def path_of(unit: Unit, on: date) -> str:
    """Where it stands that day."""
    return str(PathVersion.objects.on(on).get(unit=unit).path)


def counted_since(path: str, on: date) -> int:
    """How many meetings, tasks, limitations of the branch lie on that day or after it: their places are said anew."""
    area = {"place_path__gte": path, "place_path__lt": PathRange.of(path).high}
    return (
        Meeting.objects.filter(planned_on__gte=on, **area).count()
        + Task.objects.filter(given_on__gte=on, **area).count()
        + Limitation.objects.filter(entered_on__gte=on, **area).count()
    )


def held_since(units: list[Unit], on: date) -> int:
    """Meetings of these units that were closed and held on that day or later."""
    return Closure.objects.filter(meeting__unit__in=units, held_on__gte=on).count()
