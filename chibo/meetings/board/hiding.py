"""A board that may be posted: numbers of people and tasks under five are hidden, and so is what would give them away.

Decision 24. A hidden number can be got back by subtracting the shown ones from a total, so further numbers are hidden
until what is left of every total belongs to at least two of them and is not itself under five; or the total goes too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace

from chibo.meetings.board.squares import Board, BoardRow

LEAST = 5
Numbers = tuple[int, ...]


def small(number: int) -> bool:
    """Under five and not nothing."""
    return 0 < number < LEAST


def hidden_of[K: Hashable](numbers: Mapping[K, Numbers], forced: Iterable[K] = ()) -> tuple[frozenset[K], bool]:
    """Keys to hide among the parts of one shown total, and whether the total is to be hidden as well."""
    hidden = {key for key, values in numbers.items() if any(map(small, values))} | set(forced)
    if not hidden:
        return frozenset(), False
    cover = [key for key in numbers if key not in hidden and any(numbers[key])]
    cover.sort(key=lambda key: sum(numbers[key]), reverse=True)
    while cover and _given_away(numbers, hidden):
        hidden.add(cover.pop())
    return frozenset(hidden), _given_away(numbers, hidden)


def _given_away[K: Hashable](numbers: Mapping[K, Numbers], hidden: set[K]) -> bool:
    left = [numbers[key] for key in hidden]
    return sum(any(values) for values in left) < 2 or any(small(sum(column)) for column in zip(*left, strict=True))


def hide_small(board: Board) -> Board:
    """Bản niêm yết: the same board without what could point at somebody."""
    rows = [_without_small_squares(row) for row in board.all_rows]
    totals: set[str] = set()
    for name in ("attendance", "members", "open", "overdue"):
        numbers = {row.unit_id: _numbers(row, name) for row in rows}
        forced = {row.unit_id for row in rows if name in row.hidden}
        hidden, total = hidden_of(numbers, forced)
        rows = [replace(row, hidden=row.hidden | {name}) if row.unit_id in hidden else row for row in rows]
        totals |= {name} if total else set()
    kept = {row.unit_id for row in board.rows}
    return replace(board, all_rows=rows, rows=[row for row in rows if row.unit_id in kept], hidden=frozenset(totals))


def _without_small_squares(row: BoardRow) -> BoardRow:
    """Present and absent of each month are parts of the year's."""
    numbers = {n: (cell.present, cell.expected - cell.present) for n, cell in enumerate(row.cells)}
    hidden, total = hidden_of(numbers)
    cells = [replace(cell, hidden=n in hidden, low=cell.low and n not in hidden) for n, cell in enumerate(row.cells)]
    return replace(row, cells=cells, hidden=frozenset({"attendance"}) if total else frozenset())


def _numbers(row: BoardRow, name: str) -> Numbers:
    if name == "attendance":
        return row.attendance.numerator, row.attendance.denominator - row.attendance.numerator
    return (getattr(row, name),)
