"""What a user can do with a meeting, one file an act."""

from chibo.meetings.operations.closing import close_meeting
from chibo.meetings.operations.helping import confirm_minutes, help_with
from chibo.meetings.operations.inviting import give_notice, invite, note_absence
from chibo.meetings.operations.moving import postpone_meeting, say_not_held, withdraw_not_held
from chibo.meetings.operations.notes import add_note
from chibo.meetings.operations.planning import Plan, make_calendar, make_meeting, plan_meeting, set_habit
from chibo.meetings.operations.saving import Change, save_fields

__all__ = [
    "Change",
    "Plan",
    "add_note",
    "close_meeting",
    "confirm_minutes",
    "give_notice",
    "help_with",
    "invite",
    "make_calendar",
    "make_meeting",
    "note_absence",
    "plan_meeting",
    "postpone_meeting",
    "save_fields",
    "say_not_held",
    "set_habit",
    "withdraw_not_held",
]
