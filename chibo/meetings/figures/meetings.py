"""Meetings of each kind that were held, and attendance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from chibo.figures.answers import Answer, Figure, Kind, Question, Row
from chibo.figures.branches import branch_condition, child_below, names_of, path_column
from chibo.figures.building import Sum as Summed
from chibo.figures.building import answer_of_sums
from chibo.figures.tallies import edges, sums_of, whole_months
from chibo.kernel.periods import Period
from chibo.meetings.models import Meeting, NotHeld, Postponement

ON_DAY, LATE, MISSED, NOT_YET = "on_day", "late", "missed", "not_yet"
NOT_HELD, POSTPONED = "not_held", "postponed"  # said so, with a reason
_COLUMNS = (
    "id", "unit_id", "kind", "theme", "month", "planned_on", "meets_on", "why_not_held", "why_postponed",
    "scope_path", "place_path", "closure__held_on", "closure__expected",
    "closure__present", "closure__late", "closure__excused", "closure__unexcused", "closure__not_counted",
)  # fmt: skip
_KIND_WORDS = dict(Meeting.KINDS)
_MEASURES = {f"meetings.{kind}": kind for kind in _KIND_WORDS}  # as the sums kept name them


@dataclass(frozen=True, slots=True)
class Fact:
    """A meeting of the calendar as a figure reads it."""

    values: dict[str, Any]
    child: int
    on: date

    @property
    def closed(self) -> bool:
        """Whether it was held and its sheet closed."""
        return self.values["closure__held_on"] is not None

    @property
    def due(self) -> bool:
        """Whether its day of the calendar has come, or it was held before."""
        return self.closed or bool(self.values["planned_on"] <= self.on)

    @property
    def state(self) -> str:
        """One of the six states of a meeting on the day of asking."""
        held = self.values["closure__held_on"]
        if held is None:
            return self._open_state()
        return LATE if held > self.values["planned_on"] else ON_DAY

    def _open_state(self) -> str:
        if self.values["why_not_held"] is not None:
            return NOT_HELD
        if self.values["meets_on"] >= self.on:
            return POSTPONED if self.values["meets_on"] > self.values["planned_on"] else NOT_YET
        return MISSED


Counts = Callable[[Fact], tuple[int, int]]
Read = Callable[["Totals"], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the meetings of one kind below one child add up to."""

    closed: int = 0
    due: int = 0
    present: int = 0
    expected: int = 0
    not_counted: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def facts_of(question: Question) -> list[Fact]:
    """Meetings of the branch planned in the period, of every kind; one query for all figures asked together."""
    return question.once(_read)


def _planned(question: Question, *spans: Period) -> QuerySet[Meeting]:
    """Meetings of the branch, of the whole period or of some spans of it."""
    seen = Meeting.objects.visible_to(question.by).filter(branch_condition(question, day="planned_on"))
    spans = spans or (question.period,)
    return seen.filter(reduce(or_, (Q(planned_on__gte=span.first, planned_on__lt=span.after) for span in spans)))


def _read(question: Question) -> list[Fact]:
    column = path_column(question.tree)
    not_held = NotHeld.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None)
    postponed = Postponement.objects.filter(meeting=OuterRef("pk")).order_by("-at")
    rows = (
        _planned(question)
        .annotate(
            why_not_held=Subquery(not_held.values("reason")[:1]), why_postponed=Subquery(postponed.values("reason")[:1])
        )
        .order_by("month", "planned_on", "id")
        .values(*_COLUMNS)
    )
    return [Fact(row, child_below(row[column], question.unit.pk), question.on) for row in rows]


def totals_of(question: Question) -> dict[tuple[str, int], Totals]:
    """By kind and child, added up by the database; one query for all figures asked together."""
    return question.once(_add_up)


def _add_up(question: Question) -> dict[tuple[str, int], Totals]:
    """Whole months from the sums kept, the days before and after from the meetings themselves (decision 18)."""
    found: dict[tuple[str, int], Totals] = defaultdict(Totals)
    months = whole_months(question.period, until=question.on)
    kept = sums_of(question, list(_MEASURES), months) if months else None
    for (measure, child), (planned, closed, present, expected, not_counted, *_) in (kept or {}).items():
        # by the end of a month whatever was planned in it is due
        found[_MEASURES[measure], child] = Totals(closed, planned, present, expected, not_counted)
    rest = [question.period] if kept is None or months is None else edges(question.period, months)
    for kind, child, totals in _from_rows(question, rest):
        found[kind, child] += totals
    return found


def _from_rows(question: Question, spans: list[Period]) -> Iterator[tuple[str, int, Totals]]:
    """A row of the answer is a kind and a place: cells are few where their meetings are many."""
    if not spans:
        return
    column = path_column(question.tree)
    closed = Q(closure__held_on__isnull=False)
    counted = (
        _planned(question, *spans)
        .values_list("kind", column)
        .annotate(
            held=Count("pk", filter=closed),
            due=Count("pk", filter=closed | Q(planned_on__lte=question.on)),
            **{name: Sum(f"closure__{name}", default=0) for name in ("present", "expected", "not_counted")},
        )
    )
    for kind, path, *numbers in counted.order_by():
        yield kind, child_below(path, question.unit.pk), Totals(*numbers)


