"""The access matrix: who opens which address, for which unit. One line for every address of the house.

A new address gets a line in ROUTES: what it is about (`of`), and who may GET or POST it. Who may is a power (held
where HOLDS says), EVERYBODY, SIGNED_IN, or a mapping like those in HOLDS. What has no `get` or `post` answers 405.
Nothing here is computed from the program: these tables are what the program is held against.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from chibo.kernel.actor import Power
from tests.access.world import CELLS, World

Kwargs = dict[str, Any]
Where = Mapping[str, frozenset[str]]  # principal → units; whoever is not named holds it nowhere

NA_LOC, POM_KHE, KHUOI_MOC = frozenset({"na_loc"}), frozenset({"pom_khe"}), frozenset({"khuoi_moc"})
COMMUNE = NA_LOC | POM_KHE | {"commune"}
PROVINCE = COMMUNE | KHUOI_MOC | {"other_commune", "province"}
CELL_LEADERS: Where = {"secretary": NA_LOC, "deputy": NA_LOC, "neighbour": POM_KHE, "stranger": KHUOI_MOC}
CHAIRS: Where = {**CELL_LEADERS, "office": frozenset({"commune"}), "leader": frozenset({"commune"})}
OFFICE: Where = {"office": COMMUNE}

HOLDS: Mapping[Power, Where] = {
    Power.READ: {**CELL_LEADERS, "office": COMMUNE, "leader": COMMUNE, "province": PROVINCE},
    Power.CHAIR: CHAIRS,
    Power.SCHEDULE: {**CHAIRS, **OFFICE},
    Power.ASSIGN: CHAIRS,
    Power.REMEDY: {**CELL_LEADERS, "office": COMMUNE, "leader": COMMUNE},
    Power.ADMIT: OFFICE,
    Power.SENSITIVE: OFFICE,
    Power.APPOINT: OFFICE,
    Power.ORGANISE: OFFICE,
    Power.DIRECT: OFFICE,
    Power.HELP: OFFICE,
    Power.SEE_READINGS: {"leader": COMMUNE},
    Power.KEEP_SERVER: {"keeper": frozenset({"province"})},
}

# The names of the line above and of one's own cell may be read, so the second wall lets these units through;
# the first one does not.
ABOVE: Where = {
    **dict.fromkeys(["secretary", "deputy", "neighbour"], frozenset({"commune", "province"})),
    **dict.fromkeys(["office", "leader"], frozenset({"province"})),
    "stranger": frozenset({"other_commune", "province"}),
    **dict.fromkeys(["former", "member"], frozenset({"na_loc"})),
    "keeper": frozenset({"khuoi_moc"}),
}

EVERYBODY, SIGNED_IN = "everybody", "signed in"
Who = Power | Where | str
Of = Callable[[World, str], Kwargs | None]  # arguments of the address for a unit; None when the unit has no such thing


def UNIT(world: World, unit: str) -> Kwargs:
    return {"pk": world.units[unit].pk}


def OPEN_MEETING(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.open[unit].pk} if unit in world.open else None


def CLOSED_MEETING(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.closed[unit].pk} if unit in world.closed else None


def MEMBER(world: World, unit: str) -> Kwargs | None:
    """Somebody of the cell who is none of the principals: one's own record is always seen."""
    names = {"na_loc": "Ún", "pom_khe": "Bun", "khuoi_moc": "Lan"}
    return {"pk": world.commune.people[names[unit]].pk} if unit in names else None


def TWO_MEMBERS(world: World, unit: str) -> Kwargs | None:
    """Two of the cell who are no principals."""
    names = {"na_loc": ("Ún", "Ngoan"), "pom_khe": ("Bun", "Yến"), "khuoi_moc": ("Lan", "Nghiệp")}
    pair = [world.commune.people[name].pk for name in names.get(unit, ())]
    return {"pk": pair[0], "other": pair[1]} if pair else None


def ACCOUNT_OF(world: World, unit: str) -> Kwargs | None:
    """Somebody of the cell who has an account."""
    return {"pk": world.commune.people[CELLS[unit]].pk} if unit in CELLS else None


def PLANNED_MEETING(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.planned[unit].pk} if unit in world.planned else None


def INVITATION(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.invitations[unit].pk} if unit in world.invitations else None


@dataclass(frozen=True)
class Page:
    """One address. `of` None: it is about nothing in particular, or about one's own things."""

    of: Of | None = None
    get: Who | None = None
    post: Who | None = None
    args: Kwargs = field(default_factory=dict)  # further arguments of the address
    query: Of | None = None  # the unit stands in the query instead: ?name=value
    seen: Where = field(default_factory=dict)  # by whom besides, so that they are refused (403), not told of nothing
    sends: Callable[[], dict[str, str]] = dict  # what is posted


def _closing() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "revision": "1"}


