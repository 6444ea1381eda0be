"""The office looks after accounts: the list, one account, the sheet of paper, lock and unlock."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request
from chibo.access.models import Account
from chibo.access.operations import CODE_LIVES, Opened
from chibo.cadres.accounts import (
    LOOKS,
    Handed,
    account_line,
    account_lines,
    end_all_sessions,
    hand_over,
    lock_account,
    renew_code,
    reset_second_step,
    sessions_of,
    unlock_account,
)
from chibo.cadres.models import Office
from chibo.front.readings import remember
from chibo.front.viewing import LASTS
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.text import is_uuid
from chibo.kernel.web import attempt
from chibo.membership.models import Person
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to

PAGE = 100


@require_safe
def of_unit(request: Request, pk: int) -> HttpResponse:
    """Tài khoản của một tổ chức và các tổ chức trực thuộc; a page starts after the key in `sau`."""
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.APPOINT, unit.scope_path)
    after = request.GET.get("sau", "")[:500]
    lines = account_lines(unit, request.today, at=request.now, actor=request.actor, after=after, most=PAGE + 1)
    context = {
        "unit": unit, "line": line_to(unit, request.today, actor=request.actor), "lines": lines[:PAGE],
        "after": after, "next": lines[PAGE - 1].key if len(lines) > PAGE else "",
    }  # fmt: skip
    remember(request, Opened("accounts", unit.scope_path, count=len(context["lines"])))
    return render(request, "front/accounts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Tài khoản của một người; POST trao tài khoản."""
    person = _person(request, pk)
    if request.method != "POST":
        return _page(request, person)
    name = request.POST.get("username", "")
    return _sheet(request, person, lambda key: hand_over(person, name, key=key, at=request.now, by=request.actor))


@require_POST
def new_code(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Cấp mã mới: quên cụm từ bí mật, hoặc phiếu cũ thất lạc, hết hạn."""
    person = _person(request, pk)
    return _sheet(request, person, lambda key: renew_code(person, key=key, at=request.now, by=request.actor))


@require_POST
def lock(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Khóa tài khoản."""
    why = request.POST.get("why", "")
    return _act(request, pk, lambda person: lock_account(person, why, at=request.now, by=request.actor))


@require_POST
def unlock(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Mở khóa tài khoản."""
    return _act(request, pk, lambda person: unlock_account(person, at=request.now, by=request.actor))


@require_POST
def sessions_end(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Kết thúc mọi phiên đang mở của người ấy."""
    return _act(request, pk, lambda person: end_all_sessions(person, at=request.now, by=request.actor))


@require_POST
def step_reset(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Đặt lại bước hai cho người mất điện thoại và mã khôi phục."""
    return _act(request, pk, lambda person: reset_second_step(person, at=request.now, by=request.actor))


def _person(request: Request, pk: uuid.UUID) -> Person:
    """In sight, and in one's care."""
    person = get_object_or_404(Person.objects.visible_to(request.actor), pk=pk)
    request.actor.must(Power.APPOINT, person.scope_path)
    return person


def _act(request: Request, pk: uuid.UUID, act: Callable[[Person], object]) -> HttpResponse:
    person = _person(request, pk)
    tried = attempt(lambda: act(person))
    if tried.refusal is not None:
        return _page(request, person, tried.refusal)
    return redirect("front:account", person.pk)


def _sheet(request: Request, person: Person, act: Callable[[uuid.UUID], Handed]) -> HttpResponse:
    """The sheet with the code, shown once; or the page again with what stands against it."""
    typed = request.POST.get("key", "")
    key = uuid.UUID(typed) if is_uuid(typed) else uuid.uuid4()
    tried = attempt(lambda: act(key))
    if tried.result is None:
        return _page(request, person, tried.refusal)
    until = request.now + CODE_LIVES
    posts = [(Office(post.office).label, post.unit_name) for post in tried.result.posts]
    context = {
        "handed": tried.result, "posts": posts, "until": until, "only_here": _only_here(request),
        "address": request.build_absolute_uri(reverse("front:first_sign_in")),
    }  # fmt: skip
    return render(request, "front/handover.html", context)


def _only_here(request: Request) -> bool:
    """Whether the address on the sheet leads nowhere from any other machine."""
    return request.get_host().rpartition(":")[0] in {"127.0.0.1", "localhost"}


def _page(request: Request, person: Person, refusal: Refused | None = None) -> HttpResponse:
    line = account_line(person, request.today, at=request.now, actor=request.actor)
    context = {
        "person": person, "row": line, "key": uuid.uuid4(), "suggested": person.folded_name.replace(" ", "."),
        "sessions": sessions_of(line.account, request.now) if line.account else [], "locks": Account.LOCKS,
        "error": request.say(refusal) if refusal else "", "typed": request.POST.get("username", "")[:60],
        "looks": LOOKS, "look_minutes": LASTS.seconds // 60,
        "oneself": person.pk == request.actor.person_id,
    }  # fmt: skip
    remember(request, Opened("account", person.scope_path, person.pk))
    return render(request, "front/account.html", context, status=422 if refusal else 200)
