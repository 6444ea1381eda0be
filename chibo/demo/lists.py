"""A list the office brought in: what a political course adds to the particulars of a cell."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO

import xlsxwriter

from chibo.cadres.authority import actor_for
from chibo.demo.province import Province
from chibo.exchange.operations import receive, say_columns, take_in
from chibo.kernel.dates import ZONE
from chibo.membership.models import Particular
from chibo.membership.particulars import FIELDS

HEADS = ["STT", "Họ và tên", "Số thẻ đảng viên", "Chi bộ", "Lý luận chính trị"]


def bring_one_in(province: Province) -> None:
    """Nhập danh sách: ten members of one cell, their columns confirmed, written a fortnight ago."""
    day = province.on - timedelta(days=14)
    at = datetime.combine(day, time(10), ZONE)
    office = province.people["coquan"][4]
    assert office.account_id is not None, "has an account"
    by = actor_for(office.account_id, on=day)
    intake = receive(province.units["commune"], "members", "lop-so-cap.xlsx", _workbook(province), holds_from=day,
                     at=at, by=by)  # fmt: skip
    take_in(say_columns(intake, {}, hidden_too=None, by=by), seen=None, at=at, by=by)


def _workbook(province: Province) -> bytes:
    people = province.people["thamnoi"][2:12]
    rows = Particular.objects.live().filter(person__in=people, field="card_number")
    cards = {person: FIELDS["card_number"].show(number) for person, number in rows.values_list("person", "value")}
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet("Lớp sơ cấp")
    page.write_string(0, 0, "DANH SÁCH ĐẢNG VIÊN HỌC XONG LỚP SƠ CẤP LÝ LUẬN CHÍNH TRỊ")
    for column, head in enumerate(HEADS):
        page.write_string(2, column, head)
    for number, person in enumerate(people, 1):
        page.write_number(2 + number, 0, number)
        for column, text in enumerate([person.full_name, cards[person.pk], "Bản Thẳm Nọi", "Sơ cấp"], 1):
            page.write_string(2 + number, column, text)
    book.close()
    return made.getvalue()
