"""The figures this room declares: how sheets come in; and every line of every form, typed by units and accepted.

A line answers with accepted values only. What adds up is summed over the periods that lie wholly in the span asked
for; of what stays, the last accepted value counts; a ratio is the sum of its upper line over that of its lower one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from django.db.models import F, Q

from chibo.access.querysets import within
from chibo.figures.answers import Answer, Figure, Kind, Number, Question, Row, Tree
from chibo.figures.branches import branch_condition, child_below, names_of, path_column
from chibo.figures.building import answer_from
from chibo.kernel.actor import Actor
from chibo.kernel.dates import show_day
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Period
from chibo.kernel.text import lower_first
from chibo.returns.models import Form, Line, Sheet, Value
from chibo.returns.owing import HANDED, Owner, Square, Stood, branch_over, sheets_of, square, squares_of
from chibo.returns.periods import due_on, label_of, period_at, periods_in, slug_of

KINDS = {Line.SUM: Kind.FLOW, Line.LAST: Kind.STOCK, Line.RATIO: Kind.RATIO}


def typed(codes: Collection[str] | None = None, *, by: Actor | None = None) -> list[Figure]:
    """Lines as figures of the catalogue: those asked for, or all; of forms whose name `by` may read. One query."""
    rows = Line.objects.all() if by is None else Line.objects.named_to(by)
    rows = rows.filter(Q(ends=None) | Q(ends__gt=F("begins")))
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return [_figure(row) for row in rows.select_related("form", "above", "below").order_by("form", "position")]


def _figure(line: Line) -> Figure:
    form = line.form
    ways = {
        Line.SUM: "Cộng các kỳ nằm trọn trong khoảng hỏi.",
        Line.LAST: "Lấy số của kỳ chốt gần nhất, tính đến ngày cuối khoảng hỏi.",
        Line.RATIO: f"«{line.above.name}» trên «{line.below.name}», cộng từng vế rồi mới chia."
        if line.above and line.below else "",
    }  # fmt: skip
    counted = {Line.TURNS: " Đếm lượt, một người có thể nhiều lượt.", Line.PERSONS: " Đếm người, mỗi người một lần."}
    return Figure(
        code=line.code, name=line.name, kind=KINDS[line.adds], unit_of_measure=line.measure,
        definition=f"Số do đơn vị ghi ở biểu «{form.name}», mỗi {form.get_every_display()} một phiếu; chỉ tính phiếu "
                   f"đã chốt. {ways[line.adds]}{counted.get(line.counted, '')}",
        answer=partial(_answer, line), one_row="phiếu", complete="phiếu đến hạn đã chốt",
    )  # fmt: skip


def _answer(line: Line, figure: Figure, question: Question) -> Answer:
    if line.adds == Line.LAST or (line.adds == Line.RATIO and line.above and line.above.adds == Line.LAST):
        return _stock(line, figure, question)
    periods = periods_in(line.form, question.period)
    squares = _squares(line.form, question, periods)
    values = _values(line, question, Q(first__gte=question.period.first, last__lte=question.period.last))
    rows = _rows(line, question, values, squares)
    return answer_from(figure, question, rows, _outside(line, question))


def _values(line: Line, question: Question, when: Q) -> dict[tuple[int, date], list[Any]]:
    """Values that count, by unit and period: of a ratio both of one sheet, or none."""
    lines = [line.above_id, line.below_id] if line.adds == Line.RATIO else [line.pk]
    rows = (
        Value.objects.visible_to(question.by)
        .filter(when, branch_condition(question, day="last"), line__in=lines, sheet__accepted=F("step"))
        .annotate(branch_place=F(path_column(question.tree)))
        .select_related("sheet")
        .order_by("last", "unit_id")
    )
    found: dict[tuple[int, date], list[Any]] = {}
    for row in rows:
        found.setdefault((row.unit_id, row.first), [None] * len(lines))[lines.index(row.line_id)] = row
    return {key: pair for key, pair in found.items() if None not in pair}


def _exact(value: Decimal) -> Number:
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else exact


def _rows(
    line: Line, question: Question, values: dict[tuple[int, date], list[Any]], squares: Iterable[Square]
) -> list[Row]:
    """One row a sheet that counts, and one for each that should have come in and has not."""
    owed = {(each.owner.unit_id, each.first): each for each in squares}
    names = names_of(question, {unit for unit, _ in {**owed, **values}})
    rows = []
    for unit, first in sorted({**owed, **values}, key=lambda key: (key[1], names.get(key[0], ""), key[0])):
        pair, asked = values.get((unit, first)), owed.get((unit, first))
        if pair is None and (asked is None or asked.due > question.on):
            continue
        place = pair[0].branch_place if pair else _place(asked.owner, question) if asked else ""
        rows.append(_row(line, question, unit, first, pair, asked, place, names))
    return rows


def _row(
    line: Line, question: Question, unit: int, first: date, pair: list[Any] | None, asked: Square | None, place: str,
    names: dict[int, str],
) -> Row:  # fmt: skip
    form, last = line.form, period_at(line.form.every, first).last
    reopened = pair is not None and pair[0].sheet.state != Sheet.ACCEPTED
    state = asked.state if asked and not (pair and reopened) else "counted"
    note = "đang mở lại, số cũ còn tính đến khi chốt lại" if reopened else ""
    if asked and not pair:
        note = f"hạn {show_day(asked.due)}"
    return Row(
        unit_id=unit, unit_name=names.get(unit, ""), child_id=child_below(place, question.unit.pk), month=first,
        day=last, numerator=_exact(pair[0].value) if pair else 0,
        denominator=_exact(pair[1].value) if pair and line.adds == Line.RATIO else 0, state=state,
        about=("returns.sheet", f"{form.pk}/{unit}/{slug_of(first)}"), note=note,
        title=label_of(form.every, first)[:1].upper() + label_of(form.every, first)[1:],
        done=int(pair is not None), due=int(asked is not None and asked.due <= question.on),
    )  # fmt: skip


def _place(owner: Owner, question: Question) -> str:
    return owner.scope if question.tree is Tree.RESTATED else owner.place


def _squares(form: Form, question: Question, periods: list[Period]) -> list[Square]:
    """Who of the branch owes the form for these periods; read once for all lines of a form asked together."""
    if not periods:
        return []
    kept = question.once(_kept)
    key = (form.pk, periods[0].first, periods[-1].first)
    if key not in kept:
        span = Period(periods[0].first, periods[-1].after)
        stood = _stood([form], span, question)
        sheets = sheets_of([form], span, actor=question.by)
        kept[key] = [
            each for each in squares_of(form, stood, periods, sheets, question.on)
            if _within(each.owner, question, stood, period_at(form.every, each.first).last)
        ]  # fmt: skip
    return kept[key]


def _kept(question: Question) -> dict[Any, list[Square]]:
    return {}


def _stood(forms: Iterable[Form], span: Period, question: Question) -> Stood:
    if question.tree is Tree.RESTATED:
        inside = within("scope_path", [PathRange.of(question.unit.scope_path)])
    else:
        inside = branch_over(question.unit, span)
    return Stood(forms, span, inside, actor=question.by, tops=[question.unit.pk])


def _within(owner: Owner, question: Question, stood: Stood, day: date) -> bool:
    if question.tree is Tree.RESTATED:
        return owner.scope.startswith(question.unit.scope_path)
    top = stood.path(question.unit.pk, day)
    return bool(top) and owner.place.startswith(top)


def _outside(line: Line, question: Question) -> tuple[tuple[str, int], ...]:
    """Sheets whose period reaches beyond the span asked for: they cannot be cut, and are named."""
    first, last = question.period.first, question.period.last
    if period_at(line.form.every, first).first == first and period_at(line.form.every, last).last == last:
        return ()
    one = line.above_id if line.adds == Line.RATIO else line.pk
    crossing = Q(first__lt=first, last__gte=first) | Q(first__lte=last, last__gt=last)
    count = (
        Value.objects.visible_to(question.by)
        .filter(crossing, branch_condition(question, day="last"), line=one, sheet__accepted=F("step"))
        .count()
    )
    return (("phiếu có kỳ vượt ra ngoài khoảng hỏi", count),)


def _stock(line: Line, figure: Figure, question: Question) -> Answer:
    """Of each unit that stands on the last day, the last value accepted by then."""
    form, day = line.form, question.last
    now = _last_period(form, day, question.on)
    span = Period(min(day, now.first if now else day), Period.days(day, day).after)
    stood = _stood([form], span, question)
    here = {pk: each for pk, each in stood.owners(form, day).items() if _within(each, question, stood, day)}
    values = _newest(line, question, here)
    sheets = sheets_of([form], now, actor=question.by) if now else {}
    squares = [square(form, each, now.first, sheets.get((form.pk, each.unit_id, now.first)), question.on)
               for each in here.values()] if now else []  # fmt: skip
    asked = {each.owner.unit_id: each for each in squares}
    names = names_of(question, set(here))
    rows = []
    for pk, owner in here.items():
        pair, owed = values.get(pk), asked.get(pk)
        if pair is None and owed is None:
            continue
        first = pair[0].first if pair else owed.first if owed else day
        row = _row(line, question, pk, first, pair, owed, _place(owner, question), names)
        old = pair is not None and now is not None and first < now.first
        rows.append(_aged(row, owed) if old and owed else row)
    return answer_from(figure, question, rows)


def _aged(row: Row, owed: Square) -> Row:
    """A value of an earlier period: it still counts, and the sheet of the last period has not come in."""
    words = f"{lower_first(label_of(owed.form.every, owed.first))} chưa chốt"
    return replace(row, done=0, note=words, state=owed.state)


def _last_period(form: Form, day: date, on: date) -> Period | None:
    """The newest period that was over by `day` and whose sheet is due by the day of asking."""
    spans = [each for each in periods_in(form, Period(form.begins, period_at(form.every, day).after))
             if each.last <= day and due_on(form, each.first) <= on]  # fmt: skip
    return spans[-1] if spans else None


def _newest(line: Line, question: Question, here: Collection[int]) -> dict[int, list[Any]]:
    """The last pair of each unit (of a plain line: a single value); one query."""
    lines = [line.above_id, line.below_id] if line.adds == Line.RATIO else [line.pk]
    rows = (
        Value.objects.visible_to(question.by)
        .filter(line__in=lines, last__lte=question.last, sheet__accepted=F("step"), unit__in=here)
        .select_related("sheet")
        .order_by("unit", "line", "-last")
        .distinct("unit", "line")
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.unit_id, [None] * len(lines))[lines.index(row.line_id)] = row
    return {unit: pair for unit, pair in found.items() if None not in pair and len({each.first for each in pair}) == 1}


def _coming(question: Question) -> list[Square]:
    """Every sheet of the branch that falls due in the period and by the day of asking; whatever form asks for it."""
    forms = list(Form.objects.named_to(question.by).order_by("name", "pk"))
    owed = [(form, periods) for form in forms if (periods := _due_in(form, question))]
    if not owed:
        return []
    span = Period(min(p[0].first for _, p in owed), max(p[-1].after for _, p in owed))
    stood = _stood([form for form, _ in owed], span, question)
    sheets = sheets_of([form for form, _ in owed], span, actor=question.by)
    return [
        each for form, periods in owed for each in squares_of(form, stood, periods, sheets, question.on)
        if _within(each.owner, question, stood, period_at(form.every, each.first).last)
    ]  # fmt: skip


def _due_in(form: Form, question: Question) -> list[Period]:
    """Periods whose sheets fall due in the span: one may have been over before it began."""
    first = period_at(form.every, question.period.first).first
    before = period_at(form.every, first - timedelta(days=1)).first
    found = periods_in(form, Period(before, question.period.after))
    return [each for each in found if question.period.first <= due_on(form, each.first) <= question.last]


def _sheets(figure: Figure, question: Question) -> Answer:
    squares = question.once(_coming)
    names = names_of(question, {each.owner.unit_id for each in squares})
    in_time = figure.code == "sheets.on_time"
    return answer_from(figure, question, [_of_a_sheet(question, each, names, in_time) for each in squares])


def _of_a_sheet(question: Question, each: Square, names: dict[int, str], in_time: bool) -> Row:
    handed = each.sheet is not None and each.sheet.handed_in_on is not None
    label = label_of(each.form.every, each.first)
    return Row(
        unit_id=each.owner.unit_id, unit_name=names.get(each.owner.unit_id, ""),
        child_id=child_below(_place(each.owner, question), question.unit.pk), month=each.first, day=each.due,
        numerator=int(each.on_time if in_time else handed), denominator=1, state=each.state,
        about=("returns.sheet", f"{each.form.pk}/{each.owner.unit_id}/{slug_of(each.first)}"),
        title=f"{each.form.name}, {label}", note=f"hạn {show_day(each.due)}", done=int(each.state in HANDED), due=1,
    )  # fmt: skip


FIGURES = [
    Figure(
        code="sheets.handed_in", name="Phiếu số liệu đã nộp", kind=Kind.RATIO, unit_of_measure="phiếu",
        definition="Phiếu số liệu đã nộp, trên phiếu đến hạn nộp trong kỳ, của mọi biểu.",
        answer=_sheets, one_row="phiếu", complete="phiếu đến hạn đã nộp và không phải sửa",
    ),
    Figure(
        code="sheets.on_time", name="Phiếu số liệu nộp đúng hạn", kind=Kind.RATIO, unit_of_measure="phiếu",
        definition="Phiếu số liệu nộp lần đầu không quá hạn, trên phiếu đến hạn nộp trong kỳ, của mọi biểu.",
        answer=_sheets, one_row="phiếu", complete="phiếu đến hạn đã nộp và không phải sửa",
    ),
]  # fmt: skip
