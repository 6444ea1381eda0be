"""The commune everybody knows, with something in every unit that must not be seen from elsewhere."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from chibo.cadres.models import Office
from chibo.cadres.operations import (
    Elected,
    NewSeat,
    NewStep,
    appoint,
    give_state_post,
    hold_congress,
    say_village_step,
    seat_members,
    set_up_body,
)
from chibo.directives.operations import (
    NewHeading,
    NewSession,
    add_file,
    hold_session,
    link_documents,
    mark_session,
    note_receipt,
    register_document,
    send_to_study,
)
from chibo.exchange.models import Intake
from chibo.issues.operations import (
    Done,
    NewLimitation,
    NewRemedy,
    Source,
    check_report,
    give_remedy,
    report_done,
    say_cause,
    write_limitation,
)
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.dates import ZONE
from chibo.kernel.periods import next_month
from chibo.ledger.operations import seal
from chibo.meetings.models import ChangeTried, Charge, Invitation, Meeting, Minutes, MinutesNote, SignedScan, Visit
from chibo.meetings.operations import (
    Plan,
    add_note,
    add_scan,
    assign_charge,
    invite,
    note_observation,
    plan_meeting,
    plan_visit,
    say_written_elsewhere,
    say_written_here,
    try_change,
)
from chibo.membership.models import Person
from chibo.membership.operations import enter_member, note_particulars, say_apart, send_temporarily
from chibo.organisation.models import AreaTag, Service, Siting, Unit
from chibo.organisation.operations import NewLocality, register_locality
from chibo.organisation.queries import placement_on
from chibo.reorganisation.operations import merge_people, rename
from chibo.reorganisation.plans import Paper
from chibo.reports.review.operations import open_review, write_part
from chibo.returns.boxes import Change, field_of
from chibo.returns.models import Form, LineCheck, Sheet
from chibo.returns.operations import (
    NewCheck,
    NewForm,
    NewLine,
    accept,
    add_check,
    add_line,
    define_form,
    hand_in,
    save_boxes,
)
from chibo.targets.measures import Measure
from chibo.targets.models import Target
from chibo.targets.operations import NewLine as NewPlanLine
from chibo.targets.operations import NewPlan, NewValue, issue_plan, open_plan, report_line, report_value, write_line
from tests.access.intakes import a_list, a_sheet
from tests.commune import FOUNDED, TODAY, Commune, found_commune
from tests.ledger.test_attachments import a_png

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=ZONE)
AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
CELLS = {"na_loc": "Inh", "pom_khe": "Liên", "khuoi_moc": "Sơn"}

PRINCIPALS = {  # principal → given name of the cast; None is nobody at all
    "secretary": "Inh",
    "deputy": "Duyên",
    "neighbour": "Liên",  # secretary of the cell next door
    "stranger": "Sơn",  # secretary of a cell of another commune
    "office": "Nhung",
    "leader": "Páo",
    "province": "Vân",
    "keeper": "Quý",
    "member": "Khiêm",
    "former": "Hoa",  # kept the commune office until yesterday
    "anonymous": None,
}


def canary(unit: str, where: str) -> str:
    """A word that stands in one unit only: «Nalocvenue»."""
    return f"{unit.replace('_', '').capitalize()}{where}"


@dataclass
class World:
    """The commune, and for each cell an open meeting and a closed one."""

    commune: Commune
    units: dict[str, Unit]
    open: dict[str, Meeting] = field(default_factory=dict)
    closed: dict[str, Meeting] = field(default_factory=dict)
    planned: dict[str, Meeting] = field(default_factory=dict)  # thematic, with its theme
    invitations: dict[str, Invitation] = field(default_factory=dict)  # of the member, to the meeting above
    notes: dict[str, MinutesNote] = field(default_factory=dict)
    tasks: dict[str, uuid.UUID] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    scans: dict[str, SignedScan] = field(default_factory=dict)
    charges: dict[str, Charge] = field(default_factory=dict)
    changes: dict[str, ChangeTried] = field(default_factory=dict)
    facts: dict[tuple[str, str], int] = field(default_factory=dict)  # cell and kind of fact → its number
    decisions: dict[str, uuid.UUID] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    terms: dict[str, int] = field(default_factory=dict)
    localities: dict[str, int] = field(default_factory=dict)  # commune → its village
    tags: dict[str, int] = field(default_factory=dict)
    congresses: dict[str, int] = field(default_factory=dict)
    intakes: dict[str, Intake] = field(default_factory=dict)  # a list that waits, with a name nobody outside knows
    apart: dict[str, int] = field(default_factory=dict)  # two records of the cell that are of two people
    mergings: dict[str, uuid.UUID] = field(default_factory=dict)  # of a record of the cell that was there twice
    sheets: dict[str, Intake] = field(default_factory=dict)  # a sheet of acts that waits
    documents: dict[str, uuid.UUID] = field(default_factory=dict)  # commune → what came, sent to its cell
    links: dict[str, int] = field(default_factory=dict)
    files: dict[str, uuid.UUID] = field(default_factory=dict)
    deliveries: dict[str, uuid.UUID] = field(default_factory=dict)
    reviews: dict[str, uuid.UUID] = field(default_factory=dict)
    studies: dict[str, uuid.UUID] = field(default_factory=dict)
    limitations: dict[str, uuid.UUID] = field(default_factory=dict)  # with a cause, a remedy, a report that waits
    remedied: dict[str, uuid.UUID] = field(default_factory=dict)  # one that closed
    causes: dict[str, uuid.UUID] = field(default_factory=dict)
    remedies: dict[str, uuid.UUID] = field(default_factory=dict)
    reports: dict[str, uuid.UUID] = field(default_factory=dict)
    returns: dict[str, Form] = field(default_factory=dict)  # commune → what its cells hand in
    asked: dict[str, uuid.UUID] = field(default_factory=dict)  # commune → that form, its line, its check
    lines: dict[str, int] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)
    typing: dict[str, dict[str, object]] = field(default_factory=dict)  # a sheet of the cell, by its address
    handed: dict[str, dict[str, object]] = field(default_factory=dict)  # one that waits to be checked
    accepted: dict[str, dict[str, object]] = field(default_factory=dict)
    plans: dict[str, uuid.UUID] = field(default_factory=dict)  # issued, with a line and its target
    drafts: dict[str, uuid.UUID] = field(default_factory=dict)  # whole, waiting to be issued
    targets: dict[str, uuid.UUID] = field(default_factory=dict)  # by hand
    numbers: dict[str, uuid.UUID] = field(default_factory=dict)
    done_lines: dict[str, uuid.UUID] = field(default_factory=dict)  # a line nothing measures, reported done
    lines_done: dict[str, uuid.UUID] = field(default_factory=dict)  # and that report
    plan_lines: dict[str, uuid.UUID] = field(default_factory=dict)
    hidden: dict[str, Person] = field(default_factory=dict)  # a member nobody outside the cell knows of

    def given_name(self, principal: str) -> str | None:
        """Who plays the principal."""
        return PRINCIPALS[principal]


def build_world() -> World:
    """Found it, through the operations."""
    commune = found_commune()
    world = World(commune, {
        "province": commune.province, "commune": commune.commune, "other_commune": commune.other_commune,
        "na_loc": commune.na_loc, "pom_khe": commune.pom_khe, "khuoi_moc": commune.khuoi_moc,
    })  # fmt: skip
    yesterday = TODAY - timedelta(days=1)
    appoint(commune.person("Hoa"), Office.COMMITTEE_OFFICE, commune.commune, on=FOUNDED, until=yesterday, by=MACHINE)
    send_temporarily(commune.person("Nghiệp"), to=commune.na_loc, first=FOUNDED, last=None, on=TODAY, by=MACHINE)
    for cell, secretary in CELLS.items():
        _furnish(world, cell, secretary)
    _registers(world)
    _documents(world)
    _returns(world)
    seal(at=NOW)
    for name in filter(None, PRINCIPALS.values()):
        commune.account(name)
    return world


def _furnish(world: World, cell: str, secretary: str) -> None:
    commune, unit = world.commune, world.units[cell]
    member = enter_member(f"Lò Thị {canary(cell, 'name')}", unit, on=FOUNDED, by=MACHINE)
    world.hidden[cell] = commune.people[canary(cell, "name")] = member
    elected = [Elected(commune.person(secretary), Office.CELL_SECRETARY)]
    if cell == "na_loc":
        elected.append(Elected(commune.person("Duyên"), Office.CELL_DEPUTY))
    after, last = FOUNDED + timedelta(days=1), date(2030, 7, 31)
    congress = hold_congress(unit, "2025 - 2030 (2)", elected, first=after, last=last, by=MACHINE)
    world.congresses[cell], world.terms[cell] = congress.pk, congress.term_id
    facts = {"occupation": canary(cell, "occupation"), "ethnicity": canary(cell, "ethnicity")}
    note_particulars({member: facts}, first=FOUNDED, at=NOW, by=MACHINE)
    state = give_state_post(member, "village_head", unit, first=FOUNDED, by=MACHINE, place=canary(cell, "place"))
    for kind, fact in {
        "noi-sinh-hoat": member.belongings.get(), "chinh-thuc": member.standings.get(), "chinh-quyen": state,
        "thong-tin": member.particulars.get(field="occupation"), 
        "dang": congress.term.posts.get(office=Office.CELL_SECRETARY),
    }.items():  # fmt: skip
        world.facts[cell, kind] = fact.pk
    body = set_up_body(unit, "party_team", canary(cell, "team"), first=FOUNDED, last=None, by=MACHINE)
    (seat,) = seat_members(body, [NewSeat(member, "head", canary(cell, "duty"))], first=FOUNDED, by=MACHINE)
    world.bodies[cell], world.seats[cell] = body.pk, seat.pk
    world.tasks[cell] = task = uuid.uuid4()
    # of the first month its minutes are in another book
    say_written_elsewhere([unit], month=FOUNDED, on=FOUNDED, by=MACHINE)
    say_written_here([unit], month=next_month(FOUNDED), on=FOUNDED, by=MACHINE)
    october = commune.meeting(unit, OCTOBER)
    commune.mark(october, canary(cell, "name"), "absent", canary(cell, "reason"), by=secretary)
    minutes: Minutes = commune.close(october, secretary, **{
        "conclusion": canary(cell, "conclusion"), "discussion": canary(cell, "discussion"),
        "chair": str(commune.person(secretary).pk), "resolution": "yes",
        f"task__{task}": canary(cell, "task"), f"owner__{task}": str(member.pk), f"due__{task}": "31/10/2026",
    })  # fmt: skip
    world.closed[cell] = october
    world.notes[cell] = add_note(
        minutes, canary(cell, "note"), key=uuid.uuid4(), at=NOW, by=commune.actor(secretary), by_name=secretary
    )
    plan = Plan(date(2026, 11, 12), theme="Giữ rừng đầu nguồn", presenter=member.pk)
    world.planned[cell] = plan_meeting(unit, Meeting.THEMATIC, plan, key=uuid.uuid4(), by=MACHINE)
    commune.write(world.planned[cell], secretary, focal=canary(cell, "focal"))
    asked = invite(world.planned[cell], at=NOW, by=MACHINE)
    world.invitations[cell] = next(row for row in asked if row.person in {commune.person("Khiêm"), member})
    world.open[cell] = november = commune.meeting(unit, NOVEMBER)
    commune.write(november, secretary, venue=canary(cell, "venue"), conclusion=canary(cell, "draft"))
    _look_after(world, cell, secretary, minutes)
    _limit(world, cell)
    make_plans(world, unit, cell)
    double = enter_member(f"Lò Thị {canary(cell, 'double')}", unit, on=FOUNDED, by=MACHINE)
    sides = {"full_name": "kept", "standing": "kept"}
    world.mergings[cell] = merge_people(
        member, double, sides, key=uuid.uuid4(), at=NOW, by=MACHINE, paper=canary(cell, "merging")
    ).pk
    namesake = commune.person(secretary)
    world.apart[cell] = say_apart(member, namesake, "papers", at=NOW, by=MACHINE, by_name=canary(cell, "looked")).pk
    told = Paper(canary(cell, "paper"), TODAY, canary(cell, "signer"))
    place = placement_on(unit.pk, TODAY)
    assert place is not None
    world.decisions[cell] = rename(
        unit, place.name, short_name=place.short_name, paper=told, on=TODAY, at=NOW, by=MACHINE
    ).pk
    world.intakes[cell] = a_list(unit, canary(cell, "newcomer"), at=NOW)
    world.sheets[cell] = a_sheet(unit, place.name, canary(cell, "renamed"), at=NOW)


def _registers(world: World) -> None:
    """A village of each commune, served by its cell, with an area."""
    for unit, cell in (("commune", "na_loc"), ("other_commune", "khuoi_moc")):
        row = NewLocality("hamlet", canary(cell, "village"), cell=world.units[cell], tags={"border": "QĐ 33"})
        locality = register_locality(row, world.units[unit], on=FOUNDED, by=MACHINE)
        world.localities[unit] = locality.pk
        owner = world.commune.person(CELLS[cell]).pk
        step = NewStep("other", owner, canary(unit, "step"), date(2026, 12, 31))
        say_village_step(locality, "apart", step, key=uuid.uuid4(), at=NOW, by=MACHINE, by_name="")
        for kind, model in (("ten", Siting), ("phu-trach", Service), ("dien", AreaTag)):
            world.facts[unit, kind] = model.objects.get(locality=locality).pk
        world.tags[unit] = world.facts[unit, "dien"]


def _documents(world: World) -> None:
    """A document of each commune with a file, sent to its cell, studied there; and what it carries out."""
    for unit, cell in (("commune", "na_loc"), ("other_commune", "khuoi_moc")):
        came = NewHeading("nghị quyết", "02", symbol="NQ/TU", about=canary(unit, "document"))
        told = {"at": NOW, "by": MACHINE, "by_name": canary(unit, "clerk")}
        row = register_document(world.units[unit], "in", came, key=uuid.uuid4(), **told)
        plan = register_document(world.units[unit], "out", NewHeading("kế hoạch", "07"), key=uuid.uuid4(), **told)
        world.links[unit] = link_documents(plan, row, "carries_out", **told).pk
        world.files[unit] = add_file(row, "trang.png", a_png(), key=uuid.uuid4(), **told).pk
        world.documents[unit] = row.pk
        (sent,) = send_to_study(row, [world.units[cell]], on=OCTOBER, due=NOVEMBER, note=canary(cell, "note"), **told)
        note_receipt(sent, on=OCTOBER, **told)
        held = NewSession(TODAY, 3, 4, presenter=canary(cell, "presenter"))
        study = hold_session(sent, held, key=uuid.uuid4(), **told)
        mark_session(study, "good", canary(cell, "mark"), key=uuid.uuid4(), **told)
        world.deliveries[cell], world.studies[cell] = sent.pk, study.pk
        days = {"first": FOUNDED, "last": OCTOBER}
        review = open_review(world.units[unit], row, "interim", key=uuid.uuid4(), **days, **told)
        write_part(review, "lessons", canary(unit, "lesson"), based_on=0, **told)
        world.reviews[unit] = review.pk


def _look_after(world: World, cell: str, secretary: str, minutes: Minutes) -> None:
    """A visit with an observation, a scan, a change tried, and (where there is a committee) a charge."""
    commune, unit = world.commune, world.units[cell]
    chair = commune.actor(secretary)
    visitor = commune.person("Vân" if cell == "khuoi_moc" else "Páo").pk
    world.visits[cell] = visit = plan_visit(
        world.closed[cell], visitor, key=uuid.uuid4(), at=NOW, by=MACHINE, purpose=canary(cell, "purpose")
    )
    note_observation(
        visit, attended=True, points={"review": "improve"}, advice=canary(cell, "advice"), at=NOW, by=MACHINE
    )
    world.scans[cell] = add_scan(minutes, "trang.png", a_png(), key=uuid.uuid4(), at=NOW, by=chair, by_name=secretary)
    world.changes[cell] = try_change(
        unit, canary(cell, "change"), on=NOVEMBER, key=uuid.uuid4(), at=NOW, by=chair, by_name=secretary
    )
    if cell != "khuoi_moc":
        (world.charges[cell],) = assign_charge(visitor, [unit], first=FOUNDED, last=None, by=MACHINE)


def _limit(world: World, cell: str) -> None:
    """Two limitations of the cell, every word of them its own: one waits for a second person, one is remedied."""
    unit, hidden = world.units[cell], world.hidden[cell]
    told = {"at": NOW, "by": MACHINE, "by_name": canary(cell, "keeper")}
    for kept, words in ((world.limitations, "limitation"), (world.remedied, "remedied")):
        new = NewLimitation(canary(cell, words), "meetings", OCTOBER, Source(note=canary(cell, "source")))
        row = write_limitation(unit, new, key=uuid.uuid4(), **told)
        cause = say_cause(row, "direction", canary(cell, "cause"), key=uuid.uuid4(), **told)
        remedy = give_remedy(row, NewRemedy(canary(cell, "remedy"), TODAY, owner=hidden.pk), key=uuid.uuid4(), **told)
        done = Done(TODAY, canary(cell, "proof"), file=("trang.png", a_png()))
        report = report_done(remedy, done, key=uuid.uuid4(), **told)
        kept[cell] = row.pk
        if kept is world.limitations:
            world.causes[cell], world.remedies[cell], world.reports[cell] = cause.pk, remedy.pk, report.pk
        else:
            looked = Actor(None, world.commune.person("Nhung").pk, MACHINE.powers)
            check_report(report, "confirmed", canary(cell, "remark"), **{**told, "by": looked})


def make_plans(world: World, unit: Unit, cell: str) -> None:
    """One plan issued, with a target counted and one by hand; one draft. Every word of them the cell's own."""
    told = {"at": NOW, "by": MACHINE, "by_name": canary(cell, "planner")}
    last = date(2026, 12, 31)
    for kept, words in ((world.plans, "plan"), (world.drafts, "plandraft")):
        new = NewPlan("kế hoạch", canary(cell, words), FOUNDED, last)
        plan = open_plan(unit, new, key=uuid.uuid4(), **told)
        hand = Measure(canary(cell, "measured"), "at_least", Decimal(10), measure="km")
        for measure in (hand, Measure("", "at_least", Decimal(2), "members.admitted", key=True)):
            line = write_line(
                plan, NewPlanLine(canary(cell, "line"), f"unit:{unit.pk}", last, measure), key=uuid.uuid4(), **told
            )
            if kept is world.plans and measure is hand:
                world.plan_lines.setdefault(cell, line.pk)
                mine = line.pk
        if kept is world.plans:
            once = NewPlanLine(canary(cell, "once"), f"unit:{unit.pk}", last, why_none=canary(cell, "unmeasured"))
            line = write_line(plan, once, key=uuid.uuid4(), **told)
            issue_plan(plan, on=OCTOBER, **told)
            done = report_line(line, canary(cell, "result"), on=TODAY, key=uuid.uuid4(), **told)
            world.done_lines.setdefault(cell, line.pk)
            world.lines_done.setdefault(cell, done.pk)
            number = NewValue(OCTOBER, canary(cell, "paper"), Decimal(3))
            reported = report_value(Target.objects.get(pk=mine), number, key=uuid.uuid4(),
                                    file=("trang.png", a_png()), **told)  # fmt: skip
            world.targets.setdefault(cell, mine)
            world.numbers.setdefault(cell, reported.pk)
        kept.setdefault(cell, plan.pk)


