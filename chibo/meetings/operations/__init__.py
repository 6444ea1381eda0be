"""What a user can do with a meeting, one file an act."""

from chibo.meetings.operations.beginning import say_written_elsewhere, say_written_here
from chibo.meetings.operations.charging import assign_charge, end_charge
from chibo.meetings.operations.closing import close_meeting
from chibo.meetings.operations.helping import confirm_minutes, help_with
from chibo.meetings.operations.inviting import give_notice, invite, note_absence
from chibo.meetings.operations.moving import postpone_meeting, say_not_held, withdraw_not_held
from chibo.meetings.operations.notes import add_note
from chibo.meetings.operations.planning import Plan, make_calendar, make_meeting, plan_meeting, set_habit
from chibo.meetings.operations.resolving import write_resolution
from chibo.meetings.operations.saving import Change, save_fields
from chibo.meetings.operations.scanning import add_scan, withdraw_scan
from chibo.meetings.operations.tasking import NewTask, Noted, change_task, give_task, note_result
from chibo.meetings.operations.trying import note_effect, try_change
from chibo.meetings.operations.visiting import add_to_observation, note_observation, plan_visit

__all__ = [
    "Change",
    "NewTask",
    "Noted",
    "Plan",
    "add_note",
    "add_scan",
    "add_to_observation",
    "assign_charge",
    "change_task",
    "close_meeting",
    "confirm_minutes",
    "end_charge",
    "give_notice",
    "give_task",
    "help_with",
    "invite",
    "make_calendar",
    "make_meeting",
    "note_absence",
    "note_effect",
    "note_observation",
    "note_result",
    "plan_meeting",
    "plan_visit",
    "postpone_meeting",
    "save_fields",
    "say_not_held",
    "say_written_elsewhere",
    "say_written_here",
    "set_habit",
    "try_change",
    "withdraw_not_held",
    "withdraw_scan",
    "write_resolution",
]
