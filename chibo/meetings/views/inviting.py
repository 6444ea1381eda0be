"""Announce a meeting; say, or note for somebody, that one cannot come."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.http import Request
from chibo.kernel.actor import Power
from chibo.kernel.errors import Refused
from chibo.kernel.web import attempt
from chibo.meetings.announcing import invitation_text
from chibo.meetings.forms import key_from, person_from
from chibo.meetings.invited import called_to, invitations_of
from chibo.meetings.models import Invitation, Meeting
from chibo.meetings.operations import give_notice, invite, note_absence
from chibo.meetings.page import REASONS
from chibo.meetings.queries import closed_parts
from chibo.meetings.sheet import sheet_of
from chibo.meetings.views.common import author, the_meeting
from chibo.meetings.views.plain import PlainForm
from chibo.organisation.queries import line_to, placement_on


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Mời họp: the words to copy, who is called, who cannot come; the button asks everybody on their own page."""
    row = the_meeting(request, pk)
    request.actor.must(Power.SCHEDULE, row.scope_path)
    if request.method == "POST":
        tried = attempt(lambda: invite(row, at=request.now, by=request.actor))
        if tried.refusal is None:
            return redirect("meetings:invitations", pk=row.pk)
        return _page(request, row, summary=request.say(tried.refusal), status=422)
    return _page(request, row)


@require_POST
def absence(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Ghi báo vắng hộ một đồng chí đã báo."""
    row = the_meeting(request, pk)
    request.actor.must(Power.CHAIR, row.scope_path)
    posted = request.POST.dict()
    key = key_from(posted)
    tried = attempt(
        lambda: note_absence(row, person_from(posted), posted.get("reason", ""), key=key, **author(request))
    )
    if tried.refusal is None:
        return redirect(f"{request.path.removesuffix('bao-vang/')}moi-hop/#bao-vang")
    return _page(request, row, refusal=tried.refusal, status=422)


def _page(
    request: Request, row: Meeting, *, refusal: Refused | None = None, summary: str = "", status: int = 200
) -> HttpResponse:
    placement = placement_on(row.unit_id, row.meets_on)
    called = called_to(row)
    form = PlainForm(request, {"person": "", "reason": ""}, refusal=refusal, typed=refusal is not None)
    context = {
        "meeting": row, "line": line_to(row.unit, row.meets_on, actor=request.actor), "called": called,
        "text": invitation_text(row, placement.name if placement else "", sheet_of(row).text("focal")),
        "asked": [each for each in called if each.asked_at], "away": [each for each in called if each.away],
        "over": closed_parts(row) is not None or row.not_held.filter(withdrawn_at=None).exists(),
        "may_note": request.actor.can(Power.CHAIR, row.scope_path), "form": form, "key": uuid.uuid4(),
        "summary": summary or form.summary, "reasons": REASONS,
    }  # fmt: skip
    return render(request, "meetings/invitations.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, pk: int) -> HttpResponse:
    """Lời mời của tôi: the person asked says that they cannot come, or takes that back."""
    row = get_object_or_404(Invitation.objects.visible_to(request.actor), pk=pk)
    if request.method == "POST":
        posted = request.POST.dict()
        key = key_from(posted)
        tried = attempt(lambda: give_notice(row, _reason(posted), key=key, **author(request)))
        if tried.refusal is None:
            return redirect(request.path)
        return _my_page(request, row, tried.refusal)
    if row.person_id != request.actor.person_id:
        return redirect("meetings:meeting", pk=row.meeting_id)
    return _my_page(request, row)


def _reason(posted: dict[str, str]) -> str:
    """The reason typed, or none when the notice is taken back. Raises Refused("no_reason")."""
    if posted.get("act") == "den-duoc":
        return ""
    if not posted.get("reason", "").strip():
        raise Refused("no_reason")
    return posted["reason"]


def _my_page(request: Request, row: Invitation, refusal: Refused | None = None) -> HttpResponse:
    standing = {asked.pk: reason for asked, reason in invitations_of(request.actor, request.today)}
    form = PlainForm(request, {"reason": ""}, refusal=refusal, typed=refusal is not None)
    context = {"asked": row, "stands": row.pk in standing, "away": standing.get(row.pk, ""), "form": form,
               "key": uuid.uuid4(), "reasons": REASONS}  # fmt: skip
    return render(request, "meetings/invitation.html", context, status=422 if refusal else 200)
