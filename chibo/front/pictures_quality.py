"""The line of attendance over months, with the goal of each day; drawn by the server for page and print."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chibo.kernel.dates import show_percent

STEP, LEFT, TOP, TALL, RIGHT = 44, 60, 14, 130, 12
HALF = 0.5  # where the axis begins when every point is well above
Point = tuple[str, int, int, float | None]  # label, numerator, denominator, share to go beyond


def share_line(points: Sequence[Point], *, about: str) -> SafeString:
    """Shares up to 100 %: a dot where there is a number, a dashed step for the goal; gaps stay gaps.

    From 50 % when no point lies below 60, else from 0; the axis says which.
    """
    wide = LEFT + STEP * len(points) + RIGHT
    low = HALF if all(n / d >= HALF + 0.1 for _, n, d, _ in points if d) else 0.0
    words = "; ".join(f"{label}: {show_percent(n, d)} ({n}/{d})" for label, n, d, _ in points if d) or "chưa có số"
    return format_html(
        '<svg class="chart share" viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">{}{}{}{}</svg>',
        wide, TOP + TALL + 26, wide, f"{about}. {words}. Trục từ {_percent(low)}",
        _frame(wide, low), _goal(points, low), _joined(points, low), _dots(points, low),
    )  # fmt: skip


def _x(place: int) -> int:
    return LEFT + STEP * place + STEP // 2


def _y(share: float, low: float) -> str:
    return f"{TOP + TALL * (1 - (min(1.0, share) - low) / (1 - low)):.1f}"


def _percent(share: float) -> str:
    return show_percent(round(share * 100), 100)


def _frame(wide: int, low: float) -> SafeString:
    shares = (low, (1 + low) / 2, 1.0)
    marks = ((LEFT, _y(share, low), wide - RIGHT, LEFT - 6, _percent(share)) for share in shares)
    return format_html_join(
        "",
        '<path class="c-line" d="M{0} {1}H{2}" fill="none" stroke="#cbc3b3"/>'
        '<text x="{3}" y="{1}" dy="4" text-anchor="end" font-size="12" fill="currentColor">{4}</text>',
        marks,
    )


def _goal(points: Sequence[Point], low: float) -> SafeString:
    lines = ((_x(n) - STEP // 2, _y(goal, low), STEP) for n, (_, _, _, goal) in enumerate(points) if goal is not None)
    return format_html_join(
        "", '<path class="c-goal-line" d="M{} {}h{}" stroke="#a9741a" stroke-dasharray="5 4" fill="none"/>', lines
    )


def _joined(points: Sequence[Point], low: float) -> SafeString:
    pairs = ((n, points[n], points[n + 1]) for n in range(len(points) - 1) if points[n][2] and points[n + 1][2])
    lines = ((_x(n), _y(a[1] / a[2], low), _x(n + 1), _y(b[1] / b[2], low)) for n, a, b in pairs)
    return format_html_join(
        "", '<path class="c-trend" d="M{} {}L{} {}" stroke="#2b3a78" stroke-width="2" fill="none"/>', lines
    )


def _dots(points: Sequence[Point], low: float) -> SafeString:
    drawn = ((_dot(n, point, low), _x(n), TOP + TALL + 18, point[0]) for n, point in enumerate(points))
    return format_html_join(
        "", '{}<text x="{}" y="{}" text-anchor="middle" font-size="12" fill="currentColor">{}</text>', drawn
    )


def _dot(place: int, point: Point, low: float) -> SafeString | str:
    _, top, all_, _ = point
    if not all_:
        return ""
    return format_html(
        '<circle class="c-now" cx="{}" cy="{}" r="4" fill="#2b3a78"><title>{}</title></circle>',
        _x(place), _y(top / all_, low), show_percent(top, all_),
    )  # fmt: skip
