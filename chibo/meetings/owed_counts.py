"""How much is owed today, by place: the small numbers beside the navigation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import IntegerField, Subquery

from chibo.access.models import Account
from chibo.kernel.actor import Actor
from chibo.meetings.owed import meetings_due, tasks_due
from chibo.meetings.owed_care import to_confirm, visits_due


class _Count(Subquery):
    """The number of rows of a query, inside another one."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counts(actor: Actor, *, on: date) -> dict[str, int]:
    """Số việc đến hạn: «minutes», «tasks» and all together as «home»; one query. Reminders do not count."""
    asked: dict[str, Any] = {
        "meetings": meetings_due(actor, on),
        "tasks": tasks_due(actor, on).filter(due__lte=on),
        "confirm": to_confirm(actor),
        "visits": visits_due(actor, on),
    }
    row = Account.objects.filter(pk=actor.account_id or 0).values_list(
        *(_Count(each.order_by().values("pk")) for each in asked.values())
    )
    # a query that cannot find anything, for want of any power, comes back empty
    found = {name: number or 0 for name, number in zip(asked, row.first() or [0] * len(asked), strict=True)}
    return {
        "minutes": found["meetings"] + found["confirm"],
        "tasks": found["tasks"],
        "home": sum(found.values()),
    }
