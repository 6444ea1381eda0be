"""Where the study of documents stands: three clocks a unit, from issue to receipt to study (LIM-1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, Sum

from chibo.directives.models import Delivery, Document, Heading, QualityMark, StudySession
from chibo.kernel.actor import Actor

STUDIED, LATE, WAITING, OVERDUE = "studied", "studied_late", "not_yet", "overdue"
WORDS = {STUDIED: "đúng hạn", LATE: "học muộn", WAITING: "chưa đến hạn", OVERDUE: "quá hạn"}


def with_study(rows: QuerySet[Delivery, Any], on: date) -> QuerySet[Delivery, Any]:
    """Each delivery with `studied_on`, `turns`, `expected` by that day; a session to be held again does not count."""
    newest = QualityMark.objects.filter(session=OuterRef("pk"), at__date__lte=on).order_by("-at").values("mark")[:1]
    held = (
        StudySession.objects.live()
        .filter(delivery=OuterRef("pk"), audience=StudySession.MEMBERS, held_on__lte=on)
        .annotate(newest=Subquery(newest))
        .filter(Q(newest=None) | ~Q(newest=QualityMark.AGAIN))
    )
    summed = held.order_by().values("delivery")
    return rows.annotate(
        studied_on=Subquery(held.order_by("held_on").values("held_on")[:1]),
        turns=Subquery(summed.annotate(found=Sum("attended")).values("found")),
        expected=Subquery(summed.annotate(found=Max("expected")).values("found")),
    )


def state_of(row: Any, on: date) -> str:
    """Of a delivery `with_study`: studied in time or late, waiting or overdue."""
    if row.studied_on is not None:
        return STUDIED if row.studied_on <= row.due_on else LATE
    return WAITING if on <= row.due_on else OVERDUE


@dataclass(frozen=True, slots=True)
class Progress:
    """One unit's study of one document."""

    delivery: Any
    name: str
    state: str
    days_late: int  # until it was studied, or until today
    to_receipt: int | None  # days from issue (else from asking) to receipt
    to_study: int | None  # days from issue to study

    @property
    def attended(self) -> int:
        """Turns present, no more than were expected: who came twice is not two."""
        return min(self.delivery.turns or 0, self.delivery.expected or 0)


def progress_of(row: Any, name: str, on: date) -> Progress:
    """The clocks of a delivery `with_study`."""
    state = state_of(row, on)
    first = row.issued_on or row.asked_on
    until = row.studied_on or on
    receipt = getattr(row, "receipt", None)
    return Progress(
        row, name, state, max(0, (until - row.due_on).days) if state in (LATE, OVERDUE) else 0,
        (receipt.on - first).days if receipt else None, (row.studied_on - first).days if row.studied_on else None,
    )  # fmt: skip


@dataclass(slots=True)
class Studied:
    """One document and everybody it was sent to."""

    document_id: Any
    title: str
    about: str
    issued_on: date | None
    rows: list[Progress] = field(default_factory=list)

    def count(self, *states: str) -> int:
        """Units in these states."""
        return sum(row.state in states for row in self.rows)

    @property
    def done(self) -> int:
        """Units that studied it."""
        return self.count(STUDIED, LATE)

    @property
    def turns(self) -> tuple[int, int]:
        """Turns present, and expected, in the units that studied it."""
        done = [row for row in self.rows if row.state in (STUDIED, LATE)]
        return sum(row.attended for row in done), sum(row.delivery.expected or 0 for row in done)

    @property
    def due_on(self) -> date:
        """The last day anybody has."""
        return max(row.delivery.due_on for row in self.rows)


def studied(rows: QuerySet[Delivery, Any], names: dict[int, str], on: date) -> list[Studied]:
    """Grouped by document, the newest first; the units that are latest first. One query."""
    found: dict[Any, Studied] = {}
    asked = with_study(rows, on).select_related("receipt").order_by("-asked_on", "document_id", "due_on", "pk")
    for row in asked:
        if row.document_id not in found:
            found[row.document_id] = Studied(row.document_id, row.title, row.about, row.issued_on)
        found[row.document_id].rows.append(progress_of(row, names.get(row.unit_id, ""), on))
    for each in found.values():
        each.rows.sort(key=lambda row: (-row.days_late, row.state != OVERDUE, row.name))
    return list(found.values())


def study_of(document: Document, names: dict[int, str], on: date, *, actor: Actor) -> Studied | None:
    """Everybody in the actor's sight this document was sent to; None when nobody was."""
    rows = Delivery.objects.visible_to(actor).live().filter(document=document)
    return next(iter(studied(rows, names, on)), None)


def open_deliveries(actor: Actor, on: date) -> QuerySet[Delivery, Any]:
    """What units in sight have not studied yet."""
    rows: Any = with_study(Delivery.objects.visible_to(actor).live(), on)
    found: QuerySet[Delivery, Any] = rows.filter(studied_on=None)
    return found


def headings_of(documents: Iterable[Document | Any], *, actor: Actor) -> dict[Any, Heading]:
    """Live headings by document; a document out of sight has none here."""
    keys: Sequence[Any] = [getattr(each, "pk", each) for each in documents]
    return {row.document_id: row for row in Heading.objects.visible_to(actor).live().filter(document__in=keys)}


def by_unit(found: Iterable[Studied]) -> dict[int, list[tuple[Studied, Progress]]]:
    """The same facts unit by unit."""
    units: dict[int, list[tuple[Studied, Progress]]] = defaultdict(list)
    for each in found:
        for row in each.rows:
            units[row.delivery.unit_id].append((each, row))
    return units
