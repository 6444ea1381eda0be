"""Meetings from the calendar to the sealed minutes, the tasks they give, the visits they get."""

from chibo.meetings.models.changes import ChangeEffect, ChangeTried
from chibo.meetings.models.held import Closure, Confirmation, Help, RollException, SheetEntry
from chibo.meetings.models.invitations import AbsenceNotice, Invitation
from chibo.meetings.models.papers import Minutes, MinutesNote, Resolution
from chibo.meetings.models.planned import Habit, Meeting, NotHeld, Postponement, WrittenElsewhere
from chibo.meetings.models.scans import SignedScan
from chibo.meetings.models.tasks import Task, TaskChange, TaskResult
from chibo.meetings.models.visits import Charge, Observation, ObservationNote, Visit

__all__ = [
    "AbsenceNotice",
    "ChangeEffect",
    "ChangeTried",
    "Charge",
    "Closure",
    "Confirmation",
    "Habit",
    "Help",
    "Invitation",
    "Meeting",
    "Minutes",
    "MinutesNote",
    "NotHeld",
    "Observation",
    "ObservationNote",
    "Postponement",
    "Resolution",
    "RollException",
    "SheetEntry",
    "SignedScan",
    "Task",
    "TaskChange",
    "TaskResult",
    "Visit",
    "WrittenElsewhere",
]
