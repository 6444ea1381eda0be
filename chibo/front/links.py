"""Addresses that several pages of the roof need."""

from __future__ import annotations

from django.urls import reverse

from chibo.figures.answers import Answer, Row, Tree

PAGES = {"meetings.meeting": "meetings:meeting"}  # where a row of a figure opens


def row_address(row: Row) -> str:
    """The page of the fact behind a row."""
    kind, about = row.about
    return reverse(PAGES[kind], args=[about])


def figure_address(answer: Answer, unit_id: int) -> str:
    """The same figure, opened for a unit."""
    ask = answer.question
    tree = "ngay-ay" if ask.tree is Tree.AS_WAS else "hom-nay"
    query = f"don-vi={unit_id}&tu={ask.period.first:%d/%m/%Y}&den={ask.period.last:%d/%m/%Y}&cay={tree}"
    return f"{reverse('front:figure', args=[answer.figure.code])}?{query}"
