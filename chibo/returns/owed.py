"""What somebody owes in this room: a sheet to hand in, sheets to check; whom to remind is told too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from chibo.access.querysets import NOTHING, within
from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import show_day
from chibo.kernel.periods import Period
from chibo.kernel.text import cut
from chibo.meetings.owed import Owed
from chibo.returns.models import Form
from chibo.returns.owing import GIVEN_BACK, HANDED, MISSING, WAITS, Square, Stood, sheets_of, squares_of
from chibo.returns.periods import label_of, period_at, periods_in, slug_of

BEHIND = 3  # periods of a form that are still asked after; older ones stand on the page of the unit
AHEAD = timedelta(days=10)  # a sheet is owed from then before its day, once its period is over


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """Sheets of units one chairs, sheets to check and units to remind where one directs; five queries at most."""
    areas = [*actor.ranges(Power.CHAIR), *actor.ranges(Power.DIRECT)]
    forms = list(Form.objects.named_to(actor).filter(Q(ends=None) | Q(ends__gt=on - timedelta(days=400)))
                 .order_by("name", "pk")) if areas else []  # fmt: skip
    periods = {form.pk: _periods(form, on) for form in forms}
    spans = [each for found in periods.values() for each in found]
    if not spans:
        return []
    span = Period(min(each.first for each in spans), max(each.after for each in spans))
    inside: Q = reduce(or_, (within("scope_path", [area]) for area in areas), NOTHING)
    stood = Stood(forms, span, inside, actor=actor)
    sheets = sheets_of(forms, span, actor=actor)
    found: list[Owed] = []
    for form in forms:
        squares = squares_of(form, stood, periods[form.pk], sheets, on)
        found += _to_hand_in(squares, actor, on)
        if actor.can(Power.DIRECT, form.scope_path):
            found += _to_check(form, squares, actor)
            found += _to_remind(form, squares, actor, on)
    return found


def _periods(form: Form, on: date) -> list[Period]:
    """The newest periods that are over."""
    first = period_at(form.every, on).first
    for _ in range(BEHIND):
        first = period_at(form.every, first - timedelta(days=1)).first
    return periods_in(form, Period(max(first, form.begins), on + timedelta(days=1))) if form.begins <= on else []


def _to_hand_in(squares: Iterable[Square], actor: Actor, on: date) -> list[Owed]:
    """Of the units the actor chairs, what was not handed in or came back."""
    mine = [each for each in squares if each.state not in HANDED and actor.can(Power.CHAIR, each.owner.scope)]
    return [_one(each, on) for each in mine if each.state != "to_come" or each.due <= on + AHEAD]


def _one(each: Square, on: date) -> Owed:
    back = each.state == GIVEN_BACK
    return Owed(
        kind="sheet", about=f"{each.form.pk} {each.owner.unit_id} {slug_of(each.first)}", unit_id=each.owner.unit_id,
        title=f"{'Sửa lại' if back else 'Nộp'} phiếu «{cut(each.form.name, 90)}», {each.label}",
        why="Nơi nhận trả lại, có nhận xét" if back else "Phiếu số liệu của đơn vị", due=each.due,
        days_late=max(0, (on - each.due).days), mine=True, page="returns:sheet",
        args=(each.form.pk, each.owner.unit_id, slug_of(each.first)), button="Sửa phiếu" if back else "Điền phiếu",
    )  # fmt: skip


def _to_check(form: Form, squares: Iterable[Square], actor: Actor) -> list[Owed]:
    """One line a period: the only sheet itself, or the first of several."""
    waiting: dict[date, list[Square]] = defaultdict(list)
    for each in squares:
        if each.state == WAITS and actor.can(Power.DIRECT, each.owner.scope):
            waiting[each.first].append(each)
    return [_checks(form, first, found) for first, found in waiting.items()]


def _checks(form: Form, first: date, waiting: list[Square]) -> Owed:
    one, label = waiting[0], label_of(form.every, first)
    many = f"{len(waiting)} phiếu" if len(waiting) > 1 else "phiếu"
    names = ", ".join(each.owner.name for each in waiting[:3]) + (" và nơi khác" if len(waiting) > 3 else "")
    handed = min(each.sheet.handed_in_on for each in waiting if each.sheet and each.sheet.handed_in_on)
    return Owed(
        kind="sheets", about=f"{form.pk} {slug_of(first)}", unit_id=form.unit_id,
        title=f"Kiểm {many} «{cut(form.name, 90)}», {label}", why=names, due=handed, days_late=0, mine=True,
        page="returns:check", args=(form.pk, one.owner.unit_id, slug_of(first)), button="Kiểm phiếu",
    )  # fmt: skip


def _to_remind(form: Form, squares: Iterable[Square], actor: Actor, on: date) -> list[Owed]:
    """Of the newest period: who is late. A reminder: the debt is theirs."""
    late = [each for each in squares if each.state == MISSING and not actor.can(Power.CHAIR, each.owner.scope)]
    newest = max((each.first for each in late), default=None)
    late = [each for each in late if each.first == newest]
    if newest is None:
        return []
    names = ", ".join(each.owner.name for each in late[:3]) + (f" và {len(late) - 3} nơi khác" if late[3:] else "")
    return [Owed(
        kind="chase_sheets", about=f"{form.pk} {slug_of(newest)}", unit_id=form.unit_id,
        title=f"{len(late)} nơi chưa nộp phiếu «{cut(form.name, 90)}», {label_of(form.every, newest)}",
        why=f"{names}, hạn {show_day(late[0].due)}", due=late[0].due, days_late=0, mine=True, page="returns:chase",
        args=(form.unit_id,), tail=f"?bieu={form.pk}&ky={slug_of(newest)}", button="Soạn lời nhắc", firm=False,
    )]  # fmt: skip
