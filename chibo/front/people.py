"""A person's path, as the rooms below keep it: cells, standing, posts, cells in charge; each with its document."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from chibo.cadres.models import Post, Seat, StatePost
from chibo.cadres.words import fact_words
from chibo.kernel.actor import Actor, Power
from chibo.meetings.models import Charge
from chibo.membership.models import Absence, Belonging, Particular, Person, Standing
from chibo.membership.particulars import NAME, Use, field_shown
from chibo.membership.policy import allows
from chibo.organisation.models import Placement, Unit


@dataclass(frozen=True, slots=True)
class Step:
    """One fact with its period, and where it is corrected or ended by whoever may."""

    first: date
    after: date | None  # first day it no longer holds
    words: str
    unit_id: int | None
    unit_name: str
    document: str
    edit: str = ""
    end: str = ""
    aside: bool = False  # of the member's form: told in the path, not in the headline

    def holds(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.first <= day and (self.after is None or day < self.after)


@dataclass(frozen=True, slots=True)
class Mended:
    """A row that was written down wrong: it stays readable, with who, when and why (decision 12)."""

    step: Step
    why: str
    at: datetime
    by: str


KINDS = {Belonging: "noi-sinh-hoat", Standing: "chinh-thuc", Absence: "khong-tinh", Particular: "thong-tin",
         Post: "dang", StatePost: "chinh-quyen"}  # fmt: skip
FACTS: tuple[Any, ...] = (Belonging, Standing, Absence, Post, StatePost, Seat)


def path_of(person: Person, *, actor: Actor) -> list[Step]:
    """Quá trình: what the actor may see of it, the newest first; nine queries."""
    found = [row for model in FACTS for row in model.objects.visible_to(actor).live().filter(person=person)]
    ended = Particular.objects.visible_to(actor).live().filter(person=person, during__upper_inf=False).exclude(value="")
    found += [row for row in ended if allows(actor, field_shown(row.field), Use.READ, person)]
    found += Charge.objects.visible_to(actor).filter(person=person)
    names = _names(found, actor)
    steps = [_step(row, names, actor, person) for row in found]
    return sorted(steps, key=lambda step: (step.first, step.words), reverse=True)


def mended_of(person: Person, *, actor: Actor, merged: Collection[Any] = ()) -> list[Mended]:
    """Đã sửa: withdrawn rows, those of records merged into this one too, the newest first."""
    whose = [person.pk, *merged]
    found = [
        row for model in (*FACTS, Particular)
        for row in model.objects.visible_to(actor).filter(person__in=whose, withdrawn_at__isnull=False)
    ]  # fmt: skip
    names = _names(found, actor)
    who = _people({row.withdrawn_by for row in found if row.withdrawn_by}, actor)
    mended = [
        Mended(_step(row, names, actor, person), row.get_withdrawn_why_display(), row.withdrawn_at,
               who.get(row.withdrawn_by, ""))
        for row in found if not isinstance(row, Particular)
        or (row.value and allows(actor, field_shown(row.field), Use.READ, person))
    ]  # fmt: skip
    return sorted(mended, key=lambda each: each.at, reverse=True)


def _people(accounts: Collection[int], actor: Actor) -> dict[int, str]:
    rows = Person.objects.visible_to(actor).filter(account__in=accounts)
    return dict(rows.values_list("account_id", "full_name")) if accounts else {}


def _names(rows: Iterable[Any], actor: Actor) -> dict[int, tuple[str, bool]]:
    """The newest name of each unit the actor may name, and whether its page opens; others stay «tổ chức khác»."""
    units = {row.unit_id for row in rows if getattr(row, "unit_id", None)}
    readable = Unit.objects.named_to(actor).filter(pk__in=units).values("pk")
    placed = Placement.objects.filter(unit__in=readable).order_by("during")
    told = placed.values_list("unit_id", "name", "scope_path")
    return {unit: (name, actor.can(Power.READ, path)) for unit, name, path in told}


def _step(row: Any, names: dict[int, tuple[str, bool]], actor: Actor, person: Person) -> Step:
    unit = getattr(row, "unit_id", None)
    away = isinstance(row, Belonging) and unit is None
    known, opens = names.get(unit or 0, ("tổ chức khác" if unit else "", False))
    name = "nơi khác, ngoài đảng bộ" if away else known
    edit, end = _addresses(row, actor, person)
    return Step(
        row.during.lower, row.during.upper, fact_words(row), unit if opens else None, name[:1].lower() + name[1:],
        _document(row), edit, end, isinstance(row, Particular),
    )  # fmt: skip


def _document(row: Any) -> str:
    """The paper it rests on, how it began and how it ended."""
    parts = [row.decision]
    if isinstance(row, Standing) and row.decided_on:
        parts.append(f"quyết định ngày {row.decided_on:%d/%m/%Y}")
    if isinstance(row, Belonging) and row.way_in and row.way_in != Belonging.LISTED:
        parts.insert(0, row.get_way_in_display())
    if isinstance(row, Belonging) and row.way_out:
        parts += [row.get_way_out_display(), row.decision_out]
    text = " · ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _addresses(row: Any, actor: Actor, person: Person) -> tuple[str, str]:
    """Where this row is corrected, and where it ends; empty for who may do neither."""
    if isinstance(row, Post | StatePost):
        if row.withdrawn_at or not actor.can(Power.APPOINT, row.scope_path):
            return "", ""
        args = [KINDS[type(row)], row.pk]
        end = "" if row.during.upper else reverse("cadres:end", args=args)
        return reverse("cadres:correct", args=args), end
    if isinstance(row, Seat):
        may = not row.withdrawn_at and actor.can(Power.APPOINT, row.scope_path)
        return reverse("cadres:seat_correction", args=[row.pk]) if may else "", ""
    if isinstance(row, Particular) and row.field == NAME.code:
        return "", ""
    if type(row) not in KINDS or row.withdrawn_at or not actor.can(Power.ADMIT, person.scope_path):
        return "", ""
    args = [KINDS[type(row)], row.pk]
    ends = isinstance(row, Absence) or (isinstance(row, Belonging) and row.kind == Belonging.TEMPORARY)
    return reverse("membership:correct", args=args), reverse("membership:end", args=args) if ends else ""
