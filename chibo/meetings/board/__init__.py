"""The board of months: units below × months, every number through the door of figures."""

from chibo.meetings.board.squares import Board, BoardCell, BoardRow, board_of

__all__ = ["Board", "BoardCell", "BoardRow", "board_of"]
