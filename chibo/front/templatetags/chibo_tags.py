"""Marks, numbers and days in templates: one way to show each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chibo.figures.answers import Answer, Number
from chibo.front import pictures, pictures_localities, pictures_quality, pictures_targets
from chibo.front.home.month import MonthAtAGlance
from chibo.front.links import figure_address
from chibo.front.pictures_quality import Point
from chibo.kernel.dates import month_label, show_day, show_number, show_percent, spoken_time, weekday_vn
from chibo.kernel.periods import Period
from chibo.kernel.text import given_name, lower_first
from chibo.meetings.board import Board
from chibo.meetings.board.squares import goal_on
from chibo.targets.measures import amount, rounded
from chibo.targets.queries import CarriedOut
from chibo.targets.queries import plans_for as carried_out
from chibo.targets.valuing import Valued

register = template.Library()

_MARKS = {
    # a meeting
    "on_day": ("done", "good-c"), "late": ("late", "watch-c"), "missed": ("missed", "stop-c"),
    "not_yet": ("due", "soft-c"), "not_held": ("none", "stop-c"), "postponed": ("due", "watch-c"),
    # a task
    "given": ("due", "soft-c"), "doing": ("doing", "now-c"), "not_done": ("missed", "watch-c"),
    "overdue": ("warn", "stop-c"), "done": ("done", "good-c"), "dropped": ("none", "soft-c"),
    "studied": ("done", "good-c"), "studied_late": ("late", "watch-c"),
    # a limitation
    "no_cause": ("look", "watch-c"), "no_remedy": ("look", "watch-c"), "mending": ("doing", "now-c"),
    "to_confirm": ("late", "watch-c"), "remedied": ("done", "good-c"), "reopened": ("warn", "stop-c"),
    # a target
    "target_passed": ("over", "good-c"), "target_met": ("done", "good-c"), "target_low": ("low", "stop-c"),
    "target_missed": ("missed", "stop-c"), "target_behind": ("slow", "watch-c"),
    "target_on_course": ("course", "now-c"), "target_unsaid": ("look", "watch-c"), "target_ahead": ("due", "soft-c"),
    # a quarter, a plain count
    # a locality, by who serves it
    "own": ("done", "good-c"), "joint": ("doing", "good-c"), "members": ("look", "watch-c"),
    "blank": ("missed", "stop-c"), "unsaid": ("none", "soft-c"),
    # a sheet of figures
    "on_time": ("done", "good-c"), "late_in": ("late", "watch-c"), "waits": ("doing", "now-c"),
    "given_back": ("warn", "watch-c"), "missing": ("missed", "stop-c"), "to_come": ("due", "soft-c"),
    "met": ("done", "good-c"), "short": ("missed", "stop-c"), "counted": ("none", "soft-c"),
}  # fmt: skip
_WORDS = {
    "on_day": ("Đúng ngày", "good"), "late": ("Sau ngày", "watch"), "missed": ("Chưa họp", "stop"),
    "not_yet": ("Chưa đến hạn", ""), "not_held": ("Không họp, có lý do", "stop"),
    "postponed": ("Đã hẹn ngày khác", "watch"),
    "given": ("Mới giao", ""), "doing": ("Đang làm", "now"), "not_done": ("Chưa làm", "watch"),
    "overdue": ("Quá hạn", "stop"), "done": ("Xong", "good"), "dropped": ("Thôi", ""),
    "studied": ("Đã học", "good"), "studied_late": ("Học muộn", "watch"),
    "no_cause": ("Chưa có nguyên nhân", "watch"), "no_remedy": ("Chưa có biện pháp", "watch"),
    "mending": ("Đang khắc phục", "now"), "to_confirm": ("Chờ xác nhận", "watch"),
    "remedied": ("Đã khép lại", "good"), "reopened": ("Tái diễn", "stop"),
    "target_passed": ("Vượt", "good"), "target_met": ("Đạt", "good"), "target_low": ("Đạt thấp", "stop"),
    "target_missed": ("Không đạt", "stop"), "target_behind": ("Chậm", "watch"),
    "target_on_course": ("Đúng tiến độ", "now"), "target_unsaid": ("Chưa có số", "watch"),
    "target_ahead": ("Chưa bắt đầu", ""),
    "own": ("Chi bộ riêng", "good"), "joint": ("Chi bộ ghép", "good"),
    "members": ("Chưa có chi bộ", "watch"), "blank": ("Chưa có đảng viên", "stop"),
    "unsaid": ("Chưa ghi", ""),
    "on_time": ("Đã chốt", "good"), "late_in": ("Đã chốt, nộp muộn", "watch"), "waits": ("Chờ kiểm", "now"),
    "given_back": ("Đang sửa lại", "watch"), "missing": ("Chưa nộp", "stop"), "to_come": ("Chưa đến hạn", ""),
    "met": ("Đủ", "good"), "short": ("Thiếu", "stop"), "counted": ("Đã tính", ""),
}  # fmt: skip
_STATUSES = {"mo": "đang mở", "qua-han": "quá hạn", "xong": "đã khép lại", "tat-ca": "tất cả các kỳ"}
_SQUARES = {
    "on_day": "held", "late": "late", "missed": "missed", "not_yet": "", "not_held": "missed", "postponed": "",
    "on_time": "held", "late_in": "late", "waits": "", "given_back": "late", "missing": "missed", "to_come": "",
}  # fmt: skip


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside words."""
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("front/icons.svg"), name)


@register.simple_tag
def mark(name: str, colour: str = "") -> SafeString:
    """A mark of state; the word always stands beside it."""
    return format_html(
        '<svg class="mark {}" aria-hidden="true"><use href="{}#m-{}"/></svg>', colour, static("front/icons.svg"), name
    )


