"""Who holds what on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from chibo.cadres.models import Office, Post
from chibo.kernel.actor import Actor
from chibo.organisation.models import Unit

_ORDER = {office: rank for rank, office in enumerate(Office.values)}


def holders_on(unit: Unit, day: date, *, actor: Actor) -> QuerySet[Post]:
    """Posts held in the unit on that day, with their persons."""
    rows = Post.objects.visible_to(actor).on(day).filter(unit=unit).select_related("person")
    return rows.order_by("office", "person__name_key")


def post_labels(unit: Unit, day: date) -> dict[UUID, str]:
    """Person → the highest post held in the unit on that day, in words."""
    rows = Post.objects.on(day).filter(unit=unit).values_list("person_id", "office")
    best: dict[UUID, str] = {}
    for person, office in sorted(rows, key=lambda row: _ORDER.get(row[1], 99), reverse=True):
        best[person] = Office(office).label
    return best
