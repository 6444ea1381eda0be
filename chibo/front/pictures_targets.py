"""The bar of a target: what is reached, where its pace leads, what was asked, where an even pace would be."""

from __future__ import annotations

from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString

from chibo.targets.measures import amount, rounded
from chibo.targets.models import Target
from chibo.targets.standing import BEHIND, FAILED, MET, PASSED
from chibo.targets.valuing import Valued

WIDE = 200
ROOM = Fraction(9, 8)  # the longest bar ends before the edge


def target_bar(each: Valued) -> SafeString:
    """Drawn by the server; a sentence says the same."""
    actual, asked = each.value.exact or Fraction(0), Fraction(each.said.value)
    ahead, by_now = each.standing.ahead, each.standing.by_now
    top = max([actual, asked, ahead or Fraction(0), by_now or Fraction(0)]) * ROOM or Fraction(1)
    shapes = [format_html('<rect class="c-track" x="0" y="7" width="{}" height="10" rx="2"/>', WIDE)]
    if ahead is not None and ahead > actual:
        start, width = _at(actual, top), _at(ahead - actual, top)
        shapes.append(format_html('<rect class="c-ahead" x="{}" y="7" width="{}" height="10"/>', start, width))
    colour = {BEHIND: "c-watch", MET: "c-good", PASSED: "c-good", **dict.fromkeys(FAILED, "c-stop")}
    shapes.append(format_html('<rect class="{}" x="0" y="7" width="{}" height="10" rx="2"/>',
                              colour.get(each.state, "c-now"), _at(actual, top)))  # fmt: skip
    if by_now is not None:
        shapes.append(format_html('<path class="c-ink" d="M{} 4v16" stroke-width="1.5" stroke-dasharray="2 2"/>',
                                  _at(by_now, top)))  # fmt: skip
    shapes.append(format_html('<path class="c-ink" d="M{} 1v22" stroke-width="2.5"/>', _at(asked, top)))
    return format_html(
        '<svg class="bar-target" viewBox="0 0 {} 24" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        WIDE, in_words(each), SafeString("".join(shapes)),
    )  # fmt: skip


def _at(value: Fraction, top: Fraction) -> str:
    return f"{float(max(Fraction(0), min(value, top)) * WIDE / top):.1f}"


def in_words(each: Valued) -> str:
    """«Được 4 đảng viên, ít nhất 8 đảng viên, dự báo 5»."""
    got = amount(rounded(each.value.exact, each.row.kind), each.row.measure) if each.value.exact is not None else ""
    ahead = forecast(each)
    return f"{f'Được {got}' if got else 'Chưa có số'}, {each.asked}{f', {ahead}' if ahead else ''}"


def forecast(each: Valued) -> str:
    """«dự báo 5»; empty where there is none."""
    ahead = each.standing.ahead
    return f"dự báo {amount(rounded(ahead, Target.RATIO), '').strip()}" if ahead is not None else ""
