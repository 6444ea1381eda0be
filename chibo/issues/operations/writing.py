"""Write a limitation down, say its causes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.cadres.models import Term
from chibo.figures.answers import Tree
from chibo.figures.door import figure
from chibo.issues.codes import areas_on, causes_on
from chibo.issues.models import Cause, Limitation, Remedy
from chibo.issues.said import in_words
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import Period
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.meetings.models import Meeting, Visit
from chibo.organisation.models import PathVersion, Unit

LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Source:
    """Where it was seen: a figure and its days, a meeting, a visit, or words about a paper."""

    kind: str = Limitation.SELF
    note: str = ""
    figure: str = ""
    period: Period | None = None
    meeting: UUID | None = None
    visit: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewLimitation:
    """What is written down: the words, the area, since when; `term` names an earlier one the register does not know."""

    text: str
    area: str
    seen_on: date
    source: Source = Source()
    term: str = ""


@transaction.atomic
def write_limitation(
    unit: Unit, new: NewLimitation, *, key: UUID, at: datetime, by: Actor, by_name: str
) -> Limitation:  # fmt: skip
    """Ghi hạn chế của một đơn vị. Sending the same `key` again gives the same limitation.

    A red figure is asked through the door at that moment, and what it says is kept. Raises NoPower and Refused:
    no_text, text_too_long, looks_like_identity, not_standing, unknown_choice, seen_ahead, source_not_here, key_used.
    """
    by.must(Power.REMEDY, unit.scope_path)
    on = at.date()
    Unit.objects.select_for_update().get(pk=unit.pk)
    text = words(new.text, LONGEST)
    refuse_if(not text, "no_text")
    if sent := Limitation.objects.filter(pk=key).first():
        refuse_if(sent.unit_id != unit.pk or sent.text != text, "key_used")
        return sent
    stood = PathVersion.objects.on(on).filter(unit=unit).first()
    refuse_if(stood is None, "not_standing")
    assert stood is not None
    refuse_if(new.area not in areas_on(on) or new.source.kind not in dict(Limitation.SOURCES), "unknown_choice")
    refuse_if(new.seen_on > on, "seen_ahead", day=new.seen_on)
    row = Limitation.objects.create(
        id=key, unit=unit, text=text, area=new.area, seen_on=new.seen_on, entered_on=on, at=at,
        seen_term=_term(unit, new), by_account=by.account_id, by_name=by_name, scope_path=unit.scope_path,
        place_path=stood.path, source=new.source.kind, source_note=words(new.source.note, 200),
        **_source(unit, new.source, on=on, by=by),
    )  # fmt: skip
    record(by, "limitation.written", on=on, unit_id=unit.pk, touched=[row], content=limitation_content(row))
    return row


def limitation_content(row: Limitation) -> dict[str, object]:
    """What the ledger's line of a limitation seals."""
    return {"text": row.text, "area": row.area, "seen_on": row.seen_on.isoformat(), "source": row.source,
            "figure": row.figure, "figure_said": row.figure_said}  # fmt: skip


def _term(unit: Unit, new: NewLimitation) -> str:
    """As the register calls the term of that day; what was typed where the register does not reach back so far."""
    known = Term.objects.on(new.seen_on).filter(unit=unit).first()
    return known.name if known else words(new.term, 20)


def _source(unit: Unit, source: Source, *, on: date, by: Actor) -> dict[str, object]:
    if source.kind == Limitation.FIGURE:
        refuse_if(source.period is None or not source.figure, "source_not_here")
        assert source.period is not None
        answer = figure(source.figure, unit, source.period, Tree.RESTATED, by=by, on=on)
        return {
            "figure": source.figure, "figure_first": source.period.first, "figure_last": source.period.last,
            "figure_said": in_words(answer),
        }  # fmt: skip
    if source.kind == Limitation.MEETING:
        meeting = Meeting.objects.visible_to(by).filter(pk=source.meeting, unit=unit).first()
        refuse_if(meeting is None, "source_not_here")
        return {"at_meeting": meeting}
    if source.kind == Limitation.VISIT:
        visit = Visit.objects.visible_to(by).filter(pk=source.visit, meeting__unit=unit).first()
        refuse_if(visit is None, "source_not_here")
        return {"on_visit": visit}
    return {}


@transaction.atomic
def say_cause(
    limitation: Limitation, code: str, text: str = "", *, key: UUID, at: datetime, by: Actor, by_name: str
) -> Cause:  # fmt: skip
    """Ghi một nguyên nhân; several may stand beside each other.

    Raises NoPower and Refused: unknown_choice, text_too_long, looks_like_identity, limitation_closed, cause_said.
    """
    limitation = locked(limitation, by)
    if sent := Cause.objects.filter(pk=key, limitation=limitation).first():
        return sent
    refuse_if(limitation.closed_on, "limitation_closed", day=limitation.closed_on)
    refuse_if(code not in causes_on(at.date()), "unknown_choice")
    refuse_if(Cause.objects.live().filter(limitation=limitation, code=code).exists(), "cause_said")
    row = Cause.objects.create(
        id=key, limitation=limitation, code=code, text=words(text, LONGEST), at=at, by_account=by.account_id,
        by_name=by_name, scope_path=limitation.scope_path,
    )  # fmt: skip
    record(by, "limitation.cause", on=at.date(), unit_id=limitation.unit_id, touched=[limitation, row], reason=code)
    return row


@transaction.atomic
def withdraw_cause(cause: Cause, why: str, *, at: datetime, by: Actor) -> Cause:
    """Rút nguyên nhân ghi nhầm; it stays readable. The last one stays while remedies rest on it.

    Raises NoPower and Refused: unknown_why, withdrawn_already, limitation_closed, last_cause.
    """
    limitation = locked(cause.limitation, by)
    cause = Cause.objects.select_for_update(of=("self",)).get(pk=cause.pk)
    refuse_if(limitation.closed_on, "limitation_closed", day=limitation.closed_on)
    others = Cause.objects.live().filter(limitation=limitation).exclude(pk=cause.pk)
    rests = Remedy.objects.live().filter(limitation=limitation).exists()
    refuse_if(rests and not others.exists(), "last_cause")
    cause.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "cause.withdrawn", on=at.date(), unit_id=limitation.unit_id, touched=[limitation, cause], reason=why)
    return cause


def locked(limitation: Limitation, by: Actor) -> Limitation:
    """The row, held until the act is done. Raises NoPower."""
    by.must(Power.REMEDY, limitation.scope_path)
    row: Limitation = Limitation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=limitation.pk)
    return row


def words(text: str, most: int) -> str:
    """As the border lets it in. Raises Refused: text_too_long, looks_like_identity."""
    text = clean(text, most=most, lines=most == LONGEST)
    found = looks_like_identity(text)
    refuse_if(found, "looks_like_identity", found=found)
    return text