def _held(fact: Fact) -> tuple[int, int]:
    return int(fact.closed), int(fact.due)


def _attendance(fact: Fact) -> tuple[int, int]:
    return (fact.values["closure__present"], fact.values["closure__expected"]) if fact.closed else (0, 0)


def _answer(figure: Figure, question: Question, counts: Counts, read: Read, kinds: Collection[str]) -> Answer:
    totals: dict[int, Totals] = defaultdict(Totals)
    for (kind, child), each in totals_of(question).items():
        if kind in kinds:
            totals[child] += each
    left_out = sum(each.not_counted for each in totals.values())
    words = "lượt không tính: miễn sinh hoạt, nhiệm vụ đặc biệt, sinh hoạt tạm thời nơi khác"
    sums = {child: Summed(*read(each), done=each.closed, due=each.due) for child, each in totals.items()}
    return answer_of_sums(figure, question, sums, lambda asked: _rows(asked, counts, kinds), ((words, left_out),))


def _rows(question: Question, counts: Counts, kinds: Collection[str]) -> tuple[Row, ...]:
    facts = [fact for fact in facts_of(question) if fact.values["kind"] in kinds]
    names = names_of(question, {fact.values["unit_id"] for fact in facts})
    return tuple(_row(fact, names, counts(fact)) for fact in facts)


def _row(fact: Fact, names: dict[int, str], counted: tuple[int, int]) -> Row:
    values = fact.values
    return Row(
        unit_id=values["unit_id"], unit_name=names.get(values["unit_id"], ""), child_id=fact.child,
        month=values["month"],
        day=values["closure__held_on"] or values["meets_on"], numerator=counted[0], denominator=counted[1],
        state=fact.state, about=("meetings.meeting", str(values["id"])), note=_note(fact), title=_title(values),
        done=int(fact.closed), due=int(fact.due),
    )  # fmt: skip


def _title(values: dict[str, Any]) -> str:
    if values["kind"] == Meeting.ORDINARY:
        return ""
    return ": ".join(filter(None, [_KIND_WORDS[values["kind"]], values["theme"]]))


def _note(fact: Fact) -> str:
    values = fact.values
    if not fact.closed:
        return values["why_not_held"] or values["why_postponed"] or ""
    parts = [("muộn", "late"), ("vắng có lý do", "excused"), ("vắng không lý do", "unexcused"),
             ("không tính", "not_counted")]  # fmt: skip
    found = [f"{values[f'closure__{name}']} {word}" for word, name in parts if values[f"closure__{name}"]]
    return ", ".join(found)


def _held_sums(totals: Totals) -> tuple[int, int]:
    return totals.closed, totals.due


def _attendance_sums(totals: Totals) -> tuple[int, int]:
    return totals.present, totals.expected


def _pair(code: str, words: str, *kinds: str) -> list[Figure]:
    return [
        Figure(
            code=f"meetings.{code}held",
            name=f"Buổi {words} đã họp",
            kind=Kind.RATIO,
            unit_of_measure="buổi",
            definition=(
                f"Tử số: buổi {words} đã kết thúc trên Chibo. Mẫu số: buổi có trong lịch, đã đến ngày họp. "
                "Buổi tính vào kỳ theo ngày họp trong lịch."
            ),
            answer=lambda figure, question: _answer(figure, question, _held, _held_sums, kinds),
        ),
        Figure(
            code=f"meetings.{code}attendance",
            name="Tỷ lệ đảng viên dự sinh hoạt" if kinds == (Meeting.ORDINARY,) else f"Tỷ lệ dự, {words}",
            kind=Kind.RATIO,
            unit_of_measure="lượt đảng viên",
            definition=(
                f"Tử số: lượt có mặt, kể cả đến muộn. Mẫu số: lượt phải dự của các buổi {words} đã kết thúc. Không "
                "tính đảng viên được miễn sinh hoạt, làm nhiệm vụ đặc biệt, sinh hoạt tạm thời nơi khác."
            ),
            answer=lambda figure, question: _answer(figure, question, _attendance, _attendance_sums, kinds),
        ),
    ]


MEETINGS = [
    *_pair("", "sinh hoạt thường kỳ", Meeting.ORDINARY),
    *_pair("thematic_", "sinh hoạt chuyên đề", Meeting.THEMATIC),
    *_pair("extraordinary_", "sinh hoạt bất thường", Meeting.EXTRAORDINARY),
    *_pair("cell_committee_", "họp chi ủy", Meeting.CELL_COMMITTEE),
    *_pair("committee_", "hội nghị cấp ủy", *Meeting.OF_A_COMMITTEE),
]
