"""Queries of every page: a fixed number, the same when there is twice as much of everything (decision 26).

The constancy holds for every address of the access matrix by itself; numbers are told below, page by page.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chibo.cadres.models import Office
from chibo.cadres.operations import appoint
from chibo.issues.operations import (
    Done,
    NewLimitation,
    NewRemedy,
    give_remedy,
    report_done,
    say_cause,
    write_limitation,
)
from chibo.kernel.actor import MACHINE
from chibo.meetings.models import Meeting
from chibo.meetings.operations import (
    NewTask,
    Plan,
    add_note,
    add_scan,
    assign_charge,
    give_task,
    invite,
    note_observation,
    plan_meeting,
    plan_visit,
    try_change,
)
from chibo.membership.models import Standing
from chibo.membership.operations import NewMember, enter_members
from chibo.organisation.models import Unit
from chibo.reports.operations import issue_report
from chibo.returns.models import Form as ReturnForm
from chibo.returns.models import LineCheck
from chibo.returns.operations import NewCheck, NewForm, NewLine, add_check, add_line, define_form
from tests.access.conftest import as_application
from tests.access.conftest import visitors as visitors
from tests.access.conftest import world as world
from tests.access.test_matrix import EVERY, address, expected, outcome, targets
from tests.access.world import NOW, World, fill_sheets, make_plans
from tests.commune import FOUNDED, TODAY, found_cell
from tests.ledger.test_attachments import a_jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


Counts = dict[tuple[str, str, str], int]
MARKS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET LOCAL ROLE")
OF_A_FORM = 20  # a page about one meeting, task or form
FIXED = 5  # session, account, posts of today, the wall, the number beside «Việc cần làm»
BESIDES = {  # the most a page asks besides, whoever reads it; more than a few has its reason
    "front:home": 37,  # every room is asked once for what is owed there; an office reads a board too
    "front:sessions": 1,
    "front:unit": 13,  # ten lists of a cell on one page, and who it came from and went into
    "front:members": 10,  # whoever keeps the book is told of records that may be doubles
    "front:person": 24,  # ten registers of a life, whose it is and what was erased, as it holds and as it was corrected
    "reorganisation:merge": 24,  # every table of facts of two records, and what the second wall may hide of either
    "front:extract": 35,  # all that is kept of oneself: every register once, and who opened it
    "front:find": 4,
    "front:figure": 8,  # its rows on one tree, whether the tree changed; sums kept and the days at their ends
    "cadres:bodies": 7,
    "meetings:meeting": 21,  # the sheet, its roll and tasks, what stands beside it, what rooms above offer
    "meetings:of_unit": 9,
    "meetings:of_unit_in_year": 9,
    "meetings:tasks_of_unit": 6,
    "meetings:my_tasks": 3,
    "meetings:visit_log": 4,
    "meetings:visit_log_of_year": 4,
    "meetings:charges": 6,
    "meetings:charges_of_year": 6,
    "meetings:written_here": 7,
    "meetings:quality": 15,  # a year of attendance, scores, visits, changes and themes, and the same of the cells below
    "meetings:quality_of_year": 15,
    "meetings:board": 16,  # five figures; of a cell three years of squares as well
    "meetings:board_of_year": 16,
    "meetings:chase": 14,
    "reports:month": 8,
    "reports:correction": 18,  # of five figures, as the report itself
    "reports:review": 92,  # some twenty figures, three of them over two periods; a draft opened by one office
}  # fmt: skip


def counted(client: Client, path: str) -> int:
    """The queries of a page, without the marks of transactions."""
    with as_application(), CaptureQueriesContext(connection) as asked:
        assert outcome(client.get(path)) == "in", path
    return sum(not q["sql"].startswith(MARKS) for q in asked)


READERS = ("secretary", "office", "leader", "province", "member", "keeper")
WHOSE = {"na_loc": "secretary", "commune": "office", "province": "province"}
DRAWN = (  # files, not pages: made of one sealed content
    "reports:minutes", "reports:resolution", "reports:handbook", "reports:invitation", "reports:roll",
    "reports:blank_minutes", "reports:report", "reports:bundle", "meetings:scan",
    "reports:review_word", "issues:proof", "targets:number_file",
)  # fmt: skip


def cases(world: World) -> Iterator[tuple[str, str, str]]:
    """Every page: of a cell as its secretary opens it, of the commune, of the province; one's own for every reader."""
    for name, page in EVERY.items():
        if page.get is None or name in DRAWN:
            continue
        for unit in targets(page, world):
            for who in [WHOSE[unit]] if unit in WHOSE else READERS if not unit else []:
                if expected(page, "get", who, unit) == "in":
                    yield name, who, unit


def counts(world: World, visitors: dict[str, Client]) -> Counts:
    found = {}
    for name, who, unit in cases(world):
        path = address(name, EVERY[name], world, unit)
        found[name, who, unit] = counted(visitors[who], f"{path}?q=van" if name == "front:find" else path)
    return found


