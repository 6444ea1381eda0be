"""Two records of one person made one, and two again: facts, tasks, accounts, rolls; what stands against it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from chibo.cadres.authority import actor_for
from chibo.cadres.models import Office, Post, Seat
from chibo.cadres.operations import NewSeat, appoint, seat_members, set_up_body
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry, Touch
from chibo.meetings.models import Charge, Closure, Meeting, RollException, Task
from chibo.meetings.operations import NewTask, Plan, assign_charge, give_task, plan_meeting
from chibo.membership.finding import people_named
from chibo.membership.models import Absence, Belonging, Merging, Particular, Person, Standing
from chibo.membership.operations import (
    NewMember,
    correct_belonging,
    end_belonging,
    enter_members,
    leave_out,
    move_member,
    note_particulars,
    say_apart,
    send_temporarily,
)
from chibo.organisation.models import Unit
from chibo.reorganisation.operations import merge_people, split_again
from chibo.reorganisation.treatment import OF_A_PERSON
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

pytestmark = pytest.mark.django_db
LATER = date(2026, 9, 1)
OURS = dict.fromkeys(["standing", "birth", "occupation", "card_number", "full_name", "account"], "kept")


def again(commune: Commune, name: str = "Hà Văn Khiêm", unit: Unit | None = None, first: date = LATER,
          **values: str) -> Person:  # fmt: skip
    """The same person, entered once more."""
    row = NewMember(name, Standing.OFFICIAL, particulars=values)
    return enter_members([row], unit or commune.na_loc, on=first, by=MACHINE)[0]


def merge(commune: Commune, merged: Person, by: str = "Nhung", **choices: str) -> Merging:
    return merge_people(commune.person("Khiêm"), merged, {**OURS, **choices}, key=uuid.uuid4(), at=EVENING,
                        by=commune.actor(by))  # fmt: skip


def held(model: Any, person: Person, *columns: str) -> list[Any]:
    """Live rows of a person, as they read."""
    return sorted(model.objects.live().filter(person=person).values_list(*columns), key=str)


def test_every_key_to_a_person_is_treated() -> None:
    keys = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            points = isinstance(field, ForeignKey) and field.related_model is Person
            if points or (field.name == "person_id" and model.__module__.startswith("chibo.")):
                keys.add(f"{model._meta.label}.{field.name}")
    assert keys == set(OF_A_PERSON), "say in reorganisation/treatment.py what becomes of it when two records are merged"


def test_what_only_the_other_record_knows_is_taken_over(commune: Commune) -> None:
    khiem, other = commune.person("Khiêm"), again(commune, occupation="Giáo viên", birth="19/5/1979")
    leave_out(other, Absence.EXEMPT, first=LATER, last=None, by=MACHINE)
    merging = merge(commune, other)
    assert held(Particular, khiem, "field", "value") == [("birth", "1979-05-19"), ("occupation", "Giáo viên")]
    assert held(Absence, khiem, "kind") == [("exempt",)]
    assert held(Belonging, khiem, "unit", "way_out") == [(commune.na_loc.pk, "")]
    assert not any(held(model, other, "pk") for model in (Belonging, Standing, Absence, Particular))
    gone = Belonging.objects.get(person=other)
    assert (gone.withdrawn_why, gone.withdrawn_by) == ("entered_twice", commune.account("Nhung").pk)
    assert (merging.person, merging.merged) == (khiem, other)
    (line,) = Entry.objects.filter(verb="people.merged")
    assert {("membership.person", str(khiem.pk)), ("membership.person", str(other.pk))} <= set(
        Touch.objects.filter(entry=line).values_list("kind", "object_id")
    )


def test_where_they_differ_somebody_chooses(commune: Commune) -> None:
    khiem, other = commune.person("Khiêm"), again(commune, "Hà Văn Khiểm", occupation="Giáo viên", birth="1979")
    note_particulars({khiem: {"occupation": "Nông dân", "birth": "19/5/1979"}}, first=FOUNDED, at=EVENING, by=MACHINE)
    for missing in ("occupation", "birth", "full_name", "standing"):
        with refused("choose_each"):
            merge(commune, other, **{missing: ""})
    merge(commune, other, occupation="merged", full_name="merged")
    assert held(Particular, khiem, "field", "value") == [("birth", "1979-05-19"), ("occupation", "Giáo viên")]
    khiem.refresh_from_db()
    assert (khiem.full_name, khiem.folded_name) == ("Hà Văn Khiểm", "ha van khiem")
    lost = Particular.objects.filter(person=khiem, withdrawn_at__isnull=False)
    assert set(lost.values_list("field", "value")) == {("occupation", "Nông dân"), ("full_name", "Hà Văn Khiêm")}


def test_one_cell_is_belonged_to_from_the_earlier_day_on(commune: Commune) -> None:
    khiem = commune.person("Khiêm")
    earlier = again(commune, first=FOUNDED)
    row = khiem.belongings.get()
    correct_belonging(row, unit=commune.na_loc, first=LATER, last=None, why="typed_wrong", at=EVENING, by=MACHINE)
    merge(commune, earlier, standing="kept")
    (row,) = Belonging.objects.live().filter(person=khiem)
    assert (row.during.lower, row.during.upper) == (FOUNDED, None)


def test_a_day_without_standing_is_refused(commune: Commune) -> None:
    khiem, other = commune.person("Khiêm"), again(commune)
    with refused("standing_gap", day=FOUNDED):
        merge(commune, other, standing="merged")
    merge(commune, other)
    assert held(Standing, khiem, "kind") == [("official",)]


def test_nobody_is_in_two_cells_on_one_day(commune: Commune) -> None:
    khiem, other = commune.person("Khiêm"), again(commune, unit=commune.pom_khe)
    with refused("two_cells", day=LATER):
        merge(commune, other)
    move_member(khiem, to=commune.pom_khe, first=LATER, on=TODAY, by=MACHINE)
    merge(commune, other)
    rows = Belonging.objects.live().filter(person=khiem).order_by("during")
    assert [(row.unit, row.during.lower) for row in rows] == [(commune.na_loc, FOUNDED), (commune.pom_khe, LATER)]
    khiem.refresh_from_db()
    other.refresh_from_db()
    assert khiem.scope_path == other.scope_path == commune.pom_khe.scope_path


def test_nobody_is_a_guest_at_home(commune: Commune) -> None:
    other = again(commune, unit=commune.pom_khe, first=LATER)
    send_temporarily(other, to=commune.na_loc, first=LATER, last=None, on=TODAY, by=MACHINE)
    row = end_belonging(other, "transferred_out", last=TODAY, on=TODAY, by=MACHINE)
    correct_belonging(row, unit=commune.pom_khe, first=LATER, last=LATER, why="typed_wrong", at=EVENING, by=MACHINE)
    correct_belonging(commune.person("Khiêm").belongings.get(), unit=commune.na_loc, first=LATER + timedelta(days=1),
                      last=None, why="typed_wrong", at=EVENING, by=MACHINE)  # fmt: skip
    with refused("guest_at_home"):
        merge(commune, other, standing="kept")


def test_posts_and_seats_go_on(commune: Commune) -> None:
    khiem, other = commune.person("Khiêm"), again(commune)
    appoint(other, Office.CELL_COMMITTEE, commune.na_loc, on=LATER, by=MACHINE)
    appoint(khiem, Office.CELL_COMMITTEE, commune.na_loc, on=FOUNDED, until=LATER, by=MACHINE)
    body = set_up_body(commune.commune, "steering", "Ban chỉ đạo", first=FOUNDED, last=None, by=MACHINE)
    seat_members(body, [NewSeat(other, "member", "Theo dõi")], first=LATER, by=MACHINE)
    merge(commune, other)
    (post,) = Post.objects.live().filter(person=khiem)
    assert (post.during.lower, post.during.upper) == (FOUNDED, None)
    assert Seat.objects.live().get(person=khiem).duty == "Theo dõi"
    assert not Post.objects.live().filter(person=other).exists()


def test_open_tasks_charges_and_themes_pass_closed_ones_stay(commune: Commune) -> None:
    khiem, other = commune.person("Khiêm"), again(commune)
    told: dict[str, Any] = {"at": EVENING, "by": commune.actor("Inh"), "by_name": "Inh"}
    give_task(commune.na_loc, NewTask("Sửa đường", other.pk), key=uuid.uuid4(), **told)
    appoint(other, Office.COMMITTEE_MEMBER, commune.commune, on=LATER, by=MACHINE)
    assign_charge(other.pk, [commune.pom_khe], first=LATER, last=None, by=MACHINE)
    plan = Plan(date(2026, 11, 20), theme="Rừng", presenter=other.pk)
    theme = plan_meeting(commune.na_loc, Meeting.THEMATIC, plan, key=uuid.uuid4(), by=MACHINE)
    merge(commune, other)
    assert Task.objects.get().owner == khiem
    assert Charge.objects.get().person == khiem
    theme.refresh_from_db()
    assert theme.presenter == khiem


def test_two_charges_of_one_cell_are_refused(commune: Commune) -> None:
    other = again(commune)
    for person in (commune.person("Khiêm"), other):
        appoint(person, Office.COMMITTEE_MEMBER, commune.commune, on=LATER, by=MACHINE)
        assign_charge(person.pk, [commune.pom_khe], first=LATER, last=None, by=MACHINE)
    with refused("two_charges"):
        merge(commune, other)


def test_closed_rolls_stay_as_they_are(commune: Commune) -> None:
    other = again(commune, first=FOUNDED)
    october = commune.meeting(month=date(2026, 10, 1))
    commune.people["Đôi"] = other
    commune.mark(october, "Đôi", "absent", "Ốm")
    minutes = commune.close(october)
    before = Closure.objects.values().get(), list(RollException.objects.values()), minutes.content
    merge(commune, other, standing="kept")
    minutes.refresh_from_db()
    assert (Closure.objects.values().get(), list(RollException.objects.values()), minutes.content) == before


def test_an_open_sheet_comes_first(commune: Commune) -> None:
    other = again(commune)
    commune.people["Đôi"] = other
    november = commune.meeting()
    commune.mark(november, "Đôi", "absent", "Ốm")
    with refused("sheet_open", title=november.title):
        merge(commune, other)
    commune.close(november)
    merge(commune, other)


def test_the_account_that_stays_opens_the_kept_record(commune: Commune) -> None:
    khiem, other = commune.person("Khiêm"), again(commune)
    commune.people["Đôi"] = other
    account = commune.account("Đôi")
    merge(commune, other)
    khiem.refresh_from_db()
    assert khiem.account == account
    assert account.is_active
    assert actor_for(account.pk, on=TODAY).person_id == khiem.pk


def test_of_two_accounts_one_stays_and_the_other_is_closed(commune: Commune) -> None:
    khiem, other = commune.person("Khiêm"), again(commune)
    commune.people["Đôi"] = other
    ours, theirs = commune.account("Khiêm"), commune.account("Đôi")
    with refused("choose_each"):
        merge(commune, other, account="")
    merging = merge(commune, other, account="merged")
    for row in (khiem, other, ours, theirs):
        row.refresh_from_db()
    assert (khiem.account, other.account) == (theirs, ours)
    assert (ours.is_active, theirs.is_active) == (False, True)
    split_again(merging, why="did_not_happen", at=EVENING, by=commune.actor("Nhung"))
    for row in (khiem, other, ours, theirs):
        row.refresh_from_db()
    assert (khiem.account, other.account, ours.is_active, theirs.is_active) == (ours, theirs, True, True)


def test_nobody_decides_about_their_own_account(commune: Commune) -> None:
    nhung = commune.person("Nhung")
    other = again(commune, "Quàng Thị Nhung")
    commune.people["Đôi"] = other
    commune.account("Đôi")
    with refused("not_for_oneself"):
        merge_people(nhung, other, OURS, key=uuid.uuid4(), at=EVENING, by=commune.actor("Nhung"))


def test_power_over_both_is_asked(commune: Commune) -> None:
    here, there = again(commune), again(commune, unit=commune.khuoi_moc)
    for who in ("Inh", "Páo", "Vân", "Quý", "Khiêm"):
        with pytest.raises(NoPower):
            merge(commune, here, by=who)
    for who in ("Nhung", "Lan"):
        with pytest.raises(NoPower):
            merge(commune, there, by=who)


def test_what_is_written_out_of_sight_is_not_left_behind(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    other = again(commune)
    appoint(other, Office.PROVINCE_OFFICER, commune.province, on=LATER, by=MACHINE)
    office = commune.actor("Nhung")
    as_app(office)
    with refused("rows_out_of_sight"):
        merge(commune, other)


def test_the_office_merges_behind_the_second_wall(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    khiem, other = commune.person("Khiêm"), again(commune, occupation="Giáo viên", religion="Không")
    commune.people["Đôi"] = other
    commune.account("Đôi")
    give_task(commune.na_loc, NewTask("Sửa đường", other.pk), key=uuid.uuid4(), at=EVENING, by=commune.actor("Inh"),
              by_name="Inh")  # fmt: skip
    office = commune.actor("Nhung")
    as_app(office)
    merging = merge_people(khiem, other, OURS, key=uuid.uuid4(), at=EVENING, by=office)
    assert held(Particular, khiem, "field", "value") == [("occupation", "Giáo viên"), ("religion", "Không")]
    split_again(merging, why="did_not_happen", at=EVENING, by=office)
    assert held(Particular, khiem, "field", "value") == []


def test_a_merged_record_takes_nothing_more(commune: Commune) -> None:
    other = again(commune)
    third = again(commune)
    merge(commune, other)
    with refused("person_merged"):
        leave_out(other, Absence.EXEMPT, first=TODAY, last=None, by=commune.actor("Nhung"))
    with refused("person_merged"):
        merge(commune, other)
    with refused("person_merged"):
        merge_people(other, third, OURS, key=uuid.uuid4(), at=EVENING, by=MACHINE)
    assert other not in people_named("Khiêm", actor=commune.actor("Nhung"))


def test_two_people_are_not_merged_nor_a_record_with_itself(commune: Commune) -> None:
    khiem, other = commune.person("Khiêm"), again(commune)
    with refused("same_record"):
        merge(commune, khiem)
    say_apart(khiem, other, "papers", at=EVENING, by=commune.actor("Nhung"))
    with refused("apart_first"):
        merge(commune, other)


def test_sending_twice_merges_once(commune: Commune) -> None:
    khiem, other, key = commune.person("Khiêm"), again(commune), uuid.uuid4()
    told: dict[str, Any] = {"key": key, "at": EVENING, "by": commune.actor("Nhung")}
    assert merge_people(khiem, other, OURS, **told) == merge_people(khiem, other, OURS, **told)
    assert Merging.objects.count() == 1


def test_three_records_lead_to_one_and_go_where_it_goes(commune: Commune) -> None:
    khiem, second, third = commune.person("Khiêm"), again(commune), again(commune)
    merge_people(second, third, OURS, key=uuid.uuid4(), at=EVENING, by=MACHINE)
    merge_people(khiem, second, OURS, key=uuid.uuid4(), at=EVENING, by=MACHINE)
    move_member(khiem, to=commune.khuoi_moc, first=TODAY, on=TODAY, by=MACHINE)
    paths = set(Person.objects.filter(pk__in=[khiem.pk, second.pk, third.pk]).values_list("scope_path", flat=True))
    assert paths == {commune.khuoi_moc.scope_path}
    assert set(Merging.objects.values_list("scope_path", flat=True)) == paths


@pytest.mark.parametrize("since", ["a particular", "a task done", "a name"])
def test_what_leans_on_it_keeps_it(commune: Commune, since: str) -> None:
    khiem, other, office = commune.person("Khiêm"), again(commune, "Hà Văn Khiểm"), commune.actor("Nhung")
    task = give_task(commune.na_loc, NewTask("Sửa đường", other.pk), key=uuid.uuid4(), at=EVENING,
                     by=commune.actor("Inh"), by_name="Inh")  # fmt: skip
    merging = merge(commune, other, full_name="merged")
    if since == "a particular":
        note_particulars({khiem: {"occupation": "Nông dân"}}, first=TODAY, at=EVENING, by=office)
    elif since == "a task done":
        Task.objects.filter(pk=task.pk).update(settled_on=TODAY)
    else:
        Person.objects.filter(pk=khiem.pk).update(full_name="Hà Văn Khiên")
    with refused("leans_on_merging"):
        split_again(merging, why="did_not_happen", at=EVENING, by=office)


def test_splitting_again_asks_for_a_reason_and_the_power(commune: Commune) -> None:
    merging = merge(commune, again(commune))
    with refused("unknown_why"):
        split_again(merging, why="", at=EVENING, by=commune.actor("Nhung"))
    with pytest.raises(NoPower):
        split_again(merging, why="did_not_happen", at=EVENING, by=commune.actor("Páo"))
    split_again(merging, why="did_not_happen", at=EVENING, by=commune.actor("Nhung"))
    with refused("withdrawn_already"):
        split_again(merging, why="did_not_happen", at=EVENING, by=commune.actor("Nhung"))
    verbs = Entry.objects.filter(verb__startswith="people.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["people.merged", "people.merged.taken_back"]
