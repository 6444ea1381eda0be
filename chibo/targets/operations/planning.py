"""A plan is drafted line by line, issued when every line is whole, and changed afterwards only by newer words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from chibo.cadres.models import Body, Office
from chibo.directives.models import Delivery, Document, Heading, Link
from chibo.directives.operations import NewHeading, link_documents, register_document
from chibo.directives.titles import title_of
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.organisation.models import PathVersion, Unit
from chibo.targets.measures import Measure, checked
from chibo.targets.models import LineSaid, Plan, PlanIssue, PlanLine
from chibo.targets.operations.following import follow_line
from chibo.targets.queries import lacks, must_write, newest_said

MOST = 200  # lines of a plan
UNIT, BODY, POST = "unit", "body", "post"


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What a plan is about. It carries out a document that was sent to the unit, or one of its own register."""

    kind: str
    about: str
    first: date
    last: date
    delivery: Delivery | None = None
    basis: Document | None = None


@dataclass(frozen=True, slots=True)
class NewLine:
    """What a line says. `owner` is «unit:12», «body:3», «post:cell_secretary»; a draft may lack all but its task."""

    task: str
    owner: str = ""
    due: date | None = None
    measure: Measure | None = None
    why_none: str = ""
    why: str = ""


@transaction.atomic
def open_plan(unit: Unit, new: NewPlan, *, key: UUID, at: datetime, by: Actor, by_name: str = "") -> Plan:
    """Lập kế hoạch, nghị quyết của đơn vị (DIR-4): a draft nobody else is bound by. Sent twice it is one plan.

    Raises NoPower and Refused: unknown_plan_kind, plan_about_nothing, bad_period, delivery_of_another, other_register,
    unit_not_standing.
    """
    must_write(unit.scope_path, by)
    if sent := Plan.objects.filter(pk=key, unit=unit).first():
        return sent
    refuse_if(new.kind not in dict(Plan.KINDS), "unknown_plan_kind")
    about = _clean(new.about, 400)
    refuse_if(not about, "plan_about_nothing")
    refuse_if(new.last < new.first, "bad_period")
    refuse_if(new.delivery is not None and new.delivery.unit_id != unit.pk, "delivery_of_another")
    refuse_if(new.basis is not None and new.basis.unit_id != unit.pk, "other_register")
    refuse_if(not PathVersion.objects.on(at.date()).filter(unit=unit).exists(), "unit_not_standing", day=at.date())
    words, day = _carried(new)
    row = Plan.objects.create(
        id=key, unit=unit, kind=new.kind, about=about, delivery=new.delivery, basis=new.basis, carries_out=words,
        carried_on=day, first=new.first, last=new.last, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=unit.scope_path,
    )  # fmt: skip
    record(by, "plan.opened", on=at.date(), unit_id=unit.pk, touched=[row])
    return row


def _carried(new: NewPlan) -> tuple[str, date | None]:
    """The document it carries out, in words, and its day."""
    if new.delivery is not None:
        return new.delivery.title, new.delivery.issued_on
    said = Heading.objects.live().filter(document=new.basis).first() if new.basis is not None else None
    return (title_of(said), said.dated_on) if said is not None else ("", None)


def _clean(text: str, most: int) -> str:
    text = clean(text, most=most)
    found = looks_like_identity(text)
    refuse_if(found, "looks_like_identity", found=found)
    return text


def _locked(plan: Plan, by: Actor) -> Plan:
    """The plan, held until the act is done. Raises NoPower, Refused("plan_withdrawn")."""
    must_write(plan.scope_path, by)
    row = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    refuse_if(row.withdrawn_at, "plan_withdrawn")
    return row


