"""Báo cáo tháng of a cell, and of a committee over the units below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chibo.kernel.dates import NBSP
from chibo.kernel.periods import next_month
from chibo.reports.paper.closing_lines import add_corrections, fine_lines
from chibo.reports.paper.kinds import issuer
from chibo.reports.paper.layouts import layout as layout_of
from chibo.reports.paper.parts import Column, Paper
from chibo.reports.paper.sentences import TASKS, due_day, task_rows
from chibo.reports.paper.signing import committee_above, sign
from chibo.reports.paper.writing import count, listed, of_whole, rate, sentence, short_day, symbol, unnumbered

Content = Mapping[str, Any]
DONE = [Column("TT", 11, centred=True), Column("Nhiệm vụ", 70), Column("Phụ trách", 36),
        Column("Thời hạn", 24, centred=True), Column("Kết quả", 24)]  # fmt: skip
MET = [Column("TT", 10, centred=True), Column("Đơn vị", 57), Column("Ngày họp", 25, centred=True),
       Column("Đã họp", 20, centred=True), Column("Dự/phải dự", 29, centred=True),
       Column("Tỷ lệ", 24, centred=True)]  # fmt: skip
WORK = [Column("TT", 10, centred=True), Column("Đơn vị", 65), Column("Giao trong tháng", 24, centred=True),
        Column("Đã xong", 22, centred=True), Column("Còn mở", 22, centred=True),
        Column("Quá hạn", 22, centred=True)]  # fmt: skip
_STATES = {"done": "Hoàn thành", "dropped": "Thôi thực hiện", "doing": "Đang làm", "not_done": "Chưa làm", "": ""}


def report_docx(content: Content, *, layout: str, notes: Sequence[Content] = ()) -> bytes:
    """The Word file: numbered when it was issued, else a draft with room for the number.

    `notes` are the corrections beside an issued report, each {text, at, by_name}; they get their own page.
    """
    unit, month = content["unit"], date.fromisoformat(content["month"])
    day, body = date.fromisoformat(content["issued_on"]), "Chi bộ" if content["of_cell"] else "Đảng ủy"
    name = issuer(unit)
    abstract = _abstract(content, month)
    paper = Paper(layout_of(layout), title=f"Báo cáo {' '.join(abstract)}", issuer=name, issued=day)
    number = (symbol(content["number"], "BC", unit["symbol"]) if "number" in content
              else unnumbered("BC", unit["symbol"]))  # fmt: skip
    paper.letterhead(parent=unit["parent"], issuer=name, number=f"Số {number}", place=unit["place"])
    paper.title("Báo cáo", *abstract)
    paper.part(f"Kết quả thực hiện nhiệm vụ tháng {month.month}/{month.year}")
    if content["of_cell"]:
        _cell(paper, content)
    else:
        _branch(paper, content)
    cutoff = short_day(date.fromisoformat(content["cutoff"]))
    paper.under_no_heading()
    paper.text(f"Trên đây là Báo cáo của {name} (số liệu tính đến ngày {cutoff}).", keep=True)
    above = committee_above(unit)
    sign(paper, body=body, unit=unit, signer=content["signer"], recipients=[f"{above} (để báo cáo)" if above else ""])
    paper.fine_print(fine_lines(content))
    add_corrections(paper, notes, of=f"Báo cáo số{NBSP}{number}, ngày {short_day(day)}")
    return paper.to_bytes()


def _abstract(content: Content, month: date) -> list[str]:
    after = next_month(month)
    year = "" if after.year == month.year else f" năm {month.year}"
    what = "kết quả lãnh đạo thực hiện nhiệm vụ" if content["of_cell"] else "tình hình sinh hoạt và thực hiện nhiệm vụ"
    return [f"{what} tháng {month.month}{year},", f"phương hướng nhiệm vụ tháng {after.month} năm {after.year}"]


# a cell


def _cell(paper: Paper, content: Content) -> None:
    month = date.fromisoformat(content["month"])
    tasks = content["tasks"]
    paper.item("Sinh hoạt chi bộ")
    paper.dashes(meeting_sentence(meeting) for meeting in content["meetings"])
    if not content["meetings"]:
        paper.text("Tháng này không có buổi sinh hoạt trong lịch.")
    paper.item("Thực hiện nhiệm vụ được giao")
    paper.text(tasks_sentence(content["work"]))
    if tasks:
        paper.table(DONE, [_done_row(place, task) for place, task in enumerate(tasks, 1)])
    after = next_month(month)
    paper.part(f"Nhiệm vụ trọng tâm tháng {after.month}/{after.year}")
    if left := [task for task in tasks if task["open"]]:
        paper.text("Chi bộ tiếp tục thực hiện:", keep=True)
        paper.table(TASKS, task_rows(left))


def meeting_sentence(meeting: Content) -> str:
    """Sinh hoạt thường kỳ ngày 03/11/2026; có mặt 19/21 lượt đảng viên, đạt 90,5%."""
    day, title = short_day(date.fromisoformat(meeting["day"])), meeting["title"]
    if meeting["state"] in {"missed", "not_yet"}:
        return sentence(f"{title}: chưa họp, lịch ngày {day}")
    if meeting["state"] == "postponed":
        return sentence(f"{title}: dời sang ngày {day}")
    if meeting["state"] == "not_held":
        return sentence(f"{title}: không họp, lý do: {meeting['reason']}")
    return sentence(listed([
        f"{title} ngày {day}{' (sau ngày trong lịch)' if meeting['state'] == 'late' else ''}",
        meeting["reason"], present_words(meeting["present"], meeting["expected"]),
    ]))  # fmt: skip


def present_words(present: int, expected: int) -> str:
    """Có mặt 19/21 lượt đảng viên, đạt 90,5%: both numbers and what they make."""
    share = f", đạt {rate(present, expected)}" if expected else ""
    return f"có mặt {of_whole(present, expected)} lượt đảng viên{share}"


def tasks_sentence(work: Content) -> str:
    """Giao trong tháng 03 nhiệm vụ, đã xong 01/03; còn mở 04 nhiệm vụ, trong đó quá hạn 02."""
    given = (f"Giao trong tháng {count(work['given'])} nhiệm vụ, đã xong {of_whole(work['done'], work['given'])}"
             if work["given"] else "Trong tháng không giao nhiệm vụ mới")  # fmt: skip
    late = f", trong đó quá hạn {count(work['overdue'])} nhiệm vụ" if work["open"] else ""
    return f"{given}; còn mở {count(work['open'])} nhiệm vụ{late}."


def _done_row(place: int, task: Content) -> list[str]:
    state = "Quá hạn" if task["overdue"] else _STATES[task["state"]] or "Đang làm"
    return [str(place), task["text"], task["owner"], due_day(task), state]


# a branch


def _branch(paper: Paper, content: Content) -> None:
    units, held, came = content["units"], content["held"], content["attendance"]
    paper.item("Sinh hoạt thường kỳ")
    share = f", đạt {rate(held['part'], held['whole'])}" if held["whole"] else ""
    turns = f"; {present_words(came['part'], came['whole'])}" if came["whole"] else ""
    paper.text(f"Đã họp {of_whole(held['part'], held['whole'])} buổi đến ngày trong lịch{share}{turns}.")
    paper.table(MET, [_met_row(place, unit) for place, unit in enumerate(units, 1)])
    for state, words in (("missed", "Quá ngày trong lịch, chưa họp"), ("not_held", "Không họp, đã nêu lý do")):
        if names := [unit["name"] for unit in units if state in unit["states"]]:
            paper.dashes([sentence(f"{words}: {listed(names)}")])
    paper.item("Thực hiện nhiệm vụ được giao")
    work = content["work"]
    paper.text(tasks_sentence(work))
    paper.table(WORK, [
        [str(place), unit["name"], *(count(unit[name]) for name in ("given", "done", "open", "overdue"))]
        for place, unit in enumerate([*units, *_own_work(content)], 1)
    ])  # fmt: skip
    after = next_month(date.fromisoformat(content["month"]))
    paper.part(f"Nhiệm vụ trọng tâm tháng {after.month}/{after.year}")
    if work["open"]:
        late = f"; khép lại {count(work['overdue'])} nhiệm vụ quá hạn" if work["overdue"] else ""
        paper.text(f"Tiếp tục thực hiện {count(work['open'])} nhiệm vụ đã giao còn mở{late}.")


def _own_work(content: Content) -> list[Content]:
    """What the committee gave itself: the table adds up to the total above it."""
    own = {name: whole - sum(unit[name] for unit in content["units"]) for name, whole in content["work"].items()}
    return [{"name": issuer(content["unit"]), **own}] if any(own.values()) else []


def _met_row(place: int, unit: Content) -> list[str]:
    return [
        str(place), unit["name"], short_day(date.fromisoformat(unit["day"])) if unit["day"] else "",
        of_whole(unit["held"], unit["due"]),
        of_whole(unit["present"], unit["expected"]) if unit["expected"] else "",
        rate(unit["present"], unit["expected"]) if unit["expected"] else "",
    ]  # fmt: skip
