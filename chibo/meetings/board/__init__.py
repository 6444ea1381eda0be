"""The board of months: units below × months, every number through the door of figures."""

from chibo.meetings.board.chasing import Reminder, reminders
from chibo.meetings.board.hiding import hide_small
from chibo.meetings.board.squares import KINDS, Ask, Board, BoardCell, BoardRow, Column, board_of

__all__ = [
    "KINDS",
    "Ask",
    "Board",
    "BoardCell",
    "BoardRow",
    "Column",
    "Reminder",
    "board_of",
    "hide_small",
    "reminders",
]
