"""The cast: one commune with two cells, another commune beside it, and the people everybody knows.

*Ông Inh* is secretary of bản Nà Lốc, *bà Duyên* his deputy; *cô Nhung* keeps the commune office; *ông Páo* leads the
commune; *anh Khiêm* is a member without a post; *bà Liên* leads bản Pom Khe; *ông Sơn* is secretary of a cell of
another commune; *chị Vân* sits in the province; *anh Quý* keeps the server.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time

from chibo.access.models import Account
from chibo.access.operations import make_account
from chibo.cadres.authority import actor_for
from chibo.cadres.models import Office
from chibo.cadres.operations import appoint, open_term
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.dates import ZONE
from chibo.meetings.models import Meeting, Minutes
from chibo.meetings.operations import Change, close_meeting, make_meeting, save_fields, set_habit
from chibo.meetings.queries import meeting_view
from chibo.membership.models import Absence, Person, Standing
from chibo.membership.operations import NewMember, enter_members, give_account, leave_out
from chibo.organisation.models import Unit
from chibo.organisation.operations import found_unit

FOUNDED = date(2025, 8, 1)
TODAY = date(2026, 11, 5)
NOVEMBER = date(2026, 11, 1)
EVENING = datetime(2026, 11, 3, 21, 30, tzinfo=ZONE)
PASSPHRASE = "tre xanh ven suoi"

NA_LOC = ["Lò Văn Inh", "Vì Thị Duyên", "Hà Văn Khiêm", "Quàng Thị Nhung", "Lường Văn Páo", "Cà Thị Hoa",
          "Tòng Văn Ún", "Lò Thị Ngoan", "Vì Văn Hặc", "Hà Thị Uyên"]  # fmt: skip
POM_KHE = ["Quàng Thị Liên", "Lò Văn Thuận", "Vì Văn Bun", "Hà Thị Yến", "Cà Văn Muôn"]
KHUOI_MOC = ["Hoàng Văn Sơn", "Bùi Thị Lan", "Trần Văn Nghiệp"]


@dataclass
class Commune:
    """Handles to the cast."""

    province: Unit
    commune: Unit
    na_loc: Unit
    pom_khe: Unit
    other_commune: Unit
    khuoi_moc: Unit
    people: dict[str, Person]
    accounts: dict[str, Account] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        """By the given name: «Inh»."""
        return self.people[name]

    def actor(self, name: str, on: date = TODAY) -> Actor:
        """The actor this person is on a day; an account is made when they have none."""
        return actor_for(self.account(name).pk, on=on)

    def account(self, name: str) -> Account:
        """The person's account."""
        if name not in self.accounts:
            username = f"u{len(self.accounts)}.{self.people[name].folded_name.split()[-1]}"
            account = make_account(username, PASSPHRASE, at=EVENING, by=MACHINE)
            give_account(self.people[name], account, on=FOUNDED, by=MACHINE)
            self.accounts[name] = account
        return self.accounts[name]

    def meeting(self, unit: Unit | None = None, month: date = NOVEMBER) -> Meeting:
        """The ordinary meeting of the month, open."""
        return make_meeting(unit or self.na_loc, month, by=MACHINE)

    def write(self, meeting: Meeting, by: str = "Inh", at: datetime = EVENING, **fields: str) -> None:
        """Write fields of the sheet as that person; `__` in a name stands for a dot."""
        sheet = meeting_view(meeting).sheet
        changes = {n.replace("__", "."): v for n, v in fields.items()}
        save_fields(
            meeting, {n: Change(v, sheet[n].version) for n, v in changes.items()}, at=at, by=self.actor(by), by_name=by
        )

    def mark(self, meeting: Meeting, name: str, state: str, reason: str = "", by: str = "Inh") -> None:
        """Mark somebody on the roll."""
        pk = self.people[name].pk
        self.write(meeting, by, **{f"roll__{pk}": state, f"reason__{pk}": reason})

    def close(self, meeting: Meeting, by: str = "Inh", at: datetime | None = None, **fields: str) -> Minutes:
        """Close it, with an end at 21:15 unless the sheet says otherwise."""
        at = at or datetime.combine(meeting.planned_on, time(21, 30), ZONE)
        self.write(meeting, by, at, **{"ended": "21:15", **fields})
        revision = meeting_view(meeting).sheet.revision
        return close_meeting(
            meeting,
            key=uuid.uuid4(),
            seen_revision=revision,
            at=at,
            by=self.actor(by),
            by_name=self.people[by].full_name,
        )


def found_commune() -> Commune:
    """Two communes of a province since August 2025."""
    province = _unit("Đảng bộ tỉnh Thượng Lam", "province", None, "Tỉnh Thượng Lam", "Thượng Lam")
    commune = _unit("Đảng bộ xã Huổi Lam", "commune", province, "Xã Huổi Lam", "Huổi Lam")
    other = _unit("Đảng bộ xã Nậm Sen", "commune", province, "Xã Nậm Sen", "Nậm Sen")
    na_loc = found_cell("Chi bộ bản Nà Lốc", "Bản Nà Lốc", commune)
    pom_khe = found_cell("Chi bộ bản Pom Khe", "Bản Pom Khe", commune)
    khuoi_moc = found_cell("Chi bộ bản Khuổi Mộc", "Bản Khuổi Mộc", other)
    people = {p.full_name.split()[-1]: p for p in [
        *_members(NA_LOC, na_loc, probationary="Lò Thị Ngoan"), *_members(POM_KHE, pom_khe),
        *_members(KHUOI_MOC, khuoi_moc), *_members(["Đèo Thị Vân", "Bùi Văn Quý"], khuoi_moc),
    ]}  # fmt: skip
    leave_out(people["Hặc"], Absence.EXEMPT, first=FOUNDED, last=None, by=MACHINE)
    for name, office, unit in [
        ("Inh", Office.CELL_SECRETARY, na_loc), ("Duyên", Office.CELL_DEPUTY, na_loc),
        ("Nhung", Office.COMMITTEE_OFFICE, commune), ("Páo", Office.COMMITTEE_SECRETARY, commune),
        ("Liên", Office.CELL_SECRETARY, pom_khe), ("Sơn", Office.CELL_SECRETARY, khuoi_moc),
        ("Lan", Office.COMMITTEE_OFFICE, other), ("Vân", Office.PROVINCE_OFFICER, province),
        ("Quý", Office.SERVER_KEEPER, province),
    ]:  # fmt: skip
        appoint(people[name], office, unit, on=FOUNDED, by=MACHINE)
    return Commune(province, commune, na_loc, pom_khe, other, khuoi_moc, people)


def _unit(name: str, kind: str, parent: Unit | None, short: str, place: str = "") -> Unit:
    return found_unit(name, kind=kind, parent=parent, on=FOUNDED, by=MACHINE, short_name=short, place=place)


def found_cell(name: str, short: str, parent: Unit) -> Unit:
    """A cell with its habit and its term."""
    unit = _unit(name, "cell", parent, short)
    set_habit(unit, starts_at=time(19, 30), venue=f"Nhà văn hóa {short.lower()}", on=FOUNDED, by=MACHINE)
    open_term(unit, "2025 - 2030", first=FOUNDED, last=date(2030, 7, 31), by=MACHINE)
    return unit


def _members(names: list[str], unit: Unit, probationary: str = "") -> list[Person]:
    rows = [NewMember(n, Standing.PROBATIONARY if n == probationary else Standing.OFFICIAL) for n in names]
    return enter_members(rows, unit, on=FOUNDED, by=MACHINE)
