"""The figures this room declares."""

from chibo.meetings.figures.meetings import MEETINGS
from chibo.meetings.figures.tasks import TASKS
from chibo.meetings.figures.thematic import THEMATIC

FIGURES = [*MEETINGS, *THEMATIC, *TASKS]
