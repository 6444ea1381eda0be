"""Load the invented province through the same operations people use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db import transaction

from chibo.access.models import Account
from chibo.access.operations import make_account
from chibo.access.wall import raise_wall
from chibo.cadres.models import Office
from chibo.cadres.operations import appoint, open_term
from chibo.demo import documents, limitations, lists, month, now, personal, records, returns, targets, villages
from chibo.demo.admission import born_on, listed
from chibo.demo.between import give_tasks
from chibo.demo.care import assign, try_changes
from chibo.demo.districts.building import FIRST
from chibo.demo.districts.load import build_districts
from chibo.demo.papers import correct_reports, report, scan_minutes
from chibo.demo.plan import ACCOUNTS, COMMUNE, NEIGHBOUR, PASSPHRASE
from chibo.demo.province import Province, Say
from chibo.demo.sheets import hold_ordinary, not_held
from chibo.figures.tallies import fold
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import seal
from chibo.meetings.models import Meeting
from chibo.meetings.operations import make_calendar, set_habit
from chibo.membership.models import Absence, Person
from chibo.membership.operations import (
    NewMember,
    enter_lists,
    give_account,
    leave_out,
    recognise_official,
    send_temporarily,
)
from chibo.organisation.models import Unit
from chibo.organisation.operations import found_unit
from chibo.reorganisation.operations import merge_units
from chibo.reorganisation.plans import Paper


def refuse_beside_real(say: Say) -> bool:
    """Whether there is nothing to do because the demo is here already. Raises Refused("demo_refused")."""
    refuse_if(Account.objects.filter(is_demo=False).exists(), "demo_refused")
    if Account.objects.filter(is_demo=True).exists():
        say("Dữ liệu thử đã có sẵn, không nạp lại.")
        return True
    refuse_if(Unit.objects.exists(), "demo_refused")
    return False


def load(*, on: date, say: Say) -> None:
    """Nạp tỉnh thử: twelve closed months up to the month before `on`, this month's meetings open.

    Deterministic for a given day. Raises Refused("demo_refused") beside real accounts.
    """
    with transaction.atomic():
        raise_wall(MACHINE)
        if refuse_beside_real(say):
            return
        province = Province(on, say)
        _units(province)
        villages.register(province)
        _people(province)
        _posts(province)
        _one_merger(province)
        records.give_hats(province)
        records.hold_one_congress(province)
        _accounts(province)
        assign(province)
        _history(province)
        try_changes(province)
        give_tasks(province)
        scan_minutes(province)
        province.look_at_tables()
        build_districts(province)
        records.enter_some_twice(province)
        lists.bring_one_in(province)
        personal.ask(province)
        limitations.write(province)
        documents.keep(province)
        documents.review(province)
        returns.keep(province)
        correct_reports(province)
        villages.see_to(province)
        targets.keep(province)
        fold()
        seal(at=datetime.combine(province.on, time(8, 30), ZONE))
        say(f"Xong: {Unit.objects.count()} tổ chức, {Person.objects.count()} đảng viên, "
            f"{Meeting.objects.count()} buổi sinh hoạt.")  # fmt: skip


def _units(province: Province) -> None:
    first = province.start
    root = found_unit("Đảng bộ tỉnh Thượng Lam", kind="province", parent=None, on=FIRST, by=MACHINE,
                          short_name="Tỉnh Thượng Lam", place="Thượng Lam")  # fmt: skip
    commune = found_unit("Đảng bộ xã Huổi Lam", kind="commune", parent=root, on=first, by=MACHINE,
                         short_name="Xã Huổi Lam", place="Huổi Lam")  # fmt: skip
    other = found_unit("Đảng bộ xã Nậm Sen", kind="commune", parent=root, on=first, by=MACHINE,
                       short_name="Xã Nậm Sen", place="Nậm Sen")  # fmt: skip
    province.units = {"province": root, "commune": commune, "neighbour": other}
    for plans, parent in ((COMMUNE, commune), (NEIGHBOUR, other)):
        for plan in plans:
            unit = found_unit(plan.name, kind="cell", parent=parent, on=first, by=MACHINE, short_name=plan.short)
            province.units[plan.key] = unit
            hour = time(19, 30) if plan.short.startswith("Bản") else time(16, 0)
            set_habit(unit, starts_at=hour, venue=plan.venue, on=first, by=MACHINE)
            _term(unit, first)
    _term(commune, first)
    _term(other, first)


def _people(province: Province) -> None:
    names = iter(province.names)
    lists: dict[Unit, list[NewMember]] = {}
    for plan in COMMUNE + NEIGHBOUR:
        lists[province.units[plan.key]] = rows = []
        for place, name in enumerate(islice(names, plan.members)):
            born = born_on(plan, place, province.start, province.random)
            line = listed(name, plan, place, born, province.start, province.random)
            rows.append(replace(line, particulars=records.particulars(name, born, plan, province.random)))
    entered = iter(enter_lists(lists, on=province.start, by=MACHINE))
    for place, plan in enumerate(COMMUNE + NEIGHBOUR):
        people = list(islice(entered, plan.members))
        province.people[plan.key] = people
        if place % 3:  # of the rest the year of probation is over and nobody has decided yet
            recognise_official(people[-1], on=province.months[-2].replace(day=12), by=MACHINE, decision="số 31-QĐ/ĐU")
        if plan.members >= 16:
            leave_out(people[-2], Absence.EXEMPT, first=province.start, last=None, by=MACHINE)
        if plan.members >= 19:
            send_temporarily(people[-3], to=None, first=province.months[6], last=None, on=province.on, by=MACHINE)


def _posts(province: Province) -> None:
    for plan in COMMUNE + NEIGHBOUR:
        people, unit = province.people[plan.key], province.units[plan.key]
        appoint(people[0], Office.CELL_SECRETARY, unit, on=province.start, by=MACHINE)
        appoint(people[1], Office.CELL_DEPUTY, unit, on=province.start, by=MACHINE)
        if plan.members >= 12:
            appoint(people[2], Office.CELL_COMMITTEE, unit, on=province.start, by=MACHINE)
    month.appoint_committee(province)


def _one_merger(province: Province) -> None:
    """A cell that was there in the first days and went into another: its page still opens."""
    first = province.start
    old = found_unit("Chi bộ Chợ Huổi Lam", kind="cell", parent=province.units["commune"], on=first, by=MACHINE,
                     short_name="Chợ Huổi Lam")  # fmt: skip
    on = first + timedelta(days=1)
    paper = Paper("03-QĐ/ĐU", on, reason="Chợ chuyển về khu trung tâm xã", key=province.uuid())
    merge_units([old], province.units["coquan"], paper=paper, on=on, at=datetime.combine(on, time(8), ZONE), by=MACHINE)


def _history(province: Province) -> None:
    for first in province.months:
        evening = datetime.combine(first.replace(day=2), time(8), ZONE)
        make_calendar(first, at=evening, by=MACHINE)
        for meeting in Meeting.objects.filter(month=first).select_related("unit").order_by("unit"):
            plan = province.plan_of(meeting.unit_id)
            if plan.key == "pulau" and first in (province.months[3], province.months[8]):
                not_held(province, meeting, said=first == province.months[3])  # two months this cell did not meet
            else:
                hold_ordinary(province, meeting)
        month.hold_themes(province, first)
        month.hold_standing(province, first)
        report(province, first)
        seal(at=evening + timedelta(days=28))
        province.say(f"  tháng {first.month}/{first.year}")
    make_calendar(province.on, at=datetime.combine(province.on, time(8), ZONE), by=MACHINE)
    now.run_this_month(province, province.on.replace(day=1))
    seal(at=datetime.combine(province.on, time(8), ZONE))


def _accounts(province: Province) -> None:
    # clerks are members of their own cells like everybody else
    places = {"vanphong": 4, "bithu.xa": 5, "phutrach.xa": 11, "canbo.tinh": 6, "maychu": 7, "vanphong.namsen": 4}
    at = datetime.combine(province.on, time(8), ZONE)
    for username, _, office, key in ACCOUNTS:
        account = make_account(username, PASSPHRASE, at=at, by=MACHINE, demo=True)
        unit = province.units[key]
        if key in province.people:
            place = {Office.CELL_SECRETARY: 0, Office.CELL_DEPUTY: 1}.get(office, 5) if office else 5
            person = province.people[key][place]
        else:
            home = {"commune": "coquan", "neighbour": "banmoc", "province": "coquan"}[key]
            person = province.people[home][places[username]]
            if office is not None:
                appoint(person, office, unit, on=province.start, by=MACHINE)
        give_account(person, account, on=province.on, by=MACHINE)


def _term(unit: Unit, first: date) -> None:
    """A term of five years from the first of August that holds the whole demo."""
    year = first.year - 1
    open_term(unit, f"{year} - {year + 5}", first=date(year, 8, 1), last=date(year + 5, 7, 31), by=MACHINE)
