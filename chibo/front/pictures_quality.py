"""The line of attendance over months, with the goal of each day; drawn by the server for page and print."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chibo.kernel.dates import show_percent

STEP, LEFT, TOP, TALL, RIGHT = 44, 40, 14, 110, 12
Point = tuple[str, int, int, float | None]  # label, numerator, denominator, share to go beyond


def share_line(points: Sequence[Point], *, about: str) -> SafeString:
    """Shares from 0 to 100 %: a dot where there is a number, a dashed step for the goal; gaps stay gaps."""
    wide = LEFT + STEP * len(points) + RIGHT
    words = "; ".join(f"{label}: {show_percent(n, d)} ({n}/{d})" for label, n, d, _ in points if d) or "chưa có số"
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">{}{}{}{}</svg>',
        wide, TOP + TALL + 26, wide, f"{about}. {words}", _frame(wide), _goal(points), _joined(points), _dots(points),
    )  # fmt: skip


def _x(place: int) -> int:
    return LEFT + STEP * place + STEP // 2


def _y(share: float) -> str:
    return f"{TOP + TALL * (1 - min(1.0, share)):.1f}"


def _frame(wide: int) -> SafeString:
    marks = ((LEFT, _y(share), wide - RIGHT, LEFT - 6, f"{share:.0%}") for share in (0, 0.5, 1))
    return format_html_join(
        "",
        '<path class="c-edge" d="M{0} {1}H{2}" fill="none" stroke="currentColor" stroke-opacity=".3"/>'
        '<text x="{3}" y="{1}" dy="4" text-anchor="end" font-size="12" fill="currentColor">{4}</text>',
        marks,
    )


def _goal(points: Sequence[Point]) -> SafeString:
    lines = ((_x(n) - STEP // 2, _y(goal), STEP) for n, (_, _, _, goal) in enumerate(points) if goal is not None)
    return format_html_join(
        "", '<path class="watch-c" d="M{} {}h{}" stroke="currentColor" stroke-dasharray="4 3" fill="none"/>', lines
    )


def _joined(points: Sequence[Point]) -> SafeString:
    pairs = ((n, points[n], points[n + 1]) for n in range(len(points) - 1) if points[n][2] and points[n + 1][2])
    lines = ((_x(n), _y(a[1] / a[2]), _x(n + 1), _y(b[1] / b[2])) for n, a, b in pairs)
    return format_html_join(
        "", '<path class="now-c" d="M{} {}L{} {}" stroke="currentColor" stroke-width="2" fill="none"/>', lines
    )


def _dots(points: Sequence[Point]) -> SafeString:
    drawn = ((_dot(n, point), _x(n), TOP + TALL + 18, point[0]) for n, point in enumerate(points))
    return format_html_join(
        "", '{}<text x="{}" y="{}" text-anchor="middle" font-size="12" fill="currentColor">{}</text>', drawn
    )


def _dot(place: int, point: Point) -> SafeString | str:
    _, top, all_, _ = point
    if not all_:
        return ""
    return format_html(
        '<circle class="now-c" cx="{}" cy="{}" r="4" fill="currentColor"><title>{}</title></circle>',
        _x(place), _y(top / all_), show_percent(top, all_),
    )  # fmt: skip
