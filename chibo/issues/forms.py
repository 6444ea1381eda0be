"""The boxes of this room's forms, and the box each refusal belongs to."""

from __future__ import annotations

import uuid
from datetime import date

from chibo.issues.codes import areas_on, causes_on
from chibo.issues.models import Limitation, Remedy
from chibo.issues.owners import owners_on
from chibo.issues.sources import Seen
from chibo.kernel.boxes import A_YEAR, Box, Form
from chibo.kernel.dates import show_day
from chibo.kernel.errors import Refused
from chibo.organisation.models import Unit

PLACES = {
    "no_text": "text", "text_too_long": "text", "looks_like_identity": "text", "seen_ahead": "seen_on",
    "day_ahead": "on", "due_passed": "due", "owner_not_here": "owner", "no_reason": "why", "no_proof": "proof",
    "no_remark": "remark", "cause_said": "code",
}  # fmt: skip


def key_box() -> Box:
    """The key the page makes, so that sending twice is harmless."""
    return Box("key", "", "hidden", optional=True, value=str(uuid.uuid4()))


def key_of(typed: str) -> uuid.UUID:
    """The key as it was sent. Raises Refused("unknown_field") without one."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise Refused("unknown_field") from None


def new_limitation(on: date, seen: Seen | None) -> Form:
    """Ghi hạn chế; where it was seen is asked only when the way here did not say it."""
    words = [(Limitation.SELF, "Tự giám sát, tự kiểm tra"), (Limitation.INSPECTION, "Kết luận kiểm tra đã công bố"),
             (Limitation.OTHER, "Nguồn khác")]  # fmt: skip
    return Form([
        key_box(),
        Box("text", "Hạn chế gì", "lines",
            hint="Việc của tổ chức chưa làm, làm chưa tốt. Không ghi về riêng một người."),
        Box("area", "Lĩnh vực", "choice", choices=list(areas_on(on).items()), value=seen.area if seen else ""),
        Box("seen_on", "Phát hiện lần đầu ngày", "day", value=show_day(seen.on if seen and seen.on else on),
            hint="Tồn tại từ trước thì ghi ngày thấy đầu tiên, kể cả ở nhiệm kỳ trước."),
        Box("term", "Nhiệm kỳ khi ấy", optional=True,
            hint="Như 2020 - 2025. Chỉ cần khi sổ chưa có nhiệm kỳ của ngày ấy."),
        *([] if seen else [Box("source", "Thấy ở đâu", "radio", choices=words, value=Limitation.SELF)]),
        Box("note", "Văn bản, báo cáo nêu ra" if not seen else "Nói rõ thêm nguồn", optional=True,
            hint="Số, ngày, tên văn bản."),
    ], PLACES)  # fmt: skip


def new_cause(on: date) -> Form:
    """Ghi nguyên nhân."""
    codes = [(each.code, f"{each.side}: {each.label[:1].lower()}{each.label[1:]}") for each in causes_on(on).values()]
    return Form([
        key_box(), Box("code", "Nguyên nhân", "choice", choices=codes),
        Box("text", "Nói rõ thêm", "lines", optional=True, hint="Bằng việc cụ thể của đơn vị, không nêu tên ai."),
    ], PLACES)  # fmt: skip


def new_remedy(unit: Unit, on: date) -> Form:
    """Đề ra biện pháp: an owner only when one comrade does it."""
    people = [(str(each.person_id), each.full_name) for each in owners_on(unit, on)]
    return Form([
        key_box(),
        Box("text", "Làm gì để khắc phục", "lines",
            hint="Một việc làm được, kiểm được. Hai việc thì ghi hai biện pháp."),
        Box("side", "Ai làm", "radio", choices=Remedy.SIDES, value=Remedy.PERSON),
        Box("owner", "Đồng chí phụ trách", "choice", choices=people, optional=True,
            hint="Chọn khi giao cho một đồng chí; để trống khi tập thể làm."),
        Box("due", "Xong trước hết ngày", "day", ahead=2 * A_YEAR),
    ], PLACES)  # fmt: skip


def done(on: date) -> Form:
    """Báo đã làm."""
    return Form([
        key_box(), Box("on", "Làm xong ngày", "day", value=show_day(on)),
        Box("proof", "Đã làm được gì", "lines", hint="Kết quả thấy được, kiểm được: số buổi, số hộ, biên bản nào."),
        Box("before", "Số trước", optional=True, hint="Như 5/9 buổi."),
        Box("after", "Số sau", optional=True, hint="Như 9/9 buổi."),
    ], PLACES)  # fmt: skip


def looked_at(verdicts: list[tuple[str, str]]) -> Form:
    """Xác nhận, hoặc trả lại."""
    return Form([
        Box("verdict", "Sau khi xem", "radio", choices=verdicts),
        Box("remark", "Nhận xét", "lines", optional=True, hint="Trả lại thì ghi còn thiếu gì."),
    ], PLACES)  # fmt: skip


def reason(hint: str) -> Form:
    """Một lý do."""
    return Form([key_box(), Box("why", "Lý do", hint=hint)], PLACES)