def _correcting() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "text": "Sửa một chữ."}


def TASK(world: World, unit: str) -> Kwargs | None:
    given = world.tasks.get(unit)
    return {"pk": given} if given else None


def _giving() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "text": "Sửa đường"}


def _noting() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "state": "doing"}


def _changing() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "due": "31/12/2026", "reason": "Mưa lũ"}


def _planning() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "kind": "thematic", "day": "20/11/2026", "theme": "Làm đường"}


def _moving() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "day": "20/11/2026", "reason": "Mưa lũ"}


ASKED: Where = {"member": NA_LOC}  # the member whose invitation it is


def VISIT(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.visits[unit].pk} if unit in world.visits else None


def SCAN(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.scans[unit].pk} if unit in world.scans else None


def CHARGE(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.charges[unit].pk} if unit in world.charges else None


def CHANGE(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.changes[unit].pk} if unit in world.changes else None


def INTAKE(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.intakes[unit].pk} if unit in world.intakes else None


def SHEET(world: World, unit: str) -> Kwargs | None:
    return {"pk": world.sheets[unit].pk} if unit in world.sheets else None


def _trying() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "on": "05/11/2026", "what": "Họp ở nhà văn hóa", "text": "Đông hơn"}


@cache
def KEPT(where: str) -> Of:
    """A thing the world keeps by its number: a body, a seat, a term, a congress."""
    return lambda world, unit: {"pk": getattr(world, where)[unit]} if unit in getattr(world, where) else None


@cache
def RETURN(where: str) -> Of:
    """A sheet of figures: its form, its unit and its period."""
    return lambda world, unit: getattr(world, where).get(unit)


@cache
def FACT(kind: str) -> Of:
    """A row that is corrected or ended by its own number."""
    return lambda world, unit: {"kind": kind, "pk": world.facts[unit, kind]} if (unit, kind) in world.facts else None


LOCALITY, DOCUMENT, DELIVERY = KEPT("localities"), KEPT("documents"), KEPT("deliveries")


def _entering() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "kind": "chỉ thị", "secret": "khong"}


# Who answers for what was sent to a cell: its leaders, or the office above that types for them.
ANSWERS: Where = {**CELL_LEADERS, **OFFICE}
SENT_TO: Where = {
    "secretary": frozenset({"commune"}), "deputy": frozenset({"commune"}), "stranger": frozenset({"other_commune"}),
}  # fmt: skip


# Who writes plans and numbers of a unit: whoever leads it, or the office above that types for it.
PLANS: Where = {**CELL_LEADERS, **OFFICE, "leader": frozenset({"commune"})}


def _issuing() -> dict[str, str]:
    return {"on": "05/11/2026", "number": "khong"}


def _reopening() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "why": "Lại họp muộn"}


# What the line above asks for is read below.
ASKED_FOR: Where = {
    **HOLDS[Power.READ],  # type: ignore[dict-item]
    **dict.fromkeys(["secretary", "deputy", "neighbour"], COMMUNE), "stranger": KHUOI_MOC | {"other_commune"},
}  # fmt: skip


DEFINES: Where = OFFICE  # power over the unit that receives the form; others who read it are told so


def ASKED_UNIT(world: World, unit: str) -> Kwargs | None:
    """In the query: the form of a commune; of any other unit the first one is shown."""
    return {"bieu": world.asked[unit]} if unit in world.asked else {}


def _adding() -> dict[str, str]:
    return {"name": "Vụ phát hiện", "measure": "vụ", "adds": "sum", "decimals": "0", "counted": "things",
            "must": "yes", "since": "2026-11"}  # fmt: skip


def _checking() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "part": "tra-lai", "why": "Xem lại"}


# Who planned to attend, or the office above that types for them.
OBSERVERS: Where = {**OFFICE, "leader": NA_LOC | POM_KHE, "province": KHUOI_MOC}