@register.simple_tag
def square_class(state: str) -> str:
    """The class of a board square."""
    return _SQUARES[state]


@register.simple_tag
def state_word(state: str) -> SafeString:
    """Mark and word of a state."""
    words, variant = _WORDS[state]
    return format_html('<span class="word {} bare">{}{}</span>', variant, mark(_MARKS[state][0]), words)


@register.simple_tag
def state_mark(state: str) -> SafeString:
    """The mark alone, in its colour, where the word stands in the same line."""
    return mark(*_MARKS[state])


@register.simple_tag(takes_context=True)
def plans_for(context: Mapping[str, Any], document: Any) -> list[CarriedOut]:
    """Plans that carry out a document: the room of documents lies below and cannot ask for them."""
    request = context["request"]
    return carried_out(document, actor=request.actor, on=request.today)


@register.simple_tag
def way_mark(way: str) -> SafeString:
    """The square of the picture of coverage, for its key."""
    return pictures_localities.key_mark(way)


@register.simple_tag
def tag_word(names: Mapping[str, str], code: str) -> str:
    """The name of an area."""
    return names.get(code, code)


@register.filter
def task_status(value: str) -> str:
    """«đang mở», inside a sentence."""
    return _STATUSES[value]


@register.simple_tag
def percent(numerator: Number, denominator: Number) -> str:
    """89,5 %; a dash without denominator."""
    return show_percent(numerator, denominator) if denominator else "–"


@register.simple_tag
def figure_url(answer: Answer, unit_id: int | None = None, month: date | None = None) -> str:
    """The page where this number opens to its rows."""
    period = Period.month(month) if month else None
    return figure_address(answer, unit_id or answer.question.unit.pk, period)


@register.simple_tag
def target_value(each: Valued) -> str:
    """«4 đảng viên», «90,5 %»: what a target stands at."""
    return amount(rounded(each.value.exact, each.row.kind), each.row.measure) if each.value.exact is not None else ""


@register.simple_tag
def target_bar(each: Valued) -> SafeString:
    """What is reached, what was asked, where the pace leads."""
    return pictures_targets.target_bar(each)


@register.simple_tag
def target_forecast(each: Valued) -> str:
    """«dự báo 5»."""
    return pictures_targets.forecast(each)


@register.simple_tag
def attendance_dots(present: int, late: int, excused: int, unexcused: int) -> SafeString:
    """One person one dot."""
    return pictures.dots(present - late, late, excused, unexcused)


@register.simple_tag
def attendance_line(board: Board) -> SafeString:
    """Attendance of each month of the board, with the goal of that month."""
    months: dict[date, list[int]] = {column.month: [0, 0] for column in board.columns}
    for row in board.attendance.rows:
        if row.month in months:
            months[row.month][0] += row.numerator
            months[row.month][1] += row.denominator
    goals = [goal_on(month) for month in months]
    named = [(f"th.{month.month}", numbers[0], numbers[1]) for month, numbers in months.items()]
    return pictures.attendance_line(named, [float(goal * 100) if goal is not None else None for goal in goals])


@register.simple_tag
def month_strip(month: MonthAtAGlance) -> SafeString:
    """One square a meeting of the month."""
    held, booked, missed, off = month.held.numerator, month.booked, month.missed, month.states["not_held"]
    words = f"{held} chi bộ đã họp, {booked} chưa đến ngày, {missed} quá ngày, {off} không họp có lý do"
    return pictures.strip(held, booked, missed, words, off=off)


@register.simple_tag
def year_line(month: MonthAtAGlance) -> SafeString:
    """Attendance of each month since January, with the goal of that month."""
    return pictures.attendance_line(month.months, month.goals)


@register.simple_tag
def task_bars(board: Board) -> SafeString:
    """Open and overdue tasks of each unit of the board."""
    return pictures.task_bars([(row.name, row.open, row.overdue) for row in board.all_rows])


@register.simple_tag
def heat_grid(years: list[tuple[int, list[str]]]) -> SafeString:
    """Years × months of a cell."""
    return pictures.heat_grid(years)


@register.filter
def share(value: Fraction) -> str:
    """85 %."""
    return show_percent(value.numerator, value.denominator)


@register.simple_tag
def share_line(points: Sequence[Point], about: str) -> SafeString:
    """Shares over months with their goal."""
    return pictures_quality.share_line(points, about=about)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """03/11/2026."""
    if isinstance(value, str):
        value = date.fromisoformat(value) if value else None
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return show_day(value) if value else ""


@register.filter
def last_day(after: date) -> str:
    """The day before the first one that no longer belongs: «đến hết 31/12/2026»."""
    return show_day(after - timedelta(days=1))


@register.filter
def month(value: date | str) -> str:
    """tháng 11/2026."""
    return month_label(date.fromisoformat(value) if isinstance(value, str) else value)


@register.filter
def weekday(value: date) -> str:
    """Thứ Ba."""
    return weekday_vn(value)


@register.simple_tag
def meeting_words(state: str) -> str:
    """The word of a meeting's state, inside a sentence."""
    return _WORDS[state][0].lower()


@register.filter
def get(answers: Mapping[str, Answer], code: str) -> Answer:
    """The answer of one figure among several."""
    return answers[code]


@register.filter
def number(value: Number) -> str:
    """3.416."""
    return show_number(value)


@register.filter
def given(full_name: str) -> str:
    """Tên: where a whole name has no room."""
    return given_name(full_name)


@register.filter
def spoken(value: time | str | None) -> str:
    """19 giờ 30."""
    if isinstance(value, str):
        value = time.fromisoformat(value) if value else None
    return spoken_time(value) if value else ""


@register.filter("lower_first")
def inside_a_sentence(value: str) -> str:
    """«hội nghị Ban Thường vụ»."""
    return lower_first(value)
