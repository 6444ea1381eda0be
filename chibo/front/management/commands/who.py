"""Who held which post in a unit on a day: the question every old paper asks."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from chibo.cadres.queries import holders_on, state_posts_on
from chibo.front.management.word import Word, as_machine, day_of, unit_named
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import show_day

Held = tuple[str, str, date, date | None, str]  # post, name, first day, last day, decision


class Command(Word):
    """`chibo who`: posts of the Party and beside it, each since when, until when, by which paper."""

    word = "who"
    help = "Ai giữ chức vụ gì ở một tổ chức vào một ngày, kể cả tổ chức đã kết thúc."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True, metavar="ĐƠN_VỊ", help="số hoặc tên của tổ chức vào ngày ấy")
        parser.add_argument("--on", required=True, metavar="NGÀY", help="ví dụ 3/5/2024")
        parser.add_argument("--json", action="store_true", help="in JSON cho chương trình khác đọc")

    def handle(self, *args: Any, **options: Any) -> None:
        day = day_of(options["on"])
        with as_machine(refused=2):
            unit, name = unit_named(options["unit"], day)
            posts = [(row.get_office_display(), row) for row in holders_on(unit, day, actor=MACHINE)]
            found = [_held(words, row) for words, row in [*posts, *state_posts_on(unit, day, actor=MACHINE)]]
        if options["json"]:
            self.stdout.write(json.dumps(as_json(unit.pk, name, day, found), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(as_text(name, day, found)))


def _held(words: str, row: Any) -> Held:
    until = row.during.upper - timedelta(days=1) if row.during.upper else None
    return words, row.person.full_name, row.during.lower, until, row.decision


def as_json(unit: int, name: str, day: date, found: Iterable[Held]) -> dict[str, Any]:
    """The answer for programs. Keys are never renamed; new ones may come."""
    return {
        "unit": {"id": unit, "name": name}, "on": day.isoformat(),
        "posts": [{"post": post, "name": who, "from": first.isoformat(), "to": until.isoformat() if until else None,
                   "decision": paper} for post, who, first, until, paper in found],
    }  # fmt: skip


def as_text(name: str, day: date, found: list[Held]) -> Iterable[str]:
    """The answer for people."""
    yield f"{name}, ngày {show_day(day)}:"
    for post, who, first, until, paper in found:
        end = f" đến {show_day(until)}" if until else ""
        yield f"  {post}: {who}, từ {show_day(first)}{end}{f', {paper}' if paper else ''}"
    if not found:
        yield "  Trong sổ không ghi ai giữ chức vụ ở đây ngày ấy."
