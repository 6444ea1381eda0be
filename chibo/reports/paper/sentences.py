"""Sentences that several papers share: a result is always told from its figures, in the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chibo.reports.paper.parts import Column
from chibo.reports.paper.writing import count, listed, of_whole, rate, sentence, short_day

Content = Mapping[str, Any]
TASKS = [Column("TT", 11, centred=True), Column("Nhiệm vụ", 87), Column("Đảng viên thực hiện", 41),
         Column("Thời hạn", 26, centred=True)]  # fmt: skip
NOT_DONE = {"doing": "đang làm", "not_done": "chưa làm"}


def roll_sentence(roll: Content, *, of_members: bool = True) -> str:
    """Tổng số, chính thức, dự bị, those who need not attend, and those who must."""
    left_out = [
        (roll["exempt"], "được miễn công tác và sinh hoạt đảng"),
        (roll["away"], "sinh hoạt tạm thời ở nơi khác"),
        (roll["special_duty"], "làm nhiệm vụ đặc biệt"),
    ]
    kinds = f" (chính thức {count(roll['official'])}, dự bị {count(roll['probationary'])})" if of_members else ""
    return sentence(listed([
        f"Tổng số {count(roll['total'])} đồng chí{kinds}",
        f"trong đó từ nơi khác đến sinh hoạt tạm thời {count(roll['guests_in'])} đồng chí" if roll["guests_in"] else "",
        *[f"{words} {count(number)} đồng chí" for number, words in left_out if number],
        f"số phải dự sinh hoạt {count(roll['expected'])} đồng chí",
    ]))  # fmt: skip


def present_sentence(roll: Content, *, of_members: bool = True) -> str:
    """Có mặt n/m, đạt p%; the late, and those who came without having to."""
    share = f", đạt {rate(roll['present'], roll['expected'])}" if roll["expected"] else ""
    beside = roll["voters_present"] - roll["present_official"]
    official, others = count(roll["present_official"]), count(roll["present_probationary"])
    kinds = f" (chính thức {official} đồng chí, dự bị {others} đồng chí)" if of_members else ""
    return sentence(listed([
        f"Có mặt: {of_whole(roll['present'], roll['expected'])} đồng chí{share}{kinds}",
        f"đến muộn {count(roll['late'])} đồng chí" if roll["late"] else "",
        f"ngoài ra {count(beside)} đồng chí chính thức không thuộc số phải dự cũng có mặt" if beside > 0 else "",
    ]))  # fmt: skip


def absent_sentence(roll: Content) -> str:
    """Vắng mặt: with their reasons; without one is printed even when it is nobody."""
    excused = listed(f"đồng chí {each['name']} ({each['reason']})" for each in roll["absent"] if each["excused"])
    unexcused = listed(f"đồng chí {each['name']}" for each in roll["absent"] if not each["excused"])
    number, away = count(roll["excused"] + roll["unexcused"]), f"{count(roll['unexcused'])} đồng chí: {unexcused}"
    if not roll["unexcused"]:
        reasons = f", đều có lý do: {excused}" if excused else ""
        return f"Vắng mặt: {number}{' đồng chí' if excused else ''}{reasons}. Vắng không có lý do: 0."
    with_reason = f" Có lý do {count(roll['excused'])} đồng chí: {excused}." if excused else ""
    return f"Vắng mặt: {number} đồng chí.{with_reason} Vắng không có lý do: {away}."


def dues_sentence(dues: Content) -> str:
    """Thông báo tình hình nộp đảng phí."""
    paid = f"{of_whole(dues['paid'], dues['due'])} đồng chí đã nộp đảng phí"
    amount = f", số tiền {count(dues['amount'])} đồng" if dues["amount"] is not None else ""
    share = f", đạt {rate(dues['paid'], dues['due'])}" if dues["due"] else ""
    return f"Thông báo tình hình nộp đảng phí: {paid}{amount}{share}."


def done_sentence(done: int, given: int, *, body: str = "Chi bộ") -> str:
    """Chi bộ hoàn thành 05/06 nhiệm vụ, đạt 83,3%; còn 01 nhiệm vụ chưa hoàn thành."""
    rest = f"; còn {count(given - done)} nhiệm vụ chưa hoàn thành" if given > done else ""
    return f"{body} hoàn thành {of_whole(done, given)} nhiệm vụ, đạt {rate(done, given)}{rest}."


def undone(task: Content) -> str:
    """Chưa hoàn thành, hoặc thôi thực hiện: cause and remedy as the meeting noted them."""
    opening = "Thôi thực hiện" if task["state"] == "dropped" else "Chưa hoàn thành"
    return sentence(listed([
        f"{opening}: {task_and_owner(task)}", NOT_DONE.get(task["state"], ""),
        f"nguyên nhân: {task['cause'].rstrip('.')}" if task["cause"] else "",
        f"cách khắc phục: {task['remedy'].rstrip('.')}" if task["remedy"] else "",
    ]))  # fmt: skip


def task_and_owner(task: Content) -> str:
    """Nhiệm vụ (đồng chí phụ trách)."""
    text = task["text"].rstrip(". ")
    return f"{text} (đồng chí {task['owner']})" if task["owner"] else text


def task_rows(tasks: Sequence[Content]) -> list[list[str]]:
    """Rows of the table of tasks given."""
    return [[str(place), task["text"], task["owner"], due_day(task)] for place, task in enumerate(tasks, 1)]


def due_day(task: Content) -> str:
    """Thời hạn; empty without one."""
    return short_day(date.fromisoformat(task["due"])) if task["due"] else ""


def vote_sentence(vote: Content, *, of_members: bool = True) -> str:
    """17/17 đảng viên chính thức có mặt tán thành, đạt 100% (17/19 số được triệu tập, đạt 89,5%).

    Only official members vote; what decides is the share of those called (294-QĐ/TW 9.3.2).
    """
    voters = "đảng viên chính thức" if of_members else "ủy viên"
    share = f", đạt {rate(vote['for'], vote['base'])}" if vote["base"] else ""
    called = vote.get("called", vote["base"])
    of_called = f"{of_whole(vote['for'], called)} số được triệu tập, đạt {rate(vote['for'], called)}" if called else ""
    beside = f" ({of_called})" if called != vote["base"] else ""
    return listed([
        f"{of_whole(vote['for'], vote['base'])} {voters} có mặt tán thành{share}{beside}",
        f"không tán thành {count(vote['against'])} đồng chí" if vote["against"] else "",
        f"ý kiến khác {count(vote['blank'])} đồng chí" if vote["blank"] else "",
    ])  # fmt: skip


def score_sentence(score: Content) -> str:
    """Từng nội dung n/m điểm; what did not apply is named without points."""
    given = [
        f"{line['label'][:1].lower()}{line['label'][1:]} "
        + (f"{line['given']}/{line['most']} điểm" if line["given"].isdigit() else "không áp dụng")
        for line in score["lines"]
        if line["given"]
    ]
    band = f", tự xếp loại: {score['band']}" if score["band"] else ""
    return f"{listed(given)}. Tổng số: {score['points']}/{score['reachable']} điểm{band}."
