"""Every act as a plan: read, counted, refused here; nothing is written (`operations` carries a plan out)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chibo.access.querysets import within
from chibo.issues.models import Limitation
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.paths import PathRange, unit_ids
from chibo.kernel.periods import since
from chibo.kernel.text import clean
from chibo.meetings.models import Task
from chibo.membership.models import Belonging, Standing
from chibo.organisation.models import Placement, Unit
from chibo.reorganisation.leaving import Leaving
from chibo.reorganisation.models import Decision
from chibo.reorganisation.plans import Heir, Plan, above_of, nearest_above
from chibo.reorganisation.shape import kinds_on, refuse_sure, remarks_on_place, remarks_on_size
from chibo.reorganisation.tree import committee, ending, founding, hanging, moving, placing, standing, steady


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit an act founds, and who of the source goes there."""

    name: str
    short_name: str = ""
    people: frozenset[UUID] = frozenset()
    main: bool = False  # keeps the papers, and what is nobody's own
    units: frozenset[int] = frozenset()  # of a committee: which of those right below it
    place: str = ""


def plan_found(parent: Unit, new: NewUnit, kind: str, *, on: date, by: Actor, paper: str = "", place: str = "") -> Plan:
    """Thành lập. Raises Refused: unknown_kind, no_name, parent_not_standing, kind_not_below."""
    heir = _heir(new)
    plan = Plan(Decision.FOUND, on, parent, heirs=[heir])
    _refuse_unknown(kind, on)
    steady(parent, on)
    plan.remarks += remarks_on_place(kind, standing(parent, on).kind, on)
    founding(plan, heir, kind, parent, by=by, paper=paper, place=place)
    return _sure(plan)


def plan_rename(unit: Unit, name: str, *, short_name: str, on: date, paper: str = "") -> Plan:
    """Đổi tên. Raises Refused: no_name, not_standing, tree_changed_since."""
    old, name = standing(unit, on), clean(name, most=160)
    refuse_if(not name, "no_name")
    plan = Plan(Decision.RENAME, on, nearest_above(above_of(old)), changed=[unit])
    placing(plan, old, paper, name=name, short_name=clean(short_name, most=80) or name[:80])
    return plan


def plan_kind(unit: Unit, kind: str, *, on: date, paper: str = "") -> Plan:
    """Chuyển loại: the same unit, of another kind; a cell with members is upgraded instead.

    Raises Refused: unknown_kind, same_kind, members_need_cells, units_below, kind_not_below.
    """
    old = standing(unit, on)
    _refuse_unknown(kind, on)
    refuse_if(old.kind == kind, "same_kind")
    below = list(Placement.objects.on(on).filter(parent=unit))
    if old.kind == "cell":
        refuse_if(_members(unit, on), "members_need_cells", count=len(_members(unit, on)))
        refuse_if(unit.posts.live().filter(during__contains=on).exists(), "posts_need_ending")
    refuse_if(kind == "cell" and below, "units_below", count=len(below))
    plan = Plan(Decision.KIND, on, nearest_above(above_of(old)), changed=[unit])
    if old.parent is not None:
        plan.remarks += remarks_on_place(kind, standing(old.parent, on).kind, on)
    for code in sorted({row.kind for row in below}):
        plan.remarks += remarks_on_place(code, kind, on)
    placing(plan, old, paper, kind=kind)
    return _sure(plan)


def plan_move(unit: Unit, to: Unit, *, on: date, paper: str = "") -> Plan:
    """Chuyển cấp trên trực tiếp, with all that is below.

    Raises Refused: same_superior, below_itself, kind_not_below.
    """
    old = standing(unit, on)
    refuse_if(old.parent_id is None, "root_stays")
    refuse_if(old.parent_id == to.pk, "same_superior")
    refuse_if(steady(to, on).startswith(steady(unit, on)), "below_itself")
    target = standing(to, on)
    plan = Plan(Decision.MOVE, on, nearest_above(above_of(old), to.scope_path), changed=[unit])
    plan.remarks += remarks_on_place(old.kind, target.kind, on)
    leading = committee(unit_ids(steady(to, on)), on)
    moving(plan, old, Heir(target.name, target.short_name, unit=to), paper, leading=leading)
    return _sure(plan)


def plan_end(unit: Unit, *, on: date, by: Actor, paper: str = "") -> Plan:
    """Kết thúc hoạt động, giải thể: everybody and everything has gone elsewhere before.

    Raises Refused: units_below, members_left, tasks_left, limitations_left, facts_since, tree_changed_since.
    """
    old = standing(unit, on)
    refuse_if(old.parent_id is None, "root_stays")
    below = Placement.objects.filter(parent=unit, during__overlap=since(on)).count()
    refuse_if(below, "units_below", count=below)
    left = Belonging.objects.live().filter(unit=unit, during__overlap=since(on)).count()
    refuse_if(left, "members_left", count=left)
    tasks = Task.objects.filter(unit=unit, settled_on=None).count()
    refuse_if(tasks, "tasks_left", count=tasks)
    limitations = Limitation.objects.filter(unit=unit, closed_on=None).count()
    refuse_if(limitations, "limitations_left", count=limitations)
    plan = Plan(Decision.END, on, nearest_above(above_of(old)), sources=[unit])
    leaving = Leaving(plan, old, paper, by.account_id)
    leaving.posts(go_on=False)
    leaving.state_posts()
    _leave_behind(leaving, [])
    ending(plan, old)
    return plan


