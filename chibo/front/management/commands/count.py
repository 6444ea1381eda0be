"""Ask a figure on the command line, through the same door as every page."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from chibo.figures.answers import Answer, Kind, Part, Row, Tree
from chibo.figures.door import figure
from chibo.front.management.word import Word, as_machine, day_of, unit_named
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import show_day, show_number, show_percent, today
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import Period

TREES = {"as-was": Tree.AS_WAS, "restated": Tree.RESTATED}
STATES = {"on_day": "đúng ngày", "late": "muộn", "missed": "chưa họp", "not_yet": "chưa đến ngày",
          "on_time": "nộp đúng hạn", "late_in": "nộp muộn", "waits": "chờ kiểm", "given_back": "đang sửa",
          "missing": "chưa nộp", "to_come": "chưa đến hạn", "counted": "đã tính"}  # fmt: skip


class Command(Word):
    """`chibo count`: value, both numbers, how complete, the parts, the rows."""

    word = "count"
    help = "Hỏi một số liệu, mở đến từng dòng. Không gõ --from thì tính từ đầu năm của NGÀY."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="MÃ", help="mã số liệu, ví dụ meetings.held, meetings.attendance")
        parser.add_argument("--unit", required=True, metavar="ĐƠN_VỊ", help="số hoặc tên của tổ chức")
        parser.add_argument("--on", required=True, metavar="NGÀY", help="tính đến hết ngày, ví dụ 2026-10-31")
        parser.add_argument("--from", dest="first", metavar="NGÀY", help="tính từ ngày")
        parser.add_argument("--tree", choices=list(TREES), default="restated", metavar="CÂY",
                            help="as-was: cây của ngày ấy; restated: cây của hôm nay (nếu không gõ)")  # fmt: skip
        parser.add_argument("--json", action="store_true", help="in JSON cho chương trình khác đọc")

    def handle(self, *args: Any, **options: Any) -> None:
        last = day_of(options["on"])
        first = day_of(options["first"]) if options["first"] else last.replace(month=1, day=1)
        with as_machine(refused=2):
            refuse_if(last < first, "bad_period")
            unit, name = unit_named(options["unit"], last)
            # asked today, or on the last day when that is still to come: the answer hangs on the data alone
            answer = figure(options["code"], unit, Period.days(first, last), TREES[options["tree"]], by=MACHINE,
                            on=max(last, today()))  # fmt: skip
        if options["json"]:
            self.stdout.write(json.dumps(as_json(answer, name), default=float, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(as_text(answer, name)))


def as_json(answer: Answer, name: str) -> dict[str, Any]:
    """The answer for programs. Keys are never renamed; new ones may come."""
    question = answer.question
    return {
        "figure": answer.figure.code,
        "name": answer.figure.name,
        "kind": answer.figure.kind.value,
        "unit_of_measure": answer.figure.unit_of_measure,
        "definition": answer.figure.definition,
        "unit": {"id": question.unit.pk, "name": name},
        "from": question.period.first.isoformat(),
        "to": question.period.last.isoformat(),
        "tree": next(word for word, tree in TREES.items() if tree is question.tree),
        "value": _value(answer),
        "numerator": answer.numerator,
        "denominator": answer.denominator,
        "complete": {"done": answer.done, "due": answer.due},
        "exceptions": [{"what": what, "count": count} for what, count in answer.exceptions],
        "children": [_part(part, answer) for part in answer.children],
        "rows": [_row(row) for row in answer.rows],
    }


def _value(answer: Answer, part: Part | None = None) -> str | int | None:
    """A ratio as an exact fraction in text, a count as a number."""
    asked = part or answer
    if answer.figure.kind is not Kind.RATIO:
        return asked.numerator
    return None if asked.value is None else str(asked.value)


def _part(part: Part, answer: Answer) -> dict[str, Any]:
    return {
        "unit": {"id": part.unit_id, "name": part.name}, "value": _value(answer, part),
        "numerator": part.numerator, "denominator": part.denominator,
        "complete": {"done": part.done, "due": part.due},
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    return {
        "unit": {"id": row.unit_id, "name": row.unit_name}, "child": row.child_id, "month": row.month.isoformat(),
        "day": row.day.isoformat(), "numerator": row.numerator, "denominator": row.denominator, "state": row.state,
        "about": {"kind": row.about[0], "id": row.about[1]}, "note": row.note,
    }  # fmt: skip


def as_text(answer: Answer, name: str) -> Iterable[str]:
    """The answer for people."""
    question, measure = answer.question, answer.figure.unit_of_measure
    tree = "cây của ngày ấy" if question.tree is Tree.AS_WAS else "cây của hôm nay"
    yield f"{answer.figure.name}: {_shown(answer, answer)} {measure}"
    yield f"{name}, từ {show_day(question.period.first)} đến {show_day(question.period.last)}, {tree}"
    yield answer.figure.definition
    yield f"Đã có {show_number(answer.done)}/{show_number(answer.due)} đến hạn."
    yield from (f"Không tính {show_number(count)} {what}." for what, count in answer.exceptions if count)
    if answer.children:
        yield "\nTheo đơn vị trực thuộc:"
    for part in answer.children:
        yield f"  {part.name:<32} {_shown(part, answer):<24} đã có {part.done}/{part.due}"
    yield f"\nTừng dòng ({show_number(len(answer.rows))}):"
    for row in answer.rows:
        both = show_number(row.numerator) + (f"/{show_number(row.denominator)}" if row.denominator else "")
        state = STATES.get(row.state, row.state)
        yield f"  {show_day(row.day)}  {row.unit_name:<28} {both:<8} {state}{'; ' + row.note if row.note else ''}"


def _shown(of: Answer | Part, answer: Answer) -> str:
    if answer.figure.kind is not Kind.RATIO:
        return show_number(of.numerator)
    if not of.denominator:
        return "chưa có số"
    share = show_percent(of.numerator, of.denominator)
    return f"{share} = {show_number(of.numerator)}/{show_number(of.denominator)}"