ROUTES: Mapping[str, Page] = {
    "front:home": Page(get=SIGNED_IN),
    "front:sign_in": Page(get=EVERYBODY, post=EVERYBODY),
    "front:sign_out": Page(post=EVERYBODY),
    "front:first_sign_in": Page(get=EVERYBODY, post=EVERYBODY),
    "front:passphrase": Page(get=SIGNED_IN, post=SIGNED_IN),
    "front:sign_in_code": Page(get=EVERYBODY, post=EVERYBODY),
    "front:second_step": Page(get=SIGNED_IN, post=SIGNED_IN),
    "front:second_step_confirm": Page(post=SIGNED_IN),
    "front:second_step_codes": Page(post=SIGNED_IN),
    "front:second_step_stop": Page(post=SIGNED_IN),
    "front:account_step": Page(of=ACCOUNT_OF, post=Power.APPOINT),
    "front:me": Page(get=SIGNED_IN),
    "front:requests_own": Page(get=SIGNED_IN, post=SIGNED_IN, sends=lambda: {"kind": "access", "text": "Xem"}),
    "front:extract": Page(get=SIGNED_IN),
    "front:requests": Page(of=UNIT, get=Power.ADMIT),
    "front:registers": Page(of=UNIT, get=Power.ADMIT),
    "front:processing": Page(of=UNIT, get=Power.ADMIT, post=Power.ADMIT, sends=lambda: {"officer": "Văn phòng"}),
    "front:breach": Page(
        of=UNIT,
        get=Power.ADMIT,
        post=Power.ADMIT,
        args={"form": uuid.UUID(int=1)},
        sends=lambda: {"found_on": "03/11/2026", "what": "Mất máy"},
    ),
    # whose it is, and who keeps the book of members: tests/access/test_requests.py
    "front:request": Page(get={}, post={}, args={"pk": uuid.UUID(int=0)}),
    "front:request_withdrawal": Page(post={}, args={"pk": uuid.UUID(int=0)}),
    "front:request_erasure": Page(post={}, args={"pk": uuid.UUID(int=0)}),  # tests/access/test_erasing.py
    "front:erasure": Page(of=MEMBER, get=Power.ADMIT, post=Power.ADMIT),
    "front:readings": Page(of=UNIT, get=Power.SEE_READINGS),
    "front:look": Page(of=ACCOUNT_OF, post=Power.APPOINT, sends=lambda: {"why": "asked"}),
    "front:look_end": Page(post=SIGNED_IN),
    "front:accounts": Page(of=UNIT, get=Power.APPOINT),
    "front:account": Page(of=MEMBER, get=Power.APPOINT, post=Power.APPOINT, sends=lambda: {"username": "nguoi.moi"}),
    "front:account_code": Page(of=ACCOUNT_OF, post=Power.APPOINT),
    "front:account_lock": Page(of=ACCOUNT_OF, post=Power.APPOINT, sends=lambda: {"why": "lost"}),
    "front:account_unlock": Page(of=ACCOUNT_OF, post=Power.APPOINT),
    "front:account_sessions": Page(of=ACCOUNT_OF, post=Power.APPOINT),
    "front:sessions": Page(get=SIGNED_IN),
    "front:session_end": Page(post={}, args={"key": "0" * 12}),  # only one's own: tests/access/test_signin.py
    "front:big_text": Page(post=EVERYBODY),
    "front:unit": Page(of=UNIT, get=Power.READ),
    "front:members": Page(of=UNIT, get=Power.READ),
    "cadres:cells": Page(of=UNIT, get=Power.READ),
    "front:movement": Page(of=UNIT, get=Power.READ),
    "front:movement_workbook": Page(of=UNIT, post=Power.READ),
    "front:localities": Page(of=UNIT, get=Power.READ),
    "front:locality": Page(of=LOCALITY, get=Power.READ),
    "front:blank_villages": Page(of=UNIT, get=Power.READ),
    "cadres:village_step": Page(
        of=LOCALITY,
        get=Power.ORGANISE,
        post=Power.ORGANISE,
        args={"matter": "chua-kiem"},
        sends=lambda: {"key": str(uuid.uuid4())},
    ),
    "organisation:register": Page(of=UNIT, get=Power.ORGANISE, post=Power.ORGANISE),
    "organisation:change": Page(of=LOCALITY, get=Power.ORGANISE, post=Power.ORGANISE),
    "organisation:serve": Page(of=LOCALITY, get=Power.ORGANISE, post=Power.ORGANISE),
    "organisation:tag": Page(of=LOCALITY, get=Power.ORGANISE, post=Power.ORGANISE),
    "organisation:end": Page(of=LOCALITY, get=Power.ORGANISE, post=Power.ORGANISE),
    "organisation:withdrawal": Page(of=LOCALITY, post=Power.ORGANISE),
    "organisation:correct": Page(of=FACT("phu-trach"), get=Power.ORGANISE, post=Power.ORGANISE),
    "organisation:fact_withdrawal": Page(of=FACT("dien"), post=Power.ORGANISE),
    "organisation:tag_end": Page(of=KEPT("tags"), get=Power.ORGANISE, post=Power.ORGANISE),
    "front:person": Page(of=MEMBER, get=Power.READ),
    "front:find": Page(get=SIGNED_IN),
    "membership:enter": Page(of=UNIT, get=Power.ADMIT, post=Power.ADMIT),
    "membership:recognise": Page(of=MEMBER, get=Power.ADMIT, post=Power.ADMIT),
    "membership:absence": Page(of=MEMBER, get=Power.ADMIT, post=Power.ADMIT),
    "membership:temporary": Page(of=MEMBER, get=Power.ADMIT, post=Power.ADMIT),
    "membership:earlier_standing": Page(of=MEMBER, get=Power.ADMIT, post=Power.ADMIT),
    "membership:earlier_cell": Page(of=MEMBER, get=Power.ADMIT, post=Power.ADMIT),
    "membership:particulars": Page(of=MEMBER, get=Power.ADMIT, post=Power.ADMIT),
    "membership:rename": Page(of=MEMBER, get=Power.ADMIT, post=Power.ADMIT),
    "membership:doubles": Page(of=UNIT, get=Power.ADMIT),
    "membership:apart": Page(of=TWO_MEMBERS, get=Power.ADMIT, post=Power.ADMIT, sends=lambda: {"reason": "papers"}),
    "membership:apart_taken_back": Page(of=KEPT("apart"), post=Power.ADMIT),
    "membership:correct": Page(of=FACT("noi-sinh-hoat"), get=Power.ADMIT, post=Power.ADMIT),
    "membership:withdrawal": Page(of=FACT("chinh-thuc"), post=Power.ADMIT),
    "membership:end": Page(
        of=FACT("thong-tin"), get=Power.ADMIT, post=Power.ADMIT, sends=lambda: {"last": "05/11/2026"}
    ),
    "cadres:transfer": Page(of=MEMBER, get=Power.ADMIT, post=Power.ADMIT),
    "cadres:leave": Page(of=MEMBER, get=Power.ADMIT, post=Power.ADMIT),
    "cadres:give": Page(of=MEMBER, get=Power.APPOINT, post=Power.APPOINT),
    "cadres:give_state": Page(of=MEMBER, get=Power.APPOINT, post=Power.APPOINT),
    "cadres:end": Page(of=FACT("dang"), get=Power.APPOINT, post=Power.APPOINT),
    "cadres:correct": Page(of=FACT("dang"), get=Power.APPOINT, post=Power.APPOINT),
    "cadres:withdrawal": Page(of=FACT("chinh-quyen"), post=Power.APPOINT),
    "front:machine": Page(get={"keeper": frozenset({""})}),
    "front:machine_part": Page(get={"keeper": frozenset({""})}, args={"part": "disk"}),
    "front:health": Page(get=EVERYBODY),
    "front:guide": Page(get=EVERYBODY),
    "front:guide_page": Page(get=EVERYBODY, args={"name": "dang-vien"}),
    "front:figure": Page(
        get=Power.READ, args={"code": "meetings.held"}, query=lambda world, unit: {"don-vi": world.units[unit].pk}
    ),
    "cadres:bodies": Page(of=UNIT, get=Power.READ),
    "cadres:set_up": Page(of=UNIT, get=Power.APPOINT, post=Power.APPOINT),
    "cadres:congress": Page(of=UNIT, get=Power.APPOINT, post=Power.APPOINT),
    "cadres:terms": Page(of=UNIT, get=Power.APPOINT, post=Power.APPOINT),
    "cadres:taken_back": Page(of=KEPT("congresses"), get=Power.APPOINT, post=Power.APPOINT),
    "cadres:prolong": Page(of=KEPT("terms"), get=Power.APPOINT, post=Power.APPOINT),
    "cadres:body": Page(of=KEPT("bodies"), get=Power.READ),
    "cadres:seat": Page(of=KEPT("bodies"), get=Power.APPOINT, post=Power.APPOINT),
    "cadres:body_end": Page(of=KEPT("bodies"), get=Power.APPOINT, post=Power.APPOINT),
    "cadres:body_withdrawal": Page(of=KEPT("bodies"), post=Power.APPOINT),
    "cadres:seat_correction": Page(of=KEPT("seats"), get=Power.APPOINT, post=Power.APPOINT),
    "cadres:seat_end": Page(of=KEPT("seats"), get=Power.APPOINT, post=Power.APPOINT),
    "cadres:seat_withdrawal": Page(of=KEPT("seats"), post=Power.APPOINT),
    "reorganisation:decisions": Page(of=UNIT, get=Power.READ),
    "reorganisation:act": Page(of=UNIT, get=Power.ORGANISE, post=Power.ORGANISE, args={"slug": "thanh-lap"}),
    "reorganisation:decision": Page(of=KEPT("decisions"), get=Power.READ),
    "reorganisation:taken_back": Page(of=KEPT("decisions"), post=Power.ORGANISE, sends=lambda: {"why": "typed_wrong"}),
    # their own power over both records; nobody but who writes about members gets in
    "reorganisation:merge": Page(of=TWO_MEMBERS, get=Power.ADMIT, post=Power.ADMIT),
    "reorganisation:merging": Page(of=KEPT("mergings"), get=Power.READ),
    "reorganisation:split_again": Page(of=KEPT("mergings"), post=Power.ADMIT, sends=lambda: {"why": "did_not_happen"}),
    "meetings:meeting": Page(of=OPEN_MEETING, get=Power.READ),
    "meetings:sheet": Page(of=OPEN_MEETING, post=Power.CHAIR, sends=lambda: {"focal": "Làm đường", "v:focal": "0"}),
    "meetings:closure": Page(of=OPEN_MEETING, get=Power.CHAIR, post=Power.CHAIR, sends=_closing),
    "meetings:note": Page(of=CLOSED_MEETING, post=Power.CHAIR, sends=_correcting),
    "meetings:resolution": Page(of=CLOSED_MEETING, post=Power.CHAIR),
    "meetings:of_unit": Page(of=UNIT, get=Power.READ),
    "meetings:tasks_of_unit": Page(of=UNIT, get=Power.READ),
    "meetings:give_task": Page(of=UNIT, get=Power.ASSIGN, post=Power.ASSIGN, sends=_giving),
    "meetings:my_tasks": Page(get=SIGNED_IN),
    "meetings:task": Page(of=TASK, get=Power.READ),
    "meetings:task_result": Page(of=TASK, post=Power.ASSIGN, sends=_noting),
    "meetings:task_change": Page(of=TASK, get=Power.ASSIGN, post=Power.ASSIGN, sends=_changing),
    "meetings:of_unit_in_year": Page(of=UNIT, get=Power.READ, args={"year": 2026}),
    "meetings:plan": Page(of=UNIT, get=Power.SCHEDULE, post=Power.SCHEDULE, sends=_planning),
    "meetings:postponement": Page(of=PLANNED_MEETING, get=Power.SCHEDULE, post=Power.SCHEDULE, sends=_moving),
    "meetings:not_held": Page(of=PLANNED_MEETING, get=Power.SCHEDULE, post=Power.SCHEDULE, sends=_moving),
    "meetings:held_after_all": Page(of=PLANNED_MEETING, post=Power.SCHEDULE),
    "meetings:invitations": Page(of=PLANNED_MEETING, get=Power.SCHEDULE, post=Power.SCHEDULE),
    "meetings:absence": Page(of=PLANNED_MEETING, post=Power.CHAIR, sends=_moving),
    # one's own; who may read the meeting is sent there, who chairs it may note the notice for somebody
    "meetings:invitation": Page(
        of=INVITATION, get={**HOLDS[Power.READ], **ASKED}, post={**HOLDS[Power.CHAIR], **ASKED}, sends=_moving
    ),
    "meetings:help": Page(of=OPEN_MEETING, get=Power.HELP, post=Power.HELP),
    "meetings:confirmation": Page(of=CLOSED_MEETING, get=Power.CHAIR, post=Power.CHAIR, sends=lambda: {"way": "self"}),
    "meetings:visits": Page(of=OPEN_MEETING, get=Power.READ, post=Power.APPOINT, sends=_correcting),
    "meetings:visit": Page(of=VISIT, get=Power.READ, post=OBSERVERS),
    "meetings:visit_addition": Page(of=VISIT, post=OBSERVERS, sends=_correcting),
    "meetings:visit_log": Page(of=UNIT, get=Power.READ),
    "meetings:visit_log_of_year": Page(of=UNIT, get=Power.READ, args={"year": 2026}),
    "meetings:scans": Page(of=CLOSED_MEETING, get=Power.READ, post=Power.CHAIR, sends=_correcting),
    "meetings:scan": Page(of=SCAN, get=Power.READ),
    "meetings:scan_withdrawal": Page(of=SCAN, post=Power.CHAIR, sends=lambda: {"why": "Nhầm trang"}),
    "meetings:charges": Page(of=UNIT, get=Power.READ, post=Power.APPOINT),
    "meetings:charges_of_year": Page(of=UNIT, get=Power.READ, post=Power.APPOINT, args={"year": 2026}),
    "meetings:charge_end": Page(of=CHARGE, get=Power.APPOINT, post=Power.APPOINT, sends=lambda: {"last": "05/11/2026"}),
    "meetings:written_here": Page(of=UNIT, get=Power.ORGANISE, post=Power.ORGANISE),
    "meetings:quality": Page(of=UNIT, get=Power.READ),
    "meetings:quality_of_year": Page(of=UNIT, get=Power.READ, args={"year": 2026}),
    "meetings:change_tried": Page(of=UNIT, post=Power.CHAIR, sends=_trying),
    "meetings:change_effect": Page(of=CHANGE, post=Power.CHAIR, sends=_trying),
    "meetings:board": Page(of=UNIT, get=Power.READ),
    "meetings:board_of_year": Page(of=UNIT, get=Power.READ, args={"year": 2026}),
    "meetings:chase": Page(of=UNIT, get=Power.READ, args={"year": 2026}),
    "meetings:board_workbook": Page(of=UNIT, post=Power.READ, args={"year": 2026}),
    "directives:register": Page(of=UNIT, get=Power.READ),
    "directives:enter": Page(of=UNIT, get=Power.ASSIGN, post=Power.ASSIGN, sends=_entering),
    "directives:read": Page(of=UNIT, get=Power.ASSIGN, post=Power.ASSIGN, sends=lambda: {"text": "Chỉ thị 05-CT/TW"}),
    "directives:study": Page(of=UNIT, get=Power.READ),
    "directives:study_workbook": Page(of=UNIT, post=Power.READ),
    "directives:document": Page(of=DOCUMENT, get=Power.READ),
    "directives:document_correction": Page(of=DOCUMENT, get=Power.ASSIGN, post=Power.ASSIGN),
    "directives:document_withdrawal": Page(of=DOCUMENT, post=Power.ASSIGN, sends=lambda: {"why": "typed_wrong"}),
    "directives:document_link": Page(of=DOCUMENT, get=Power.ASSIGN, post=Power.ASSIGN),
    "directives:link_withdrawal": Page(of=KEPT("links"), post=Power.ASSIGN, sends=lambda: {"why": "typed_wrong"}),
    "directives:document_files": Page(of=DOCUMENT, post=Power.ASSIGN, sends=lambda: {"key": str(uuid.uuid4())}),
    # whom the document was sent to opens its files, though not the register they lie in
    "directives:document_file": Page(of=KEPT("files"), get={**HOLDS[Power.READ], **SENT_TO}),
    "directives:file_withdrawal": Page(
        of=KEPT("files"), post=Power.ASSIGN, seen=SENT_TO, sends=lambda: {"why": "typed_wrong"}
    ),
    "directives:send": Page(of=DOCUMENT, get=Power.DIRECT, post=Power.DIRECT),
    "directives:delivery": Page(of=DELIVERY, get=Power.READ),
    "directives:receipt": Page(of=DELIVERY, post=ANSWERS),
    "directives:session": Page(of=DELIVERY, get=ANSWERS, post=ANSWERS),
    "directives:delivery_withdrawal": Page(of=DELIVERY, post=Power.DIRECT, sends=lambda: {"why": "typed_wrong"}),
    "directives:session_withdrawal": Page(of=KEPT("studies"), post=ANSWERS, sends=lambda: {"why": "typed_wrong"}),
    "directives:session_mark": Page(of=KEPT("studies"), get=Power.DIRECT, post=Power.DIRECT),
    "targets:plans": Page(of=UNIT, get=Power.READ),
    "targets:plan_open": Page(of=UNIT, get=PLANS, post=PLANS),
    "targets:plan": Page(of=KEPT("plans"), get=Power.READ),
    "targets:plan_issue": Page(of=KEPT("drafts"), get=PLANS, post=PLANS, sends=_issuing),
    "targets:plan_withdrawal": Page(of=KEPT("drafts"), get=PLANS, post=PLANS, sends=lambda: {"why": "typed_wrong"}),
    "targets:line_add": Page(of=KEPT("drafts"), get=PLANS, post=PLANS),
    "targets:line": Page(of=KEPT("plan_lines"), get=PLANS, post=PLANS),
    "targets:line_drop": Page(of=KEPT("plan_lines"), get=PLANS, post=PLANS, sends=lambda: {"why": "Thôi"}),
    "targets:line_done": Page(of=KEPT("done_lines"), get=PLANS, post=PLANS),
    "targets:line_done_withdrawal": Page(of=KEPT("lines_done"), post=PLANS, sends=lambda: {"why": "typed_wrong"}),
    "targets:board": Page(of=UNIT, get=Power.READ),
    "targets:workbook": Page(of=UNIT, post=Power.READ),
    "targets:set": Page(of=UNIT, get=PLANS, post=PLANS),
    "targets:target": Page(of=KEPT("targets"), get=Power.READ),
    "targets:change": Page(of=KEPT("targets"), get=PLANS, post=PLANS),
    "targets:split": Page(of=KEPT("targets"), get=Power.DIRECT, post=Power.DIRECT),
    "targets:number": Page(of=KEPT("targets"), get=PLANS, post=PLANS),
    "targets:number_file": Page(of=KEPT("numbers"), get=Power.READ),
    "targets:number_withdrawal": Page(of=KEPT("numbers"), post=PLANS, sends=lambda: {"why": "typed_wrong"}),
    "issues:register": Page(of=UNIT, get=Power.READ),
    "issues:workbook": Page(of=UNIT, post=Power.READ),
    "issues:write": Page(of=UNIT, get=Power.REMEDY, post=Power.REMEDY),
    "issues:limitation": Page(of=KEPT("limitations"), get=Power.READ),
    "issues:cause": Page(of=KEPT("limitations"), get=Power.REMEDY, post=Power.REMEDY),
    "issues:cause_withdrawal": Page(of=KEPT("causes"), post=Power.REMEDY, sends=lambda: {"why": "typed_wrong"}),
    "issues:reopening": Page(of=KEPT("remedied"), get=Power.REMEDY, post=Power.REMEDY, sends=_reopening),
    "issues:give": Page(of=KEPT("limitations"), get=Power.REMEDY, post=Power.REMEDY),
    # and whose it is, who may have no post at all: tests/issues/test_pages.py
    "issues:remedy": Page(of=KEPT("remedies"), get=Power.READ, post=Power.REMEDY),
    "issues:remedy_withdrawal": Page(of=KEPT("remedies"), get=Power.REMEDY, post=Power.REMEDY, sends=_reopening),
    "issues:check": Page(
        of=KEPT("reports"), get=Power.REMEDY, post=Power.REMEDY, sends=lambda: {"verdict": "confirmed"}
    ),
    "issues:proof": Page(of=KEPT("reports"), get=Power.READ),
    "returns:of_unit": Page(of=UNIT, get=Power.READ),
    "returns:board": Page(of=UNIT, get=Power.READ, query=ASKED_UNIT),
    "returns:chase": Page(of=UNIT, get=Power.READ, query=ASKED_UNIT),
    "returns:period": Page(of=UNIT, get=Power.READ, query=ASKED_UNIT),
    "returns:workbook": Page(of=UNIT, post=Power.READ),
    "returns:blank": Page(of=UNIT, post=Power.READ),
    # whoever fills in for it: who chairs it, or the office above that types; the same people plan its meetings
    "exchange:figures_file": Page(of=UNIT, get=Power.SCHEDULE, post=Power.SCHEDULE),
    "returns:define": Page(of=UNIT, get=Power.DIRECT, post=Power.DIRECT),
    "returns:form": Page(of=KEPT("asked"), get=ASKED_FOR),
    "returns:line": Page(of=KEPT("asked"), get=DEFINES, post=DEFINES, seen=ASKED_FOR, sends=_adding),
    "returns:check_new": Page(of=KEPT("asked"), get=DEFINES, post=DEFINES, seen=ASKED_FOR),
    "returns:form_end": Page(of=KEPT("asked"), get=DEFINES, post=DEFINES, seen=ASKED_FOR),
    "returns:line_end": Page(of=KEPT("lines"), get=DEFINES, post=DEFINES, seen=ASKED_FOR),
    "returns:check_end": Page(of=KEPT("checks"), get=DEFINES, post=DEFINES, seen=ASKED_FOR),
    "returns:sheet": Page(of=RETURN("handed"), get=Power.READ),
    "returns:fill": Page(of=RETURN("typing"), post=ANSWERS, sends=lambda: {"key": str(uuid.uuid4()), "part": "nop"}),
    "returns:check": Page(of=RETURN("handed"), get=Power.DIRECT, post=Power.DIRECT, sends=_checking),
    "returns:reopening": Page(of=RETURN("accepted"), get=Power.DIRECT, post=Power.DIRECT, sends=_reopening),
    "exchange:intakes": Page(of=UNIT, get=Power.ADMIT, post=Power.ADMIT),
    "exchange:intake": Page(of=INTAKE, get=Power.ADMIT),
    "exchange:columns": Page(of=INTAKE, get=Power.ADMIT, post=Power.ADMIT),
    "exchange:writing": Page(of=INTAKE, post=Power.ADMIT),
    "exchange:dropping": Page(of=INTAKE, post=Power.ADMIT),
    "exchange:taking_back": Page(of=INTAKE, get=Power.ADMIT, post=Power.ADMIT),
    "exchange:answer": Page(of=INTAKE, get=Power.ADMIT),
    "exchange:reconciliation": Page(of=INTAKE, get=Power.ADMIT, post=Power.ADMIT),
    "exchange:act_sheets": Page(of=UNIT, get=Power.ORGANISE, post=Power.ORGANISE),
    "exchange:act_sample": Page(of=UNIT, get=Power.ORGANISE, post=Power.ORGANISE),
    "exchange:act_sheet": Page(of=SHEET, get=Power.ORGANISE),
    "exchange:act_sheet_looking": Page(of=SHEET, post=Power.ORGANISE),
    "exchange:act_sheet_deciding": Page(of=SHEET, post=Power.ORGANISE),
    "exchange:act_sheet_answer": Page(of=SHEET, get=Power.ORGANISE),
    # a list leaves the house, so the page asks for the power itself, also where only the name of a unit may be read
    "exchange:lists": Page(of=UNIT, get=HOLDS[Power.READ], post=HOLDS[Power.READ], sends=lambda: {"kind": "members"}),
    "reports:minutes": Page(of=CLOSED_MEETING, get=Power.READ),
    "reports:resolution": Page(of=CLOSED_MEETING, get=Power.READ),
    "reports:handbook": Page(of=CLOSED_MEETING, get=Power.READ),
    "reports:invitation": Page(of=OPEN_MEETING, get=Power.READ),
    "reports:roll": Page(of=OPEN_MEETING, get=Power.READ),
    "reports:blank_minutes": Page(of=OPEN_MEETING, get=Power.READ),
    "reports:month": Page(of=UNIT, get=Power.READ, args={"year": 2026, "month": 10}),
    "reports:bundle": Page(of=UNIT, get=Power.READ, args={"year": 2026, "month": 10}),
    "reports:report": Page(of=UNIT, get=Power.READ, args={"year": 2026, "month": 10}),
    "reports:correction": Page(
        of=UNIT,
        get=Power.READ,
        post=Power.CHAIR,
        args={"year": 2026, "month": 10},
        sends=lambda: {"key": str(uuid.uuid4()), "text": "Đã họp 02/02 buổi"},
    ),
    "reports:reviews": Page(of=UNIT, get=Power.READ),
    "reports:review_new": Page(of=UNIT, get=Power.CHAIR, post=Power.CHAIR),
    "reports:review": Page(of=KEPT("reviews"), get=Power.READ),
    "reports:review_part": Page(
        of=KEPT("reviews"),
        get=Power.CHAIR,
        post=Power.CHAIR,
        args={"part": "lessons"},
        sends=lambda: {"lessons": "Phân công rõ người", "v:lessons": "1"},
    ),
    "reports:review_issue": Page(of=KEPT("reviews"), post=Power.CHAIR),
    "reports:review_word": Page(of=KEPT("reviews"), get=Power.READ),
    "reports:issue": Page(of=UNIT, post=Power.CHAIR, args={"year": 2026, "month": 10}),
}

