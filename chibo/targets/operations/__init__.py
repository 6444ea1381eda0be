"""What a user can do with plans and targets, one file a kind of act."""

from chibo.targets.operations.finishing import report_line, withdraw_line_done
from chibo.targets.operations.planning import (
    NewLine,
    NewPlan,
    drop_line,
    issue_plan,
    open_plan,
    withdraw_plan,
    write_line,
)
from chibo.targets.operations.reporting import NewValue, report_value, withdraw_value
from chibo.targets.operations.setting import change_target, note_export, set_target
from chibo.targets.operations.splitting import split_target

__all__ = [
    "NewLine",
    "NewPlan",
    "NewValue",
    "change_target",
    "drop_line",
    "issue_plan",
    "note_export",
    "open_plan",
    "report_line",
    "report_value",
    "set_target",
    "split_target",
    "withdraw_line_done",
    "withdraw_plan",
    "withdraw_value",
    "write_line",
]
