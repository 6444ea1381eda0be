"""Giấy mời: one paper for all who are called to a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from chibo.kernel.dates import weekday_vn
from chibo.reports.paper.closing_lines import fine_lines
from chibo.reports.paper.kinds import called
from chibo.reports.paper.layouts import layout as layout_of
from chibo.reports.paper.parts import Paper
from chibo.reports.paper.signing import sign
from chibo.reports.paper.writing import clock, listed, long_day, plain_lines, sentence, short_day, unnumbered

Content = Mapping[str, Any]
_USUAL = {"opening", "conclusion", "tasks", "vote", "score_or_close"}  # of every meeting, so nobody is told


def invitation_docx(content: Content, *, layout: str) -> bytes:
    """The Word file. The symbol GM is habit, not prescribed; the number is written by hand."""
    unit, words = content["unit"], called(content)
    day = date.fromisoformat(content["issued_on"])
    paper = Paper(layout_of(layout), title=f"Giấy mời {words.name}", issuer=words.issuer, issued=day)
    number = f"Số {unnumbered('GM', unit['symbol'])}"
    paper.letterhead(parent=unit["parent"], issuer=words.issuer, number=number, place=unit["place"])
    paper.title("Giấy mời", f"dự {words.abstract[0]}", *words.abstract[1:])
    who = "các đồng chí đảng viên của Chi bộ" if words.of_members else f"các đồng chí thành viên {words.body}"
    paper.text(f"{words.issuer} trân trọng kính mời: {who}.")
    if content["guests"]:
        paper.text(f"Đại biểu: {sentence(content['guests'])}")
    paper.text(f"Đến dự: {words.name}.")
    paper.dashes(sentence(line) for line in _particulars(content) if line)
    paper.text("Đề nghị các đồng chí đến dự đúng thành phần, thời gian. Đồng chí nào không dự được, báo trước và nêu "
               "rõ lý do.", keep=True)  # fmt: skip
    sign(paper, body=words.body, unit=unit, signer=content["signer"], recipients=["Như trên"])
    paper.fine_print(fine_lines({"rests_on": [r for r in content["rests_on"] if r["key"] == "document.layout"]}))
    return paper.to_bytes()


def _particulars(content: Content) -> list[str]:
    meeting = content["meeting"]
    day, planned = date.fromisoformat(meeting["held_on"]), date.fromisoformat(meeting["planned_on"])
    at = f"{clock(time.fromisoformat(meeting['started']))}, " if meeting["started"] else ""
    matters = [content["focal"], *(item["label"] for item in content["agenda"] if item["code"] not in _USUAL)]
    return [
        f"Nội dung: {listed(matters)}" if any(matters) else "",
        f"Thời gian: {at}{long_day(day)} ({weekday_vn(day)[:1].lower()}{weekday_vn(day)[1:]})",
        f"Buổi này dời từ ngày {short_day(planned)}" if planned != day else "",
        f"Địa điểm: {meeting['venue']}" if meeting["venue"] else "",
        f"Chủ trì: đồng chí {content['signer']['name']}" if content["signer"]["name"] else "",
        f"Tài liệu: {listed(plain_lines(content['papers']))}" if content["papers"] else "",
    ]
