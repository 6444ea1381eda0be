"""Plans of a unit with their lines, and targets with what was said of them and what was reported."""

from chibo.targets.models.plans import LineSaid, Plan, PlanIssue, PlanLine
from chibo.targets.models.targets import ReportedValue, Target, TargetSaid

__all__ = ["LineSaid", "Plan", "PlanIssue", "PlanLine", "ReportedValue", "Target", "TargetSaid"]
