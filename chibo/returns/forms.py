"""The boxes of this room's plain forms, and the box each refusal belongs to."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chibo.kernel.boxes import Box, Form
from chibo.kernel.dates import parse_amount
from chibo.returns import models
from chibo.returns.models import Line, LineCheck

ZERO = Decimal(0)
PLACES = {
    "no_reason": "why", "text_too_long": "name", "looks_like_identity": "name", "no_name": "name", "line_known": "name",
    "no_measure": "measure", "bad_due_day": "due_day", "ratio_of_two_lines": "above", "ratio_adds_alike": "above",
    "check_of_lines": "left", "change_only_warns": "grave", "no_such_period": "since",
}  # fmt: skip
Choices = Sequence[tuple[str, str]]


def key_box() -> Box:
    """The key the page makes, so that sending twice is harmless."""
    return Box("key", "", "hidden", optional=True, value=str(uuid.uuid4()))


def reason(hint: str) -> Form:
    """Một lý do."""
    return Form([key_box(), Box("why", "Lý do", "lines", hint=hint)], {**PLACES, "text_too_long": "why",
                                                                      "looks_like_identity": "why"})  # fmt: skip


def _count(typed: str) -> int:
    return int(parse_amount(typed, 0))


def _amount(typed: str) -> Decimal:
    return parse_amount(typed, 3)


def new_form(on: date) -> Form:
    """Đặt biểu: its lines come afterwards."""
    months = [(f"{year}-{month:02d}", f"{month:02d}/{year}")
              for year in (on.year - 1, on.year, on.year + 1) for month in range(1, 13)]  # fmt: skip
    return Form([
        key_box(),
        Box("name", "Tên biểu", hint="Như Bảo vệ rừng, Giảm nghèo, Giải ngân. Ngắn, đúng việc."),
        Box("basis", "Căn cứ", optional=True, hint="Số, ngày, tên văn bản giao việc này."),
        Box("every", "Mỗi kỳ là một", "radio", choices=models.Form.EVERY, value=models.Form.MONTH),
        Box("due_day", "Nộp trước hết ngày", numeric=True, value="5", parse=_count,
            hint="Ngày của tháng sau kỳ báo cáo, từ 1 đến 28."),
        Box("since", "Từ tháng", "choice", choices=months, value=f"{on.year}-{on.month:02d}",
            hint="Kỳ đầu tiên phải nộp là kỳ có tháng này."),
    ], PLACES)  # fmt: skip


def new_line(lines: Sequence[Line], periods: Choices) -> Form:
    """Thêm dòng."""
    others = [(str(each.pk), each.name) for each in lines]
    ratio = (
        [
            Box("above", "Của tỷ lệ: dòng trên", "choice", choices=others, optional=True),
            Box("below", "Của tỷ lệ: chia cho dòng", "choice", choices=others, optional=True),
        ]
        if len(lines) > 1
        else [Box("above", "", "hidden", optional=True), Box("below", "", "hidden", optional=True)]
    )
    return Form([
        Box("name", "Tên số liệu", hint="Như Lượt tuần tra rừng. Tên này đi theo số vào mọi bảng, báo cáo."),
        Box("measure", "Đơn vị tính", hint="Lượt, vụ, ha, km, hộ, triệu đồng."),
        Box("decimals", "Phần lẻ", "choice", choices=[("0", "Số nguyên"), ("1", "Một chữ số sau dấu phẩy"),
            ("2", "Hai chữ số"), ("3", "Ba chữ số")], value="0"),
        Box("adds", "Nhiều kỳ thì", "radio", choices=Line.ADDS, value=Line.SUM,
            hint="Lượt, vụ, km làm mới: cộng. Hec-ta rừng, số tổ, số hộ nghèo hiện có: lấy kỳ cuối, kỳ sau tự điền."),
        *ratio,
        Box("counted", "Đếm gì", "radio", choices=Line.COUNTED, value=Line.THINGS),
        Box("must", "Có bắt buộc không", "radio", value="yes",
            choices=[("yes", "Phải điền, không có thì ghi 0"), ("no", "Để trống được")]),
        Box("since", "Hỏi từ kỳ", "choice", choices=periods, value=periods[-2][0] if periods[1:] else ""),
    ], PLACES)  # fmt: skip


def new_check(lines: Sequence[Line], periods: Choices) -> Form:
    """Đặt phép kiểm: left, how, right."""
    others = [(str(each.pk), each.name) for each in lines]
    return Form([
        Box("left", "Dòng bên trái", "choice", choices=others),
        Box("left2", "Cộng với dòng", "choice", choices=others, optional=True),
        Box("kind", "Phải", "radio", choices=LineCheck.KINDS, value=LineCheck.AT_MOST),
        Box("right", "Dòng bên phải", "choice", choices=others, optional=True),
        Box("right2", "Cộng với dòng", "choice", choices=others, optional=True),
        Box("right3", "Cộng thêm dòng", "choice", choices=others, optional=True),
        Box("number", "Con số", optional=True, numeric=True, parse=_amount,
            hint="So với kỳ trước: phần trăm cho phép. Ngoài ra: số cộng thêm bên phải, thường để trống."),
        Box("grave", "Khi sai", "radio", value="stop",
            choices=[("stop", "không nộp được, phải sửa"), ("warn", "cảnh báo, phải ghi lý do")]),
        Box("since", "Kiểm từ kỳ", "choice", choices=periods, value=periods[-2][0] if periods[1:] else ""),
    ], PLACES)  # fmt: skip


def ending(periods: Choices) -> Form:
    """Kỳ cuối còn hỏi."""
    return Form([
        Box("after", "Kỳ cuối cùng còn hỏi", "choice", choices=periods, value=periods[-2][0] if periods[1:] else "")
    ], PLACES)  # fmt: skip
