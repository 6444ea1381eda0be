"""Every request: private by default, one transaction, one actor, both walls, and refusals turned into pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse_lazy

from chibo.access.http import PASSED, Request
from chibo.access.wall import raise_wall
from chibo.cadres.authority import actor_of, held_posts, without_step
from chibo.front.kept import sign_in_first
from chibo.front.refusals import answer_refusal, not_that_way, sentence, wants_part
from chibo.front.viewing import closed_to_visitors, look_from_there
from chibo.kernel.actor import NOBODY
from chibo.kernel.dates import now
from chibo.kernel.errors import Refused
from chibo.kernel.turns import alone, beside

Answer = Callable[[HttpRequest], HttpResponse]


class PrivatePagesMiddleware:
    """Personal pages are not kept by any cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class ActorMiddleware:
    """Opens the transaction, finds the actor of today, raises the second wall, answers refusals.

    Django's own ATOMIC_REQUESTS opens its transaction after this point, too late for the wall.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.undo = False
        request.say = sentence  # words for refusals a page shows itself
        with transaction.atomic():
            if request.method == "POST":
                _take_turn(request)
            response = self._answer(request)
            if response.status_code >= 500 or request.undo:
                transaction.set_rollback(True)
        return not_that_way(request, response) if response.status_code == 405 else response

    def _answer(self, request: Request) -> HttpResponse:
        try:
            self._find_actor(request)
        except Refused as refusal:  # posts in more places than the second wall has slots
            request.actor, request.posts = NOBODY, []
            raise_wall(NOBODY)
            return answer_refusal(request, refusal) or HttpResponse(status=422)
        raise_wall(request.actor)
        return self.get_response(request)

    def _find_actor(self, request: Request) -> None:
        request.actor, request.posts, request.stepless = NOBODY, [], False
        request.real_actor, request.viewing, request.viewing_until = NOBODY, "", None
        request.now = now()  # where the commune is, so that its date is the day there
        request.today = request.now.date()
        user: Any = request.user
        if user.is_authenticated and user.is_active:
            request.posts = held_posts(user.pk, on=request.today)
            request.actor = actor_of(user.pk, request.posts)
            asked = any(post.needs_step for post in request.posts)
            request.stepless = asked and request.session.get(PASSED) is None
            if request.stepless:
                request.actor = without_step(request.actor)
            request.real_actor = request.actor
            look_from_there(request)

    def process_view(self, request: Request, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Everything asks for a sign-in, but for the few views that say otherwise."""
        if request.actor.account_id is None and not getattr(view, "public", False):
            if wants_part(request):
                return HttpResponse(status=401)
            if request.method == "POST":
                return sign_in_first(request)
            return redirect_to_login(request.get_full_path(), str(reverse_lazy("front:sign_in")))
        if request.viewing and (refused := closed_to_visitors(request, view)):
            return refused
        if request.stepless and not getattr(view, "before_step", False):
            return HttpResponse(status=401) if wants_part(request) else redirect("front:second_step")
        return None

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """A refusal becomes a page; what was written in this request is undone."""
        response = answer_refusal(request, exception)
        request.undo = response is not None
        return response


def _take_turn(request: Request) -> None:
    """Before anything is read: who waits for a reorganisation finds the tree it left, and the posts of afterwards."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return
    if getattr(view, "goes_alone", False):
        alone()
    elif not getattr(view, "public", False):
        beside()
