"""Papers to print before a meeting and fill in by hand: the roll, and blank minutes with all that is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from chibo.kernel.dates import NBSP
from chibo.reports.paper.kinds import Called, called
from chibo.reports.paper.layouts import layout as layout_of
from chibo.reports.paper.parts import Column, Paper
from chibo.reports.paper.sentences import TASKS, due_day
from chibo.reports.paper.writing import clock, count, long_day, plain_lines, sentence, unnumbered

Content = Mapping[str, Any]
DOTS = "." * 12
WHY_NOT = {"exempt": "miễn sinh hoạt", "special_duty": "nhiệm vụ đặc biệt", "away": "sinh hoạt nơi khác"}
ROLL = [Column("TT", 10, centred=True), Column("Họ và tên", 52), Column("Đảng viên", 24, centred=True),
        Column("Có mặt", 16), Column("Vắng", 14), Column("Lý do vắng", 29), Column("Ký tên", 20)]  # fmt: skip
LAST = [Column("TT", 10, centred=True), Column("Nhiệm vụ", 57), Column("Phụ trách", 32),
        Column("Thời hạn", 24, centred=True), Column("Kết quả, nguyên nhân", 42)]  # fmt: skip
SCORE = [Column("TT", 11, centred=True), Column("Nội dung", 84), Column("Điểm tối đa", 30, centred=True),
         Column("Điểm tự chấm", 40)]  # fmt: skip
_LINES = {"information": 5, "presentation": 5, "discussion": 12, "criticism": 4, "petitions": 3, "conclusion": 6}
_TASK_ROWS = 6


def roll_docx(content: Content, *, layout: str) -> bytes:
    """Danh sách điểm danh, by given name, with what was told beforehand already in its place."""
    paper, words = _started(content, layout, "Danh sách điểm danh", "")
    paper.title("Danh sách điểm danh", words.abstract[0], *words.abstract[1:])
    paper.text(f"{_when(content)}{_where(content)}.")
    paper.table(ROLL, _roll_rows(content), row_mm=7.5)
    paper.text(_roll_line(content), keep=True)
    paper.signed_by_two(("NGƯỜI GHI BIÊN BẢN", ""), ("CHỦ TRÌ HỘI NGHỊ", ""))
    return paper.to_bytes()


def blank_minutes_docx(content: Content, *, layout: str) -> bytes:
    """Biên bản để ghi tay: roll, agenda and last tasks are filled in, the rest is lines to write on."""
    paper, words = _started(content, layout, "Biên bản ghi tay", f"Số {unnumbered('BB', content['unit']['symbol'])}")
    paper.title("Biên bản", *words.abstract)
    paper.text(f"Hôm nay, vào hồi {DOTS} giờ {DOTS} phút, {_when(content, clock_too=False)}{_where(content)}, "
               f"{words.issuer} tổ chức {words.name}, cụ thể như sau:")  # fmt: skip
    paper.part("Thành phần")
    paper.said(words.people, _roll_line(content))
    paper.table(ROLL, _roll_rows(content), row_mm=7.5)
    for name in ("Đại biểu cấp trên", "Chủ trì", "Thư ký"):
        paper.said(name, DOTS * 6)
    paper.part("Nội dung và diễn biến")
    _agenda(paper, content)
    paper.part("Kết luận và biểu quyết")
    _decisions(paper, content, words)
    paper.under_no_heading()
    paper.text(f"Biên bản đã được đọc lại trước {words.body}. Kết thúc vào hồi {DOTS} giờ {DOTS} phút cùng ngày.",
               keep=True)  # fmt: skip
    paper.signed_by_two(("NGƯỜI GHI BIÊN BẢN", ""), ("CHỦ TRÌ HỘI NGHỊ", ""))
    paper.fine_print(["Bản viết tay có chữ ký là bản gốc; nhập lại vào Chibo theo đúng bản này."])
    return paper.to_bytes()


def _started(content: Content, layout: str, title: str, number: str) -> tuple[Paper, Called]:
    unit, words = content["unit"], called(content)
    day = date.fromisoformat(content["issued_on"])
    paper = Paper(layout_of(layout), title=f"{title} {words.name}", issuer=words.issuer, issued=day)
    gap, year = NBSP * 6, content["meeting"]["held_on"][:4]
    paper.letterhead(parent=unit["parent"], issuer=words.issuer, number=number, place=unit["place"],
                     dated=f"ngày{gap}tháng{gap}năm {year}")  # fmt: skip
    return paper, words


def _when(content: Content, *, clock_too: bool = True) -> str:
    meeting = content["meeting"]
    day = long_day(date.fromisoformat(meeting["held_on"]))
    if clock_too and meeting["started"]:
        return f"Vào hồi {clock(time.fromisoformat(meeting['started']))}, {day}"
    return day if not clock_too else f"N{day[1:]}"


def _where(content: Content) -> str:
    venue = content["meeting"]["venue"]
    return f", tại {venue}" if venue else ""


def _roll_line(content: Content) -> str:
    expected = sum(not person["why_not"] for person in content["roll"])
    return (f"Tổng số {count(len(content['roll']))} đồng chí; phải dự {count(expected)} đồng chí; có mặt {DOTS}; "
            f"vắng có lý do {DOTS}; vắng không có lý do {DOTS}.")  # fmt: skip


def _roll_rows(content: Content) -> list[list[str]]:
    return [
        [str(place), person["name"], "chính thức" if person["official"] else "dự bị", "", "",
         WHY_NOT.get(person["why_not"], "") or person["reason"], ""]
        for place, person in enumerate(content["roll"], 1)
    ]  # fmt: skip


def _agenda(paper: Paper, content: Content) -> None:
    paper.item("Tình hình nộp đảng phí; thông qua chương trình")
    paper.lines_to_write(2)
    for item in content["agenda"]:
        if item["code"] == "previous":
            paper.item(item["label"])
            if content["tasks"]:
                rows = [[str(place), task["text"], task["owner"], due_day(task), ""]
                        for place, task in enumerate(content["tasks"], 1)]  # fmt: skip
                paper.table(LAST, rows, row_mm=10)
            paper.lines_to_write(2)
        elif item["code"] in _LINES and item["code"] != "conclusion":
            paper.item(item["label"])
            if item["code"] == "discussion" and content["focal"]:
                paper.text(f"Nội dung trọng tâm: {sentence(content['focal'])}")
            if item["code"] == "information":
                paper.dashes(sentence(line) for line in plain_lines(content["papers"]))
            paper.lines_to_write(_LINES[item["code"]])


def _decisions(paper: Paper, content: Content, words: Called) -> None:
    paper.item("Kết luận")
    paper.lines_to_write(_LINES["conclusion"])
    paper.item("Phân công nhiệm vụ")
    paper.table(TASKS, [[str(place), "", "", ""] for place in range(1, _TASK_ROWS + 1)], row_mm=11)
    paper.item("Biểu quyết")
    paper.text(f"{words.body} biểu quyết thông qua: tán thành {DOTS}/{DOTS} đảng viên chính thức có mặt; "
               f"không tán thành {DOTS}; ý kiến khác {DOTS}.")  # fmt: skip
    if content["score"]:
        paper.item("Tự chấm chất lượng buổi sinh hoạt")
        rows = [[str(n), item["label"], str(item["most"]), ""] for n, item in enumerate(content["score"], 1)]
        most = sum(item["most"] for item in content["score"])
        paper.table(SCORE, [*rows, ["", "Tổng số", str(most), ""]])
