"""What every form about a member begins with."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.boxes import A_TERM, A_YEAR, Box
from chibo.kernel.dates import show_day
from chibo.kernel.periods import Correctable
from chibo.membership.models import Person
from chibo.membership.queries import line_of
from chibo.organisation.queries import cells_within

DOCUMENT = Box("decision", "Văn bản", hint="Số, ngày, nơi ra văn bản.", optional=True)
DECIDED = Box("decided_on", "Ngày ra quyết định", "day", optional=True)
WHY = Box("why", "Vì sao sửa", "choice", choices=Correctable.MISTAKES)
OUTSIDE = "ngoai"


def the_person(request: Request, pk: uuid.UUID) -> Person:
    """The member, if in sight and within reach of whoever writes about members."""
    row: Person = get_object_or_404(Person.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.ADMIT, row.scope_path)
    return row


def about(request: Request, person: Person, title: str, verb: str, **more: Any) -> dict[str, Any]:
    """The context of a form about this person."""
    line = line_of(person, request.today, actor=request.actor)
    return {"line": line, "crumb": person.full_name, "title": title, "verb": verb, **more}


def page_of(person: Person) -> str:
    """The person's page."""
    return reverse("front:person", args=[person.pk])


def first_day(request: Request, label: str = "Từ ngày", ahead: int = A_YEAR) -> Box:
    """A day that begins something; today as first shown."""
    return Box("first", label, "day", ahead=ahead, value=show_day(request.today))


def last_day(label: str = "Đến hết ngày", *, optional: bool = True, value: str = "", hint: str = "") -> Box:
    """The last day of something."""
    return Box("last", label, "day", ahead=A_TERM, optional=optional, value=value, hint=hint)


def cells(request: Request, *more: tuple[str, str]) -> Sequence[tuple[str, str]]:
    """Cells the office may write about, as choices."""
    rows = cells_within(request.actor, Power.ADMIT, request.today)
    return [*more, *((str(row.unit_id), row.name) for row in rows)]
