"""What a user can do with a meeting, one file an act."""

from chibo.meetings.operations.closing import close_meeting
from chibo.meetings.operations.helping import confirm_minutes, help_with
from chibo.meetings.operations.inviting import give_notice, invite, note_absence
from chibo.meetings.operations.moving import postpone_meeting, say_not_held, withdraw_not_held
from chibo.meetings.operations.notes import add_note
from chibo.meetings.operations.planning import Plan, make_calendar, make_meeting, plan_meeting, set_habit
from chibo.meetings.operations.saving import Change, save_fields
from chibo.meetings.operations.tasking import NewTask, Noted, change_task, give_task, note_result

__all__ = [
    "Change",
    "NewTask",
    "Noted",
    "Plan",
    "add_note",
    "change_task",
    "close_meeting",
    "confirm_minutes",
    "give_notice",
    "give_task",
    "help_with",
    "invite",
    "make_calendar",
    "make_meeting",
    "note_absence",
    "note_result",
    "plan_meeting",
    "postpone_meeting",
    "save_fields",
    "say_not_held",
    "set_habit",
    "withdraw_not_held",
]
