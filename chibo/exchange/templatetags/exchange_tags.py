"""Words and marks of lists on their way in."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chibo.exchange.columns import NOT_USED, Column
from chibo.exchange.kinds import Field, Kind

register = template.Library()
_STEPS = ["Chọn tệp", "Nhận cột", "Xem trước", "Ghi"]
_VERDICTS = {
    "new": ("Mới", "good", "i-plus"), "changed": ("Có đổi", "", "i-edit"), "same": ("Không đổi", "", "m-none"),
    "refused": ("Từ chối", "stop", "m-missed"), "acts": ("Sẽ ghi", "good", "i-plus"),
    "acted": ("Đã ghi", "good", "m-done"),
}  # fmt: skip


@register.inclusion_tag("exchange/steps.html")
def steps(step: int) -> dict[str, Any]:
    """Which of the four steps this page is."""
    return {"names": _STEPS, "step": step}


@register.simple_tag
def verdict(code: str) -> SafeString:
    """Kết quả của một dòng: word and mark."""
    words, colour, drawing = _VERDICTS[code]
    address = f"{static('front/icons.svg')}#{drawing}"
    return format_html(
        '<span class="word {}"><svg class="mark" aria-hidden="true"><use href="{}"/></svg>{}</span>',
        colour,
        address,
        words,
    )


@register.filter
def meant(column: Column, kind: Kind) -> str:
    """What a column is taken for."""
    if column.field in {"", NOT_USED}:
        return "không dùng"
    of = kind.field(column.field)
    return f"{of.label}, {_besides(column, of)}" if column.mark else of.label


@register.filter
def besides(column: Column, kind: Kind) -> str:
    """What a column of crosses, or one of two side by side, says besides: in brackets behind its field."""
    return f" ({_besides(column, kind.field(column.field))})" if column.mark else ""


def _besides(column: Column, of: Field) -> str:
    return column.label.rpartition(" ")[2].lower() if of.splits else "dấu X"
