"""A form that arrived after the session had ended, or with an old token: what was typed is carried on, not lost.

The values travel through the sign-in as hidden inputs and come back as a form that waits for one more press, under
a fresh token, so that nothing is written which the person at the keyboard did not send.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chibo.meetings.fields import kind_of, label_of

PREFIX = "giu:"
_OURS = {"csrfmiddlewaretoken", "next"}

Pairs = list[tuple[str, str]]


def typed_in(request: HttpRequest) -> Pairs:
    """Everything the form carried, but for its token."""
    lists = request.POST.lists()
    return [(name, value) for name, values in lists if name not in _OURS for value in values]


def carried_by(request: HttpRequest) -> Pairs:
    """What a sign-in form carries on for another form."""
    lists = request.POST.lists()
    return [(name.removeprefix(PREFIX), v) for name, values in lists if name.startswith(PREFIX) for v in values]


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Đăng nhập lại: 401 with the sign-in form, which holds what was typed."""
    context = {"next": request.get_full_path(), "kept": typed_in(request)}
    return render(request, "front/signin.html", context, status=401)


def send_again(request: HttpRequest, address: str, kept: Pairs, *, status: int = 200) -> HttpResponse:
    """Gửi lại: the typed text to read under the name of its box, and one button that sends it."""
    said = [(name, value) for name, value in kept if value.strip() and not name.startswith("v:")]
    words = [(_label(name), value) for name, value in said if " " in value.strip()]
    context = {"address": address, "kept": kept, "words": words, "others": len(said) - len(words)}
    return render(request, "front/kept.html", context, status=status)


def _label(name: str) -> str:
    """What the sheet calls the box; other forms have so few that their text says enough."""
    return label_of(name) if kind_of(name) else ""


def from_our_page(request: HttpRequest) -> bool:
    """The browser itself says that a page of this site sent the form: no page of another site can say so."""
    ours = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin" or request.headers.get("Origin") == ours
