"""Which rows belong to a branch on either tree, and below which child each row hangs."""

from __future__ import annotations

from django.db.models import Q

from chibo.figures.answers import Question, Tree
from chibo.kernel.paths import PathRange, unit_ids
from chibo.organisation.models import PathVersion, Placement

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
    day = question.on if question.tree is Tree.RESTATED else min(question.period.last, question.on)
    rows = Placement.objects.visible_to(question.by).on(day).filter(parent=question.unit)
    return list(rows.order_by("sort_key", "unit_id"))
