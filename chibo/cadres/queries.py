"""Who holds what on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from chibo.access.querysets import ScopedQuerySet
from chibo.cadres.models import Office, Post, StatePost, Term
from chibo.cadres.offices import state_office_name
from chibo.kernel.actor import Actor
from chibo.membership.models import Standing
from chibo.membership.queries import RollMember
from chibo.organisation.models import Placement, Unit

_ORDER = {office: rank for rank, office in enumerate(Office.values)}


def holders_on(unit: Unit, day: date, *, actor: Actor) -> list[Post]:
    """Posts held in the unit on that day, with their persons; the secretary first."""
    rows = Post.objects.visible_to(actor).on(day).filter(unit=unit).select_related("person")
    return sorted(rows, key=lambda post: (_ORDER.get(post.office, 99), post.person.name_key))


def without_term(unit: Unit, day: date, *, actor: Actor) -> list[Placement]:
    """Tổ chức chưa có nhiệm kỳ, of the branch: their papers get no number."""
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    rows = Placement.objects.visible_to(actor).on(day).filter(scope_path__gte=low, scope_path__lt=high)
    return list(lacking_term(rows, day).order_by("sort_key", "unit_id"))


def lacking_term(rows: ScopedQuerySet, day: date) -> ScopedQuerySet:
    """Of these placements, those whose unit has no term that day."""
    return rows.exclude(Exists(Term.objects.on(day).filter(unit=OuterRef("unit"))))


def state_posts_on(unit: Unit, day: date, *, actor: Actor) -> list[tuple[str, StatePost]]:
    """Chức vụ chính quyền, đoàn thể held beside the unit on that day, each with its name in words."""
    rows = StatePost.objects.visible_to(actor).on(day).filter(unit=unit).select_related("person")
    return [(state_office_name(row.office, day), row) for row in rows.order_by("office", "person__name_key")]


def body_on(unit: Unit, offices: Collection[Office], day: date) -> list[RollMember]:
    """Who holds one of these offices in the unit on that day, each person once, by given name."""
    rows = Post.objects.on(day).filter(unit=unit, office__in=offices).select_related("person")
    people = {row.person_id: row.person for row in rows}
    found = [RollMember(p.pk, p.full_name, p.name_key, Standing.OFFICIAL, "", guest=False) for p in people.values()]
    return sorted(found, key=lambda member: (member.name_key, str(member.person_id)))


def post_labels(unit: Unit, day: date) -> dict[UUID, str]:
    """Person → the highest post held in the unit on that day, in words."""
    rows = Post.objects.on(day).filter(unit=unit).values_list("person_id", "office")
    best: dict[UUID, str] = {}
    for person, office in sorted(rows, key=lambda row: _ORDER.get(row[1], 99), reverse=True):
        best[person] = Office(office).label
    return best
