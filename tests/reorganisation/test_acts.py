"""Tách, sáp nhập, chuyển, kết thúc: what moves, what stays, what is refused."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from chibo.cadres.models import Office, Post
from chibo.cadres.operations import take_number
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.meetings.models import Meeting, NotHeld, Task
from chibo.meetings.operations import NewTask, assign_charge, give_task
from chibo.membership.models import Belonging
from chibo.membership.operations import enter_members
from chibo.membership.operations.entering import NewMember
from chibo.membership.queries import roll_on
from chibo.organisation.checks import checks
from chibo.organisation.models import PathVersion, Placement, Unit
from chibo.organisation.operations import found_unit
from chibo.organisation.queries import placement_on
from chibo.reorganisation.models import Decision, Descent
from chibo.reorganisation.operations import (
    change_kind,
    end_unit,
    found,
    merge_units,
    move_unit,
    rename,
    split_unit,
    take_back,
    upgrade_cell,
)
from chibo.reorganisation.planning import NewUnit, plan_merge, plan_split
from chibo.reorganisation.plans import Paper
from tests.commune import FOUNDED, TODAY, Commune
from tests.conftest import refused

AT = datetime.combine(TODAY, time(20, 0), ZONE)
PAPER = Paper("07-QĐ/ĐU", date(2026, 11, 1), "Lường Văn Páo", "Chi bộ đông, hai điểm bản xa nhau")


def task(commune: Commune, unit: Unit, text: str, owner: uuid.UUID | None = None, *, on: date = TODAY) -> Task:
    at = datetime.combine(on, time(19, 0), ZONE)
    return give_task(unit, NewTask(text, owner), key=uuid.uuid4(), at=at, by=MACHINE, by_name="Inh")


def paper() -> Paper:
    return Paper("07-QĐ/ĐU", date(2026, 11, 1), key=uuid.uuid4())


def halves(commune: Commune) -> list[NewUnit]:
    roll = [m.person_id for m in roll_on(commune.na_loc, TODAY)]
    secretary = commune.person("Inh").pk
    first = frozenset({secretary, *[pk for pk in roll if pk != secretary][:4]})
    return [
        NewUnit("Chi bộ bản Nà Lốc 1", "Nà Lốc 1", first, main=True),
        NewUnit("Chi bộ bản Nà Lốc 2", "Nà Lốc 2", frozenset(roll) - first),
    ]


def split(commune: Commune, *, by: str = "Nhung", **changes: object) -> Decision:
    facts = {"paper": paper(), "on": TODAY, "at": AT, "by": commune.actor(by), **changes}
    return split_unit(commune.na_loc, halves(commune), **facts)  # type: ignore[arg-type]


def heirs_of(decision: Decision) -> list[Unit]:
    rows = Descent.objects.filter(decision=decision).order_by("-keeps_papers", "heir").select_related("heir")
    return [row.heir for row in rows]


def test_a_split_places_everybody_in_exactly_one_heir(commune: Commune) -> None:
    before = {m.person_id for m in roll_on(commune.na_loc, TODAY)}
    first, second = heirs_of(split(commune))
    one, two = ({m.person_id for m in roll_on(u, TODAY)} for u in (first, second))
    assert one | two == before
    assert not one & two
    assert roll_on(commune.na_loc, TODAY) == []
    assert len(roll_on(commune.na_loc, TODAY - timedelta(days=1))) == len(before)
    assert placement_on(commune.na_loc.pk, TODAY) is None
    commune.people["Inh"].refresh_from_db()
    assert commune.people["Inh"].scope_path == first.scope_path
    assert list(checks()) == []
    assert (
        Entry.objects.filter(verb__in=["unit.split", "unit.founded", "member.moved"]).latest("pk").verb == "unit.split"
    )


def test_the_secretary_leads_the_heir_they_go_to(commune: Commune) -> None:
    first, second = heirs_of(split(commune))
    assert Post.objects.on(TODAY).get(unit=first, office=Office.CELL_SECRETARY).person == commune.person("Inh")
    assert not Post.objects.on(TODAY).filter(unit=commune.na_loc).exists()
    assert not Post.objects.on(TODAY).filter(unit=second, office=Office.CELL_SECRETARY).exists()
    take_number(first, "BB", on=TODAY)  # it has a term, so its papers get numbers


def test_open_work_goes_on_in_the_heirs(commune: Commune) -> None:
    october = commune.meeting(month=date(2026, 10, 1))
    commune.close(october, conclusion="Nhất trí.")
    december = commune.meeting(month=date(2026, 12, 1))
    commune.write(december, focal="Giữ rừng")
    mine = task(commune, commune.na_loc, "Sửa đường", commune.person("Uyên").pk, on=TODAY)
    ours = task(commune, commune.na_loc, "Dọn kênh", on=FOUNDED)
    assign_charge(commune.person("Páo").pk, [commune.na_loc], first=FOUNDED, last=None, by=MACHINE)
    decision = split(commune)
    first, second = heirs_of(decision)
    of_uyen = Belonging.objects.on(TODAY).get(person=commune.person("Uyên")).unit
    assert {m.unit for m in (Meeting.objects.get(pk=december.pk),)} == {first}
    assert Meeting.objects.get(pk=december.pk).sheet.get().scope_path == first.scope_path
    assert Meeting.objects.get(pk=october.pk).unit == commune.na_loc
    assert Task.objects.get(pk=mine.pk).unit == of_uyen
    assert Task.objects.get(pk=ours.pk).unit == first
    assert first.charges.get().person == second.charges.get().person == commune.person("Páo")
    take_back(decision, why="typed_wrong", at=AT, by=commune.actor("Nhung"))
    assert Meeting.objects.get(pk=december.pk).unit == commune.na_loc
    assert {t.unit for t in Task.objects.filter(pk__in=[mine.pk, ours.pk])} == {commune.na_loc}


def test_the_preview_says_what_the_act_does(commune: Commune) -> None:
    plan = plan_split(commune.na_loc, halves(commune), on=TODAY, by=commune.actor("Nhung"))
    moved = sum(step.count for step in plan.steps if step.code == "members_move")
    assert moved == 10
    assert not Decision.objects.exists()
    assert placement_on(commune.na_loc.pk, TODAY) is not None


def test_a_heir_needs_three_official_members(commune: Commune) -> None:
    roll = frozenset(m.person_id for m in roll_on(commune.na_loc, TODAY))
    two = frozenset([commune.person("Inh").pk, commune.person("Duyên").pk])
    into = [NewUnit("Một", people=two), NewUnit("Hai", people=roll - two, main=True)]
    with refused("too_few_official", count=2, least=3):
        split_unit(commune.na_loc, into, paper=paper(), on=TODAY, at=AT, by=MACHINE)


def test_nobody_is_left_behind(commune: Commune) -> None:
    one, two = halves(commune)
    with refused("member_left_behind", count=1):
        less = NewUnit(two.name, people=two.people - {next(iter(two.people))})
        split_unit(commune.na_loc, [one, less], paper=paper(), on=TODAY, at=AT, by=MACHINE)
    with refused("one_main_heir"):
        split_unit(commune.na_loc, [two, two], paper=paper(), on=TODAY, at=AT, by=MACHINE)


def test_a_meeting_held_since_then_stands_against_it(commune: Commune) -> None:
    commune.close(commune.meeting(), conclusion="Nhất trí.")
    with refused("facts_since"):
        split(commune, on=date(2026, 11, 2))


def test_the_cell_itself_may_not_split(commune: Commune) -> None:
    for who in ("Inh", "Páo", "Lan", "Vân"):
        with pytest.raises(NoPower):
            split(commune, by=who)


def test_a_merger_adds_and_touches_nothing_of_the_past(commune: Commune) -> None:
    commune.close(commune.meeting(month=date(2026, 10, 1)), conclusion="Nhất trí.")
    past = list(Belonging.objects.filter(unit=commune.na_loc).values_list("pk", "unit", "during__startswith"))
    commune.meeting(month=date(2026, 12, 1))
    commune.meeting(commune.pom_khe, date(2026, 12, 1))
    decision = merge_units([commune.na_loc], commune.pom_khe, paper=paper(), on=TODAY, at=AT, by=commune.actor("Nhung"))
    assert len(roll_on(commune.pom_khe, TODAY)) == 15
    assert len(roll_on(commune.na_loc, TODAY - timedelta(days=1))) == 10
    assert set(past) <= set(Belonging.objects.values_list("pk", "unit", "during__startswith"))
    assert Post.objects.on(TODAY).get(unit=commune.pom_khe, office=Office.CELL_SECRETARY).person == commune.person(
        "Liên"
    )
    assert NotHeld.objects.get().meeting.unit == commune.na_loc  # the heir has its own meeting of December
    commune.na_loc.refresh_from_db()
    assert commune.na_loc.scope_path.startswith(commune.pom_khe.scope_path)
    assert PathVersion.objects.on(FOUNDED).get(unit=commune.na_loc).path.startswith(commune.commune.scope_path)
    assert heirs_of(decision) == [commune.pom_khe]
    assert list(checks()) == []


def test_two_cells_become_one_new_one(commune: Commune) -> None:
    into = NewUnit("Chi bộ bản Nà Pom", "Nà Pom")
    decision = merge_units([commune.na_loc, commune.pom_khe], into, paper=paper(), on=TODAY, at=AT, by=MACHINE)
    (heir,) = set(heirs_of(decision))
    assert len(roll_on(heir, TODAY)) == 15
    take_number(heir, "BB", on=TODAY)
    assert list(checks()) == []


def test_communes_merge_with_all_below_them(commune: Commune) -> None:
    with refused("merge_alike"):
        plan_merge([commune.na_loc], commune.other_commune, on=TODAY, by=MACHINE)
    merge_units([commune.other_commune], commune.commune, paper=paper(), on=TODAY, at=AT, by=MACHINE)
    row = placement_on(commune.khuoi_moc.pk, TODAY)
    assert row is not None
    assert row.parent == commune.commune
    commune.khuoi_moc.refresh_from_db()
    assert commune.khuoi_moc.scope_path.startswith(commune.commune.scope_path)
    assert (
        commune.person("Nghiệp").__class__.objects.get(pk=commune.person("Nghiệp").pk).scope_path
        == commune.khuoi_moc.scope_path
    )
    yesterday = PathVersion.objects.on(TODAY - timedelta(days=1)).get(unit=commune.khuoi_moc)
    assert yesterday.path.startswith(commune.other_commune.scope_path)
    assert not commune.actor("Lan").powers  # the office of the commune that ended holds nothing any more
    assert len(commune.actor("Nhung").powers) > 5
    assert list(checks()) == []


def test_nothing_merges_into_what_hangs_below_it(commune: Commune) -> None:
    new = NewUnit("Đảng bộ bộ phận")
    part = found(commune.commune, new, "section", paper=paper(), on=FOUNDED, at=AT, by=MACHINE)
    below = part.units.get().unit
    for sources, into in (([commune.commune], below), ([commune.commune, below], commune.other_commune)):
        with refused("one_inside_another"):
            plan_merge(sources, into, on=TODAY, by=MACHINE)


def test_who_looked_after_a_cell_does_so_no_more_when_it_goes_elsewhere(commune: Commune) -> None:
    assign_charge(commune.person("Páo").pk, [commune.na_loc], first=FOUNDED, last=None, by=MACHINE)
    decision = move_unit(commune.na_loc, commune.other_commune, paper=paper(), on=TODAY, at=AT, by=MACHINE)
    assert not commune.na_loc.charges.filter(during__contains=TODAY).exists()
    take_back(decision, why="typed_wrong", at=AT, by=MACHINE)
    assert commune.na_loc.charges.filter(during__contains=TODAY).exists()


def test_a_cell_moves_and_what_happened_since_is_placed_anew(commune: Commune) -> None:
    meeting = commune.meeting(commune.khuoi_moc)
    since = date(2026, 11, 2)
    commune.close(meeting, "Sơn", conclusion="Nhất trí.")
    move_unit(commune.khuoi_moc, commune.commune, paper=paper(), on=since, at=AT, by=MACHINE)
    meeting.refresh_from_db()
    assert meeting.place_path.startswith(commune.commune.scope_path)
    assert meeting.closure.place_path == meeting.place_path
    assert (
        PathVersion.objects.on(since - timedelta(days=1))
        .get(unit=commune.khuoi_moc)
        .path.startswith(commune.other_commune.scope_path)
    )
    assert list(checks()) == []


@pytest.mark.parametrize("to", ["na_loc", "khuoi_moc"])
def test_a_commune_does_not_stand_below_a_cell(commune: Commune, to: str) -> None:
    with refused("below_itself" if to == "na_loc" else "same_superior"):
        target = getattr(commune, to) if to == "na_loc" else commune.province
        move_unit(commune.commune, target, paper=paper(), on=TODAY, at=AT, by=MACHINE)


def test_a_cell_grows_into_a_committee_with_its_history(commune: Commune) -> None:
    decision = upgrade_cell(
        commune.na_loc, "grassroots", halves(commune), name="Đảng bộ bản Nà Lốc", short_name="Nà Lốc", paper=paper(),
        on=TODAY, at=AT, by=commune.actor("Nhung"),
    )  # fmt: skip
    row = placement_on(commune.na_loc.pk, TODAY)
    assert row is not None
    assert (row.kind, row.name) == ("grassroots", "Đảng bộ bản Nà Lốc")
    assert {p.parent for p in Placement.objects.on(TODAY).filter(unit__in=heirs_of(decision))} == {commune.na_loc}
    assert sum(len(roll_on(u, TODAY)) for u in heirs_of(decision)) == 10
    assert list(checks()) == []


def test_an_empty_unit_ends_and_stays_readable(commune: Commune) -> None:
    with refused("members_left"):
        end_unit(commune.na_loc, paper=paper(), on=TODAY, at=AT, by=MACHINE)
    decision = found(commune.commune, NewUnit("Chi bộ Trạm Y tế"), "cell", paper=paper(), on=FOUNDED, at=AT, by=MACHINE)
    unit = decision.units.get().unit
    end_unit(unit, paper=paper(), on=TODAY, at=AT + timedelta(minutes=1), by=MACHINE)
    assert placement_on(unit.pk, TODAY) is None
    assert Unit.objects.visible_to(commune.actor("Nhung")).filter(pk=unit.pk).exists()
    with refused("not_a_cell"):
        enter_members([NewMember("Lò Văn Mới")], unit, on=TODAY, by=MACHINE)
    with refused("units_below"):
        end_unit(commune.commune, paper=paper(), on=TODAY, at=AT, by=MACHINE)


def test_names_and_kinds(commune: Commune) -> None:
    rename(
        commune.na_loc,
        "Chi bộ bản Nà Lốc Mới",
        short_name="Nà Lốc Mới",
        paper=paper(),
        on=TODAY,
        at=AT,
        by=commune.actor("Nhung"),
    )
    row = placement_on(commune.na_loc.pk, TODAY)
    assert row is not None
    assert (row.name, row.decision) == ("Chi bộ bản Nà Lốc Mới", "07-QĐ/ĐU, ngày 01/11/2026")
    with refused("members_need_cells", count=10):
        change_kind(commune.na_loc, "grassroots", paper=paper(), on=TODAY, at=AT, by=MACHINE)
    with refused("day_ahead"):
        rename(commune.na_loc, "X", short_name="", paper=paper(), on=TODAY + timedelta(days=1), at=AT, by=MACHINE)
    with pytest.raises(NoPower):  # a commune is renamed by who stands above it
        rename(commune.commune, "X", short_name="", paper=paper(), on=TODAY, at=AT, by=commune.actor("Nhung"))


def test_sending_twice_is_one_decision(commune: Commune) -> None:
    said = paper()
    assert split(commune, paper=said) == split(commune, paper=said)
    assert Decision.objects.count() == 1


def test_what_depends_on_it_keeps_it(commune: Commune) -> None:
    decision = split(commune)
    first, _ = heirs_of(decision)
    task(commune, first, "Sửa đường", on=TODAY)
    with refused("depends_on_it"):
        take_back(decision, why="typed_wrong", at=AT, by=MACHINE)


@pytest.mark.parametrize("days", [0, 1])
def test_what_was_decided_about_a_unit_that_went_elsewhere_stays(commune: Commune, as_app: object, days: int) -> None:
    """The office is a member of the cell, so it reads its name; who took the cell away is out of its sight."""
    office, on = commune.actor("Nhung"), TODAY - timedelta(days=days)
    named = rename(commune.na_loc, "Chi bộ bản Mới", short_name="Bản Mới", paper=paper(), on=on, at=AT, by=office)
    told = {"paper": paper(), "on": TODAY, "at": AT + timedelta(minutes=1), "by": MACHINE}
    move_unit(commune.na_loc, commune.other_commune, **told)  # type: ignore[arg-type]
    as_app(commune.actor("Nhung"))  # type: ignore[operator]
    with refused("depends_on_it"):
        take_back(named, why="typed_wrong", at=AT + timedelta(minutes=2), by=commune.actor("Nhung"))


def test_what_was_decided_in_a_commune_that_is_no_more_stays(commune: Commune) -> None:
    """The merger names the communes, not the cells below them, whose place it changed all the same."""
    named = rename(commune.na_loc, "Chi bộ bản Mới", short_name="Bản Mới", paper=paper(), on=TODAY - timedelta(days=1),
                   at=AT, by=MACHINE)  # fmt: skip
    later = {"paper": paper(), "on": TODAY, "at": AT + timedelta(minutes=1), "by": MACHINE}
    merge_units([commune.commune], commune.other_commune, **later)  # type: ignore[arg-type]
    with refused("depends_on_it"):
        take_back(named, why="typed_wrong", at=AT + timedelta(minutes=2), by=MACHINE)
    assert not list(checks())


def test_behind_the_second_wall(commune: Commune, as_app: object) -> None:
    """The office does all of it with the application's own rights."""
    commune.close(commune.meeting(month=date(2026, 10, 1)), conclusion="Nhất trí.")
    commune.write(commune.meeting(month=date(2026, 12, 1)), focal="Giữ rừng")
    task(commune, commune.na_loc, "Sửa đường", commune.person("Uyên").pk, on=TODAY)
    office = commune.actor("Nhung")
    as_app(office)  # type: ignore[operator]
    decision = split_unit(commune.na_loc, halves(commune), paper=paper(), on=TODAY, at=AT, by=office)
    take_back(decision, why="typed_wrong", at=AT, by=office)
    merge_units([commune.na_loc], commune.pom_khe, paper=paper(), on=TODAY, at=AT + timedelta(minutes=1), by=office)
    assert len(roll_on(commune.pom_khe, TODAY)) == 15
    assert timezone.localdate(AT) == TODAY


def test_a_cell_merged_on_the_day_its_commune_moved_goes_back(commune: Commune) -> None:
    told = {"on": TODAY, "by": MACHINE}
    above = found_unit("Đảng bộ xã Mới", kind="commune", parent=commune.province, on=FOUNDED, by=MACHINE)
    move_unit(commune.commune, above, paper=paper(), at=AT, **told)  # type: ignore[arg-type]
    merged = merge_units([commune.na_loc], commune.pom_khe, paper=paper(), at=AT + timedelta(minutes=1), **told)  # type: ignore[arg-type]
    take_back(merged, why="typed_wrong", at=AT + timedelta(minutes=2), by=MACHINE)
    (path,) = PathVersion.objects.on(TODAY).filter(unit=commune.na_loc).values_list("path", flat=True)
    assert path.startswith(above.scope_path)
    assert len(roll_on(commune.na_loc, TODAY)) == 10
