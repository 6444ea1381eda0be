"""What happened before the evening: October was held and gave tasks; November is planned in every cell."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from chibo.meetings.models import Meeting
from tests.commune import Commune, found_commune

OCTOBER = date(2026, 10, 1)
PATROL, ROAD = "Tuần tra rừng đầu nguồn", "Sửa đường vào bản"


@dataclass
class Story:
    """The cast, and the meetings the evening turns on."""

    commune: Commune
    november: Meeting  # of Nà Lốc, open
    elsewhere: Meeting  # of Pom Khe, open
    far: Meeting  # of a cell of the other commune, open
    october: Meeting  # of Nà Lốc, closed

    def username(self, name: str) -> str:
        """The sign-in name of somebody of the cast: «Inh»."""
        return self.commune.accounts[name].username


def tell() -> Story:
    """Everything through the operations, as the cell and the offices would have done it."""
    commune = found_commune()
    for name in ("Inh", "Duyên", "Nhung", "Páo", "Khiêm", "Liên", "Sơn", "Lan", "Vân", "Quý"):
        commune.account(name)
    october = commune.meeting(month=OCTOBER)
    commune.mark(october, "Hoa", "absent", "Ốm, chữa bệnh")
    commune.close(october, **_tasks(commune), conclusion="Mỗi nhà một bể nước trước Tết.")
    commune.close(commune.meeting(commune.pom_khe, OCTOBER), by="Liên")
    november, elsewhere = commune.meeting(), commune.meeting(commune.pom_khe)
    return Story(commune, november, elsewhere, commune.meeting(commune.khuoi_moc), october)


def _tasks(commune: Commune) -> dict[str, str]:
    given = [(PATROL, "Khiêm", "31/10/2026"), (ROAD, "Duyên", "15/11/2026")]
    fields: dict[str, str] = {}
    for number, (text, owner, due) in enumerate(given, start=1):
        key = uuid.UUID(int=number)
        fields |= {f"task__{key}": text, f"owner__{key}": str(commune.person(owner).pk), f"due__{key}": due}
    return fields
