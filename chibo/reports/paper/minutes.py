"""Biên bản sinh hoạt: drawn from the sealed content alone, in the layout and the outline of its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from chibo.kernel.dates import NBSP
from chibo.reports.paper.closing_lines import add_corrections, fine_lines
from chibo.reports.paper.kinds import Called, called
from chibo.reports.paper.layouts import layout as layout_of
from chibo.reports.paper.parts import Paper
from chibo.reports.paper.sentences import (
    TASKS,
    absent_sentence,
    done_sentence,
    dues_sentence,
    present_sentence,
    roll_sentence,
    score_sentence,
    task_and_owner,
    task_rows,
    undone,
    vote_sentence,
)
from chibo.reports.paper.writing import (
    clock,
    comrade,
    count,
    listed,
    long_day,
    plain_lines,
    sentence,
    short_day,
    symbol,
)

Content = Mapping[str, Any]
_SINCE_2025 = {"hd42"}  # 12-HD/BTCTW had neither the line for dues nor the self-score


def minutes_docx(
    content: Content, *, layout: str, outline: str, notes: Sequence[Content] = (), confirmed: Content | None = None
) -> bytes:
    """The Word file. `notes` are the corrections beside the minutes, each {text, at, by_name}; they get their own page.

    `confirmed`, of minutes typed for the cell: {name, on_paper, at}; without it the paper says that nobody has.
    Raises KeyError for a layout nobody wrote down.
    """
    day, unit, words = date.fromisoformat(content["issued_on"]), content["unit"], called(content)
    number = symbol(content["number"], content["kind"], unit["symbol"])
    paper = Paper(layout_of(layout), title=f"Biên bản {words.abstract[0]}", issuer=words.issuer, issued=day)
    paper.letterhead(parent=unit["parent"], issuer=words.issuer, number=f"Số {number}", place=unit["place"])
    paper.title("Biên bản", *words.abstract)
    _opening(paper, content, words)
    _people(paper, content, words)
    _course(paper, content, words, since_2025=outline in _SINCE_2025)
    _conclusions(paper, content, words)
    if outline in _SINCE_2025:
        _score(paper, content, words)
    _close(paper, content, words)
    paper.fine_print(fine_lines(content, confirmed))
    add_corrections(paper, notes, of=f"Biên bản số{NBSP}{number}, ngày {short_day(day)}")
    return paper.to_bytes()


def _opening(paper: Paper, content: Content, words: Called) -> None:
    meeting = content["meeting"]
    day, started = date.fromisoformat(meeting["held_on"]), time.fromisoformat(meeting["started"])
    where = f", tại {meeting['venue']}" if meeting["venue"] else ""
    paper.text(f"Hôm nay, vào hồi {clock(started)}, {long_day(day)}{where}, {words.issuer} tổ chức {words.name}, "
               "cụ thể như sau:")  # fmt: skip


# I- Thành phần


def _people(paper: Paper, content: Content, words: Called) -> None:
    paper.part("Thành phần")
    paper.said(words.people, roll_sentence(content["roll"], of_members=words.of_members))
    paper.dashes([present_sentence(content["roll"], of_members=words.of_members), absent_sentence(content["roll"])])
    if content["guests"]:
        paper.said("Đại biểu cấp trên", sentence(content["guests"]))
    for name, person in (("Chủ trì", content["chair"]), ("Thư ký", content["writer"])):
        if person["name"]:
            paper.said(name, sentence(comrade(person["name"], person["post"])))


# II- Nội dung và diễn biến


def _course(paper: Paper, content: Content, words: Called, *, since_2025: bool) -> None:
    paper.part("Nội dung và diễn biến")
    _beginning(paper, content, words, dues=since_2025)
    _previous(paper, content, words)
    paper.item("Thông tin, định hướng tư tưởng")
    _typed(paper, content["information"])
    paper.item("Trình bày chuyên đề" if content["meeting"]["kind"] == "thematic" else "Trình bày nội dung")
    _presented(paper, content)
    paper.item(words.discussion)
    if content["focal"]:
        paper.text(f"Nội dung trọng tâm: {sentence(content['focal'])}")
    _typed(paper, f"{content['discussion']}\n{content['opinions']}")
    paper.item("Tự phê bình và phê bình")
    _criticism(paper, content["criticism"], words)
    paper.item("Giải đáp kiến nghị")
    _typed(paper, content["petitions"])


def _beginning(paper: Paper, content: Content, words: Called, *, dues: bool) -> None:
    guests = ", giới thiệu đại biểu" if content["guests"] else ""
    writer = f"{words.body} cử thư ký, " if content["writer"]["name"] else ""
    members = " đảng viên" if words.of_members else ""
    paper.item("Mở đầu")
    paper.dashes([f"Đồng chí chủ trì tuyên bố lý do{guests}; {writer}điểm danh{members}."])
    if dues and content["dues"]:
        paper.dashes([dues_sentence(content["dues"])])
    papers = content.get("papers") or {"list": "", "sent_on": None}
    if papers["list"]:
        sent = f" (gửi trước, ngày {short_day(date.fromisoformat(papers['sent_on']))})" if papers["sent_on"] else ""
        paper.dashes([sentence(f"Tài liệu{sent}: {listed(plain_lines(papers['list']))}")])
    paper.dashes([f"{words.body} thông qua chương trình."])


def _presented(paper: Paper, content: Content) -> None:
    presenter = content.get("presenter") or {"name": "", "post": ""}
    if presenter["name"]:
        paper.text(f"{sentence(comrade(presenter['name'], presenter['post']) + ' trình bày')}")


def _previous(paper: Paper, content: Content, words: Called) -> None:
    tasks = content["previous"]["tasks"]
    if not tasks:
        return
    done = [task for task in tasks if task["state"] == "done"]
    asked = [task for task in tasks if task["state"] != "dropped"]
    paper.item("Đánh giá kết quả thực hiện nhiệm vụ kỳ trước")
    reporter = f"{comrade(content['chair']['name'])} báo cáo: trong" if content["chair"]["name"] else "Trong"
    if asked:
        told = done_sentence(len(done), len(asked), body=words.body)
        paper.text(f"{reporter} {count(len(asked))} nhiệm vụ đề ra, {told}")
    if done:
        paper.dashes([sentence("Đã hoàn thành: " + listed(task_and_owner(task) for task in done))])
    paper.dashes(undone(task) for task in tasks if task["state"] != "done")


def _typed(paper: Paper, text: str) -> None:
    """What the cell wrote: one line is a paragraph, several are a list."""
    lines = [sentence(line) for line in plain_lines(text)]
    if len(lines) == 1:
        paper.text(lines[0])
    else:
        paper.dashes(lines)


def _criticism(paper: Paper, criticism: Content, words: Called) -> None:
    if criticism["done"] is not None:
        done = "đã" if criticism["done"] else "chưa"
        paper.text(f"{words.body} {done} tiến hành tự phê bình và phê bình.")
    _typed(paper, criticism["concluded"])


# III- Kết luận và biểu quyết


def _conclusions(paper: Paper, content: Content, words: Called) -> None:
    paper.part("Kết luận và biểu quyết")
    lines, tasks = [sentence(line) for line in plain_lines(content["conclusion"])], content["tasks"]
    if lines or tasks:
        who = comrade(content["chair"]["name"]) if content["chair"]["name"] else words.body
        what = " và ".join(filter(None, ["kết luận" if lines else "", "phân công nhiệm vụ" if tasks else ""]))
        heading = "Kết luận, phân công nhiệm vụ" if tasks else "Kết luận"
        paper.said(heading, f"{who} tổng hợp, tiếp thu các ý kiến; {what} như sau:", keep=True)
    paper.dashes(lines)
    if tasks:
        paper.table(TASKS, task_rows(tasks))
    if content["vote"]:
        passed = "về" if content["vote"].get("carried") is False else "thông qua"
        paper.said("Biểu quyết", f"{words.body} biểu quyết {passed} kết luận và nhiệm vụ được phân công: "
                                 f"{vote_sentence(content['vote'], of_members=words.of_members)}.")  # fmt: skip


def _score(paper: Paper, content: Content, words: Called) -> None:
    if score := content.get("score"):
        paper.said("Đánh giá chất lượng sinh hoạt", f"{words.body} tự chấm điểm: {score_sentence(score)}")


def _close(paper: Paper, content: Content, words: Called) -> None:
    ended = clock(time.fromisoformat(content["meeting"]["ended"]))
    what = "Buổi sinh hoạt" if words.of_members else "Hội nghị"
    paper.under_no_heading()
    paper.text(f"Biên bản đã được đọc lại trước {words.body}. {what} kết thúc vào hồi {ended} cùng ngày.", keep=True)
    paper.signed_by_two(
        ("NGƯỜI GHI BIÊN BẢN", content["writer"]["name"]), ("CHỦ TRÌ HỘI NGHỊ", content["chair"]["name"])
    )
