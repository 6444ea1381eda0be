"""The second step of signing in: asked at the door, set up on the phone, recovery codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.http import PASSED, Request, address_of
from chibo.access.models import Authenticator
from chibo.access.operations import confirm_step, pass_step, renew_recovery_codes, start_step, stop_step
from chibo.access.totp import address_of_secret, secret_of, spelled
from chibo.cadres.accounts import offices_with_step, step_of_account
from chibo.front.door import go_in, half_way
from chibo.front.kept import carried_by
from chibo.front.public import before_step, public
from chibo.front.refusals import sentence
from chibo.front.views.entry import safe_next
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt

WRONG = "Mã chưa đúng, hoặc đã dùng rồi. Chờ mã tiếp theo hiện trên điện thoại rồi gõ lại."


@public
@before_step
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def at_sign_in(request: Request) -> HttpResponse:
    """Mã của bước hai khi đăng nhập."""
    account = half_way(request)
    if account is None:
        return redirect("front:sign_in")
    onward, kept = safe_next(request), carried_by(request)
    context: dict[str, Any] = {"next": onward, "kept": kept}
    if request.method != "POST":
        return render(request, "front/signin_code.html", context)
    code = request.POST.get("code", "")
    tried = attempt(lambda: pass_step(account, code, address=address_of(request), at=request.now))
    if not tried.result:
        context["error"] = _words(tried.refusal)
        return render(request, "front/signin_code.html", context, status=422)
    return go_in(request, account, onward, kept, passed=True)


@before_step
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: Request) -> HttpResponse:
    """Bước hai của tôi; POST bắt đầu lập."""
    if request.method != "POST":
        return _page(request)
    tried = attempt(lambda: start_step(at=request.now, by=request.actor))
    return _page(request, _words(tried.refusal), 422) if tried.refusal else redirect("front:second_step")


@before_step
@sensitive_post_parameters("code")
@require_POST
def confirm(request: Request) -> HttpResponse:
    """Gõ mã đầu tiên của điện thoại: xong thì hiện mã khôi phục, một lần."""
    here = request.session.session_key

    def act(code: str) -> list[str] | None:
        return confirm_step(code, address=address_of(request), keep=here, at=request.now, by=request.actor)

    return _codes(request, act)


@sensitive_post_parameters("code")
@require_POST
def recovery(request: Request) -> HttpResponse:
    """Cấp lại mã khôi phục của mình."""
    return _codes(
        request, lambda code: renew_recovery_codes(code, address=address_of(request), at=request.now, by=request.actor)
    )


@sensitive_post_parameters("code")
@require_POST
def stop(request: Request) -> HttpResponse:
    """Thôi bước hai, hoặc đổi điện thoại."""
    code = request.POST.get("code", "")
    tried = attempt(lambda: stop_step(code, address=address_of(request), at=request.now, by=request.actor))
    if not tried.result:
        return _page(request, _words(tried.refusal), 422)
    request.session.pop(PASSED, None)
    return redirect("front:second_step")


def _codes(request: Request, act: Callable[[str], list[str] | None]) -> HttpResponse:
    tried = attempt(lambda: act(request.POST.get("code", "")))
    if tried.result is None:
        return _page(request, _words(tried.refusal), 422)
    request.session[PASSED] = request.now.isoformat()
    return render(request, "front/recovery_codes.html", {"codes": tried.result})


def _page(request: Request, error: str = "", status: int = 200) -> HttpResponse:
    step = step_of_account(request.actor)
    context = {
        "step": step, "error": error, "required": _required(request), "offices": offices_with_step(request.today),
        "stepless": request.stepless,
    }  # fmt: skip
    if step.row is not None and not step.confirmed:
        secret = secret_of(step.row.account_id, step.row.salt)
        context |= {"picture": _picture(step.row, secret), "secret": spelled(secret)}
    return render(request, "front/second_step.html", context, status=status)


def _picture(row: Authenticator, secret: bytes) -> SafeString:
    """Drawn here, by us: the secret goes to no other program and no other machine."""
    code = segno.make(address_of_secret(secret, row.account.username), error="m", micro=False)
    return mark_safe(code.svg_inline(scale=5, border=4, light="#fff"))  # noqa: S308 - our own drawing, no text in it


def _required(request: Request) -> bool:
    return any(post.needs_step for post in request.posts)


def _words(refusal: Refused | None) -> str:
    return sentence(refusal) if refusal else WRONG
