"""What a user can do with a meeting, one file an act."""

from chibo.meetings.operations.closing import close_meeting
from chibo.meetings.operations.notes import add_note
from chibo.meetings.operations.planning import make_calendar, make_meeting, set_habit
from chibo.meetings.operations.saving import Change, save_fields

__all__ = ["Change", "add_note", "close_meeting", "make_calendar", "make_meeting", "save_fields", "set_habit"]
