"""Targets of a unit: split with the sum checked, valued by a figure or by hand, changed by newer words."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from chibo.kernel.actor import MACHINE
from chibo.kernel.errors import NoPower
from chibo.membership.models import Standing
from chibo.membership.operations import NewMember, enter_members
from chibo.organisation.models import Unit
from chibo.targets.measures import Measure
from chibo.targets.models import Target
from chibo.targets.operations import change_target, split_target, withdraw_value
from chibo.targets.queries import said_now, with_said
from chibo.targets.standing import BEHIND, LOW, MET, ON_COURSE, UNSAID
from chibo.targets.valuing import valued
from tests.commune import TODAY, Commune
from tests.conftest import refused
from tests.targets.conftest import DECEMBER, JANUARY, MEMBERS, NOW, POOR, ROADS, Office


def admit(unit: Unit, name: str, day: date) -> None:
    line = NewMember(name, Standing.PROBATIONARY, day, "admitted", admitted_on=day, decided_on=day)
    enter_members([line], unit, on=day, by=MACHINE)


def test_shares_make_the_whole(commune: Commune, office: Office) -> None:
    target = office.target()
    with refused("sum_differs", total="9", whole="10", differs="1", which="thiếu"):
        office.split(target, "6", "3")
    with refused("sum_differs", which="thừa"):
        office.split(target, "6", "4,5".replace(",", "."))
    shares = office.split(target, "6", "4")
    assert [(each.unit, said_now(each).value, each.first) for each in shares] == [
        (commune.na_loc, Decimal(6), JANUARY), (commune.pom_khe, Decimal(4), JANUARY),
    ]  # fmt: skip
    assert shares[0].source.endswith("mức chung: ít nhất 10\u00a0km")
    assert office.split(target, "6", "4") == []  # the same again changes nothing
    with refused("say_why_changed"):
        office.split(target, "7", "3")
    office.split(target, "7", "3", why="Bản Nà Lốc dài hơn")
    assert [said_now(each).value for each in shares] == [Decimal(7), Decimal(3)]
    office.split(target, "10", why="Bản kia đã xong")
    assert said_now(shares[1]).dropped


def test_a_ratio_and_a_bound_do_not_add_up(office: Office) -> None:
    for measure, shares in (
        (Measure("", "at_least", Decimal(90), "meetings.attendance"), ("90", "95")), (POOR, ("14", "30")),
        (Measure("Vụ cháy rừng", "at_most", Decimal(2), measure="vụ"), ("1", "2")),
        (Measure("Vụ phá rừng", "zero", None, measure="vụ"), ("0", "0")),
    ):  # fmt: skip
        assert len(office.split(office.target(measure), *shares)) == 2


def test_only_directly_below_and_only_who_directs(commune: Commune, office: Office) -> None:
    target = office.target()
    with pytest.raises(NoPower):
        office.split(target, "10", by=commune.actor("Inh"))
    with pytest.raises(NoPower):
        split_target(target, {commune.khuoi_moc: Decimal(10)}, **office.by())
    with refused("not_directly_below"):
        split_target(target, {commune.commune: Decimal(10)}, **office.by())
    with refused("no_unit_chosen"):
        split_target(target, {}, **office.by())
    (share,) = office.split(target, "10")
    with refused("changed_with_the_others"):
        change_target(
            share, value=Decimal(1), comparison="at_least", last=DECEMBER, key=False, why="Khó", **office.by()
        )


def test_a_figure_answers_for_the_whole_and_its_parts(commune: Commune, office: Office) -> None:
    target = office.target(MEMBERS)
    shares = office.split(target, "3", "1")
    admit(commune.na_loc, "Lò Văn Mới", date(2026, 3, 3))
    admit(commune.pom_khe, "Vì Văn Mới", date(2026, 5, 19))
    found = valued(with_said([target, *shares], actor=office.actor), by=office.actor, on=TODAY)
    assert [(each.value.exact, each.state) for each in found] == [(2, BEHIND), (1, BEHIND), (1, MET)]
    alone = office.stands(shares[0], by="Inh")  # who sees the cell only asks the cell only
    assert (alone.value.exact, alone.state) == (1, BEHIND)
    assert alone.value.answer is not None
    assert len(alone.value.answer.rows) == 1
    assert office.stands(target, date(2026, 12, 31)).standing.ahead == 2
    assert office.stands(target, date(2027, 1, 1)).state == LOW


def test_by_hand_with_its_paper_both_parts_kept(office: Office) -> None:
    target = office.target(POOR)
    assert office.stands(target).state == UNSAID
    row = office.report(target, "", numerator=Decimal(90), denominator=Decimal(523))
    stands = office.stands(target)
    assert stands.value.exact == Fraction(9000, 523)
    assert (stands.value.numerator, stands.value.denominator, stands.state) == (90, 523, BEHIND)
    office.report(target, "15.5", date(2026, 10, 31))  # of an earlier day: the newest day counts
    assert office.stands(target).value.reported == row
    withdraw_value(row, why="typed_wrong", at=NOW, by=office.actor)
    assert (office.stands(target).value.exact, office.stands(target).state) == (Fraction(31, 2), ON_COURSE)
    for wrong, more, code in (
        ("", {}, "value_missing"), ("101", {}, "more_than_all"), ("", {"numerator": Decimal(1)}, "nothing_to_divide"),
        ("", {"numerator": Decimal(1), "denominator": Decimal(0)}, "nothing_to_divide"),
        ("", {"numerator": Decimal(5), "denominator": Decimal(4)}, "more_than_all"),
        ("1", {"on": date(2026, 11, 6)}, "day_ahead"), ("1", {"on": date(2025, 12, 31)}, "before_the_target"),
    ):  # fmt: skip
        with refused(code):
            office.report(target, wrong, **more)
    with refused("counted_by_figure"):
        office.report(office.target(MEMBERS), "3")
    with pytest.raises(NoPower):
        office.report(target, "3", by="Inh")


def test_newer_words_say_why_and_the_old_ones_stay(office: Office) -> None:
    target = office.target(ROADS)
    change = {"value": Decimal(8), "comparison": "at_least", "last": DECEMBER, "key": True}
    with refused("say_why_changed"):
        change_target(target, why="", **change, **office.by())
    change_target(target, why="Vốn giảm", **change, **office.by())
    change_target(target, why="Gửi lại", **change, **office.by())
    assert [(each.value, each.why) for each in target.said.order_by("pk")] == [(10, ""), (8, "Vốn giảm")]
    change_target(target, why="Thôi làm", dropped=True, **change, **office.by())
    assert with_said([target], actor=office.actor) == []
    with refused("target_dropped"):
        office.split(target, "8")
    with refused("target_dropped"):
        office.report(target, "1")


def test_a_line_is_changed_in_its_plan(office: Office) -> None:
    plan = office.plan()
    office.whole(plan)
    office.issue(plan)
    with refused("changed_in_its_plan"):
        change_target(Target.objects.get(), value=Decimal(1), comparison="at_least", last=DECEMBER, key=False,
                      why="Khó", **office.by())  # fmt: skip


def test_what_the_branch_adds_up_to_is_what_the_units_say(commune: Commune, office: Office) -> None:
    """The value of a unit is the same asked by itself, or as a part of the one above."""
    for day, unit in ((3, commune.na_loc), (4, commune.na_loc), (9, commune.pom_khe)):
        admit(unit, f"Lò Văn {uuid.uuid4().hex[:6]}", date(2026, 4, day))
    commune.close(commune.meeting(month=date(2026, 10, 1)))
    measures = [MEMBERS, Measure("", "at_least", Decimal(90), "meetings.attendance"),
                Measure("", "at_least", Decimal(20), "members.count")]  # fmt: skip
    rows = [each for measure in measures for unit in (commune.commune, commune.na_loc, commune.pom_khe)
            for each in [office.target(measure, unit)]]  # fmt: skip
    together = valued(with_said(rows, actor=office.actor), by=office.actor, on=TODAY)
    for each in together:
        alone = office.stands(each.row)
        assert (each.value.exact, each.state) == (alone.value.exact, alone.state), each.row.name
