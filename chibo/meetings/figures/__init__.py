"""The figures this room declares."""

from chibo.meetings.figures.meetings import MEETINGS

FIGURES = [*MEETINGS]
