"""Sắp xếp theo một bảng: rehearse a sheet of acts, carry it out whole, answer line by line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from chibo.exchange.acts.kinds import ACTS, PEOPLE
from chibo.exchange.acts.planning import Done, Sheet
from chibo.exchange.answers import Part
from chibo.exchange.columns import Heading, heading_of
from chibo.exchange.drafts import Draft, from_told, read_lines
from chibo.exchange.models import Intake
from chibo.exchange.operations import heading_in, held, refuse_columns
from chibo.exchange.reading.workbook import sheet_from
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import NoPower, Refused, refuse_if
from chibo.reorganisation.models import Decision
from chibo.reorganisation.plans import Paper


def _quiet(done: int, of: int) -> None:
    """Nobody watches."""


@transaction.atomic
def look_ahead(intake: Intake, *, at: datetime, by: Actor, done: Done = _quiet) -> Intake:
    """Xem trước: what every line would do, seen with those before it done; kept with the sheet, nothing else written.

    Raises NoPower, Refused: list_settled, no_paper, day_ahead, and as `say_columns`.
    """
    by.must(Power.ORGANISE, intake.scope_path)
    intake = held(intake)
    refuse_if(intake.state != Intake.WAITING, "list_settled")
    sheet = _sheet(intake, at, by)
    sheet.rehearse(done)
    intake.outcome = sheet.told()
    intake.save(update_fields=["outcome"])
    return intake


@transaction.atomic
def decide(intake: Intake, *, seen: str, at: datetime, by: Actor, by_name: str = "", done: Done = _quiet) -> Intake:
    """Ghi quyết định: every act of the sheet or none, under one decision with one line in the ledger.

    `seen` is the digest of the preview somebody looked at; what is done must be that. Sending twice decides once.
    Raises NoPower, Refused: list_settled, list_moved, sheet_has_refused, no_acts, and what the acts refuse.
    """
    by.must(Power.ORGANISE, intake.scope_path)
    intake = held(intake)
    if intake.state == Intake.WRITTEN:
        return intake
    refuse_if(intake.state != Intake.WAITING, "list_settled")
    refuse_if(intake.outcome.get("digest") != seen, "list_moved")
    refuse_if(intake.outcome["refused"], "sheet_has_refused", count=intake.outcome["refused"])
    sheet = _sheet(intake, at, by)
    try:
        decision = sheet.carry_out(by_name=by_name, done=done)
    except (Refused, NoPower):
        if not sheet.acts:
            raise
        raise Refused("list_moved") from None  # it passed when it was rehearsed
    intake.outcome = sheet.told()
    refuse_if(intake.outcome["digest"] != seen, "list_moved")
    intake.outcome["decision"] = str(decision.pk)
    intake.state, intake.written_at = Intake.WRITTEN, at
    intake.save(update_fields=["outcome", "state", "written_at"])
    return intake


def _sheet(intake: Intake, at: datetime, by: Actor) -> Sheet:
    heading = heading_in(intake)
    refuse_columns(heading, ACTS)
    read = read_lines(heading, ACTS, hidden_too=intake.hidden_too is not False)
    refuse_if(read.hidden and intake.hidden_too is None, "list_hidden")
    beside = beside_in(intake)
    people = read_lines(beside, PEOPLE).drafts if beside else []
    return Sheet(read.drafts, people, intake.unit, paper=paper_of(intake), on=intake.holds_from, at=at, by=by)


def beside_in(intake: Intake) -> Heading | None:
    """The heads of the sheet that says where members go; None when there is none. Raises as `refuse_columns`."""
    found = heading_of([sheet_from(intake.beside)], PEOPLE, {}) if intake.beside else None
    if found is not None:
        refuse_columns(found, PEOPLE)
    return found


def paper_of(intake: Intake) -> Paper:
    """Its decision has the key of the sheet: sending twice is harmless."""
    said = intake.paper
    return Paper(said["number"], date.fromisoformat(said["signed_on"]), said.get("signer", ""),
                 said.get("reason", ""), intake.pk)  # fmt: skip


def drafts_of(intake: Intake, part: str = "lines") -> list[Draft]:
    """Lines with what was found of them: of the acts, or of the members («people»). Raises Refused: list_forgotten."""
    refuse_if(part not in intake.outcome, "list_forgotten")
    return [from_told(line) for line in intake.outcome[part]]


def answered(intake: Intake) -> list[Part]:
    """The sheets as they came, for the answer. Raises Refused: list_forgotten."""
    heading, beside = heading_in(intake), beside_in(intake)
    parts: list[Any] = [(heading.sheet, heading.row, drafts_of(intake))]
    if beside is not None:
        parts.append((beside.sheet, beside.row, drafts_of(intake, "people")))
    return parts


def decision_of(intake: Intake) -> Decision | None:
    """What came of it."""
    found: Decision | None = Decision.objects.filter(pk=intake.pk).first()
    return found
