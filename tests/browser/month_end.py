"""The month of a commune with twelve cells, up to its last morning: ten have minutes, one said why not, one is late."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time

from chibo.cadres.models import Office
from chibo.cadres.operations import appoint, open_term
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Meeting
from chibo.meetings.operations import postpone_meeting, say_not_held
from chibo.meetings.queries import meeting_view
from chibo.membership.models import Standing
from chibo.membership.operations import NewMember, enter_members
from chibo.organisation.models import Unit
from chibo.reports.operations import issue_report
from tests.commune import FOUNDED, NOVEMBER, Commune, found_cell, found_commune

OCTOBER = date(2026, 10, 1)
LAST_MORNING = datetime(2026, 11, 30, 8, 0, tzinfo=ZONE)
SECRETARIES = {  # of the ten cells beside Nà Lốc and Pom Khe
    "Bản Huổi Tát": "Lò Văn Tại", "Bản Nà Pặt": "Cà Thị Pâng", "Bản Co Muông": "Hà Văn Quyền",
    "Bản Suối Đứa": "Vì Thị Sen",
    "Bản Pá Hạ": "Lường Văn Thoan", "Bản Nà Nghịu": "Quàng Văn Nghĩa", "Bản Khún": "Tòng Thị Xôm",
    "Trường Huổi Lam": "Bùi Thị Thắm", "Trạm y tế Huổi Lam": "Đinh Văn Yên", "Công an Huổi Lam": "Hoàng Văn Cường",
}  # fmt: skip
POSTPONED, SILENT, LATE = "Bản Pá Hạ", "Bản Nà Nghịu", "Bản Khún"
FAR_HARVEST = "Cả bản đi gặt xa, hẹn tháng sau"


@dataclass
class MonthEnd:
    """The cast, the twelve cells by their short names, their secretaries by given names."""

    commune: Commune
    cells: dict[str, Unit]
    chairs: dict[str, str]
    november: dict[str, Meeting] = field(default_factory=dict)

    def username(self, name: str) -> str:
        """The sign-in name of somebody of the cast."""
        return self.commune.accounts[name].username

    def concluded(self, cell: str) -> str:
        """What that cell decided in November."""
        return f"{cell} làm xong sổ đảng viên trước 15/12."

    def hold(self, cell: str, at: datetime, **fields: str) -> None:
        """The November meeting of that cell, written and closed by its secretary."""
        meeting = self.november[cell]
        given = uuid.uuid5(uuid.NAMESPACE_OID, cell)
        self.commune.close(
            meeting, self.chairs[cell], at, conclusion=self.concluded(cell), focal=f"Đường và nước của {cell.lower()}",
            **{f"task__{given}": f"Kiểm tra mương {cell}", f"due__{given}": "20/12/2026", **fields},
        )  # fmt: skip

    def issue(self, cell: str, at: datetime = LAST_MORNING) -> None:
        """That cell's report of the month, by its secretary."""
        chair = self.chairs[cell]
        name = self.commune.person(chair).full_name
        issue_report(
            self.cells[cell], NOVEMBER, on=at.date(), at=at, by=self.commune.actor(chair, at.date()), by_name=name
        )


def tell_month_end() -> MonthEnd:
    """Through the operations: October everywhere, November as far as it came."""
    commune = found_commune()
    open_term(commune.commune, "2025 - 2030", first=FOUNDED, last=date(2030, 7, 31), by=MACHINE)
    cells = {"Bản Nà Lốc": commune.na_loc, "Bản Pom Khe": commune.pom_khe}
    chairs = {"Bản Nà Lốc": "Inh", "Bản Pom Khe": "Liên"}
    for short, secretary in SECRETARIES.items():
        cells[short] = found_cell(f"Chi bộ {short[:1].lower()}{short[1:]}", short, commune.commune)
        chairs[short] = _settle(commune, cells[short], secretary)
    appoint(commune.person("Duyên"), Office.COMMITTEE_MEMBER, commune.commune, on=FOUNDED, by=MACHINE)
    for name in ("Nhung", "Páo", "Duyên", *chairs.values()):
        commune.account(name)
    told = MonthEnd(commune, cells, chairs)
    for short, unit in cells.items():
        commune.close(commune.meeting(unit, OCTOBER), chairs[short], conclusion="Tháng mười làm đủ việc.")
        told.november[short] = commune.meeting(unit)
    _november(told)
    return told


def _settle(commune: Commune, cell: Unit, secretary: str) -> str:
    """Six members of invented names; the first leads. Returns the leader's given name."""
    others = ("Lò Văn Ánh", "Vì Thị Bông", "Cà Văn Chiến", "Hà Văn Dũng", "Tòng Thị Én")
    rows = [NewMember(name, Standing.OFFICIAL) for name in (secretary, *others)]
    people = enter_members(rows, cell, on=FOUNDED, by=MACHINE)
    appoint(people[0], Office.CELL_SECRETARY, cell, on=FOUNDED, by=MACHINE)
    given = secretary.split()[-1]
    commune.people[given] = people[0]
    return given


def _november(told: MonthEnd) -> None:
    commune = told.commune
    say = {"key": uuid.uuid4(), "by_name": ""}
    postpone_meeting(
        told.november[POSTPONED],
        to=date(2026, 11, 9),
        reason="Mưa lũ",
        at=_evening(3),
        by=commune.actor("Thoan"),
        **say,
    )
    say_not_held(told.november[SILENT], reason=FAR_HARVEST, at=_evening(3), by=commune.actor("Nghĩa"), **say)
    for short in told.cells:
        if short not in {SILENT, LATE, POSTPONED}:
            told.hold(short, _evening(3), **_absent(told, short))
    told.november[POSTPONED].refresh_from_db()
    told.hold(POSTPONED, _evening(9), held_on="9/11/2026")


def _absent(told: MonthEnd, short: str) -> dict[str, str]:
    """In one cell two of six stay away, so that somebody is below the goal."""
    if short != "Bản Suối Đứa":
        return {}
    lines = meeting_view(told.november[short]).roll.lines[-2:]
    return {f"roll__{line.member.person_id}": "absent" for line in lines}


def _evening(day: int) -> datetime:
    return datetime.combine(date(2026, 11, day), time(21, 30), ZONE)
