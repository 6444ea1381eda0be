"""Load the invented province through the same operations people use."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from chibo.access.models import Account
from chibo.access.operations import make_account
from chibo.access.wall import raise_wall
from chibo.cadres.models import Office
from chibo.cadres.operations import appoint, open_term
from chibo.demo import words
from chibo.demo.people import invented_names
from chibo.demo.plan import ACCOUNTS, COMMUNE, NEIGHBOUR, PASSPHRASE, CellPlan
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import month_before
from chibo.ledger.operations import seal
from chibo.meetings.models import Meeting
from chibo.meetings.operations import Change, close_meeting, make_calendar, save_fields, set_habit
from chibo.meetings.queries import meeting_view
from chibo.membership.models import Absence, Person, Standing
from chibo.membership.operations import NewMember, enter_members, give_account, leave_out, send_temporarily
from chibo.organisation.models import Unit
from chibo.organisation.operations import found_unit

MONTHS = 12
SEED = 2026
Say = Callable[[str], None]


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
        _Province(on, say).build()


class _Province:
    def __init__(self, on: date, say: Say) -> None:
        self.on, self.say, self.random = on, say, Random(SEED)  # noqa: S311 - a play, not a secret
        self.months = _months_before(on, MONTHS)
        self.start = month_before(self.months[0])
        self.units: dict[str, Unit] = {}
        self.people: dict[str, list[Person]] = {}
        self.names = invented_names(sum(p.members for p in COMMUNE + NEIGHBOUR), self.random)

    def build(self) -> None:
        self._units()
        self._people()
        self._posts()
        self._history()
        self._accounts()
        self.say(f"Xong: {Unit.objects.count()} tổ chức, {Person.objects.count()} đảng viên, "
                 f"{Meeting.objects.count()} buổi sinh hoạt.")  # fmt: skip

    def _units(self) -> None:
        first = self.start
        province = found_unit("Đảng bộ tỉnh Thượng Lam", kind="province", parent=None, on=first, by=MACHINE,
                              short_name="Tỉnh Thượng Lam", place="Thượng Lam")  # fmt: skip
        commune = found_unit("Đảng bộ xã Huổi Lam", kind="commune", parent=province, on=first, by=MACHINE,
                             short_name="Xã Huổi Lam", place="Huổi Lam")  # fmt: skip
        other = found_unit("Đảng bộ xã Nậm Sen", kind="commune", parent=province, on=first, by=MACHINE,
                           short_name="Xã Nậm Sen", place="Nậm Sen")  # fmt: skip
        self.units = {"province": province, "commune": commune, "neighbour": other}
        for plans, parent in ((COMMUNE, commune), (NEIGHBOUR, other)):
            for plan in plans:
                unit = found_unit(plan.name, kind="cell", parent=parent, on=first, by=MACHINE, short_name=plan.short)
                self.units[plan.key] = unit
                hour = time(19, 30) if plan.short.startswith("Bản") else time(16, 0)
                set_habit(unit, starts_at=hour, venue=plan.venue, on=first, by=MACHINE)
                _term(unit, first)
        _term(commune, first)
        _term(other, first)

    def _people(self) -> None:
        names = iter(self.names)
        for plan in COMMUNE + NEIGHBOUR:
            rows = [NewMember(next(names), Standing.PROBATIONARY if place == plan.members - 1 else Standing.OFFICIAL)
                    for place in range(plan.members)]  # fmt: skip
            people = enter_members(rows, self.units[plan.key], on=self.start, by=MACHINE)
            self.people[plan.key] = people
            if plan.members >= 16:
                leave_out(people[-2], Absence.EXEMPT, first=self.start, last=None, by=MACHINE)
            if plan.members >= 19:
                send_temporarily(people[-3], to=None, first=self.months[6], last=None, on=self.on, by=MACHINE)

    def _posts(self) -> None:
        for plan in COMMUNE + NEIGHBOUR:
            people, unit = self.people[plan.key], self.units[plan.key]
            appoint(people[0], Office.CELL_SECRETARY, unit, on=self.start, by=MACHINE)
            appoint(people[1], Office.CELL_DEPUTY, unit, on=self.start, by=MACHINE)
            if plan.members >= 12:
                appoint(people[2], Office.CELL_COMMITTEE, unit, on=self.start, by=MACHINE)

    def _history(self) -> None:
        plans = {self.units[plan.key].pk: plan for plan in COMMUNE + NEIGHBOUR}
        for month in self.months:
            evening = datetime.combine(month.replace(day=2), time(8), ZONE)
            make_calendar(month, at=evening, by=MACHINE)
            for meeting in Meeting.objects.filter(month=month).select_related("unit").order_by("unit"):
                plan = plans[meeting.unit_id]
                if plan.key == "pulau" and month in (self.months[3], self.months[8]):
                    continue  # two months this cell did not meet
                self._hold(meeting, plan)
            seal(at=evening + timedelta(days=20))
            self.say(f"  tháng {month.month}/{month.year}")
        make_calendar(self.on, at=datetime.combine(self.on, time(8), ZONE), by=MACHINE)
        seal(at=datetime.combine(self.on, time(8), ZONE))

    def _hold(self, meeting: Meeting, plan: CellPlan) -> None:
        rnd, day = self.random, meeting.planned_on
        if rnd.random() < plan.late:
            day += timedelta(days=rnd.choice([2, 3, 5, 7]))
        started = meeting.starts_at or time(19, 30)
        ended = time(started.hour + 1, rnd.choice([35, 40, 45, 50]))
        if started.minute == 30:
            ended = time(started.hour + 2, rnd.choice([0, 5, 15, 20]))
        at = datetime.combine(day, ended, ZONE) + timedelta(minutes=10)
        secretary = self.people[plan.key][0]
        by_name = secretary.full_name
        fields = self._sheet(meeting, plan, day, ended)
        changes = {name: Change(value, 0) for name, value in fields.items()}
        save_fields(meeting, changes, at=at, by=MACHINE, by_name=by_name)
        revision = meeting_view(meeting).sheet.revision
        close_meeting(meeting, key=self._uuid(), seen_revision=revision, at=at, by=MACHINE, by_name=by_name)

    def _sheet(self, meeting: Meeting, plan: CellPlan, day: date, ended: time) -> dict[str, str]:
        rnd, people = self.random, self.people[plan.key]
        fields = {
            "held_on": day.isoformat(), "ended": ended.strftime("%H:%M"), "writer": str(people[1].pk),
            "information": rnd.choice(words.INFORMATION), "discussion": rnd.choice(words.DISCUSSION),
            "criticism": "done", "conclusion": rnd.choice(words.CONCLUSIONS),
            "dues_paid": str(plan.members - 1), "dues_due": str(plan.members - 1),
        }  # fmt: skip
        fields |= self._roll(plan)
        for task in meeting_view(meeting).open_tasks:
            fields |= self._result(str(task.task.pk))
        for text in rnd.sample(words.TASKS, rnd.choice([2, 2, 3])):
            key = self._uuid()
            due = meeting.month.replace(day=rnd.choice([20, 25, 28]))
            fields |= {f"task.{key}": text, f"owner.{key}": str(rnd.choice(people[:8]).pk),
                       f"due.{key}": due.isoformat()}  # fmt: skip
        return fields

    def _roll(self, plan: CellPlan) -> dict[str, str]:
        rnd, fields = self.random, {}
        for person in self.people[plan.key][1:]:
            if rnd.random() > plan.share:
                fields[f"roll.{person.pk}"] = "absent"
                if rnd.random() < 0.8:
                    fields[f"reason.{person.pk}"] = rnd.choice(words.REASONS)
            elif rnd.random() < 0.04:
                fields[f"roll.{person.pk}"] = "late"
        return fields

    def _result(self, task: str) -> dict[str, str]:
        rnd = self.random
        if rnd.random() < 0.82:
            return {f"result.{task}": "done"}
        state = rnd.choice(["doing", "not_done"])
        return {f"result.{task}": state, f"cause.{task}": rnd.choice(words.CAUSES),
                f"remedy.{task}": rnd.choice(words.REMEDIES)}  # fmt: skip

    def _accounts(self) -> None:
        # clerks are members of their own cells like everybody else
        clerks = {home: iter(self.people[home][4:]) for home in ("coquan", "banmoc")}
        at = datetime.combine(self.on, time(8), ZONE)
        for username, _, office, key in ACCOUNTS:
            account = make_account(username, PASSPHRASE, at=at, by=MACHINE, demo=True)
            unit = self.units[key]
            if key in self.people:
                place = {Office.CELL_SECRETARY: 0, Office.CELL_DEPUTY: 1}.get(office, 5) if office else 5
                person = self.people[key][place]
            else:
                home = {"commune": "coquan", "neighbour": "banmoc", "province": "coquan"}[key]
                person = next(clerks[home])
                if office is not None:
                    appoint(person, office, unit, on=self.start, by=MACHINE)
            give_account(person, account, on=self.on, by=MACHINE)

    def _uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)


def _term(unit: Unit, first: date) -> None:
    """A term of five years from the first of August that holds the whole demo."""
    year = first.year - 1
    open_term(unit, f"{year} - {year + 5}", first=date(year, 8, 1), last=date(year + 5, 7, 31), by=MACHINE)


def _months_before(on: date, count: int) -> list[date]:
    months = [month_before(on)]
    while len(months) < count:
        months.append(month_before(months[-1]))
    return months[::-1]
