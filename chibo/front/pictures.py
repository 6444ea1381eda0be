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