@transaction.atomic
def write_line(plan: Plan, new: NewLine, *, key: UUID, at: datetime, by: Actor, by_name: str = "") -> PlanLine:
    """Ghi một dòng kế hoạch; `key` names the line: an unknown one is added, a known one says something new.

    After the plan was issued the line must stay whole, the change says why, and its target follows (`follow_line`).
    Raises NoPower and Refused: plan_withdrawn, too_many_lines, line_of_another, line_without_task, unknown_owner,
    due_outside_plan, measured_and_not, say_why_changed, line_not_whole, and those of `measures.checked` and
    `follow_line`.
    """
    plan = _locked(plan, by)
    line = PlanLine.objects.filter(pk=key).first()
    refuse_if(line is not None and line.plan_id != plan.pk, "line_of_another")
    words = _words(plan, new)
    before = newest_said(line) if line is not None else None
    if line is not None and before is not None and _same(before, words):
        return line
    issued = PlanIssue.objects.filter(plan=plan).exists()
    why = _clean(new.why, 300)
    refuse_if(issued and not why, "say_why_changed")
    if line is None:
        beside = PlanLine.objects.filter(plan=plan).order_by("-place").values_list("place", flat=True).first() or 0
        refuse_if(beside >= MOST, "too_many_lines", most=MOST)
        line = PlanLine.objects.create(
            id=key, plan=plan, place=beside + 1, at=at, by_account=by.account_id, by_name=by_name,
            scope_path=plan.scope_path,
        )  # fmt: skip
    said = LineSaid.objects.create(
        line=line, on=at.date(), why=why if issued else "", at=at, by_account=by.account_id, by_name=by_name,
        scope_path=plan.scope_path, **words,
    )  # fmt: skip
    refuse_if(issued and lacks(said), "line_not_whole", lacks=", ".join(lacks(said)))
    touched: list[Any] = [line, said]
    if issued:
        touched += follow_line(plan, line, said, at=at, by=by, by_name=by_name)
    record(by, "plan.line", on=at.date(), unit_id=plan.unit_id, touched=touched, content=line_content(said))
    return line


def line_content(said: LineSaid) -> dict[str, object]:
    """What the ledger's line seals."""
    return {"task": said.task, "due": said.due.isoformat() if said.due else "", "name": said.name,
            "comparison": said.comparison, "value": str(said.value or ""), "why": said.why}  # fmt: skip


def _words(plan: Plan, new: NewLine) -> dict[str, Any]:
    task, why_none = _clean(new.task, 600), _clean(new.why_none, 300)
    refuse_if(not task, "line_without_task")
    refuse_if(new.measure is not None and why_none, "measured_and_not")
    refuse_if(new.due is not None and not plan.first <= new.due <= plan.last, "due_outside_plan", first=plan.first,
              last=plan.last)  # fmt: skip
    words: dict[str, Any] = {"task": task, "due": new.due, "why_none": why_none, **_owner(plan, new.owner)}
    if new.measure is not None:
        said = checked(new.measure)
        words |= {
            "measured": True, "name": said.name, "figure": said.figure, "kind": said.kind, "measure": said.measure,
            "comparison": said.comparison, "value": said.value, "start": said.start, "key": said.key,
        }  # fmt: skip
    return words


def _owner(plan: Plan, owner: str) -> dict[str, Any]:
    """Who answers for it: a unit of the branch, a body of the unit, a post there."""
    kind, _, value = owner.partition(":")
    if not owner:
        return {}
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
    if kind == UNIT:
        area = plan.scope_path
        found = Unit.objects.filter(pk=number, scope_path__gte=area, scope_path__lt=area[:-1] + "0")
        refuse_if(not found.exists(), "unknown_owner")
        return {"owner_unit_id": number}
    if kind == BODY:
        refuse_if(not Body.objects.live().filter(pk=number, unit=plan.unit_id).exists(), "unknown_owner")
        return {"owner_body_id": number}
    refuse_if(kind != POST or value not in Office.values, "unknown_owner")
    return {"owner_post": value}


_ASIDE = {"line", "on", "why", "id", "at", "by_account", "by_name", "scope_path", "dropped"}


def _same(before: LineSaid, words: dict[str, Any]) -> bool:
    if before.dropped:
        return False
    fields = [each for each in LineSaid._meta.concrete_fields if each.name not in _ASIDE]
    return all(getattr(before, each.attname) == words.get(each.attname, each.get_default()) for each in fields)


