"""Give a remedy, report it done, confirm it as somebody else, reopen what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.issues.models import Cause, Limitation, Remedy, RemedyCheck, RemedyReport, Turn
from chibo.issues.operations.writing import LONGEST, locked, words
from chibo.issues.owners import may_report, owners_on, second_person
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.paths import unit_ids
from chibo.ledger.attachments.cleaning import cleaned
from chibo.ledger.attachments.storing import store
from chibo.ledger.operations import record
from chibo.organisation.models import PathVersion


@dataclass(frozen=True, slots=True)
class NewRemedy:
    """What is to be done, by whom, by when."""

    text: str
    due: date
    side: str = Remedy.PERSON
    owner: UUID | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What shows that it was done: words, the number before and after, a file."""

    on: date
    proof: str
    before: str = ""
    after: str = ""
    file: tuple[str, bytes] | None = None


@transaction.atomic
def give_remedy(
    limitation: Limitation, new: NewRemedy, *, key: UUID, at: datetime, by: Actor, by_name: str
) -> Remedy:  # fmt: skip
    """Đề ra biện pháp: it answers a limitation whose cause is known.

    Raises NoPower and Refused: no_text, text_too_long, looks_like_identity, limitation_closed, cause_first,
    unknown_choice, owner_not_here, due_passed, key_used.
    """
    limitation = locked(limitation, by)
    text = words(new.text, LONGEST)
    refuse_if(not text, "no_text")
    if sent := Remedy.objects.filter(pk=key).first():
        refuse_if(sent.limitation_id != limitation.pk or sent.text != text, "key_used")
        return sent
    refuse_if(limitation.closed_on, "limitation_closed", day=limitation.closed_on)
    refuse_if(not Cause.objects.live().filter(limitation=limitation).exists(), "cause_first")
    refuse_if(new.side not in dict(Remedy.SIDES), "unknown_choice")
    owner = new.owner if new.side == Remedy.PERSON else None
    if new.side == Remedy.PERSON:
        refuse_if(owner not in {each.person_id for each in owners_on(limitation.unit, at.date())}, "owner_not_here")
    refuse_if(new.due < at.date(), "due_passed", day=new.due)
    row = Remedy.objects.create(
        id=key, limitation=limitation, round=limitation.reopened, text=text, side=new.side, owner_id=owner, due=new.due,
        at=at, by_account=by.account_id, by_name=by_name, scope_path=limitation.scope_path,
    )  # fmt: skip
    record(by, "remedy.given", on=at.date(), unit_id=limitation.unit_id, touched=[limitation, row],
           content={"text": text, "due": new.due.isoformat(), "side": new.side})  # fmt: skip
    return row


@transaction.atomic
def withdraw_remedy(remedy: Remedy, why: str, *, at: datetime, by: Actor) -> Remedy:
    """Thôi một biện pháp, có lý do: it no longer counts and stays readable.

    Not the last open one beside confirmed ones: nothing closes without somebody else having looked. Raises NoPower
    and Refused: no_reason, remedy_confirmed, withdrawn_already, last_remedy.
    """
    limitation = locked(remedy.limitation, by)
    remedy = Remedy.objects.select_for_update(of=("self",)).get(pk=remedy.pk)
    why = words(why, 300)
    refuse_if(not why, "no_reason")
    refuse_if(remedy.confirmed_on, "remedy_confirmed", day=remedy.confirmed_on)
    refuse_if(remedy.withdrawn_at, "withdrawn_already")
    others = Remedy.objects.live().filter(limitation=limitation, round=remedy.round).exclude(pk=remedy.pk)
    refuse_if(others.exists() and not others.filter(confirmed_on=None).exists(), "last_remedy")
    remedy.withdrawn_at, remedy.withdrawn_by, remedy.withdrawn_why = at, by.account_id, why
    remedy.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record(by, "remedy.withdrawn", on=at.date(), unit_id=limitation.unit_id, touched=[limitation, remedy])
    return remedy


@transaction.atomic
def report_done(remedy: Remedy, done: Done, *, key: UUID, at: datetime, by: Actor, by_name: str) -> RemedyReport:
    """Báo đã làm xong biện pháp, with what shows it. It waits for somebody else.

    Raises NoPower and Refused: no_proof, text_too_long, looks_like_identity, day_ahead, remedy_confirmed,
    remedy_withdrawn, already_reported, key_used, and those of `attachments.cleaning.cleaned`.
    """
    if not may_report(remedy, by):
        by.must(Power.REMEDY, remedy.scope_path)
    remedy = Remedy.objects.select_for_update(of=("self",)).get(pk=remedy.pk)
    proof = words(done.proof, LONGEST)
    refuse_if(not proof, "no_proof")
    if sent := RemedyReport.objects.filter(pk=key).first():
        refuse_if(sent.remedy_id != remedy.pk or sent.proof != proof, "key_used")
        return sent
    refuse_if(done.on > at.date(), "day_ahead", day=done.on)
    refuse_if(remedy.withdrawn_at, "remedy_withdrawn")
    refuse_if(remedy.confirmed_on, "remedy_confirmed", day=remedy.confirmed_on)
    refuse_if(RemedyReport.objects.filter(remedy=remedy, check_of=None).exists(), "already_reported")
    kept = store(cleaned(*done.file), at=at) if done.file else None
    row = RemedyReport.objects.create(
        id=key, limitation_id=remedy.limitation_id, remedy=remedy, owner_id=remedy.owner_id, done_on=done.on,
        proof=proof, before=words(done.before, 80), after=words(done.after, 80), attachment=kept, at=at,
        by_account=by.account_id, by_name=by_name, by_person=by.person_id, scope_path=remedy.scope_path,
    )  # fmt: skip
    record(by, "remedy.reported", on=done.on, unit_id=unit_ids(remedy.scope_path)[-1], touched=[remedy, row],
           content=report_content(row))  # fmt: skip
    return row


