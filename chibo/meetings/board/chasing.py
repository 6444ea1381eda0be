"""Words to remind whoever is late: to copy, never sent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from chibo.cadres.models import Office, Post
from chibo.figures.answers import Row
from chibo.kernel.actor import Actor
from chibo.kernel.dates import month_label, show_day
from chibo.meetings.board.squares import Board
from chibo.organisation.models import Placement

REPLY_BY = "17 giờ"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Lời nhắc to one secretary, or to one committee about its cells."""

    unit_id: int
    unit_name: str
    to: str
    text: str


def reminders(board: Board, *, sender: str, by: Actor, on: date) -> tuple[list[Reminder], str]:
    """One reminder for each late unit of the shown month, and one text for all; three queries."""
    late: dict[int, list[Row]] = defaultdict(list)
    for row in board.held.rows:
        if row.month == board.shown_month and row.state == "missed":
            late[row.child_id].append(row)
    ids = set(late) | {row.unit_id for rows in late.values() for row in rows}
    names = dict(Placement.objects.visible_to(by).on(on).filter(unit__in=ids).values_list("unit_id", "name"))
    leaders = _leaders(set(late), by, on)
    month, tail = month_label(board.shown_month), _tail(sender, on)
    found = [_reminder(unit, rows, names, leaders.get(unit, ""), month, tail, on) for unit, rows in late.items()]
    found.sort(key=lambda each: [row.unit_id for row in board.all_rows].index(each.unit_id))
    return found, _for_all(found, month, tail, on)


def _leaders(units: set[int], by: Actor, on: date) -> dict[int, str]:
    offices = [Office.CELL_SECRETARY, Office.COMMITTEE_SECRETARY]
    rows = Post.objects.visible_to(by).on(on).filter(unit__in=units, office__in=offices)
    return dict(rows.values_list("unit_id", "person__full_name"))


def _reminder(
    unit: int, rows: list[Row], names: dict[int, str], leader: str, month: str, tail: str, on: date
) -> Reminder:
    name = names.get(unit, "")
    to = f"đồng chí {leader}" if leader else f"đồng chí bí thư {_lower(name)}"
    cells = [names.get(row.unit_id, row.unit_name) for row in rows if row.unit_id != unit]
    what = f"{len(cells)} chi bộ chưa có biên bản sinh hoạt {month}: {'; '.join(cells)}" if cells else (
        f"{_lower(name)} chưa có biên bản sinh hoạt {month}"
    )  # fmt: skip
    return Reminder(unit, name, to, f"Kính gửi {to}: đến ngày {show_day(on)}, {what}. {tail}")


def _for_all(found: list[Reminder], month: str, tail: str, on: date) -> str:
    if not found:
        return ""
    to, names = ", ".join(each.to for each in found), ", ".join(_lower(each.unit_name) for each in found)
    return f"Kính gửi {to}: đến ngày {show_day(on)}, {names} chưa có đủ biên bản sinh hoạt {month}. {tail}"


def _tail(sender: str, on: date) -> str:
    return f"Đề nghị báo ngày họp trước {REPLY_BY} ngày {show_day(on + timedelta(days=1))}. {sender}."


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