@transaction.atomic
def drop_line(line: PlanLine, why: str, *, at: datetime, by: Actor, by_name: str = "") -> PlanLine:
    """Bỏ một dòng; of an issued plan it says why, and its target ends with it.

    Raises NoPower and Refused: plan_withdrawn, say_why_changed.
    """
    plan = _locked(line.plan, by)
    before = newest_said(line)
    assert before is not None
    if before.dropped:
        return line
    issued = PlanIssue.objects.filter(plan=plan).exists()
    why = _clean(why, 300)
    refuse_if(issued and not why, "say_why_changed")
    words = {each.attname: getattr(before, each.attname) for each in LineSaid._meta.concrete_fields
             if each.name not in _ASIDE}  # fmt: skip
    said = LineSaid.objects.create(
        line=line, on=at.date(), why=why, dropped=True, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=plan.scope_path, **words,
    )  # fmt: skip
    touched: list[Any] = [line, said]
    if issued:
        touched += follow_line(plan, line, said, at=at, by=by, by_name=by_name)
    record(by, "plan.line_dropped", on=at.date(), unit_id=plan.unit_id, touched=touched)
    return line


@transaction.atomic
def issue_plan(
    plan: Plan, *, on: date, at: datetime, by: Actor, by_name: str = "", takes_number: bool = False
) -> PlanIssue:
    """Ban hành kế hoạch (LIM-2): refused while a line lacks owner, day, target or why there is none.

    Its targets begin to count. With `takes_number` it is entered among the documents out, under the next number of
    its kind, and linked to what it carries out. Said again it changes nothing.
    Raises NoPower and Refused: plan_withdrawn, plan_without_lines, lines_not_whole, day_ahead, issued_too_early, and
    those of `directives.register_document`.
    """
    plan = _locked(plan, by)
    if issued := PlanIssue.objects.filter(plan=plan).first():
        return issued
    refuse_if(on > at.date(), "day_ahead", day=on)
    refuse_if(plan.carried_on is not None and on < plan.carried_on, "issued_too_early", day=plan.carried_on)
    lines = [(line, newest_said(line)) for line in PlanLine.objects.filter(plan=plan).order_by("place")]
    standing = [(line, said) for line, said in lines if said is not None and not said.dropped]
    refuse_if(not standing, "plan_without_lines")
    wanting = [str(place) for place, (_, said) in enumerate(standing, 1) if lacks(said)]
    refuse_if(wanting, "lines_not_whole", lines=", ".join(wanting))
    document = _numbered(plan, on, at, by, by_name) if takes_number else None
    row = PlanIssue.objects.create(
        plan=plan, on=on, document=document, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=plan.scope_path,
    )  # fmt: skip
    made = [each for line, said in standing
            for each in follow_line(plan, line, said, at=at, by=by, by_name=by_name, on=on)]  # fmt: skip
    record(by, "plan.issued", on=on, unit_id=plan.unit_id, touched=[plan, row, *made])
    return row


def _numbered(plan: Plan, on: date, at: datetime, by: Actor, by_name: str) -> Document:
    """Its paper in the register, carrying out the one it rests on."""
    told: dict[str, Any] = {"at": at, "by": by, "by_name": by_name}
    said = NewHeading(plan.kind, dated_on=on, about=plan.about)
    document = register_document(plan.unit, Document.OUT, said, key=plan.pk, takes_number=True, **told)
    if plan.basis is not None:
        link_documents(document, plan.basis, Link.CARRIES_OUT, **told)
    return document


@transaction.atomic
def withdraw_plan(plan: Plan, *, why: str, at: datetime, by: Actor) -> Plan:
    """Bỏ dự thảo lập nhầm; an issued plan stays. Raises NoPower and Refused: plan_issued, unknown_why, …"""
    plan = _locked(plan, by)
    refuse_if(PlanIssue.objects.filter(plan=plan).exists(), "plan_issued")
    plan.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "plan.withdrawn", on=at.date(), unit_id=plan.unit_id, touched=[plan], reason=why)
    return plan
