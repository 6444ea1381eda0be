"""Plans of a unit with their lines, and targets with what was said of them and what was reported."""

from chibo.targets.models.plans import LineDone, LineSaid, Plan, PlanIssue, PlanLine
from chibo.targets.models.targets import ReportedValue, Target, TargetSaid

__all__ = ["LineDone", "LineSaid", "Plan", "PlanIssue", "PlanLine", "ReportedValue", "Target", "TargetSaid"]
