"""Decisions about the tree: the list of a unit, the form of an act, its preview, the decision, taking it back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chibo.access.http import Request, goes_alone
from chibo.kernel.actor import Power
from chibo.kernel.boxes import Form
from chibo.kernel.errors import Overtaken, Refused
from chibo.kernel.periods import Correctable
from chibo.kernel.text import is_uuid
from chibo.kernel.web import attempt
from chibo.organisation.models import Unit
from chibo.organisation.queries import line_to, placement_on
from chibo.reorganisation.forms import MOST_HEIRS, OF_A_CELL, OF_A_COMMITTEE, PLACED, PLACES, SLUGS, Asking
from chibo.reorganisation.models import Decision
from chibo.reorganisation.operations import take_back
from chibo.reorganisation.plans import Paper, above_of
from chibo.reorganisation.queries import decisions_of, kin_of, last_names
from chibo.reorganisation.words import leaderless, lines

PAPER = ("paper", "signed_on", "signer", "reason")
SENT = frozenset({"csrfmiddlewaretoken", "step", "key", "seen"})


@require_safe
def decisions(request: Request, pk: int) -> HttpResponse:
    """Quyết định về tổ chức: những lần thành lập, tách, nhập, đổi tên; and what may be done here."""
    actor, day = request.actor, request.today
    unit = get_object_or_404(Unit.objects.visible_to(actor), pk=pk)
    placement = placement_on(unit.pk, day)
    names = last_names([unit.pk], actor=actor)
    context = {
        "unit": unit, "placement": placement or names.get(unit.pk), "standing": placement is not None, "day": day,
        "line": line_to(unit, day, actor=actor), "decisions": decisions_of(unit, actor=actor),
        "kin": kin_of(unit, actor=actor), "acts": _acts(request, unit),
        "by_sheet": placement is not None and placement.kind != "cell" and actor.can(Power.ORGANISE, unit.scope_path),
    }  # fmt: skip
    return render(request, "reorganisation/decisions.html", context)


def _acts(request: Request, unit: Unit) -> list[tuple[str, str]]:
    """Addresses and words of the acts this actor may try on the unit."""
    placement = placement_on(unit.pk, request.today)
    if placement is None:
        return []
    words = dict(Decision.ACTS)
    above = request.actor.can(Power.ORGANISE, above_of(placement))
    here = request.actor.can(Power.ORGANISE, unit.scope_path)
    slugs = OF_A_CELL if placement.kind == "cell" else OF_A_COMMITTEE
    rooted = placement.parent_id is not None
    return [
        (slug, words[SLUGS[slug]]) for slug in slugs
        if (here if slug == "thanh-lap" else above) and (rooted or slug in {"thanh-lap", "doi-ten", "chuyen-loai"})
    ]  # fmt: skip


def _asking(request: Request, pk: int, slug: str) -> Asking:
    if slug not in SLUGS:
        raise Http404
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    placement = placement_on(unit.pk, request.today)
    request.actor.must(Power.ORGANISE, unit.scope_path)
    if placement is None:
        _refuse_ended(request, unit)
    assert placement is not None
    if slug != "thanh-lap":
        request.actor.must(Power.ORGANISE, above_of(placement))
    typed = request.GET.get("so", "2")
    heirs = int(typed) if typed in {str(n) for n in range(1, MOST_HEIRS + 1)} else 2
    return Asking(SLUGS[slug], unit, placement, request.actor, request.today, heirs)


def _refuse_ended(request: Request, unit: Unit) -> None:
    """Raises Overtaken for who comes from a preview and whom somebody forestalled, else Refused("not_standing")."""
    names = last_names([unit.pk], actor=request.actor)
    if request.POST.get("seen") and unit.pk in names:
        raise Overtaken(Refused("ended_meanwhile", name=names[unit.pk].name))
    raise Refused("not_standing")


@goes_alone
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """One act: its form; what it would do, counted; then the act itself."""
    if (key := request.POST.get("key", "")) and is_uuid(key):  # pressed twice: it is done already
        sent = Decision.objects.visible_to(request.actor).filter(pk=key).first()
        if sent is not None:
            return redirect("reorganisation:decision", pk=sent.pk)
    asking = _asking(request, pk, slug)
    form = Form(asking.boxes(), PLACES)
    step = request.POST.get("step", "")
    if request.method != "POST" or step == "edit":
        return _form(request, asking, form, request.POST or None, None)
    if step == "confirm":
        tried = attempt(lambda: _carry_out(request, asking, form))
        if tried.result is not None:
            return redirect("reorganisation:decision", pk=tried.result.pk)
        if isinstance(tried.refusal, Overtaken):
            return _preview(request, asking, form, tried.refusal)
        return _form(request, asking, form, request.POST, tried.refusal)
    return _preview(request, asking, form)


def _preview(request: Request, asking: Asking, form: Form, overtaken: Refused | None = None) -> HttpResponse:
    """What the act would do; shown anew with a sentence when somebody was faster than the one who read it."""
    planned = attempt(lambda: asking.plan(form.read(request.POST, on=request.today)))
    if planned.result is None:
        return _form(request, asking, form, request.POST, overtaken or planned.refusal)
    plan = planned.result
    context = {
        **_context(request, asking), "lines": lines(plan), "leaderless": leaderless(plan),
        "remarks": [request.say(remark.said) for remark in plan.remarks],
        "sent": [(name, value) for name, value in request.POST.items() if name not in SENT],
        "key": uuid.uuid4(), "seen": plan.digest, "on": plan.on, "paper": request.POST.get("paper", ""),
        "overtaken": request.say(overtaken) if overtaken else "",
    }  # fmt: skip
    return render(request, "reorganisation/preview.html", context, status=409 if overtaken else 200)


def _carry_out(request: Request, asking: Asking, form: Form) -> Decision:
    key, seen = request.POST.get("key", ""), request.POST.get("seen", "")[:64]
    try:
        typed = form.read(request.POST, on=request.today)
    except Refused as refusal:  # the form asks for more than when it was looked at: somebody came in meanwhile
        raise (Overtaken(refusal) if seen else refusal) from None
    paper = Paper(typed["paper"], typed["signed_on"], typed["signer"], typed["reason"],
                  uuid.UUID(key) if is_uuid(key) else uuid.uuid4(), seen)  # fmt: skip
    return asking.carry_out(
        typed, paper=paper, at=request.now, by_name=request.posts[0].full_name if request.posts else ""
    )


def _context(request: Request, asking: Asking) -> dict[str, Any]:
    words = dict(Decision.ACTS)[asking.act]
    return {
        "unit": asking.unit, "line": line_to(asking.unit, request.today, actor=request.actor), "act": words,
        "placement": asking.placement, "heirs": asking.heirs,
        "counts": range(1 if asking.act == Decision.UPGRADE else 2, MOST_HEIRS + 1),
        "divides": asking.act in {Decision.SPLIT, Decision.UPGRADE},
    }  # fmt: skip


def _form(request: Request, asking: Asking, form: Form, posted: Any, refusal: Refused | None) -> HttpResponse:
    late = isinstance(refusal, Overtaken)
    shown = form.shown(posted, refusal.because if isinstance(refusal, Overtaken) else refusal, request.say)
    people = [box for box in shown.boxes if box.box.name.startswith(PLACED)]
    context = {**_context(request, asking), "form": shown, "people": people,
               "boxes": [box for box in shown.boxes if box not in people],
               "overtaken": request.say(refusal) if refusal is not None and late else ""}  # fmt: skip
    status = 409 if late else 422 if refusal else 200
    return render(request, "reorganisation/act.html", context, status=status)


@require_safe
def decision(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Một quyết định: the paper, the units it names, what it moved; and how it is taken back."""
    row: Decision = get_object_or_404(Decision.objects.visible_to(request.actor), pk=pk)
    named = list(row.units.order_by("part", "unit"))
    names = last_names([each.unit_id for each in named], actor=request.actor)
    sees = request.actor.can(Power.READ, row.scope_path)
    moved = sum(len(told["added"].get("membership.Belonging", [])) for told in row.journals)
    context = {
        "decision": row, "line": line_to(row.unit, request.today, actor=request.actor) if sees else [],
        "units": [(each, names[each.unit_id]) for each in named if each.unit_id in names],
        "moved": moved, "reasons": Correctable.MISTAKES, "sees": sees,
        "takes_back": row.withdrawn_at is None and request.actor.can(Power.ORGANISE, row.scope_path),
    }  # fmt: skip
    return render(request, "reorganisation/decision.html", context)


@goes_alone
@require_POST
def taken_back(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Lấy lại quyết định ghi nhầm."""
    row: Decision = get_object_or_404(Decision.objects.visible_to(request.actor), pk=pk)
    take_back(row, why=request.POST.get("why", ""), at=request.now, by=request.actor)
    return redirect("reorganisation:decision", pk=row.pk)
