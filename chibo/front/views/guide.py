"""The user guide inside the product."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chibo.access.http import Request
from chibo.front.guide import COVER, contents, page
from chibo.front.public import public


@public
@require_safe
def guide(request: Request, name: str = COVER) -> HttpResponse:
    """Hướng dẫn: open without a sign-in, so that the page about signing in can be read."""
    found = page(name)
    if found is None:
        raise Http404("no such page of the guide")
    return render(request, "front/guide.html", {"page": found, "name": name, "contents": contents()})
