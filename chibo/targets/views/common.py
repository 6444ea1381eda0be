"""What every page of this room begins with."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on
from chibo.targets.models import Plan, PlanLine, Target

FORM = require_http_methods(["GET", "HEAD", "POST"])


def the_unit(request: Request, pk: int) -> Unit:
    """The unit, if it is in sight."""
    found: Unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    return found


def the_plan(request: Request, pk: uuid.UUID) -> Plan:
    """The plan with its unit and its issue, if it is in sight."""
    rows = Plan.objects.visible_to(request.actor).select_related("unit", "issue", "delivery", "basis")
    found: Plan = get_object_or_404(rows, pk=pk)
    return found


def the_line(request: Request, pk: uuid.UUID) -> PlanLine:
    """A line with its plan, if it is in sight."""
    rows = PlanLine.objects.visible_to(request.actor).select_related("plan__unit", "plan__issue")
    found: PlanLine = get_object_or_404(rows, pk=pk)
    return found


def the_target(request: Request, pk: uuid.UUID) -> Target:
    """A target with its unit, if it is in sight."""
    rows = Target.objects.visible_to(request.actor).select_related("unit", "line__plan", "document", "parent")
    found: Target = get_object_or_404(rows, pk=pk)
    return found


def author(request: Request) -> dict[str, Any]:
    """Who acts and when, as operations ask for it."""
    posts = request.posts
    return {"at": request.now, "by": request.actor, "by_name": posts[0].full_name if posts else ""}


def about(request: Request, unit: Unit, title: str, verb: str, crumb: str, **more: Any) -> dict[str, Any]:
    """Context of a form."""
    return {"line": line_to(unit, request.today, actor=request.actor), "title": title, "verb": verb, "crumb": crumb,
            **more}  # fmt: skip


def name_of(request: Request, unit: Unit) -> str:
    """What the unit is called today; its last name when it ended."""
    placement = placement_on(unit.pk, request.today) or unit.placements.order_by("during").last()
    return placement.name if placement else ""
