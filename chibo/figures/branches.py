"""Which rows belong to a branch on either tree, and below which child each row hangs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from chibo.figures.answers import Question, Tree
from chibo.kernel.paths import PathRange, unit_ids
from chibo.kernel.periods import Period
from chibo.organisation.models import PathVersion, Placement, Unit

PLACE, SCOPE = "place_path", "scope_path"


def branch_condition(question: Question, *, day: str) -> Q:
    """Rows of the branch: by where it stands today, or by where it stood while the row's `day` passed.

    `day` names the date column of the fact. A branch that moved is followed through its path versions.
    """
    if question.tree is Tree.RESTATED:
        return _inside(SCOPE, PathRange.of(question.unit.scope_path))
    versions = PathVersion.objects.filter(
        unit=question.unit, during__overlap=(question.period.first, question.period.after)
    )
    found = Q(pk__in=[])
    for version in versions:
        held = Q(**{f"{day}__gte": version.during.lower})
        if version.during.upper is not None:
            held &= Q(**{f"{day}__lt": version.during.upper})
        found |= _inside(PLACE, PathRange.of(version.path)) & held
    return found


def _inside(column: str, area: PathRange) -> Q:
    return Q(**{f"{column}__gte": area.low, f"{column}__lt": area.high})


def path_column(tree: Tree) -> str:
    """The column a row is placed by on this tree."""
    return SCOPE if tree is Tree.RESTATED else PLACE


def child_below(path: str, unit_id: int) -> int:
    """The unit directly below `unit_id` on the way to `path`, or the unit itself when the row is its own."""
    ids = unit_ids(path)
    after = ids.index(unit_id) + 1
    return ids[after] if after < len(ids) else unit_id


def children_of(question: Question) -> list[Placement]:
    """Units directly below on the day the tree is read: today, or the last day of the period."""
    return question.once(_read_children)


def _read_children(question: Question) -> list[Placement]:
    rows = Placement.objects.visible_to(question.by).on(_tree_day(question)).filter(parent=question.unit)
    return list(rows.order_by("sort_key", "unit_id"))


def _tree_day(question: Question) -> date:
    return question.on if question.tree is Tree.RESTATED else question.last


def children_with(question: Question, met: Collection[int]) -> list[Placement]:
    """The children, and the units rows hang below though they are none on that day.

    One that stood here earlier in the period and left is among them, and so is the unit itself when some rows are
    its own: the children's numbers always make the whole.
    """
    children = children_of(question)
    others = set(met) - {child.unit_id for child in children}
    if not others or (not children and others == {question.unit.pk}):
        return children
    return sorted([*children, *_known(question, others)], key=lambda row: (row.sort_key, row.unit_id))


def _known(question: Question, units: Collection[int]) -> Iterable[Placement]:
    """The newest placement of each unit that began by the day of the tree: an ended unit keeps its last name."""
    rows = Placement.objects.visible_to(question.by).filter(unit__in=units, during__startswith__lte=_tree_day(question))
    return rows.order_by("unit", "-during__startswith").distinct("unit")


def names_of(question: Question, units: Iterable[int]) -> dict[int, str]:
    """Short names on the last day asked for, an ended unit's last one; units directly below cost no query."""
    known = question.once(_names_of_children)
    missing = set(units) - set(known)
    if missing:
        known.update((row.unit_id, row.short_name) for row in _known(question, missing))
    return known


def _names_of_children(question: Question) -> dict[int, str]:
    return {child.unit_id: child.short_name for child in children_of(question)}


def tree_changed(unit: Unit, period: Period, *, on: date) -> bool:
    """Whether anything of the branch, or anything that was in it, came to stand elsewhere after the first day."""
    span, area = (period.first + timedelta(days=1), max(period.last, on)), PathRange.of(unit.scope_path)
    came = Q(during__startswith__range=span) & (_inside("path", area) | _inside(SCOPE, area))
    left = Q(during__endswith__range=span) & _inside("path", area)
    return PathVersion.objects.filter(came | left).exists()


def standing_in(question: Question, day: date) -> QuerySet[Any]:
    """Where each unit of the branch stood on that day, on either tree: `unit`, and `place` to hang it by."""
    return standing_on(question.unit, day, question.tree)


def standing_on(unit: Unit, day: date, tree: Tree) -> QuerySet[Any]:
    """The same without a question."""
    versions = PathVersion.objects.on(day)
    if tree is Tree.RESTATED:
        area = PathRange.of(unit.scope_path)
        return versions.filter(_inside(SCOPE, area)).annotate(place=F(SCOPE))
    top = versions.filter(unit=unit).values_list("path", flat=True).first()
    here = _inside("path", PathRange.of(top)) if top else Q(pk__in=[])
    return versions.filter(here).annotate(place=F("path"))
