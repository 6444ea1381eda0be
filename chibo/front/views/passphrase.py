"""One's passphrase: the first one by the code from the sheet of paper, another one later."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chibo.access.http import Request, address_of
from chibo.access.models import Account
from chibo.access.operations import begin_with_code, change_passphrase
from chibo.front.door import admit
from chibo.front.public import before_step, public
from chibo.front.refusals import sentence
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.web import attempt

WRONG_CODE = (
    "Tên đăng nhập hoặc mã chưa đúng, hoặc mã đã dùng, đã hết hạn. "
    "Xem lại phiếu; mã hết hạn thì nhờ văn phòng đảng ủy cấp lại."
)
WRONG_PHRASE = "Cụm từ đang dùng chưa đúng."


@public
@before_step
@sensitive_post_parameters("code", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def first_sign_in(request: Request) -> HttpResponse:
    """Lần đầu đăng nhập, hoặc sau khi được cấp lại mã."""
    if request.method != "POST":
        return render(request, "front/first_sign_in.html")
    username, code = request.POST.get("username", ""), request.POST.get("code", "")

    def begin() -> Account | None:
        new = _agreed(request)
        return begin_with_code(username, code, new, address=address_of(request), at=request.now)

    tried = attempt(begin)
    if tried.result is None:
        context = {"username": username[:60], "error": _words(tried.refusal, WRONG_CODE)}
        return render(request, "front/first_sign_in.html", context, status=422)
    return admit(request, tried.result, "", [])


@before_step
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request) -> HttpResponse:
    """Đổi cụm từ bí mật; other places are signed out."""
    if request.method != "POST":
        return render(request, "front/passphrase.html")

    def act() -> Account | None:
        new, here = _agreed(request), request.session.session_key
        return change_passphrase(
            request.POST.get("old", ""), new, address=address_of(request), keep=here, at=request.now, by=request.actor
        )

    tried = attempt(act)
    if tried.result is None:
        context = {"error": _words(tried.refusal, WRONG_PHRASE)}
        return render(request, "front/passphrase.html", context, status=422)
    update_session_auth_hash(request, tried.result)
    return redirect("front:sessions")


def _agreed(request: Request) -> str:
    new: str = request.POST.get("new", "")[:500]
    refuse_if(new != request.POST.get("again", "")[:500], "phrases_differ")
    return new


def _words(refusal: Refused | None, otherwise: str) -> str:
    return sentence(refusal) if refusal else otherwise
