"""A form of the commune, filled in by its cells, in one line each: patrols, violations, forest, teams."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.organisation.models import Unit
from chibo.returns.boxes import Change, field_of
from chibo.returns.content import view_of
from chibo.returns.models import Form, Line, LineCheck, Sheet, Step
from chibo.returns.operations import (
    NewCheck,
    NewForm,
    NewLine,
    accept,
    add_check,
    add_line,
    define_form,
    give_back,
    hand_in,
    reopen,
    save_boxes,
)
from tests.commune import Commune

OCTOBER, SEPTEMBER, AUGUST = date(2026, 10, 1), date(2026, 9, 1), date(2026, 8, 1)
BEGINS = date(2025, 8, 1)
AT = datetime(2026, 11, 3, 21, 30, tzinfo=ZONE)
PATROLS, FOUND, HANDLED, FOREST, WORKS = "Lượt tuần tra rừng", "Vụ phát hiện", "Vụ đã xử lý", "Rừng bảo vệ", "Đường sửa"


def by_machine(at: datetime = AT) -> dict[str, Any]:
    return {"at": at, "by": MACHINE, "by_name": "Máy"}


def form_of(commune: Commune, unit: Unit | None = None, **told: Any) -> Form:
    """Monthly, owed by cells, by the fifth of the next month."""
    facts: dict[str, Any] = {"name": "Bảo vệ rừng", "every": Form.MONTH, "kinds": ["cell"], "due_day": 5,
                             "begins": BEGINS} | told  # fmt: skip
    key = facts.pop("key", uuid.uuid4())
    return define_form(unit or commune.commune, NewForm(**facts), key=key, **by_machine())


def line_of(form: Form, name: str, measure: str = "lượt", since: date = BEGINS, **told: Any) -> Line:
    return add_line(form, NewLine(name, measure, **told), since=since, **by_machine())


def check_of(form: Form, left: list[Line], kind: str, right: list[Line] | None = None, **told: Any) -> LineCheck:
    new = NewCheck([each.pk for each in left], kind, [each.pk for each in right or []], **told)
    return add_check(form, new, since=BEGINS, **by_machine())


class Forest:
    """The form with five lines and two checks, and what is typed into it."""

    def __init__(self, commune: Commune) -> None:
        self.commune = commune
        self.form = form_of(commune)
        self.lines = {
            PATROLS: line_of(self.form, PATROLS),
            FOUND: line_of(self.form, FOUND, "vụ"),
            HANDLED: line_of(self.form, HANDLED, "vụ"),
            FOREST: line_of(self.form, FOREST, "ha", adds=Line.LAST, decimals=1),
            WORKS: line_of(self.form, WORKS, "km", decimals=2, must=False),
        }
        self.handled = check_of(self.form, [self.lines[HANDLED]], LineCheck.AT_MOST, [self.lines[FOUND]], grave=True)
        self.change = check_of(self.form, [self.lines[PATROLS]], LineCheck.CHANGE, number=Decimal(50))

    def write(self, typed: dict[str, str], unit: Unit | None = None, first: date = OCTOBER, by: str = "Inh",
              based_on: int | None = None, at: datetime = AT) -> dict[str, int]:  # fmt: skip
        """As that person, over what is there now unless told otherwise."""
        unit = unit or self.commune.na_loc
        view = view_of(self.form, unit.pk, first)
        fields = {field_of(self.lines[name]) if name in self.lines else name: text for name, text in typed.items()}
        changes = {
            f: Change(text, (view.written[f].version if f in view.written else 0) if based_on is None else based_on)
            for f, text in fields.items()
        }  # fmt: skip
        return save_boxes(self.form, unit, first, changes, at=at, by=self.commune.actor(by), by_name=by)

    def hand_in(self, unit: Unit | None = None, first: date = OCTOBER, by: str = "Inh", key: uuid.UUID | None = None,
                at: datetime = AT) -> Step:  # fmt: skip
        return hand_in(self.form, unit or self.commune.na_loc, first, key=key or uuid.uuid4(), at=at,
                       by=self.commune.actor(by), by_name=by)  # fmt: skip

    def sheet(self, unit: Unit | None = None, first: date = OCTOBER) -> Sheet:
        return Sheet.objects.get(form=self.form, unit=unit or self.commune.na_loc, first=first)

    def accept(self, unit: Unit | None = None, first: date = OCTOBER, by: str = "Nhung", at: datetime = AT) -> Step:
        return accept(self.sheet(unit, first), key=uuid.uuid4(), at=at, by=self.commune.actor(by), by_name=by)

    def give_back(self, remarks: dict[str, str] | None = None, why: str = "", by: str = "Nhung") -> Step:
        said = {self.lines[name].pk: text for name, text in (remarks or {}).items()}
        return give_back(self.sheet(), why, said, key=uuid.uuid4(), at=AT, by=self.commune.actor(by), by_name=by)

    def reopen(self, why: str = "Ghi thiếu một vụ", by: str = "Nhung") -> Step:
        return reopen(self.sheet(), why, key=uuid.uuid4(), at=AT, by=self.commune.actor(by), by_name=by)

    def accepted(self, numbers: tuple[str, str, str, str], unit: Unit | None = None, first: date = OCTOBER,
                 works: str = "", at: datetime = AT, office: str = "Nhung", by: str = "") -> None:  # fmt: skip
        """Patrols, found, handled, forest: typed, handed in, accepted."""
        names = [PATROLS, FOUND, HANDLED, FOREST]
        unit = unit or self.commune.na_loc
        by = by or {self.commune.na_loc.pk: "Inh", self.commune.pom_khe.pk: "Liên"}.get(unit.pk, "Sơn")
        why = {f"why.{self.change.pk}": "mùa khô"}
        self.write(dict(zip(names, numbers, strict=True)) | {WORKS: works} | why, unit, first, by, at=at)
        self.hand_in(unit, first, by, at=at)
        self.accept(unit, first, office, at=at)
