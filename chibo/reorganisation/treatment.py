"""What becomes of everything that hangs on a unit, act by act. A test holds this table against all models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Treatment(StrEnum):
    """What an act does with the rows of the unit it is about."""

    STAYS = "stays"  # ở lại với tổ chức ấy, đọc được mãi
    GOES_ON = "goes_on"  # kết thúc ở tổ chức cũ, tiếp tục ở đúng một tổ chức kế thừa
    EVERY_HEIR = "every_heir"  # kết thúc ở tổ chức cũ, tiếp tục ở mỗi tổ chức kế thừa
    PASSES = "passes"  # việc còn mở giao lại cho đúng một tổ chức kế thừa; việc đã xong ở lại
    ENDS = "ends"  # kết thúc cùng ngày
    REFUSED = "refused"  # còn thì chưa làm được
    WRITTEN = "written"  # chính là điều quyết định ghi


@dataclass(frozen=True, slots=True)
class Treated:
    """One table, and the acts under which its rows do not simply stay with their unit.

    Whatever the act, the path of today follows the unit (decision 7); renaming, moving and changing the kind of a unit
    leave everything with it, but for who looks after a cell: that ends with the committee above (`tree.moving`).
    """

    split: Treatment = Treatment.STAYS
    upgrade: Treatment = Treatment.STAYS
    merge: Treatment = Treatment.STAYS
    end: Treatment = Treatment.STAYS


_T = Treatment
PAST = Treated()
TREATED: Mapping[str, Treated] = {
    "organisation.Placement.unit": Treated(_T.WRITTEN, _T.WRITTEN, _T.WRITTEN, _T.WRITTEN),
    "organisation.Placement.parent": Treated(_T.GOES_ON, _T.REFUSED, _T.GOES_ON, _T.REFUSED),
    "organisation.PathVersion.unit": Treated(_T.WRITTEN, _T.STAYS, _T.WRITTEN, _T.WRITTEN),
    "organisation.Siting.unit": Treated(_T.GOES_ON, _T.STAYS, _T.GOES_ON, _T.REFUSED),
    "organisation.Service.cell": Treated(_T.GOES_ON, _T.GOES_ON, _T.GOES_ON, _T.ENDS),
    "membership.Belonging.unit": Treated(_T.GOES_ON, _T.GOES_ON, _T.GOES_ON, _T.REFUSED),
    "cadres.Post.unit": Treated(_T.GOES_ON, _T.GOES_ON, _T.ENDS, _T.ENDS),
    "cadres.StatePost.unit": Treated(_T.GOES_ON, _T.GOES_ON, _T.GOES_ON, _T.ENDS),
    "cadres.Term.unit": Treated(_T.EVERY_HEIR, _T.EVERY_HEIR, _T.ENDS, _T.ENDS),
    "cadres.Body.unit": Treated(_T.ENDS, _T.ENDS, _T.ENDS, _T.ENDS),
    "cadres.Congress.unit": PAST,
    "cadres.PaperNumber.unit": PAST,
    "meetings.Habit.unit": Treated(_T.EVERY_HEIR, _T.EVERY_HEIR, _T.ENDS, _T.ENDS),
    "meetings.WrittenElsewhere.unit": Treated(_T.EVERY_HEIR, _T.EVERY_HEIR, _T.ENDS, _T.ENDS),
    "meetings.Charge.unit": Treated(_T.EVERY_HEIR, _T.EVERY_HEIR, _T.EVERY_HEIR, _T.ENDS),
    "meetings.Meeting.unit": Treated(_T.PASSES, _T.PASSES, _T.PASSES, _T.ENDS),
    "meetings.Task.unit": Treated(_T.PASSES, _T.PASSES, _T.PASSES, _T.REFUSED),
    "meetings.ChangeTried.unit": PAST,
    "returns.Form.unit": PAST,  # nobody stands below an ended unit: nobody owes it any more
    "returns.Sheet.unit": PAST,
    "returns.Value.unit": PAST,
    "directives.Document.unit": PAST,
    "directives.Delivery.unit": PAST,
    "directives.Delivery.asked_by": PAST,
    "targets.Plan.unit": PAST,  # an heir makes its own plan
    "targets.LineSaid.owner_unit": PAST,
    "targets.Target.unit": PAST,  # and gets its own targets
    "issues.Limitation.unit": Treated(_T.PASSES, _T.PASSES, _T.PASSES, _T.REFUSED),
    "reports.MonthReport.unit": PAST,
    "reports.Review.unit": PAST,
    "exchange.Intake.unit": PAST,  # a list that waits is forgotten by itself
    "exchange.ColumnSaid.unit": PAST,
    "access.FilledForm.unit_id": PAST,
    "ledger.Entry.unit_id": PAST,
    "reorganisation.Decision.unit": PAST,
    "reorganisation.DecisionUnit.unit": PAST,
    "reorganisation.Descent.source": PAST,
    "reorganisation.Descent.heir": PAST,
}

# Two records of one person made one: what becomes of the rows of the record that goes. A test holds this table against
# all models too. GOES_ON: withdrawn there and said of the record that stays (decision 12); PASSES: what is open.
OF_A_PERSON: Mapping[str, Treatment] = {
    "membership.Belonging.person": _T.GOES_ON,
    "membership.Standing.person": _T.GOES_ON,
    "membership.Absence.person": _T.GOES_ON,
    "membership.Particular.person": _T.GOES_ON,
    "membership.Apart.person": _T.STAYS,
    "membership.Apart.other": _T.STAYS,
    "membership.Erasure.person": _T.STAYS,  # and holds for the record that stays
    "membership.Merging.person": _T.STAYS,  # of three records: the first leads to the second, that to the third
    "membership.Merging.merged": _T.WRITTEN,
    "cadres.Post.person": _T.GOES_ON,
    "cadres.StatePost.person": _T.GOES_ON,
    "cadres.Seat.person": _T.GOES_ON,
    "cadres.VillageStep.owner": _T.STAYS,
    "meetings.Charge.person": _T.PASSES,
    "meetings.Meeting.presenter": _T.PASSES,
    "meetings.Task.owner": _T.PASSES,
    "meetings.TaskResult.owner": _T.STAYS,
    "meetings.TaskChange.from_owner": _T.STAYS,
    "meetings.TaskChange.to_owner": _T.STAYS,
    "meetings.RollException.person": _T.STAYS,
    "meetings.Help.told_by": _T.STAYS,
    "meetings.Confirmation.person": _T.STAYS,
    "meetings.Visit.person": _T.REFUSED,  # of a meeting not closed yet; else it stays
    "meetings.Observation.person": _T.STAYS,
    "meetings.ObservationNote.person": _T.STAYS,
    "meetings.Invitation.person": _T.STAYS,
    "meetings.AbsenceNotice.person": _T.REFUSED,
    "issues.Remedy.owner": _T.PASSES,
    "issues.RemedyReport.owner": _T.STAYS,
    "issues.RemedyCheck.owner": _T.STAYS,
    "access.Reading.person_id": _T.STAYS,
    "access.DataRequest.person_id": _T.STAYS,
    "access.DataAnswer.person_id": _T.STAYS,
}
