"""Look in somebody's place, to help; and stop."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from chibo.access.http import VIEWING, Request
from chibo.cadres.accounts import look_in_place_of
from chibo.front.viewing import LASTS
from chibo.kernel.actor import Power
from chibo.membership.models import Person


@require_POST
def begin(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Xem thử như người ấy."""
    person = get_object_or_404(Person.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.APPOINT, person.scope_path)
    account = look_in_place_of(person, request.POST.get("why", ""), at=request.now, by=request.actor)
    request.session[VIEWING] = [account.pk, (request.now + LASTS).isoformat()]
    return redirect("front:home")


@require_POST
def end(request: Request) -> HttpResponse:
    """Thôi xem thử."""
    request.session.pop(VIEWING, None)
    return redirect("front:home")


end.ends_viewing = True  # type: ignore[attr-defined]