def report_content(row: RemedyReport) -> dict[str, object]:
    """What the ledger's line of a report seals."""
    return {"proof": row.proof, "before": row.before, "after": row.after, "file": row.attachment_id or ""}


@transaction.atomic
def check_report(
    report: RemedyReport, verdict: str, remark: str = "", *, at: datetime, by: Actor, by_name: str
) -> RemedyCheck:  # fmt: skip
    """Xác nhận đã khắc phục, or give it back with a remark: by another person than who reported and who owns it.

    When every remedy is confirmed, the limitation closes with this act. Raises NoPower and Refused: unknown_choice,
    second_person, no_remark, text_too_long, looks_like_identity, checked_already, remedy_withdrawn.
    """
    remedy = Remedy.objects.get(pk=report.remedy_id)
    limitation = locked(Limitation.objects.get(pk=report.limitation_id), by)
    remedy = Remedy.objects.select_for_update(of=("self",)).get(pk=remedy.pk)
    refuse_if(verdict not in dict(RemedyCheck.VERDICTS), "unknown_choice")
    refuse_if(not second_person(report, remedy, by.person_id), "second_person")
    assert by.person_id is not None
    remark = words(remark, LONGEST)
    refuse_if(verdict == RemedyCheck.REFUSED and not remark, "no_remark")
    if sent := RemedyCheck.objects.filter(report=report).first():
        refuse_if((sent.verdict, sent.by_person) != (verdict, by.person_id), "checked_already", day=sent.on)
        return sent
    refuse_if(remedy.withdrawn_at, "remedy_withdrawn")
    row = RemedyCheck.objects.create(
        report=report, limitation=limitation, owner_id=report.owner_id, verdict=verdict, remark=remark, on=at.date(),
        at=at, by_account=by.account_id, by_name=by_name, by_person=by.person_id, scope_path=limitation.scope_path,
    )  # fmt: skip
    touched = [limitation, remedy, report]
    if verdict == RemedyCheck.CONFIRMED:
        remedy.confirmed_on = at.date()
        remedy.save(update_fields=["confirmed_on"])
        touched += _close(limitation, at=at, by=by, by_name=by_name)
    record(by, f"remedy.{verdict}", on=at.date(), unit_id=limitation.unit_id, touched=touched,
           content={"remark": remark})  # fmt: skip
    return row


def _close(limitation: Limitation, *, at: datetime, by: Actor, by_name: str) -> list[Turn]:
    """The turn that closes it, when nothing of this round is left to confirm."""
    left = Remedy.objects.live().filter(limitation=limitation, round=limitation.reopened, confirmed_on=None)
    if left.exists():
        return []
    turn = _turn(limitation, Turn.CLOSED, limitation.reopened, "", at=at, by=by, by_name=by_name)
    limitation.closed_on = at.date()
    limitation.save(update_fields=["closed_on"])
    return [turn]


@transaction.atomic
def reopen(limitation: Limitation, why: str, *, key: UUID, at: datetime, by: Actor, by_name: str) -> Turn:
    """Mở lại: what was remedied came back. It wants new remedies; the old ones stay as they were confirmed.

    Raises NoPower and Refused: no_reason, text_too_long, looks_like_identity, limitation_open.
    """
    limitation = locked(limitation, by)
    if sent := Turn.objects.filter(pk=key, limitation=limitation).first():
        return sent
    why = words(why, 300)
    refuse_if(not why, "no_reason")
    refuse_if(limitation.closed_on is None, "limitation_open")
    turn = _turn(limitation, Turn.REOPENED, limitation.reopened + 1, why, at=at, by=by, by_name=by_name, key=key)
    limitation.closed_on, limitation.reopened = None, limitation.reopened + 1
    limitation.save(update_fields=["closed_on", "reopened"])
    record(by, "limitation.reopened", on=at.date(), unit_id=limitation.unit_id, touched=[limitation, turn])
    return turn


def _turn(
    limitation: Limitation, kind: str, number: int, why: str, *, at: datetime, by: Actor, by_name: str,
    key: UUID | None = None,
) -> Turn:  # fmt: skip
    stood = PathVersion.objects.on(at.date()).filter(unit=limitation.unit_id).first()
    return Turn.objects.create(
        **({"id": key} if key else {}), limitation=limitation, kind=kind, round=number, on=at.date(), why=why, at=at,
        by_account=by.account_id, by_name=by_name, scope_path=limitation.scope_path,
        place_path=stood.path if stood else limitation.place_path,
    )  # fmt: skip
