"""What is done with a limitation, from writing it down to closing it and opening it again."""

from chibo.issues.operations.exporting import note_export
from chibo.issues.operations.remedying import (
    Done,
    NewRemedy,
    check_report,
    give_remedy,
    reopen,
    report_done,
    withdraw_remedy,
)
from chibo.issues.operations.writing import NewLimitation, Source, say_cause, withdraw_cause, write_limitation

__all__ = [
    "Done",
    "NewLimitation",
    "NewRemedy",
    "Source",
    "check_report",
    "give_remedy",
    "note_export",
    "reopen",
    "report_done",
    "say_cause",
    "withdraw_cause",
    "withdraw_remedy",
    "write_limitation",
]
