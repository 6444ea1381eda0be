"""The figures this room declares: limitations written down, remedied, come back; still open, and past their day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from chibo.figures.answers import Answer, Figure, Kind, Question, Row
from chibo.figures.branches import branch_condition, child_below, names_of, path_column
from chibo.figures.building import answer_from
from chibo.issues.models import Limitation, Remedy, RemedyReport, Turn
from chibo.issues.queries import MENDING, OVERDUE
from chibo.kernel.dates import show_day
from chibo.kernel.text import cut


def _row(question: Question, row: Any, day: date, state: str, names: dict[int, str], note: str) -> Row:
    return Row(
        unit_id=row.unit_id, unit_name=names.get(row.unit_id, ""), child_id=child_below(row.place, question.unit.pk),
        month=day.replace(day=1), day=day, numerator=1, denominator=0, state=state,
        about=("issues.limitation", str(row.pk)), title=cut(row.text, 120), note=note, done=1, due=1,
    )  # fmt: skip


def _written(figure: Figure, question: Question) -> Answer:
    rows = question.once(_read_written)
    names = names_of(question, {row.unit_id for row in rows})
    told = [_row(question, row, row.entered_on, "counted", names, f"thấy từ {show_day(row.seen_on)}")
            for row in rows]  # fmt: skip
    return answer_from(figure, question, told)


def _read_written(question: Question) -> list[Any]:
    rows = Limitation.objects.visible_to(question.by).filter(branch_condition(question, day="entered_on"))
    days = {"entered_on__gte": question.period.first, "entered_on__lt": question.period.after}
    placed = rows.filter(**days, entered_on__lte=question.last).annotate(place=F(path_column(question.tree)))
    return list(placed.order_by("entered_on", "pk"))


def _turned(kind: str, state: str, words: str) -> Any:
    """Limitations that closed, or came back, in the period: one row a turn."""

    def answer(figure: Figure, question: Question) -> Answer:
        turns = [turn for turn in question.once(_read_turns) if turn.kind == kind]
        names = names_of(question, {turn.unit_id for turn in turns})
        told = [_turn_row(question, turn, state, names, words) for turn in turns]
        return answer_from(figure, question, told)

    return answer


def _read_turns(question: Question) -> list[Any]:
    rows = Turn.objects.visible_to(question.by).filter(branch_condition(question, day="on"))
    days = {"on__gte": question.period.first, "on__lt": question.period.after, "on__lte": question.last}
    placed = rows.filter(**days).annotate(place=F(path_column(question.tree)), unit_id=F("limitation__unit"))
    return list(placed.select_related("limitation").order_by("on", "pk"))


def _turn_row(question: Question, turn: Any, state: str, names: dict[int, str], words: str) -> Row:
    whole = turn.limitation
    days = (turn.on - whole.seen_on).days
    return Row(
        unit_id=turn.unit_id, unit_name=names.get(turn.unit_id, ""), child_id=child_below(turn.place, question.unit.pk),
        month=turn.on.replace(day=1), day=turn.on, numerator=1, denominator=0, state=state,
        about=("issues.limitation", str(whole.pk)), title=cut(whole.text, 120), note=words.format(days=days),
        done=1, due=1,
    )  # fmt: skip


def _standing(only_late: bool) -> Any:
    """Those open at the end of the last day; of them those whose remedy was past its day and not reported."""

    def answer(figure: Figure, question: Question) -> Answer:
        found = question.once(_read_open)
        rows = [row for row in found if not only_late or row.overdue_since]
        names = names_of(question, {row.unit_id for row in rows})
        return answer_from(figure, question, _open_rows(question, rows, names, only_late))

    return answer


def _open_rows(question: Question, rows: Iterable[Any], names: dict[int, str], only_late: bool) -> Iterable[Row]:
    for row in rows:
        late = row.overdue_since
        note = f"biện pháp hạn {show_day(late)}" if late else f"{(question.last - row.seen_on).days} ngày"
        day = late if only_late else row.seen_on
        yield _row(question, row, day, OVERDUE if late else MENDING, names, note)


def _read_open(question: Question) -> list[Any]:
    """Open at the end of the last day, as the turns tell it; `overdue_since` is the earliest day that passed."""
    last = question.last
    newest = Turn.objects.filter(limitation=OuterRef("pk"), on__lte=last).order_by("-on", "-round", "kind")
    looked = Q(check_of=None) | Q(check_of__on__gt=last)
    waits = RemedyReport.objects.filter(looked, remedy=OuterRef("pk"), at__date__lte=last)
    asked = Remedy.objects.filter(limitation=OuterRef("pk"), due__lt=last, at__date__lte=last)
    asked = asked.filter(Q(confirmed_on=None) | Q(confirmed_on__gt=last))
    asked = asked.filter(Q(withdrawn_at=None) | Q(withdrawn_at__date__gt=last)).filter(~Exists(waits))
    rows = Limitation.objects.visible_to(question.by).filter(branch_condition(question, day="entered_on"))
    told = rows.filter(entered_on__lte=last).annotate(
        place=F(path_column(question.tree)), turned=Subquery(newest.values("kind")[:1]),
        overdue_since=Subquery(asked.order_by("due").values("due")[:1]),
    )  # fmt: skip
    return list(told.filter(Q(turned=None) | Q(turned=Turn.REOPENED)).order_by("seen_on", "pk"))


_CLOSES = "Khép lại khi mọi biện pháp đã được một đồng chí khác xác nhận."
FIGURES = [
    Figure(
        code="limitations.written", name="Hạn chế ghi vào sổ", kind=Kind.FLOW, unit_of_measure="hạn chế",
        definition="Hạn chế, khuyết điểm của tổ chức ghi vào sổ trong kỳ, tính theo ngày ghi.",
        answer=_written, one_row="hạn chế", complete="hạn chế đã ghi",
    ),
    Figure(
        code="limitations.remedied", name="Hạn chế đã khắc phục", kind=Kind.FLOW, unit_of_measure="hạn chế",
        definition=f"Hạn chế khép lại trong kỳ. {_CLOSES} Tái diễn rồi khép lại lần nữa thì tính hai lượt.",
        answer=_turned(Turn.CLOSED, "remedied", "sau {days} ngày kể từ khi thấy"), one_row="hạn chế",
        complete="lượt khép lại đã ghi",
    ),
    Figure(
        code="limitations.reopened", name="Hạn chế tái diễn", kind=Kind.FLOW, unit_of_measure="lượt",
        definition="Lượt hạn chế đã khép lại mà phải mở lại trong kỳ vì tái diễn.",
        answer=_turned(Turn.REOPENED, "reopened", "{days} ngày kể từ khi thấy lần đầu"), one_row="lượt",
        complete="lượt mở lại đã ghi",
    ),
    Figure(
        code="limitations.open", name="Hạn chế chưa khắc phục xong", kind=Kind.STOCK, unit_of_measure="hạn chế",
        definition=f"Hạn chế còn mở ở ngày cuối kỳ. {_CLOSES}",
        answer=_standing(only_late=False), one_row="hạn chế", complete="hạn chế đã ghi",
    ),
    Figure(
        code="limitations.overdue", name="Hạn chế quá hạn khắc phục", kind=Kind.STOCK, unit_of_measure="hạn chế",
        definition="Hạn chế còn mở ở ngày cuối kỳ mà có biện pháp đã quá hạn, chưa ai báo làm xong.",
        answer=_standing(only_late=True), one_row="hạn chế", complete="hạn chế đã ghi",
    ),
]  # fmt: skip
