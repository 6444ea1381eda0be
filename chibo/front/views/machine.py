"""The machine: for whoever keeps the server; and one word for whatever watches it."""

from __future__ import annotations

from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.front.keeper import machine as about_machine
from chibo.front.public import public
from chibo.kernel.actor import Power


@require_safe
def machine(request: Request, part: str = "") -> HttpResponse:
    """Máy chủ: backups, rehearsals, disk, clock. No row of anybody's work is read."""
    if not request.actor.ranges(Power.KEEP_SERVER):
        raise Http404
    return render(request, "front/machine.html", {**about_machine(request.now), "part": part})


@public
@require_safe
def health(request: Request) -> HttpResponse:
    """Whether pages can be answered: a word, no data. Without the database the answer is 500 before we are asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
