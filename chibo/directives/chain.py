"""The chain a document stands in: what it carries out, what carries it out, and the days between (DIR-5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from chibo.directives.models import Document, Heading, Link
from chibo.directives.studying import headings_of
from chibo.kernel.actor import Actor

MOST = 200  # documents of one chain


@dataclass(frozen=True, slots=True)
class Step:
    """One link, seen from the earlier document: `depth` steps below the first of the chain."""

    heading: Heading
    depth: int
    kind: str  # of the link to the one above; empty for the first
    days: int | None  # since the one above was issued
    link_id: int | None


def chain_of(document: Document, *, actor: Actor) -> list[Step]:
    """From the highest document this one carries out, continues or rests on, down to all that carry it out.

    Read level by level: as many queries as the chain is long. A document reached twice stands once.
    """
    links = _around(document, actor)
    headings = headings_of({document.pk, *(pk for link in links for pk in (link.document_id, link.other_id))},
                           actor=actor)  # fmt: skip
    below: dict[Any, list[Link]] = {}
    for link in links:
        below.setdefault(link.other_id, []).append(link)
    lower = {link.document_id for link in links}
    tops = [pk for pk in headings if pk not in lower] or [document.pk]
    tops.sort(key=lambda pk: (headings[pk].dated_on or date.max, str(pk)))
    seen: set[Any] = set()
    return [step for top in tops for step in _down(top, 0, None, headings, below, seen)]


def _around(document: Document, actor: Actor) -> list[Link]:
    """All links of the family: up first, then down from everything found."""
    rows = Link.objects.visible_to(actor).live()
    found: dict[int, Link] = {}
    seen: set[Any] = set()
    ahead = {document.pk}
    while ahead and len(seen) < MOST:
        seen |= ahead
        new = [*rows.filter(document__in=ahead), *rows.filter(other__in=ahead)]
        found.update((link.pk, link) for link in new)
        ahead = {pk for link in new for pk in (link.document_id, link.other_id)} - seen
    return sorted(found.values(), key=lambda link: link.pk)


def _down(
    pk: Any, depth: int, link: Link | None, headings: dict[Any, Heading], below: dict[Any, list[Link]], seen: set[Any]
) -> Iterable[Step]:
    if pk not in headings or pk in seen:
        return
    seen.add(pk)
    said = headings[pk]
    before = headings[link.other_id].dated_on if link and link.other_id in headings else None
    days = (said.dated_on - before).days if said.dated_on and before else None
    yield Step(said, depth, link.get_kind_display() if link else "", days, link.pk if link else None)
    ordered = sorted(below.get(pk, []), key=lambda row: (_day(headings, row), row.pk))
    for row in ordered:
        yield from _down(row.document_id, depth + 1, row, headings, below, seen)


def _day(headings: dict[Any, Heading], link: Link) -> date:
    said = headings.get(link.document_id)
    return said.dated_on or date.max if said else date.max
