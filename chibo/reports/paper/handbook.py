"""Nội dung để đưa vào Sổ tay đảng viên điện tử: plain text, one heading a field, so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from chibo.kernel.dates import show_day, show_number
from chibo.reports.paper.kinds import called
from chibo.reports.paper.sentences import (
    absent_sentence,
    due_day,
    present_sentence,
    score_sentence,
    task_and_owner,
    vote_sentence,
)
from chibo.reports.paper.wordfile import safe
from chibo.reports.paper.writing import clock, long_day, plain_lines, symbol

Content = Mapping[str, Any]
STATES = {"done": "đã xong", "doing": "đang làm", "not_done": "chưa làm", "dropped": "thôi thực hiện"}


def handbook_text(content: Content) -> bytes:
    """UTF-8 with a mark in front and Windows line ends: Notepad on an old office machine shows it right."""
    blocks = [f"[{heading}]\n" + "\n".join(filter(None, lines)) for heading, lines in _fields(content) if any(lines)]
    text = safe("\n\n".join(blocks) + "\n")
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def _fields(content: Content) -> list[tuple[str, list[str]]]:
    meeting, words = content["meeting"], called(content)
    started, ended = (clock(time.fromisoformat(meeting[name])) for name in ("started", "ended"))
    number = symbol(content["number"], content["kind"], content["unit"]["symbol"])
    return [
        ("TÊN BUỔI SINH HOẠT", [f"{words.name[:1].upper()}{words.name[1:]}", meeting.get("theme") or ""]),
        ("ĐƠN VỊ", [words.issuer]),
        ("NGÀY", [long_day(date.fromisoformat(meeting["held_on"]))]),
        ("THỜI GIAN", [f"Từ {started} đến {ended}"]),
        ("ĐỊA ĐIỂM", [meeting["venue"]]),
        ("CHỦ TRÌ", [content["chair"]["name"]]),
        ("THƯ KÝ", [content["writer"]["name"]]),
        ("ĐẠI BIỂU", [content["guests"]]),
        ("ĐIỂM DANH", [present_sentence(content["roll"]), absent_sentence(content["roll"])]),
        ("ĐẢNG PHÍ", [_dues(content.get("dues"))]),
        ("TÀI LIỆU", [_papers(content.get("papers") or {})]),
        ("NỘI DUNG TRỌNG TÂM", [content["focal"]]),
        ("KẾT QUẢ NHIỆM VỤ KỲ TRƯỚC", [_looked_back(task) for task in content["previous"]["tasks"]]),
        ("THÔNG TIN, QUÁN TRIỆT", plain_lines(content["information"])),
        ("THẢO LUẬN", plain_lines(f"{content['discussion']}\n{content['opinions']}")),
        ("TỰ PHÊ BÌNH VÀ PHÊ BÌNH", _criticism(content.get("criticism") or {})),
        ("GIẢI ĐÁP KIẾN NGHỊ", plain_lines(content["petitions"])),
        ("KẾT LUẬN", plain_lines(content["conclusion"])),
        ("NHIỆM VỤ GIAO", [_given(task) for task in content["tasks"]]),
        ("BIỂU QUYẾT", [vote_sentence(content["vote"], of_members=words.of_members) if content["vote"] else ""]),
        ("TỰ CHẤM ĐIỂM", [score_sentence(content["score"]) if content.get("score") else ""]),
        ("BIÊN BẢN", [f"Số {number}"]),
    ]


def _dues(dues: Content | None) -> str:
    if not dues:
        return ""
    amount = f", {show_number(dues['amount'])} đồng" if dues.get("amount") else ""
    return f"{dues['paid']}/{dues['due']} đảng viên đã đóng{amount}"


def _papers(papers: Content) -> str:
    sent = f"gửi ngày {show_day(date.fromisoformat(papers['sent_on']))}" if papers.get("sent_on") else ""
    return "; ".join(filter(None, [papers.get("list", ""), sent]))


def _criticism(criticism: Content) -> list[str]:
    """Done, and what it came to: never who said what (decision 21)."""
    done = criticism.get("done")
    said = "" if done is None else "Đã thực hiện" if done else "Chưa thực hiện"
    return [said, *plain_lines(criticism.get("concluded") or "")]


def _looked_back(task: Content) -> str:
    state = STATES.get(task["state"], "chưa ghi kết quả")
    return "; ".join(filter(None, (f"- {task_and_owner(task)}: {state}", task["cause"], task["remedy"])))


def _given(task: Content) -> str:
    return f"- {task_and_owner(task)}" + (f", hạn {due_day(task)}" if task["due"] else "")