def test_twice_as_many_rows_cost_no_query_more(world: World, visitors: dict[str, Client]) -> None:
    inh = world.commune.person("Inh")
    give_task(world.commune.na_loc, NewTask("Việc của mình", inh.pk), key=uuid.uuid4(), at=NOW,
              by=world.commune.actor("Inh"), by_name="Inh")  # fmt: skip
    before = counts(world, visitors)
    grow(world)
    after = counts(world, visitors)
    more = {case: (before[case], after[case]) for case in before if before[case] != after[case]}
    assert more == {}
    over = {case: asked for case, asked in after.items() if asked > FIXED + BESIDES.get(case[0], OF_A_FORM)}
    assert over == {}
    print("\n".join(f"{asked:3}  {' '.join(case)}" for case, asked in after.items()))


def grow(world: World) -> None:
    """Twice as many cells, members, meetings, tasks, visits, charges, changes, papers, scans."""
    commune = world.commune
    appoint(commune.person("Thuận"), Office.STANDING_MEMBER, commune.commune, on=FOUNDED, by=MACHINE)
    for n in range(2):
        unit = found_cell(f"Chi bộ bản Mới {n}", f"Bản Mới {n}", commune.commune)
        people = enter_members([NewMember(f"Lò Văn Mới{n}{each}", Standing.OFFICIAL) for each in "abc"], unit,
                               on=FOUNDED, by=MACHINE)  # fmt: skip
        commune.people |= {person.full_name.split()[-1]: person for person in people}
        appoint(people[0], Office.CELL_SECRETARY, unit, on=FOUNDED, by=MACHINE)
        fill_sheets(world.returns["commune"], unit, "Mùa khô")
        live(world, unit, people[0].full_name.split()[-1])
    enter_members([NewMember(f"Hà Thị Thêm{n}", Standing.OFFICIAL) for n in "abcdefghij"], commune.na_loc,
                  on=FOUNDED, by=MACHINE)  # fmt: skip
    live(world, commune.na_loc, "Inh")
    told = {"at": NOW, "by": MACHINE, "by_name": "Nhung"}
    new = NewForm("Làm đường", ReturnForm.MONTH, ["cell"], 5, date(2026, 8, 1))
    form = define_form(commune.commune, new, key=uuid.uuid4(), **told)
    line = add_line(form, NewLine("Đường sửa", "km"), since=new.begins, **told)
    add_check(form, NewCheck([line.pk], LineCheck.CHANGE, number=Decimal(10)), since=new.begins, **told)
    fill_sheets(form, commune.na_loc, "Mùa khô")


def live(world: World, unit: Unit, secretary: str) -> None:
    """Three months of a cell, all of it by its secretary."""
    commune, chair = world.commune, world.commune.actor(secretary)
    person = commune.person(secretary)
    for n, month in enumerate((date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1))):
        if Meeting.objects.filter(unit=unit, month=month, kind=Meeting.ORDINARY).exists():
            continue
        meeting, key = commune.meeting(unit, month), uuid.uuid4()
        commune.mark(meeting, secretary, "late", by=secretary)
        minutes = commune.close(meeting, secretary, **{
            "resolution": "yes", "conclusion": "Nhất trí.", f"task__{key}": f"Việc {n}",
            f"owner__{key}": str(person.pk), f"due__{key}": f"{meeting.meets_on:%d/%m/%Y}",
        })  # fmt: skip
        add_note(minutes, "Sửa một chữ", key=uuid.uuid4(), at=NOW, by=chair, by_name=secretary)
        add_scan(minutes, "anh.jpg", a_jpeg(), key=uuid.uuid4(), at=NOW, by=chair, by_name=secretary)
        visit = plan_visit(meeting, commune.person("Páo").pk, key=uuid.uuid4(), at=NOW, by=MACHINE)
        note_observation(visit, attended=True, points={}, advice="Tốt", at=NOW, by=MACHINE)
        try_change(unit, f"Đổi {n}", on=month, key=uuid.uuid4(), at=NOW, by=chair, by_name=secretary)
        issue_report(unit, month, on=TODAY, at=NOW, by=MACHINE, by_name=secretary)
        give_task(unit, NewTask(f"Việc giữa kỳ {n}", person.pk, TODAY + timedelta(days=n)), key=uuid.uuid4(),
                  at=NOW, by=chair, by_name=secretary)  # fmt: skip
    for n, code in enumerate(("direction", "terrain")):
        told = {"at": NOW, "by": chair, "by_name": secretary}
        new = NewLimitation(f"Hạn chế {n}", "meetings", TODAY)
        limit = write_limitation(unit, new, key=uuid.uuid4(), **told)
        say_cause(limit, code, key=uuid.uuid4(), **told)
        remedy = give_remedy(limit, NewRemedy("Làm", TODAY, owner=person.pk), key=uuid.uuid4(), **told)
        report_done(remedy, Done(TODAY, "Xong"), key=uuid.uuid4(), **told)
        give_remedy(limit, NewRemedy("Làm nữa", TODAY, owner=person.pk), key=uuid.uuid4(), **told)
    make_plans(world, unit, "na_loc")
    theme = plan_meeting(unit, Meeting.THEMATIC, Plan(date(2026, 11, 20), theme="Rừng"), key=uuid.uuid4(), by=MACHINE)
    invite(theme, at=NOW, by=MACHINE)
    plan_visit(theme, commune.person("Páo").pk, key=uuid.uuid4(), at=NOW, by=MACHINE)
    if not Meeting.objects.filter(unit=unit, month=date(2026, 11, 1), kind=Meeting.ORDINARY).exists():
        commune.meeting(unit)
    assign_charge(commune.person("Thuận").pk, [unit], first=FOUNDED, last=None, by=MACHINE)
