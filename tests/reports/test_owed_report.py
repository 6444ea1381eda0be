"""Nên làm: báo cáo của tháng trước."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chibo.reports import owed as room
from chibo.reports.operations import issue_report
from chibo.reports.owed import owed
from chibo.rules.loading import Rule
from tests.commune import EVENING, TODAY, Commune

OCTOBER = date(2026, 10, 1)


def test_last_months_report_reminds_and_is_never_late(commune: Commune) -> None:
    for on in (date(2026, 11, 1), TODAY, date(2026, 11, 30)):
        (item,) = owed(commune.actor("Inh"), on=on)
        assert (item.title, item.days_late, item.firm) == ("Báo cáo tháng 10/2026 chưa ban hành", 0, False)
        assert item.due == date(2026, 11, 8)
    assert (item.page, item.args) == ("reports:month", (commune.na_loc.pk, 2026, 10))
    assert "độ chắc chắn thấp" in item.why


def test_the_office_and_the_committee_owe_the_communes(commune: Commune) -> None:
    for name in ("Nhung", "Páo"):
        (item,) = owed(commune.actor(name), on=TODAY)
        assert item.unit_id == commune.commune.pk
    for name in ("Khiêm", "Vân", "Quý"):
        assert owed(commune.actor(name), on=TODAY) == [], name


def test_an_issued_report_is_owed_no_more(commune: Commune) -> None:
    issue_report(commune.na_loc, OCTOBER, on=TODAY, at=EVENING, by=commune.actor("Inh"), by_name="Inh")
    assert owed(commune.actor("Inh"), on=TODAY) == []
    assert len(owed(commune.actor("Inh"), on=date(2026, 12, 1))) == 1  # November's


def test_a_unit_that_did_not_stand_then_owes_nothing(commune: Commune) -> None:
    assert owed(commune.actor("Inh"), on=date(2025, 8, 20)) == []


class _Sure:
    """A book in which the day is known for certain."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    def get(self, key: str) -> Rule:
        return self.rule


def test_only_a_rule_that_is_sure_makes_it_late(commune: Commune, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    known = room.rules_on(TODAY).get("report.month_day")
    assert known is not None
    monkeypatch.setattr(room, "rules_on", lambda day: _Sure(replace(known, certainty="high")))
    (item,) = owed(commune.actor("Inh"), on=date(2026, 11, 8) + timedelta(days=2))
    assert (item.days_late, item.firm) == (2, True)
