"""Sign in, sign out, one's own sessions, large letters."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request, address_of
from chibo.access.models import Session
from chibo.access.operations import check_sign_in, end_session
from chibo.front.door import admit
from chibo.front.kept import carried_by
from chibo.front.public import before_step, public
from chibo.front.refusals import sentence
from chibo.kernel.web import attempt

WRONG = "Tên đăng nhập hoặc cụm từ bí mật chưa đúng."
SHOWN = 12  # letters of a session's key that its owner sees
A_YEAR = 365 * 24 * 60 * 60


@public
@before_step
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Đăng nhập."""
    onward = safe_next(request)
    if request.method != "POST":
        return render(request, "front/signin.html", {"next": onward})
    kept = carried_by(request)
    username, password = request.POST.get("username", ""), request.POST.get("password", "")
    tried = attempt(lambda: check_sign_in(username, password, address=address_of(request), at=request.now))
    if tried.result is None:
        error = sentence(tried.refusal) if tried.refusal else WRONG
        context = {"next": onward, "username": username[:60], "error": error, "kept": kept}
        return render(request, "front/signin.html", context, status=422)
    return admit(request, tried.result, onward, kept)


def safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: only an address of our own."""
    onward: str = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return onward if ours and onward.startswith("/") else ""


@public
@before_step
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Đăng xuất: the session ends on the server, the browser forgets the pages."""
    logout(request)
    response = redirect("front:sign_in")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
def sessions(request: Request) -> HttpResponse:
    """Các phiên đăng nhập của tôi."""
    rows = Session.objects.filter(account=request.actor.account_id, expire_date__gt=request.now)
    mine = [
        {"id": row.session_key[:SHOWN], "device": row.device, "opened_at": row.opened_at,
         "here": row.session_key == request.session.session_key}
        for row in rows.order_by("-opened_at")
    ]  # fmt: skip
    return render(request, "front/sessions.html", {"sessions": mine})


@require_POST
def session_end(request: Request, key: str) -> HttpResponse:
    """Thu hồi một phiên. Only the first letters of a key are ever shown, so they are what is asked for."""
    rows = Session.objects.filter(account=request.actor.account_id, session_key__startswith=key)
    row = rows.first() if len(key) == SHOWN else None
    if row is None:
        raise Http404
    end_session(row, at=request.now, by=request.actor)
    return redirect("front:sessions")


@public
@before_step
@require_POST
def big_text(request: Request) -> HttpResponse:
    """Chữ lớn: kept in a cookie of this browser."""
    response = redirect(safe_next(request) or "front:home")
    if request.COOKIES.get("chu-lon") == "1":
        response.delete_cookie("chu-lon")
    else:
        response.set_cookie("chu-lon", "1", max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


for _view in (sign_out, big_text):
    _view.ends_viewing = True  # type: ignore[attr-defined]
