"""Addresses that several pages of the roof need."""

from __future__ import annotations

from django.urls import reverse

from chibo.figures.answers import Answer, Row, Tree
from chibo.kernel.periods import Period

PAGES = {  # where a row of a figure opens
    "meetings.meeting": "meetings:meeting",
    "meetings.task": "meetings:task",
    "directives.delivery": "directives:delivery",
    "returns.sheet": "returns:sheet",  # «form/unit/period»: the sheet may not be there yet
    "targets.plan": "targets:plan",
    "targets.target": "targets:target",
    "issues.limitation": "issues:limitation",
    "reorganisation.decision": "reorganisation:decision",
    "membership.person": "front:person",
    "organisation.unit": "front:unit",
    "organisation.locality": "front:locality",
}


def row_address(row: Row) -> str:
    """The page of the fact behind a row."""
    kind, about = row.about
    return reverse(PAGES[kind], args=about.split("/"))


def figure_address(answer: Answer, unit_id: int, period: Period | None = None) -> str:
    """The same figure, opened for a unit; for other days when a period is given."""
    ask = answer.question
    tree, days = "ngay-ay" if ask.tree is Tree.AS_WAS else "hom-nay", period or ask.period
    query = f"don-vi={unit_id}&tu={days.first:%d/%m/%Y}&den={days.last:%d/%m/%Y}&cay={tree}"
    return f"{reverse('front:figure', args=[answer.figure.code])}?{query}"
