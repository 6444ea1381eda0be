"""What several rooms' views share: an attempt that may be refused, and the clock of the request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chibo.kernel.boxes import Form
from chibo.kernel.errors import Refused, Stale

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attempt[T]:
    """What came of it: a result, or a refusal the page shows beside what was typed."""

    result: T | None
    refusal: Refused | None


def attempt[T](act: Callable[[], T]) -> Attempt[T]:
    """Do it, or undo it and keep the refusal. A stale save is not for the page: it goes on to the middleware."""
    try:
        with transaction.atomic():
            return Attempt(act(), None)
    except Stale:
        raise
    except Refused as refusal:
        return Attempt(None, refusal)


def answer_form(
    request: Any, form: Form, act: Callable[[dict[str, Any]], Any], *, context: Mapping[str, Any],
    back: str, onward: Callable[[Any], str] | None = None, template: str = "front/act.html",
) -> HttpResponse:  # fmt: skip
    """Show the form, or do its act and go onward (else back); what is refused comes back with what was typed."""
    if request.method != "POST":
        shown = form.shown(None, None, request.say)
        return render(request, template, {**context, "form": shown, "back": back})
    tried = attempt(lambda: act(form.read(request.POST, on=request.today)))
    if tried.refusal is None:
        return redirect(onward(tried.result) if onward else back)
    shown = form.shown(request.POST, tried.refusal, request.say)
    return render(request, template, {**context, "form": shown, "back": back}, status=422)