# The same addresses once more, where another state of the thing opens another page.
UNDER_AN_OFFICE: Where = {"office": NA_LOC | POM_KHE}  # what stands above decides: a commune does not split itself

MORE: Mapping[str, Page] = {
    "reorganisation:act split": Page(
        of=UNIT, get=UNDER_AN_OFFICE, post=UNDER_AN_OFFICE, args={"slug": "chia-tach"}
    ),
    "reorganisation:act merge": Page(
        of=UNIT, get=UNDER_AN_OFFICE, post=UNDER_AN_OFFICE, args={"slug": "sap-nhap"}
    ),
    "exchange:columns of acts": Page(of=SHEET, get=Power.ORGANISE, post=Power.ORGANISE),
    "exchange:dropping of acts": Page(of=SHEET, post=Power.ORGANISE),
    "organisation:correct siting": Page(of=FACT("ten"), get=Power.ORGANISE, post=Power.ORGANISE),
    "organisation:correct tag": Page(of=FACT("dien"), get=Power.ORGANISE, post=Power.ORGANISE),
    "returns:sheet typing": Page(of=RETURN("typing"), get=Power.READ),
    "returns:sheet accepted": Page(of=RETURN("accepted"), get=Power.READ),
    "targets:plan drafted": Page(of=KEPT("drafts"), get=Power.READ),
    "issues:limitation closed": Page(of=KEPT("remedied"), get=Power.READ),
    "issues:register closed": Page(of=UNIT, get=Power.READ, query=lambda world, unit: {"tinh-trang": "xong"}),
    "meetings:meeting closed": Page(of=CLOSED_MEETING, get=Power.READ),
    "membership:correct standing": Page(of=FACT("chinh-thuc"), get=Power.ADMIT, post=Power.ADMIT),
    "membership:correct particular": Page(of=FACT("thong-tin"), get=Power.ADMIT, post=Power.ADMIT),
    "membership:withdrawal particular": Page(of=FACT("thong-tin"), post=Power.ADMIT),
    "cadres:correct state": Page(of=FACT("chinh-quyen"), get=Power.APPOINT, post=Power.APPOINT),
    "cadres:end state": Page(of=FACT("chinh-quyen"), get=Power.APPOINT, post=Power.APPOINT),
    "front:figure attendance": Page(
        get=Power.READ, args={"code": "meetings.attendance"},
        query=lambda world, unit: {"don-vi": world.units[unit].pk, "cay": "ngay-ay"},
    ),
}  # fmt: skip


def expected(page: Page, method: str, principal: str, unit: str) -> int | str:
    """The status a principal must get for a unit; «in» when the page opens or the form is taken."""
    who = page.post if method == "post" else page.get
    if who == EVERYBODY:
        return "in"
    if principal == "anonymous" and EVERYBODY not in (page.get, page.post):
        return "sign in"
    if who is None:
        return 405
    if who == SIGNED_IN:
        return "in"
    held = HOLDS[who] if isinstance(who, Power) else who
    assert not isinstance(held, str)
    if unit in held.get(principal, frozenset()):
        return "in"
    seen = HOLDS[Power.READ].get(principal, frozenset()) | page.seen.get(principal, frozenset())
    return 403 if unit in seen else 404