def plan_split(unit: Unit, into: Sequence[NewUnit], *, on: date, by: Actor, paper: str = "") -> Plan:
    """Chia tách: it ends; every member, unit below, post, open task, planned meeting goes on in exactly one heir.

    A committee gives out the units right below it (`units`), a cell its members (`people`). Raises Refused: root_stays,
    two_heirs, one_main_heir, member_left_behind, unit_left_behind, too_few_official, facts_since.
    """
    old = standing(unit, on)
    refuse_if(old.parent is None, "root_stays")
    assert old.parent is not None
    refuse_if(len(into) < 2, "two_heirs")
    plan = _dividing(Decision.SPLIT, unit, old, into, on)
    plan.above = old.parent
    for heir, new in zip(plan.heirs, into, strict=True):
        founding(plan, heir, old.kind, old.parent, by=by, paper=paper, place=clean(new.place, most=80))
    if old.kind != "cell":
        _give_out_units(plan, old, paper, committee(unit_ids(steady(old.parent, on)), on))
    _give_out(plan, old, paper, by)
    ending(plan, old)
    return _sure(plan)


def plan_upgrade(
    cell: Unit, kind: str, into: Sequence[NewUnit], *, name: str, short_name: str, on: date, by: Actor, paper: str = ""
) -> Plan:
    """Nâng cấp chi bộ thành đảng bộ: it goes on as a committee with its history; its members go to cells below it.

    Raises Refused as `plan_split`, and unknown_kind, kind_not_below.
    """
    old = standing(cell, on)
    refuse_if(old.kind != "cell" or old.parent is None, "cells_only")
    assert old.parent is not None
    _refuse_unknown(kind, on)
    refuse_if(kind == "cell", "same_kind")
    refuse_if(not into, "two_heirs")
    plan = _dividing(Decision.UPGRADE, cell, old, into, on)
    plan.above, plan.changed = nearest_above(above_of(old)), [cell]
    plan.remarks += remarks_on_place(kind, standing(old.parent, on).kind, on)
    plan.remarks += remarks_on_place("cell", kind, on)
    members = _members(cell, on)
    plan.remarks += remarks_on_size(kind, clean(name, most=160), _official(members, on), len(members), on)
    title = clean(name, most=160) or old.name
    placing(plan, old, paper, kind=kind, name=title, short_name=clean(short_name, most=80) or title[:80])
    for heir in plan.heirs:
        founding(plan, heir, "cell", cell, by=by, paper=paper)
    _give_out(plan, old, paper, by)
    return _sure(plan)


def plan_merge(
    sources: Sequence[Unit], into: Unit | NewUnit, *, on: date, by: Actor, paper: str = "", kind: str = ""
) -> Plan:
    """Sáp nhập into a unit that stands, hợp nhất into a new one: the sources end, nothing of their past changes.

    `kind` and the first source's superior are those of a new one. Raises Refused: two_sources, merge_alike,
    one_inside_another, kind_not_below, facts_since, tree_changed_since.
    """
    olds = [standing(unit, on) for unit in dict.fromkeys(sources)]
    new = isinstance(into, NewUnit)
    refuse_if(len(olds) < (2 if new else 1) or into in sources, "two_sources")
    refuse_if(any(old.parent_id is None for old in olds), "root_stays")
    parent = olds[0].parent
    assert parent is not None
    target = None if isinstance(into, NewUnit) else standing(into, on)
    heir = _heir(into) if isinstance(into, NewUnit) else Heir(target.name, target.short_name, unit=into)  # type: ignore[union-attr]
    kind = target.kind if target is not None else (kind or olds[0].kind)
    refuse_if(any((old.kind == "cell") != (kind == "cell") for old in olds), "merge_alike")
    _refuse_inside([*olds, *([target] if target is not None else [])], olds, on)
    paths = [above_of(old) for old in olds] + ([above_of(target)] if target is not None else [])
    plan = Plan(Decision.MERGE, on, nearest_above(*paths), sources=[old.unit for old in olds], heirs=[heir], main=heir)
    if target is None:
        _refuse_unknown(kind, on)
        plan.remarks += remarks_on_place(kind, standing(parent, on).kind, on)
        founding(plan, heir, kind, parent, by=by, paper=paper, place=olds[0].place)
    plan.leading = committee(unit_ids(steady(target.unit if target else parent, on)), on)
    for old in olds:
        _bring(plan, old, heir, paper, by, first=target is None and old is olds[0])
    _size_of_heir(plan, kind, heir)
    return _sure(plan)


