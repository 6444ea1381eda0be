"""What stands below the signatures: the ground a paper rests on, the mark of the ledger, corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from chibo.kernel.dates import ZONE
from chibo.reports.paper.parts import Paper
from chibo.reports.paper.writing import clock, plain_lines, sentence, short_day


def fine_lines(content: Mapping[str, Any], confirmed: Mapping[str, Any] | None = None) -> list[str]:
    """Ghi chú cuối văn bản: unsure rules with their document (decision 20), remarks, origin, checkpoint."""
    unsure = [_ground(rule) for rule in content.get("rests_on", ())]
    mark, score, helped = content.get("checkpoint"), content.get("score"), content.get("helped")
    if score:
        unsure.append(sentence(f"Bảng tự chấm theo {score['document']}"))
    return [
        *[f"Căn cứ cần đối chiếu bản gốc: {line}" for line in unsure],
        *[f"Lưu ý: {line}" for line in content.get("remarks", ())],
        *(["Nhập lại từ bản viết tay; bản viết tay có chữ ký là bản gốc."] if content.get("from_paper") else []),
        *([_typed(helped, confirmed)] if helped else []),
        *([f"Mốc sổ ghi: {mark['upto']}:{mark['hash']}"] if mark else []),
    ]


def _typed(helped: Mapping[str, Any], confirmed: Mapping[str, Any] | None) -> str:
    """Who told it, who typed it, who confirmed it."""
    said = f"Đồng chí {helped['typed_by']} ghi giúp, theo lời đồng chí {helped['told_by']}"
    if confirmed is None:
        return f"{said}; chưa có đồng chí nào của chi bộ xác nhận."
    day = short_day(datetime.fromisoformat(confirmed["at"]).astimezone(ZONE).date())
    how = "đã ký bản giấy" if confirmed["on_paper"] else "đã xác nhận trên Chibo"
    return f"{said}; đồng chí {confirmed['name']} {how}, ngày {day}."


def _ground(rule: Mapping[str, Any]) -> str:
    remark = f" {rule['remark']}" if rule["remark"] else ""
    return sentence(f"{rule['label']} theo {rule['citation']}.{remark}")


def add_corrections(paper: Paper, notes: Sequence[Mapping[str, Any]], *, of: str) -> None:
    """Đính chính: on a page of their own; the paper they correct stays as it was signed."""
    if not notes:
        return
    paper.annex("Đính chính", basis=f"kèm theo {of}")
    for note in notes:
        at = datetime.fromisoformat(note["at"]).astimezone(ZONE)
        by = f", đồng chí {note['by_name']}" if note["by_name"] else ""
        lines = [sentence(line) for line in plain_lines(note["text"])]
        paper.text(" ".join(lines), lead=f"{clock(at.time())}, ngày {short_day(at.date())}{by}: ")
