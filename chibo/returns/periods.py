"""Periods of returns: which there are, what each is called, by which day it is due."""

from __future__ import annotations

from datetime import date, timedelta

from chibo.kernel.dates import months_after
from chibo.kernel.errors import Refused
from chibo.kernel.periods import Period
from chibo.returns.models import Form

MONTHS = {Form.MONTH: 1, Form.QUARTER: 3, Form.HALF: 6, Form.YEAR: 12}
_ROMAN = ["I", "II", "III", "IV"]


def period_at(every: str, day: date) -> Period:
    """The period of that length the day lies in."""
    length = MONTHS[every]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    return Period(first, months_after(first, length))


def period_from(every: str, first: date) -> Period:
    """The period that begins on this day. Raises Refused("no_such_period")."""
    found = period_at(every, first)
    if found.first != first:
        raise Refused("no_such_period")
    return found


def period_named(every: str, slug: str) -> Period:
    """«2026-10» in an address: the month the period begins with. Raises Refused("no_such_period")."""
    year, _, month = slug.partition("-")
    if len(slug) != 7 or not (year + month).isdigit() or not slug.isascii() or not 1 <= int(month) <= 12:
        raise Refused("no_such_period")
    if not 1900 <= int(year) <= 2199:
        raise Refused("no_such_period")
    return period_from(every, date(int(year), int(month), 1))


def slug_of(first: date) -> str:
    """How an address says it."""
    return f"{first.year}-{first.month:02d}"


def label_of(every: str, first: date) -> str:
    """«tháng 10/2026», «quý IV/2026», «6 tháng đầu năm 2026», «năm 2026»."""
    if every == Form.MONTH:
        return f"tháng {first.month}/{first.year}"
    if every == Form.QUARTER:
        return f"quý {_ROMAN[first.month // 3]}/{first.year}"
    if every == Form.HALF:
        return f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {first.year}"
    return f"năm {first.year}"


def short_label(every: str, first: date) -> str:
    """The head of a narrow column."""
    if every == Form.MONTH:
        return f"T{first.month}"
    if every == Form.QUARTER:
        return _ROMAN[first.month // 3]
    return ("Đầu" if first.month == 1 else "Cuối") if every == Form.HALF else str(first.year)


def due_on(form: Form, first: date) -> date:
    """Hạn nộp: that day of the month after the period."""
    return period_from(form.every, first).after + timedelta(days=form.due_day - 1)


def asked(form: Form, first: date) -> bool:
    """Whether the form is owed for the period that begins then."""
    return form.begins <= first and (form.ends is None or first < form.ends)


def periods_in(form: Form, span: Period) -> list[Period]:
    """Periods the form asks for that lie wholly in the span, the earliest first."""
    found = []
    period = period_at(form.every, max(span.first, form.begins))
    if period.first < span.first:
        period = period_at(form.every, period.after)
    while period.after <= span.after:
        if asked(form, period.first):
            found.append(period)
        elif form.ends is not None and period.first >= form.ends:
            break
        period = period_at(form.every, period.after)
    return found
