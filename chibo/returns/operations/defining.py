"""Define what is handed in: a form, its lines, the checks between them; and end what is asked for no more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import Refused, refuse_if
from chibo.kernel.text import clean, fold, looks_like_identity
from chibo.ledger.operations import record
from chibo.organisation.models import Unit
from chibo.returns.models import Entry, Form, Line, LineCheck, Sheet
from chibo.returns.models.forms import PREFIX
from chibo.returns.periods import period_at
from chibo.rules.reader import rules_on

MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class NewForm:
    """What a form is: its name, how often, which kinds of unit owe it, by which day of the month after."""

    name: str
    every: str
    kinds: Sequence[str]
    due_day: int
    begins: date  # any day of its first period
    basis: str = ""


@dataclass(frozen=True, slots=True)
class NewLine:
    """One figure: its name, what it is measured in, how periods add up; of a ratio, the two lines it rests on."""

    name: str
    measure: str
    adds: str = Line.SUM
    decimals: int = 0
    counted: str = Line.THINGS
    must: bool = True
    above: int | None = None
    below: int | None = None


@dataclass(frozen=True, slots=True)
class NewCheck:
    """Lines against lines and a number, or against the last period (a percentage)."""

    left: Sequence[int]
    kind: str
    right: Sequence[int] = field(default_factory=list)
    number: Decimal = Decimal(0)
    grave: bool = False


@transaction.atomic
def define_form(unit: Unit, new: NewForm, *, key: UUID, at: datetime, by: Actor, by_name: str) -> Form:
    """Đặt biểu số liệu: `unit` receives it. Sending the same `key` again gives the same form.

    Raises NoPower and Refused: no_name, text_too_long, looks_like_identity, unknown_choice, no_kind_chosen,
    bad_due_day, key_used.
    """
    by.must(Power.DIRECT, unit.scope_path)
    name = words(new.name, 120)
    if sent := Form.objects.filter(pk=key).first():
        refuse_if(sent.unit_id != unit.pk or sent.name != name, "key_used")
        return sent
    refuse_if(not name, "no_name")
    refuse_if(new.every not in dict(Form.EVERY), "unknown_choice")
    known = rules_on(at.date()).get("organisation.kinds")
    refuse_if(not new.kinds, "no_kind_chosen")
    refuse_if(known is None or any(kind not in known.value for kind in new.kinds), "unknown_choice")
    refuse_if(not 1 <= new.due_day <= 28, "bad_due_day")
    row = Form.objects.create(
        id=key, unit=unit, name=name, basis=words(new.basis, 200), every=new.every, kinds=list(new.kinds),
        due_day=new.due_day, begins=period_at(new.every, new.begins).first, at=at, by_account=by.account_id,
        by_name=by_name, scope_path=unit.scope_path,
    )  # fmt: skip
    record(by, "form.defined", on=at.date(), unit_id=unit.pk, touched=[row], content={"name": row.name})
    return row


@transaction.atomic
def add_line(form: Form, new: NewLine, *, since: date, at: datetime, by: Actor, by_name: str) -> Line:
    """Thêm dòng: a figure of the catalogue from the period on in which `since` lies.

    Raises NoPower and Refused: no_name, no_measure, text_too_long, looks_like_identity, unknown_choice, bad_decimals,
    line_known, too_many_lines, ratio_of_two_lines, ratio_adds_alike, form_ended,
    periods_handed_in.
    """
    form = _locked(form, by)
    name, measure = words(new.name, 120), words(new.measure, 40)
    refuse_if(not name, "no_name")
    refuse_if(not measure, "no_measure")
    refuse_if(new.adds not in dict(Line.ADDS) or new.counted not in dict(Line.COUNTED), "unknown_choice")
    refuse_if(not 0 <= new.decimals <= 3, "bad_decimals")
    begins = _begins(form, since)
    lines = live_lines(form)
    refuse_if(len(lines) >= MOST_LINES, "too_many_lines", most=MOST_LINES)
    refuse_if(any(fold(line.name) == fold(name) for line in lines), "line_known", name=name)
    above, below = _of_a_ratio(new, lines)
    row = Line.objects.create(
        form=form, code=_code(name), name=name, measure=measure, decimals=new.decimals, adds=new.adds,
        counted=new.counted, must=new.must and new.adds != Line.RATIO, above=above, below=below,
        position=max((line.position for line in lines), default=0) + 1, begins=begins, at=at,
        by_account=by.account_id, by_name=by_name, scope_path=form.scope_path,
    )  # fmt: skip
    record(by, "form.line_added", on=at.date(), unit_id=form.unit_id, touched=[form, row],
           content={"name": name, "measure": measure, "code": row.code})  # fmt: skip
    return row


def _begins(form: Form, since: date) -> date:
    """The first period it holds for. A sheet that was handed in is not asked for more afterwards."""
    refuse_if(form.ends is not None, "form_ended")
    begins = max(period_at(form.every, since).first, form.begins)
    handed = Sheet.objects.filter(form=form, first__gte=begins).exclude(handed_in_on=None)
    refuse_if(handed.exists(), "periods_handed_in")
    return begins


def _of_a_ratio(new: NewLine, lines: Sequence[Line]) -> tuple[Line | None, Line | None]:
    if new.adds != Line.RATIO:
        return None, None
    typed = {line.pk: line for line in lines if line.adds != Line.RATIO}
    above, below = typed.get(new.above or 0), typed.get(new.below or 0)
    if above is None or below is None or above == below:
        raise Refused("ratio_of_two_lines")
    refuse_if(above.adds != below.adds, "ratio_adds_alike")
    return above, below


def _code(name: str) -> str:
    """`returns.luot_tuan_tra_rung`: made of the name, never twice, never changed."""
    base = (PREFIX + re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_"))[:50]
    taken = set(Line.objects.filter(code__startswith=base).values_list("code", flat=True))
    return base if base not in taken else next(c for n in range(2, 10_000) if (c := f"{base}_{n}") not in taken)


@transaction.atomic
def end_line(line: Line, *, after: date, at: datetime, by: Actor) -> Line:
    """Thôi hỏi dòng này: it is asked for the last time in the period `after` lies in; what was accepted stays.

    Raises NoPower and Refused: line_ended, line_used, periods_handed_in.
    """
    form = _locked(line.form, by)
    line = Line.objects.get(pk=line.pk)
    refuse_if(line.ends is not None, "line_ended")
    checked = any(line.pk in [*check.left, *check.right] for check in live_checks(form))
    rests = any(line.pk in (each.above_id, each.below_id) for each in live_lines(form))
    refuse_if(checked or rests, "line_used")
    line.ends = _ends(form, line, after)
    line.save(update_fields=["ends"])
    record(by, "form.line_ended", on=at.date(), unit_id=form.unit_id, touched=[form, line])
    return line


def _ends(form: Form, part: Line | LineCheck, after: date) -> date:
    """First day of the first period without it; of what nobody was asked yet, the day it began."""
    ends = period_at(form.every, after).after
    if not Entry.objects.filter(sheet__form=form, sheet__first__gte=part.begins).exists():
        return part.begins
    handed = Sheet.objects.filter(form=form, first__gte=ends).exclude(handed_in_on=None)
    refuse_if(handed.exists(), "periods_handed_in")
    return max(ends, part.begins)


@transaction.atomic
def add_check(form: Form, new: NewCheck, *, since: date, at: datetime, by: Actor, by_name: str) -> LineCheck:
    """Đặt phép kiểm giữa các dòng. Raises NoPower and Refused: unknown_choice, check_of_lines, change_only_warns,
    form_ended.
    """
    form = _locked(form, by)
    refuse_if(new.kind not in dict(LineCheck.KINDS), "unknown_choice")
    typed = {line.pk for line in live_lines(form) if line.adds != Line.RATIO}
    refuse_if(not new.left or not {*new.left, *new.right} <= typed, "check_of_lines")
    refuse_if(set(new.left) & set(new.right), "check_of_lines")
    change = new.kind == LineCheck.CHANGE
    refuse_if(change and (new.grave or new.number <= 0), "change_only_warns")
    refuse_if(form.ends is not None, "form_ended")
    row = LineCheck.objects.create(
        form=form, left=list(new.left), kind=new.kind, right=[] if change else list(new.right), number=new.number,
        grave=new.grave, begins=max(period_at(form.every, since).first, form.begins), at=at,
        by_account=by.account_id, by_name=by_name, scope_path=form.scope_path,
    )  # fmt: skip
    record(by, "form.check_added", on=at.date(), unit_id=form.unit_id, touched=[form, row])
    return row


@transaction.atomic
def end_check(check: LineCheck, *, after: date, at: datetime, by: Actor) -> LineCheck:
    """Thôi kiểm. Raises NoPower and Refused: check_ended."""
    form = _locked(check.form, by)
    check = LineCheck.objects.get(pk=check.pk)
    refuse_if(check.ends is not None, "check_ended")
    check.ends = max(period_at(form.every, after).after, check.begins)
    check.save(update_fields=["ends"])
    record(by, "form.check_ended", on=at.date(), unit_id=form.unit_id, touched=[form, check])
    return check


@transaction.atomic
def end_form(form: Form, *, after: date, at: datetime, by: Actor) -> Form:
    """Thôi dùng biểu: owed for the last time for the period `after` lies in; its sheets and figures stay.

    Raises NoPower and Refused: form_ended, periods_handed_in.
    """
    form = _locked(form, by)
    refuse_if(form.ends is not None, "form_ended")
    ends = max(period_at(form.every, after).after, form.begins)
    handed = Sheet.objects.filter(form=form, first__gte=ends).exclude(handed_in_on=None)
    refuse_if(handed.exists(), "periods_handed_in")
    form.ends = ends
    form.save(update_fields=["ends"])
    record(by, "form.ended", on=at.date(), unit_id=form.unit_id, touched=[form])
    return form


def live_lines(form: Form) -> list[Line]:
    """Lines nobody has ended, in order."""
    return list(Line.objects.filter(form=form, ends=None).order_by("position", "pk"))


def live_checks(form: Form) -> list[LineCheck]:
    """Checks nobody has ended, in order."""
    return list(LineCheck.objects.filter(form=form, ends=None).order_by("pk"))


def _locked(form: Form, by: Actor) -> Form:
    """The form, held until the act is done. Raises NoPower."""
    by.must(Power.DIRECT, form.scope_path)
    row: Form = Form.objects.select_for_update(of=("self",)).select_related("unit").get(pk=form.pk)
    return row


def words(text: str, most: int) -> str:
    """As the border lets it in. Raises Refused: text_too_long, looks_like_identity."""
    text = clean(text, most=most)
    found = looks_like_identity(text)
    refuse_if(found, "looks_like_identity", found=found)
    return text
