"""A dated fact of a person in words, without its unit and its days."""

from __future__ import annotations

from typing import Any

from chibo.cadres.bodies import kind_named
from chibo.cadres.models import Post, Seat, StatePost
from chibo.cadres.offices import state_office_name
from chibo.membership.models import Absence, Belonging, Particular, Standing
from chibo.membership.particulars import field_shown


def fact_words(row: Any) -> str:
    """«Sinh hoạt chính thức tại», «Bí thư chi bộ,»: the name of the unit follows."""
    match row:
        case Belonging():
            return f"Sinh hoạt {row.get_kind_display()} tại"
        case Standing():
            return f"Đảng viên {row.get_kind_display()}"
        case Absence():
            return str(row.get_kind_display().capitalize())
        case Post():
            return f"{row.get_office_display()},"
        case StatePost():
            name = state_office_name(row.office, row.during.lower)
            return f"{name} {row.place}," if row.place else f"{name},"
        case Seat():
            role = kind_named(row.body.kind, row.during.lower).roles.get(row.role, row.role)
            return f"{role} {row.body.name}" + (f": {row.duty}" if row.duty else "")
        case Particular():
            field = field_shown(row.field)
            return f"{field.label}: {field.show(row.value)}"
        case _:
            return "Phụ trách"
