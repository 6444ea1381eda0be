"""Nghị quyết: what a closed meeting decided, drawn from what was sealed with its minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chibo.kernel.dates import NBSP
from chibo.reports.paper.closing_lines import fine_lines
from chibo.reports.paper.kinds import Called, called
from chibo.reports.paper.layouts import layout as layout_of
from chibo.reports.paper.parts import Column, Paper
from chibo.reports.paper.sentences import TASKS, done_sentence, task_rows, vote_sentence
from chibo.reports.paper.signing import committee_above, sign
from chibo.reports.paper.writing import long_month, plain_lines, sentence, short_day, symbol

Content = Mapping[str, Any]
RESULTS = [Column("TT", 11, centred=True), Column("Nhiệm vụ", 66), Column("Phụ trách", 34),
           Column("Kết quả", 54)]  # fmt: skip
STATES = {"done": "Hoàn thành", "doing": "Đang làm", "not_done": "Chưa làm", "dropped": "Thôi thực hiện", "": ""}


def resolution_docx(content: Content, *, layout: str) -> bytes:
    """The Word file of a sealed resolution. Raises KeyError for a layout nobody wrote down."""
    day, unit, words = date.fromisoformat(content["issued_on"]), content["unit"], called(content)
    abstract = subject(content)
    number = symbol(content["number"], content["kind"], unit["symbol"])
    paper = Paper(layout_of(layout), title=f"Nghị quyết {abstract}", issuer=words.issuer, issued=day)
    paper.letterhead(parent=unit["parent"], issuer=words.issuer, number=f"Số {number}", place=unit["place"])
    paper.title("Nghị quyết", abstract)
    held = short_day(date.fromisoformat(content["meeting"]["held_on"]))
    paper.text(f"Ngày {held}, {words.issuer} tổ chức {words.name}. Sau khi thảo luận, {words.body} quyết nghị:")
    _results(paper, content, words)
    _tasks(paper, content, words)
    _passed(paper, content, words, held)
    above = committee_above(unit)
    sign(paper, body=words.body, unit=unit, signer=content["chair"], recipients=[
        f"{above} (để báo cáo)" if above else "",
        "Đảng viên Chi bộ (để thực hiện)" if words.of_members else "Các chi bộ trực thuộc (để thực hiện)",
    ])  # fmt: skip
    minutes = content["minutes"]
    taken = symbol(minutes["number"], minutes["kind"], unit["symbol"])
    paper.fine_print([f"Trích từ Biên bản số{NBSP}{taken}, ngày {held}.", *fine_lines(content)])
    return paper.to_bytes()


def subject(content: Content) -> str:
    """Trích yếu: continues the word «Nghị quyết», so it starts with a small letter."""
    meeting = content["meeting"]
    if meeting["kind"] == "ordinary" or not meeting.get("theme"):
        return f"lãnh đạo thực hiện nhiệm vụ {long_month(date.fromisoformat(meeting['month']))}"
    return f"về {meeting['theme'][:1].lower()}{meeting['theme'][1:]}"


def _results(paper: Paper, content: Content, words: Called) -> None:
    tasks = content["previous"]["tasks"]
    paper.part("Kết quả thực hiện nhiệm vụ kỳ trước")
    if not tasks:
        return
    asked = [task for task in tasks if task["state"] != "dropped"]
    done = sum(task["state"] == "done" for task in asked)
    paper.item("Kết quả")
    if asked:
        paper.text(done_sentence(done, len(asked), body=words.body), keep=True)
    paper.table(RESULTS, result_rows(tasks))
    paper.item("Hạn chế, nguyên nhân")
    paper.dashes(
        sentence(f"{task['text'].rstrip('. ')}: {task['cause']}") for task in tasks
        if task["state"] != "done" and task["cause"]
    )  # fmt: skip


def result_rows(tasks: Sequence[Content]) -> list[list[str]]:
    """Rows of the table of tasks looked back on."""
    return [
        [str(place), task["text"], task["owner"], "; ".join(filter(None, (STATES[task["state"]], task["remedy"])))]
        for place, task in enumerate(tasks, 1)
    ]


def _tasks(paper: Paper, content: Content, words: Called) -> None:
    month = date.fromisoformat(content["meeting"]["month"])
    paper.part(f"Nhiệm vụ trọng tâm tháng {month.month}/{month.year}")
    if content["focal"]:
        paper.text(sentence(content["focal"]), lead="Việc trọng tâm: ")
    paper.dashes(sentence(line) for line in plain_lines(content["conclusion"]))
    paper.part("Phân công và tổ chức thực hiện")
    if content["tasks"]:
        paper.text("Phân công thực hiện:", keep=True)
        paper.table(TASKS, task_rows(content["tasks"]))
        who = "Đảng viên được phân công" if words.of_members else "Đồng chí được phân công"
        paper.text(f"{who} báo cáo kết quả tại kỳ họp sau.")


def _passed(paper: Paper, content: Content, words: Called, held: str) -> None:
    vote = f", với {vote_sentence(content['vote'], of_members=words.of_members)}" if content["vote"] else ""
    paper.under_no_heading()
    passed = "biểu quyết" if content["vote"] and content["vote"].get("carried") is False else "thông qua"
    paper.text(f"Nghị quyết này được {words.body} {passed} tại kỳ họp ngày {held}{vote}.", keep=True)
