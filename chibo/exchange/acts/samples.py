"""Bảng mẫu: the workbook of a sheet of acts, empty or filled with the tree of today; each can be sent in as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db import transaction
from django.db.models import Count

from chibo.exchange.acts.kinds import ACTS, PEOPLE, SAID
from chibo.exchange.answers import SAFE
from chibo.exchange.book import Book
from chibo.exchange.giving import MOST_A_DAY, VERB, taken_today, write_value
from chibo.exchange.kinds import Field
from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import show_day
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import record
from chibo.membership.models import Belonging
from chibo.membership.particulars import Use
from chibo.membership.policy import values_of
from chibo.organisation.models import Placement, Unit
from chibo.organisation.queries import placement_on
from chibo.reorganisation.shape import kind_name

MOST_PEOPLE = 5_000  # of one workbook: what is divided is a cell, or those of a commune
_COLUMNS = ("code", "unit", "kind_now", "parent_now", "members_now", "act", "name", "short_name", "kind", "parent",
            "into", "cells", "place", "note")  # fmt: skip
_PEOPLE = ("full_name", "card_number", "unit", "heir")
_WIDE = {"unit": 34, "parent_now": 28, "name": 30, "parent": 28, "into": 28, "cells": 40, "note": 24, "full_name": 26,
         "heir": 34, "code": 6, "members_now": 8}  # fmt: skip
_ADVICE = (
    ("thành lập", "Tên mới; Loại mới nếu tên không nói lên; Trực thuộc (để trống là trực thuộc tổ chức có bảng này)."),
    ("đổi tên", "Đơn vị; Tên mới; Tên gọi tắt mới nếu có."),
    ("đổi loại", "Đơn vị; Loại mới."),
    ("nâng cấp", "Đơn vị (một chi bộ); Loại mới; Chi bộ mới (các tên cách nhau dấu chấm phẩy); trang Chia đảng viên."),
    ("chuyển", "Đơn vị; Trực thuộc (cấp trên mới)."),
    ("kết thúc", "Đơn vị. Phải chuyển hết tổ chức, đảng viên, nhiệm vụ đi bằng những dòng trên."),
    ("chia tách", "Đơn vị; Chi bộ mới, như «Chi bộ bản Một; Chi bộ bản Hai»; trang Chia đảng viên. Tên đầu giữ hồ sơ."),
    ("sáp nhập", "Đơn vị; Nhập vào (tổ chức đang có). Các dòng liền nhau cùng «Nhập vào» là một việc."),
    ("hợp nhất", "Mỗi tổ chức cũ một dòng, cùng tên tổ chức mới ở «Nhập vào»."),
    ("giữ nguyên", "Hoặc để trống cột Việc: dòng ấy không đổi gì."),
)


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the workbook when it is handed over."""

    title: str = "BẢNG SẮP XẾP TỔ CHỨC ĐẢNG"
    taken: str = ""
    units: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)


def empty_sample() -> bytes:
    """Bảng mẫu trống."""
    return _workbook(Filling(taken="Mỗi dòng một việc, làm theo thứ tự từ trên xuống. Trang «Cách ghi» nói cần ô nào."))


@transaction.atomic
def give_sample(unit: Unit, *, members: bool, by_name: str, at: datetime, by: Actor) -> bytes:
    """Bảng mẫu có sẵn: the units below this one as they stand today, with the members of its cells when asked.

    One line in the ledger, counted with the lists one takes. Raises NoPower, Refused: lists_of_the_day,
    sample_too_many.
    """
    by.must(Power.ORGANISE, unit.scope_path)
    refuse_if(taken_today(by, at=at) >= MOST_A_DAY, "lists_of_the_day", most=MOST_A_DAY)
    placement = placement_on(unit.pk, at.date())
    filling = Filling(
        f"BẢNG SẮP XẾP TỔ CHỨC, {placement.name if placement else ''}",
        f"Lấy từ Chibo lúc {at:%H:%M} ngày {show_day(at.date())}, người lấy: {by_name}. Chỉ ghi «Việc» ở dòng có đổi.",
        list(_units(unit, at, by)), list(_people(unit, at, by)) if members else [],
    )  # fmt: skip
    record(by, VERB, on=at.date(), unit_id=unit.pk, touched=[unit], reason="acts.members" if members else "acts")
    return _workbook(filling, at)