def _refuse_inside(all_of_them: Sequence[Placement], olds: Sequence[Placement], on: date) -> None:
    """A unit does not merge into what hangs below it, nor together with it."""
    paths = {row.unit_id: steady(row.unit, on) for row in all_of_them}
    inside = [(old, row) for old in olds for row in all_of_them
              if old is not row and paths[row.unit_id].startswith(paths[old.unit_id])]  # fmt: skip
    for old, row in inside:
        refuse_if(True, "one_inside_another", name=row.short_name, above=old.short_name)


def _bring(plan: Plan, old: Placement, heir: Heir, paper: str, by: Actor, *, first: bool) -> None:
    leaving = Leaving(plan, old, paper, by.account_id)
    for child in Placement.objects.on(plan.on).filter(parent=old.unit).order_by("sort_key"):
        moving(plan, child, heir, paper, leading=plan.leading or ())
    leaving.members()
    leaving.posts(go_on=False)
    leaving.state_posts()
    leaving.tasks()
    leaving.limitations()
    leaving.charges()
    _leave_behind(leaving, [heir] if first else [])
    ending(plan, old)
    hanging(plan, old, heir)


def _leave_behind(leaving: Leaving, heirs: list[Heir]) -> None:
    leaving.terms(heirs)
    leaving.bodies()
    leaving.habits(heirs)
    if not leaving.plan.heirs:
        leaving.charges()
    leaving.localities()
    leaving.meetings()
    leaving.papers()


def _dividing(act: str, unit: Unit, old: Placement, into: Sequence[NewUnit], on: date) -> Plan:
    heirs = [_heir(new) for new in into]
    refuse_if(sum(new.main for new in into) != 1, "one_main_heir")
    main = next(heir for heir, new in zip(heirs, into, strict=True) if new.main)
    plan = Plan(act, on, unit, sources=[unit], heirs=heirs, main=main)
    if old.kind != "cell":
        below = set(Placement.objects.on(on).filter(parent=unit).values_list("unit", flat=True))
        _refuse_left("unit_left_behind", below, [pk for new in into for pk in new.units])
        for heir in heirs:
            heir.people = _belonging_below(heir.units, on)
        return plan
    _refuse_left("member_left_behind", _members(unit, on), [person for new in into for person in new.people])
    for heir in heirs:
        plan.remarks += remarks_on_size("cell", heir.name, _official(heir.people, on), len(heir.people), on)
    return plan


def _refuse_left(code: str, there: set[Any], placed: list[Any]) -> None:
    """Each exactly once, and nobody else."""
    refuse_if(set(placed) != there or len(placed) != len(there), code,
              count=len(there ^ set(placed)) or len(placed) - len(there))  # fmt: skip


def _belonging_below(units: Iterable[int], on: date) -> frozenset[UUID]:
    """Members of all cells of these branches: whatever they hold or owe above goes where their cell goes."""
    paths = Unit.objects.filter(pk__in=units).values_list("scope_path", flat=True)
    rows = Belonging.objects.on(on).filter(within("scope_path", map(PathRange.of, paths)), kind=Belonging.OFFICIAL)
    return frozenset(rows.values_list("person", flat=True))


def _give_out_units(plan: Plan, old: Placement, paper: str, above: frozenset[UUID]) -> None:
    here = committee([old.unit_id], plan.on)
    for child in Placement.objects.on(plan.on).filter(parent=old.unit).order_by("sort_key"):
        heir = next(heir for heir in plan.heirs if child.unit_id in heir.units)
        moving(plan, child, heir, paper, leading=above | (here & heir.people))


def _give_out(plan: Plan, old: Placement, paper: str, by: Actor) -> None:
    leaving = Leaving(plan, old, paper, by.account_id)
    leaving.members()
    leaving.posts(go_on=True)
    leaving.state_posts()
    leaving.tasks()
    leaving.limitations()
    leaving.charges()
    _leave_behind(leaving, plan.heirs)


def _size_of_heir(plan: Plan, kind: str, heir: Heir) -> None:
    cells = [*plan.sources, *([heir.unit] if heir.unit else [])]
    if kind == "cell":
        members = {person for cell in cells for person in _members(cell, plan.on)}
        plan.remarks += remarks_on_size(kind, heir.name, _official(members, plan.on), len(members), plan.on)


def _heir(new: NewUnit) -> Heir:
    name = clean(new.name, most=160)
    refuse_if(not name, "no_name")
    return Heir(name, clean(new.short_name, most=80) or name[:80], new.people, new.units)


def _members(unit: Unit, on: date) -> set[UUID]:
    rows = Belonging.objects.on(on).filter(unit=unit, kind=Belonging.OFFICIAL)
    return set(rows.values_list("person", flat=True))


def _official(people: set[UUID] | frozenset[UUID], on: date) -> int:
    return Standing.objects.on(on).filter(person__in=people, kind=Standing.OFFICIAL).count()


def _refuse_unknown(kind: str, on: date) -> None:
    refuse_if(kind not in kinds_on(on), "unknown_kind", kind=kind)


def _sure(plan: Plan) -> Plan:
    refuse_sure(plan.remarks)
    return plan
