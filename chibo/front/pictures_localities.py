"""The picture of coverage: one locality one square, by who serves it; shape first, colour second."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chibo.front.pictures import EDGE_INK, GOOD, STOP, WATCH, picture
from chibo.organisation.localities import BLANK, JOINT, MEMBERS, OWN, UNSAID, WAYS, Registered

ORDER = (OWN, JOINT, MEMBERS, BLANK, UNSAID)
ACROSS, STEP, LEFT = 16, 21.6, 132
Group = tuple[str, Sequence[str]]  # name of a cluster or commune, ways of its localities in order


def coverage(groups: Sequence[Group]) -> SafeString:
    """Bức tranh phủ tổ chức: a line for each cluster or commune, a square for each locality."""
    shapes, y = [], 4.0
    for name, ways in groups:
        shapes.append(format_html('<text x="0" y="{}" font-size="13">{}</text>', y + 14, _short(name)))
        shapes += [square(way, LEFT + STEP * (n % ACROSS), y + 26 * (n // ACROSS)) for n, way in enumerate(ways)]
        y += 26 * max(1, -(-len(ways) // ACROSS))
    counted = [way for _, ways in groups for way in ways]
    said = ", ".join(f"{WAYS[way].lower()}: {counted.count(way)}" for way in ORDER if way in counted)
    drawn = format_html_join("", "{}", ((shape,) for shape in shapes))
    return picture(round(LEFT + STEP * ACROSS), round(y) + 4, f"{len(counted)} địa bàn, {said}", drawn)


def groups_of(rows: Sequence[Registered]) -> list[Group]:
    """By cluster, those without one last."""
    names = sorted({row.cluster for row in rows}, key=lambda name: (not name, name))
    ordered = sorted(rows, key=lambda row: ORDER.index(row.way))
    return [(name or "Không theo cụm", [row.way for row in ordered if row.cluster == name]) for name in names]


def _short(name: str) -> str:
    return name if len(name) <= 18 else name[:17] + "…"


def square(way: str, x: float, y: float) -> SafeString:
    """Full: own cell; half: joint; a dot: members without a cell; a cross: nobody; dashes: not said."""
    inner, top = f"{x + 0.8:.1f}", f"{y + 0.8:.1f}"
    if way == OWN:
        return format_html(
            '<rect class="c-good" fill="{}" x="{}" y="{}" width="18" height="18" rx="2"/>', GOOD, f"{x:.1f}", f"{y:.1f}"
        )
    colour = {JOINT: GOOD, MEMBERS: WATCH, BLANK: STOP}.get(way, EDGE_INK)
    dashes = ' stroke-dasharray="3 2.5"' if way == UNSAID else ""
    box = format_html(
        '<rect x="{}" y="{}" width="16.4" height="16.4" rx="2" fill="none" stroke="{}" stroke-width="1.6"{}/>',
        inner, top, colour, SafeString(dashes),
    )  # fmt: skip
    return box + _inside(way, x, y)


def _inside(way: str, x: float, y: float) -> SafeString:
    if way == JOINT:
        path = f"M{x + 0.8:.1f} {y + 17.2:.1f}v-16.4h16.4z"
        return format_html('<path class="c-good" fill="{}" d="{}"/>', GOOD, path)
    if way == MEMBERS:
        return format_html(
            '<circle class="c-watch" fill="{}" cx="{}" cy="{}" r="3.6"/>', WATCH, f"{x + 9:.1f}", f"{y + 9:.1f}"
        )
    if way == BLANK:
        path = f"M{x + 5:.1f} {y + 5:.1f}l8 8m0-8l-8 8"
        return format_html('<path d="{}" fill="none" stroke="{}" stroke-width="1.8"/>', path, STOP)
    return SafeString("")


def key_mark(way: str) -> SafeString:
    """The square alone, beside its word."""
    return format_html('<svg class="mark" viewBox="0 0 18 18" aria-hidden="true">{}</svg>', square(way, 0, 0))
