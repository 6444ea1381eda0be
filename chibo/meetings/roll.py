"""The roll call: who had to attend, who was there, and the frozen counters (42-HD/BTCTW; 294-QĐ/TW 9.3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chibo.meetings.fields import ABSENT, ATTENDS, LATE, NOT_COUNTED, PRESENT
from chibo.meetings.models import RollException
from chibo.meetings.sheet import Sheet
from chibo.membership.models import Standing
from chibo.membership.queries import RollMember

STATE_WORDS = {
    "present": "có mặt",
    "late": "đến muộn",
    "excused": "vắng có lý do",
    "unexcused": "vắng không lý do",
    "not_counted": "không tính",
}


@dataclass(frozen=True, slots=True)
class RollLine:
    """One person of the roll with the state taken from the sheet."""

    member: RollMember
    state: str  # present | late | excused | unexcused | not_counted
    reason: str
    attends: bool  # there in person, counted or not

    @property
    def counted(self) -> bool:
        """Belongs to those who must attend."""
        return self.state != NOT_COUNTED

    @property
    def official(self) -> bool:
        """Has a vote."""
        return self.member.standing == Standing.OFFICIAL


@dataclass(frozen=True, slots=True)
class Roll:
    """All lines of one meeting and the counters made of them."""

    lines: tuple[RollLine, ...]

    def _count(self, *states: str) -> int:
        return sum(line.state in states for line in self.lines)

    @property
    def total(self) -> int:
        """Everybody on the roll."""
        return len(self.lines)

    @property
    def expected(self) -> int:
        """Số phải dự: all but those not counted."""
        return self.total - self._count("not_counted")

    @property
    def present(self) -> int:
        """Có mặt, the late included."""
        return self._count("present", "late")

    @property
    def late(self) -> int:
        """Đến muộn."""
        return self._count("late")

    @property
    def excused(self) -> int:
        """Vắng có lý do."""
        return self._count("excused")

    @property
    def unexcused(self) -> int:
        """Vắng không lý do."""
        return self._count("unexcused")

    @property
    def not_counted(self) -> int:
        """Không tính: exempt, special duty, temporarily elsewhere."""
        return self._count("not_counted")

    @property
    def voters_present(self) -> int:
        """Official members in the room, an exempt one who came included (294-QĐ/TW 9.3.2)."""
        return sum(line.official and line.attends for line in self.lines)

    @property
    def voters_called(self) -> int:
        """The denominator of a vote: official members called, less those away and the exempt who stayed away."""
        return sum(line.official and (line.counted or line.attends) for line in self.lines)

    def exceptions(self) -> list[RollLine]:
        """Lines that become rows: everybody who was not simply present."""
        return [line for line in self.lines if line.state != PRESENT]


def roll_of(members: Iterable[RollMember], sheet: Sheet, defaults: Mapping[str, str]) -> Roll:
    """Put the sheet's marks on the roll of the day.

    Nobody marked is present, unless `defaults` hold a notice of absence; not counted stays not counted.
    """
    return Roll(tuple(_line(member, sheet, defaults) for member in members))


def _line(member: RollMember, sheet: Sheet, defaults: Mapping[str, str]) -> RollLine:
    mark, reason = (
        sheet.text(field) if sheet[field].version else defaults.get(field, "")
        for field in (f"roll.{member.person_id}", f"reason.{member.person_id}")
    )
    if member.why_not_counted:
        return RollLine(member, NOT_COUNTED, member.why_not_counted, attends=mark == ATTENDS)
    if mark == ABSENT:
        state = RollException.EXCUSED if reason else RollException.UNEXCUSED
        return RollLine(member, state, reason, attends=False)
    if mark == LATE:
        return RollLine(member, LATE, reason, attends=True)
    return RollLine(member, PRESENT, "", attends=True)