def _units(unit: Unit, at: datetime, by: Actor) -> Iterator[dict[str, Any]]:
    """Those above before those below, neighbours in the order of their names."""
    on = at.date()
    low, high = unit.scope_path, unit.scope_path[:-1] + "0"
    rows = Placement.objects.visible_to(by).on(on).filter(scope_path__gte=low, scope_path__lt=high)
    below: dict[int | None, list[Placement]] = {}
    names = {}
    for row in rows.order_by("sort_key", "unit_id"):
        below.setdefault(row.parent_id, []).append(row)
        names[row.unit_id] = row.name
    members = Belonging.objects.visible_to(by).on(on).filter(kind=Belonging.OFFICIAL, unit__in=names)
    counts = dict(members.values_list("unit").annotate(Count("person")))
    waiting = [*reversed(below.get(unit.pk, []))]
    while waiting:
        row = waiting.pop()
        waiting += reversed(below.get(row.unit_id, []))
        yield {"code": row.unit_id, "unit": row.name, "kind_now": kind_name(row.kind, on),
               "parent_now": names.get(row.parent_id or 0), "members_now": counts.get(row.unit_id)}  # fmt: skip


def _people(unit: Unit, at: datetime, by: Actor) -> Iterator[dict[str, Any]]:
    known = list(Book(unit, at.date(), actor=by).known.values())
    refuse_if(len(known) > MOST_PEOPLE, "sample_too_many", count=len(known), most=MOST_PEOPLE)
    cards = values_of([each.person for each in known], actor=by, use=Use.EXPORT, codes=["card_number"])
    held = Placement.objects.visible_to(by).on(at.date()).filter(unit__in={each.belonging.unit_id for each in known})
    names = {row.unit_id: (row.sort_key, row.name) for row in held}
    for each in sorted(known, key=lambda one: (names.get(one.belonging.unit_id or 0, ("", "")), one.person.name_key)):
        yield {"full_name": each.person.full_name, "unit": names.get(each.belonging.unit_id or 0, ("", ""))[1],
               "card_number": cards.get(each.person.pk, {}).get("card_number")}  # fmt: skip


def _workbook(filling: Filling, at: datetime | None = None) -> bytes:
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    book.set_properties({"title": filling.title, **({"created": at.replace(tzinfo=None)} if at else {})})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"}),
        "now": book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top", "bg_color": "#eeeeee"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
    }
    acts = [ACTS.field(name) for name in _COLUMNS]
    page = _sheet(book, "Sắp xếp", filling.title, filling.taken, acts, filling.units, styles)
    column = 1 + _COLUMNS.index("act")
    page.data_validation(4, column, 4_000, column, {
        "validate": "list", "source": list(SAID.values()), "error_type": "warning",
        "error_title": "Việc", "error_message": "Chọn một việc trong danh sách.",
    })  # fmt: skip
    told = "Ghi «Về chi bộ» cho đảng viên của chi bộ chia tách, nâng cấp; đảng viên khác để trống."
    _sheet(book, "Chia đảng viên", "CHIA ĐẢNG VIÊN", told, [PEOPLE.field(n) for n in _PEOPLE], filling.people, styles)
    advice = book.add_worksheet("Cách ghi")
    advice.write_string(0, 0, "Cách ghi từng việc", styles["title"])
    for number, (act, words) in enumerate(_ADVICE, 2):
        advice.write_string(number, 0, act, styles["head"])
        advice.write_string(number, 1, words, styles["text"])
    advice.set_column(0, 0, 14)
    advice.set_column(1, 1, 100)
    book.close()
    return made.getvalue()


def _sheet(
    book: Any, name: str, title: str, told: str, fields: list[Field], rows: Iterable[dict[str, Any]],
    styles: dict[str, Any],
) -> Any:  # fmt: skip
    page = book.add_worksheet(name)
    page.write_string(0, 0, title, styles["title"])
    page.write_string(1, 0, told)
    page.write_string(3, 0, "STT", styles["head"])
    page.set_column(0, 0, 5)
    for column, each in enumerate(fields, 1):
        page.write_string(3, column, each.label, styles["now" if each.name in {"code", "unit", "kind_now", "parent_now",
                                                                               "members_now"} else "head"])  # fmt: skip
        page.set_column(column, column, _WIDE.get(each.name, 18))
    for number, row in enumerate(rows, 1):
        page.write_number(3 + number, 0, number)
        for column, each in enumerate(fields, 1):
            write_value(page, 3 + number, column, row.get(each.name), styles)
    page.freeze_panes(4, 3)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(3)
    return page
