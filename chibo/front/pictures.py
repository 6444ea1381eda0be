"""Pictures drawn by the server: the same for page and print, with a sentence of their data."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

STEP, RADIUS, EDGE = 13.6, 5.2, 7.0
PER_LINE = 40
ON_SCREEN = 1.7  # a dot is about a line of text high


def dots(present: int, late: int, excused: int, unexcused: int) -> SafeString:
    """One person one dot: filled present, half late, ring excused, cross without reason."""
    kinds = ["present"] * present + ["late"] * late + ["excused"] * excused + ["unexcused"] * unexcused
    shapes = format_html_join("", "{}", ((_dot(kind, place),) for place, kind in enumerate(kinds)))
    lines = max(1, -(-len(kinds) // PER_LINE))
    width = STEP * min(PER_LINE, max(1, len(kinds)))
    words = f"{present} có mặt đúng giờ, {late} đến muộn, {excused} vắng có lý do, {unexcused} vắng không lý do"
    return format_html(
        '<svg class="dots" viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">{}</svg>',
        f"{width:.1f}", 16 * lines, f"{width * ON_SCREEN:.0f}", words, shapes,
    )  # fmt: skip


def _dot(kind: str, place: int) -> SafeString:
    x, y = EDGE + STEP * (place % PER_LINE), 8 + 16 * (place // PER_LINE)
    at = f"{x:.1f}"
    if kind == "present":
        return format_html('<circle class="c-good" cx="{}" cy="{}" r="{}"/>', at, y, RADIUS)
    if kind == "late":
        half = f"{x:.1f} {y - 4.4:.1f}"
        return format_html(
            '<g class="watch-c"><circle cx="{}" cy="{}" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6"/>'
            '<path d="M{}a4.4 4.4 0 010 8.8z" fill="currentColor"/></g>', at, y, half,
        )  # fmt: skip
    if kind == "excused":
        return format_html('<circle class="c-none" cx="{}" cy="{}" r="4.4" stroke-width="1.6"/>', at, y)
    return format_html(
        '<path class="stop-c" d="M{} {}l8 8m0-8l-8 8" stroke="currentColor" stroke-width="2.2"/>', f"{x - 4:.1f}", y - 4
    )


# Colours stand in the shapes too, so that the same drawing is right without the page's styles (Word, a file).
GOOD, NOW, STOP, WATCH, EDGE_INK, TRACK = "#1d6845", "#2b3a78", "#a8281c", "#a9741a", "#827a6b", "#efebe1"
XMLNS = "http://www.w3.org/2000/svg"
Month = tuple[str, int, int]  # name, numerator, denominator


def picture(width: int, height: int, words: str, shapes: SafeString, klass: str = "chart") -> SafeString:
    """A drawing with the sentence of its data."""
    return format_html(
        '<svg xmlns="{}" class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        XMLNS, klass, width, height, words, shapes,
    )  # fmt: skip


def strip(held: int, booked: int, missed: int, words: str, *, off: int = 0) -> SafeString:
    """One unit one square: met, has a day to come, passed without a meeting; a line where none is held."""
    kinds = ["held"] * held + ["booked"] * booked + ["missed"] * missed + ["off"] * off
    shapes = format_html_join(
        "", "{}", ((_square(kind, n % 12 * 21.6, n // 12 * 26 + 4),) for n, kind in enumerate(kinds))
    )
    return picture(260, 26 * max(1, -(-len(kinds) // 12)) + 4, words, shapes)


def _square(kind: str, x: float, y: float) -> SafeString:
    at, inner = f"{x:.1f}", f"{x + 0.8:.1f}"
    if kind == "held":
        return format_html('<rect class="c-good" fill="{}" x="{}" y="{}" width="18" height="18" rx="2"/>', GOOD, at, y)
    if kind == "late":
        return format_html(
            '<rect x="{}" y="{}" width="16.4" height="16.4" rx="2" fill="none" stroke="{}" stroke-width="1.6"/>'
            '<path class="c-watch" fill="{}" d="M{} {}h16.4l-16.4 16.4z"/>',
            *(inner, y + 0.8, WATCH, WATCH, inner, y + 0.8),
        )
    if kind == "missed":
        return format_html(
            '<rect x="{}" y="{}" width="16.4" height="16.4" fill="none" stroke="{}" stroke-width="1.6"/>'
            '<path d="M{} {}l8 8m0-8l-8 8" fill="none" stroke="{}" stroke-width="1.8"/>',
            *(inner, y + 0.8, STOP, f"{x + 5:.1f}", y + 5, STOP),
        )
    if kind == "off":
        return format_html('<rect fill="{}" x="{}" y="{}" width="14" height="2.4"/>', EDGE_INK, f"{x + 2:.1f}", y + 7.8)
    return format_html(
        '<rect class="c-none" x="{}" y="{}" width="16.4" height="16.4" rx="2" fill="none" stroke="{}"'
        ' stroke-width="1.5" stroke-dasharray="3 2.5"/>', inner, y + 0.8, EDGE_INK,
    )  # fmt: skip


HEAT = {"on_day": "held", "late": "late", "missed": "missed", "not_held": "missed"}


def heat_grid(years: list[tuple[int, list[str]]]) -> SafeString:
    """Years × twelve squares: on its day, after its day, missed or not held, not yet."""
    shapes, met = [], 0
    for line, (year, months) in enumerate(years):
        y = 26 * line + 20
        shapes.append(format_html('<text x="0" y="{}" font-size="13">{}</text>', y + 14, year))
        shapes += [_square(HEAT.get(state, "none"), 44 + 21.6 * n, y) for n, state in enumerate(months)]
        met += sum(state in {"on_day", "late"} for state in months)
    heads = format_html_join(
        "", '<text x="{}" y="13" font-size="13">{}</text>', ((f"{47 + 21.6 * n:.1f}", n + 1) for n in range(12))
    )
    words = f"{met} buổi thường kỳ đã họp từ năm {years[0][0]} đến năm {years[-1][0]}"
    return picture(306, 26 * len(years) + 22, words, heads + format_html_join("", "{}", ((s,) for s in shapes)))


def attendance_line(months: list[Month], goals: list[float | None]) -> SafeString:
    """Attendance month by month with the goal of each month's own rule; the scale begins a little below the lowest."""
    points = [(n, 100 * months[n][1] / months[n][2]) for n in range(len(months)) if months[n][2]]
    if not points:
        return format_html('<p class="small soft">{}</p>', "Chưa có buổi nào kết thúc nên chưa có đường biểu diễn.")
    known = [goal for goal in goals if goal is not None]
    low = max(0, 10 * int((min([value for _, value in points] + known) - 10) // 10))
    path = " ".join(f"{'M' if i == 0 else 'L'}{_x(n):.1f} {_y(value, low):.1f}" for i, (n, value) in enumerate(points))
    last, told = points[-1], "; ".join(f"{months[n][0]} {f'{value:.1f}'.replace('.', ',')} %" for n, value in points)
    goal = format_html_join("", "{}", ((_goal(n, g, low),) for n, g in enumerate(goals) if g is not None))
    first = points[0][0]
    begin = months[first][0] if last[0] - first > 2 else ""  # nearer, the two words would cover each other
    shapes = format_html(
        '{}{}<path class="c-trend" d="{}" fill="none" stroke="{}" stroke-width="2"/>'
        '<circle class="c-now" fill="{}" cx="{}" cy="{}" r="4"/>'
        '<text x="{}" y="86" font-size="13">{}</text><text x="{}" y="86" font-size="13">{}</text>',
        *(_scale(low, known), goal, path, NOW, NOW, f"{_x(last[0]):.1f}", f"{_y(last[1], low):.1f}"),
        *(f"{max(0, _x(first) - 18):.0f}", begin, f"{max(0, _x(last[0]) - 18):.0f}", months[last[0]][0]),
    )
    against = f", mức cần vượt {round(known[-1])} %" if known else ""
    return picture(268, 90, f"Tỷ lệ dự từng tháng, thang từ {low} đến 100 %: {told}{against}", shapes)


def _scale(low: int, goals: list[float]) -> SafeString:
    """Where the scale begins and ends, and the goal of the last month."""
    ends = format_html_join(
        "", '<path class="c-line" d="M0 {0}h236" stroke="{1}" fill="none"/>', ((_y(v, low), TRACK) for v in (low, 100))
    )
    told = [100, low, *({round(goals[-1])} - {100, low} if goals else ())]
    words = ((f"{_y(value, low) + 4:.1f}", value) for value in told)
    return ends + format_html_join("", '<text x="240" y="{}" font-size="13">{}</text>', words)


def _x(place: int) -> float:
    return 6 + 20.6 * place


def _y(percent: float, low: int) -> float:
    return round(66 - 58 * (percent - low) / (100 - low), 1)


def _goal(place: int, goal: float, low: int) -> SafeString:
    return format_html(
        '<path class="c-goal" d="M{} {}h20.6" stroke="{}" stroke-dasharray="3 3" fill="none"/>',
        f"{_x(place) - 10.3:.1f}", _y(goal, low), EDGE_INK,
    )  # fmt: skip


def task_bars(rows: list[tuple[str, int, int]]) -> SafeString:
    """Open tasks of each unit, the overdue ones in front, hatched by their number beside it."""
    most = max([opened for _, opened, _ in rows] + [1])
    shapes = format_html_join("", "{}", ((_bar(n, row, most),) for n, row in enumerate(rows)))
    words = "; ".join(f"{name}: {opened} mở, {overdue} quá hạn" for name, opened, overdue in rows)
    return picture(300, 24 * len(rows) + 4, f"Nhiệm vụ đang mở theo đơn vị. {words}", shapes)


def _bar(place: int, row: tuple[str, int, int], most: int) -> SafeString:
    name, opened, overdue = row
    y, scale = 24 * place + 4, 110 / most
    short, told = name if len(name) <= 18 else name[:17] + "…", f"{opened}, {overdue} trễ" if overdue else f"{opened}"
    return format_html(
        '<text x="0" y="{}" font-size="13">{}</text>'
        '<rect class="c-now" fill="{}" x="130" y="{}" width="{}" height="12"/>'
        '<rect class="c-stop" fill="{}" x="130" y="{}" width="{}" height="12"/>'
        '<text x="{}" y="{}" font-size="13">{}</text>',
        *(y + 12, short, NOW, y + 2, f"{opened * scale:.1f}", STOP, y + 2, f"{overdue * scale:.1f}"),
        *(f"{136 + opened * scale:.1f}", y + 12, told),
    )
