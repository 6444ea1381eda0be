"""A commune with a resolution sent to its cells, and hands that plan and set targets."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from chibo.cadres.operations import open_term
from chibo.directives.models import Delivery, Document
from chibo.directives.operations import NewHeading, register_document, send_to_study
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.organisation.models import Unit
from chibo.targets.measures import Measure
from chibo.targets.models import Plan, PlanIssue, PlanLine, ReportedValue, Target
from chibo.targets.operations import (
    NewLine,
    NewPlan,
    NewValue,
    issue_plan,
    open_plan,
    report_value,
    set_target,
    split_target,
    write_line,
)
from chibo.targets.valuing import Valued, one_valued
from tests.commune import FOUNDED, TODAY, Commune, found_commune

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=ZONE)
JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 31)
ROADS = Measure("Đường bản được bê tông hóa", "at_least", Decimal(10), measure="km")
MEMBERS = Measure("", "at_least", Decimal(4), "members.admitted", key=True)
POOR = Measure("Tỷ lệ hộ nghèo", "at_most", Decimal(15), kind="ratio", start=Decimal(20), key=True)


@pytest.fixture
def commune(db: None) -> Commune:
    made = found_commune()
    open_term(made.commune, "2025 - 2030", first=FOUNDED, last=date(2030, 7, 31), by=MACHINE)
    return made


class Office:
    """The office's hands: *cô Nhung* plans, sets, splits, reports; others by name."""

    def __init__(self, commune: Commune) -> None:
        self.commune, self.actor = commune, commune.actor("Nhung")
        self.unit = commune.commune

    def by(self, name: str = "Nhung", at: datetime = NOW) -> dict[str, Any]:
        return {"at": at, "by": self.commune.actor(name), "by_name": name}

    def resolution(self, unit: Unit | None = None) -> Document:
        said = NewHeading("nghị quyết", "02", symbol="NQ/TU", issuer="Tỉnh ủy", dated_on=date(2026, 1, 5),
                          about="nâng cao năng lực lãnh đạo")  # fmt: skip
        return register_document(unit or self.unit, "in", said, key=uuid.uuid4(), at=NOW, by=MACHINE)

    def send(self, document: Document, **more: Any) -> Delivery:
        days = {"on": date(2026, 1, 10), "due": date(2026, 2, 10), "plan_due": date(2026, 3, 10)}
        return send_to_study(document, [self.commune.na_loc], **{**days, **self.by(), **more})[0]

    def plan(self, unit: Unit | None = None, by: str = "Nhung", **more: Any) -> Plan:
        new = NewPlan("kế hoạch", "thực hiện Nghị quyết số 02-NQ/TU", JANUARY, DECEMBER)
        return open_plan(unit or self.unit, replace(new, **more), key=uuid.uuid4(), **self.by(by))

    def line(self, plan: Plan, new: NewLine, by: str = "Nhung", key: uuid.UUID | None = None) -> PlanLine:
        return write_line(plan, new, key=key or uuid.uuid4(), **self.by(by))

    def whole(self, plan: Plan, measure: Measure | None = ROADS, by: str = "Nhung") -> PlanLine:
        new = NewLine("Làm đường vào bản", f"unit:{plan.unit_id}", DECEMBER, measure,
                      "" if measure else "Việc làm một lần")  # fmt: skip
        return self.line(plan, new, by)

    def issue(self, plan: Plan, on: date = date(2026, 1, 20), by: str = "Nhung", **more: Any) -> PlanIssue:
        return issue_plan(plan, on=on, **{**self.by(by), **more})

    def target(self, measure: Measure = ROADS, unit: Unit | None = None, first: date = JANUARY,
               last: date = DECEMBER) -> Target:  # fmt: skip
        unit = unit or self.unit
        document = Document.objects.filter(unit=unit).first() or self.resolution(unit)
        return set_target(unit, document, measure, first=first, last=last, key=uuid.uuid4(), **self.by())

    def split(self, target: Target, *shares: str, why: str = "", **more: Any) -> list[Target]:
        units = (self.commune.na_loc, self.commune.pom_khe)
        wanted = {unit: Decimal(value) for unit, value in zip(units, shares, strict=False)}
        return split_target(target, wanted, why=why, **{**self.by(), **more})

    def report(self, target: Target, value: str, on: date = TODAY, by: str = "Nhung", **more: Any) -> ReportedValue:
        new = NewValue(on, "Báo cáo 41-BC/UBND", Decimal(value) if value else None, **more)
        return report_value(target, new, key=uuid.uuid4(), **self.by(by))

    def stands(self, target: Target, on: date = TODAY, by: str = "Nhung") -> Valued:
        found = one_valued(target, by=self.commune.actor(by), on=on)
        assert found is not None
        return found


@pytest.fixture
def office(commune: Commune) -> Office:
    return Office(commune)
