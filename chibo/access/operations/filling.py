"""Fill in the office's papers about personal data: the processing register, the pack for a breach."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from chibo.access.models import FilledForm
from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import parse_day
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record

MOST = 2000
FIELDS: Mapping[str, Mapping[str, str]] = {
    FilledForm.REGISTER: {
        "officer": "Người, bộ phận phụ trách bảo vệ dữ liệu cá nhân",
        "decision": "Quyết định phân công, số, ngày",
        "contact": "Nơi tiếp nhận yêu cầu của đảng viên",
        "measures": "Biện pháp bảo vệ đang làm: khóa máy, mã hóa ổ đĩa, sao lưu, nơi đặt máy",
        "reviewed": "Rà soát gần nhất ngày nào, lần tới ngày nào",
    },
    FilledForm.BREACH: {
        "found_on": "Ngày phát hiện",
        "what": "Việc gì, ở đâu, từ lúc nào, ai phát hiện (chức vụ)",
        "data": "Loại dữ liệu bị ảnh hưởng",
        "people": "Khoảng bao nhiêu người bị ảnh hưởng",
        "harm": "Hậu quả đã thấy, có thể có",
        "done": "Đã làm gì để ngăn, khắc phục; ngày giờ",
        "told": "Đã báo cơ quan nào, người bị ảnh hưởng bằng cách nào; ngày giờ",
    },
}


@transaction.atomic
def fill_form(
    kind: str, typed: Mapping[str, str], *, form: uuid.UUID, unit_id: int, scope_path: str, at: datetime, by: Actor,
    by_name: str,
) -> FilledForm:  # fmt: skip
    """Ghi một bản: what the form says from now on; what it said before stays as a row.

    Raises Refused: bad_day, text_too_long, looks_like_identity, form_elsewhere, nothing_filled.
    """
    by.must(Power.ADMIT, scope_path)
    others = FilledForm.objects.filter(form=form)
    refuse_if(others.exclude(unit_id=unit_id, kind=kind).exists(), "form_elsewhere")
    content = {name: _said(typed.get(name, "")) for name in FIELDS[kind]}
    refuse_if(not any(content.values()), "nothing_filled")
    if kind == FilledForm.BREACH:
        content["found_on"] = parse_day(content["found_on"]).isoformat()
    newest = others.order_by("-pk").first()
    if newest is not None and newest.content == content:
        return newest
    row = FilledForm.objects.create(
        form=form, unit_id=unit_id, kind=kind, content=content, at=at, by_account=by.account_id, by_name=by_name[:80],
        scope_path=scope_path,
    )  # fmt: skip
    record(by, "form.filled", on=at.date(), unit_id=unit_id, touched=[row], content=content, reason=kind)
    return row


def _said(text: str) -> str:
    said = clean(text, most=MOST, lines=True)
    found = looks_like_identity(said)
    refuse_if(found, "looks_like_identity", found=found)
    return said
