"""A document is entered in a register, its heading corrected, or the whole withdrawn."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.cadres.models import PaperNumber
from chibo.cadres.operations import take_number
from chibo.directives.models import Delivery, Document, Heading
from chibo.directives.titles import title_of
from chibo.directives.words import KINDS
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, fold
from chibo.ledger.attachments.marks import mark_in_text
from chibo.ledger.operations import record
from chibo.organisation.models import Unit
from chibo.organisation.queries import placement_on
from chibo.rules.reader import rules_on


@dataclass(frozen=True, slots=True)
class NewHeading:
    """What a register says of a document. Number and day may be missing: it is then marked to be completed."""

    kind: str
    number: str = ""
    year: str = ""
    symbol: str = ""
    issuer: str = ""
    dated_on: date | None = None
    term: str = ""
    about: str = ""
    received_on: date | None = None
    secret: bool = False


@transaction.atomic
def register_document(
    unit: Unit, way: str, said: NewHeading, *, key: UUID, at: datetime, by: Actor, by_name: str = "",
    takes_number: bool = False,
) -> Document:  # fmt: skip
    """Vào sổ văn bản đến, đi (DOC-1 … 4). An own paper may take the next number of its kind and term.

    Raises NoPower and Refused: unknown_document_kind, bad_document_number, day_ahead, received_before_dated,
    secret_number_only, only_own_papers_numbered, dated_for_a_number, kind_without_symbol, document_known, no_term.
    """
    by.must(Power.ASSIGN, unit.scope_path)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)  # one entry at a time: nothing is entered twice
    if sent := Document.objects.filter(pk=key, unit=unit).first():
        return sent
    said = _checked(said, at.date())
    paper = None
    if takes_number:
        refuse_if(way != Document.OUT, "only_own_papers_numbered")
        refuse_if(said.dated_on is None, "dated_for_a_number")
        said, paper = _numbered(unit, said)
    refuse_if(_known(unit, way, said), "document_known")
    row = Document.objects.create(
        id=key, unit=unit, way=way, paper=paper, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=unit.scope_path,
    )  # fmt: skip
    heading = _heading(row, said, at, by, by_name)
    touched = [row, heading, *([paper] if paper else [])]
    record(by, f"document.{way}", on=said.received_on or said.dated_on or at.date(), unit_id=unit.pk, touched=touched)
    return row


def _checked(said: NewHeading, today: date) -> NewHeading:
    """Cleaned, and refused where it contradicts itself."""
    kind = clean(said.kind, most=40).lower()
    refuse_if(kind not in KINDS, "unknown_document_kind", kind=kind)
    number = clean(said.number, most=12)
    refuse_if(number and not re.fullmatch(r"\d{1,5}[a-zđ]?", number), "bad_document_number", number=number)
    symbol = re.sub(r"\s+", "", clean(said.symbol, most=40).translate(str.maketrans("–—", "--")))
    refuse_if(said.year and not re.fullmatch(r"(19|20)\d\d", said.year), "bad_document_number", number=said.year)
    for day in (said.dated_on, said.received_on):
        refuse_if(day is not None and day > today, "day_ahead", day=day)
    both = said.dated_on and said.received_on
    refuse_if(both and said.received_on < said.dated_on, "received_before_dated")  # type: ignore[operator]
    about = clean(said.about, most=400)
    refuse_if((said.secret and about) or mark_in_text(about), "secret_number_only")
    return replace(
        said, kind=KINDS[kind], number=number, symbol=symbol, issuer=clean(said.issuer, most=160),
        term=clean(said.term, most=60), about=about,
    )  # fmt: skip


def _numbered(unit: Unit, said: NewHeading) -> tuple[NewHeading, PaperNumber]:
    """The next number of that kind, with the symbol of kind and body on that day."""
    day = said.dated_on
    assert day is not None
    rules = rules_on(day)
    kinds, bodies = rules["document.kind_symbols"].value, rules["document.body_symbols"].value
    letters = next((letters for letters, words in kinds.items() if said.kind in words.split(", ")), None)
    placement = placement_on(unit.pk, day)
    body = bodies.get(placement.kind) if placement else None
    refuse_if(letters is None or body is None, "kind_without_symbol", kind=said.kind)
    paper = take_number(unit, str(letters), on=day)
    name = placement.name if placement else ""
    said = replace(said, number=f"{paper.number:02d}", symbol=f"{letters}/{body}", issuer=said.issuer or name)
    return said, paper


def _known(unit: Unit, way: str, said: NewHeading) -> bool:
    """The same paper in the same register: issuer, kind, number and day (DOC-3)."""
    if not said.number:
        return False
    rows = Heading.objects.live().filter(
        document__unit=unit, document__way=way, kind=said.kind, number=said.number, symbol=said.symbol, year=said.year,
        dated_on=said.dated_on, issuer=said.issuer,
    )  # fmt: skip
    return rows.exists()


def _heading(row: Document, said: NewHeading, at: datetime, by: Actor, by_name: str) -> Heading:
    words = {name: getattr(said, name) for name in NewHeading.__slots__}
    heading = Heading(
        document=row, at=at, by_account=by.account_id, by_name=by_name, scope_path=row.scope_path, **words
    )
    heading.search_key = fold(f"{title_of(heading)} {heading.number}-{heading.symbol} {heading.about}")[:800]
    heading.save(force_insert=True)
    return heading


def heading_of(document: Document) -> Heading:
    """What the register says of it now. Raises Refused("document_withdrawn")."""
    row = Heading.objects.live().filter(document=document).first()
    refuse_if(row is None, "document_withdrawn")
    assert row is not None
    return row


@transaction.atomic
def correct_heading(
    document: Document, said: NewHeading, *, why: str, at: datetime, by: Actor, by_name: str = ""
) -> Heading:
    """Bổ sung, sửa đề mục: the row is withdrawn and one added (decision 12); units it was sent to read the new words.

    Raises NoPower and Refused: unknown_why, document_withdrawn, own_number_stays, and those of `register_document`.
    """
    by.must(Power.ASSIGN, document.scope_path)
    document = Document.objects.select_for_update().get(pk=document.pk)
    before, said = heading_of(document), _checked(said, at.date())
    kept = (before.number, before.symbol, before.kind)
    refuse_if(document.paper_id and kept != (said.number, said.symbol, said.kind), "own_number_stays")
    before.withdraw(why=why, at=at, by_account=by.account_id)
    after = _heading(document, said, at, by, by_name)
    sent = list(Delivery.objects.live().select_for_update().filter(document=document))
    for each in sent:
        each.title, each.about, each.issued_on = title_of(after), after.about, after.dated_on
        each.save(update_fields=["title", "about", "issued_on"])
    touched = [document, before, after, *sent]
    record(by, "document.corrected", on=at.date(), unit_id=document.unit_id, touched=touched, reason=why)
    return after


@transaction.atomic
def withdraw_document(document: Document, *, why: str, at: datetime, by: Actor) -> Document:
    """Rút văn bản vào sổ nhầm. What was sent out, or has a number of our own, stays.

    Raises NoPower and Refused: unknown_why, document_withdrawn, document_sent, own_number_stays.
    """
    by.must(Power.ASSIGN, document.scope_path)
    document = Document.objects.select_for_update().get(pk=document.pk)
    heading = heading_of(document)
    refuse_if(document.paper_id, "own_number_stays")
    refuse_if(Delivery.objects.live().filter(document=document).exists(), "document_sent")
    heading.withdraw(why=why, at=at, by_account=by.account_id)
    links = [*document.links.filter(withdrawn_at=None), *document.linked_from.filter(withdrawn_at=None)]
    for link in links:
        link.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "document.withdrawn", on=at.date(), unit_id=document.unit_id, touched=[document, heading, *links],
           reason=why)  # fmt: skip
    return document