def _returns(world: World) -> None:
    """What each commune asks of its cells: one sheet being filled in, one that waits, one accepted."""
    for unit, cells in (("commune", ("na_loc", "pom_khe")), ("other_commune", ("khuoi_moc",))):
        told = {"at": NOW, "by": MACHINE, "by_name": canary(unit, "clerk")}
        new = NewForm(canary(unit, "form"), Form.MONTH, ["cell"], 5, AUGUST)
        world.returns[unit] = form = define_form(world.units[unit], new, key=uuid.uuid4(), **told)
        line = add_line(form, NewLine("Lượt tuần tra rừng", "lượt"), since=AUGUST, **told)
        check = add_check(form, NewCheck([line.pk], LineCheck.CHANGE, number=Decimal(10)), since=AUGUST, **told)
        world.asked[unit], world.lines[unit], world.checks[unit] = form.pk, line.pk, check.pk
        for cell in cells:
            fill_sheets(form, world.units[cell], canary(cell, "why"))
            for kept, month in ((world.accepted, "08"), (world.handed, "09"), (world.typing, "10")):
                kept[cell] = {"form": form.pk, "unit": world.units[cell].pk, "period": f"2026-{month}"}


def fill_sheets(form: Form, unit: Unit, why: str) -> None:
    """August accepted, September handed in with a reason, October begun."""
    told, line, check = {"at": NOW, "by": MACHINE, "by_name": why}, form.lines.get(), form.checks.get()
    for month, number in ((AUGUST, "10"), (SEPTEMBER, "20"), (OCTOBER, "30")):
        boxes = {field_of(line): Change(number, 0), field_of(check): Change(why, 0)}
        save_boxes(form, unit, month, boxes, **told)
        if month != OCTOBER:
            hand_in(form, unit, month, key=uuid.uuid4(), **told)
        if month == AUGUST:
            accept(Sheet.objects.get(form=form, unit=unit, first=month), key=uuid.uuid4(), **told)
