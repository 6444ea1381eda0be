"""Open a term, or those of many units at once; take the next number of a paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max

from chibo.cadres.models import PaperNumber, Term
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import days
from chibo.kernel.text import clean
from chibo.ledger.operations import one_line, record
from chibo.organisation.models import Unit


@transaction.atomic
def open_term(unit: Unit, name: str, *, first: date, last: date, by: Actor) -> Term:
    """Nhiệm kỳ của cấp ủy, chi bộ. Raises Refused: term_overlaps, ends_before_it_starts."""
    by.must(Power.APPOINT, unit.scope_path)
    during = days(first, last)
    Unit.objects.select_for_update().get(pk=unit.pk)
    refuse_if(Term.objects.live().filter(unit=unit, during__overlap=during).exists(), "term_overlaps")
    term = Term.objects.create(unit=unit, name=clean(name, most=20), during=during, scope_path=unit.scope_path)
    record(by, "term.opened", on=first, unit_id=unit.pk, touched=[term])
    return term


@transaction.atomic
def open_terms(units: Iterable[Unit], name: str, *, first: date, last: date, by: Actor) -> list[Term]:
    """Ghi nhiệm kỳ cho nhiều tổ chức một lần: an office that begins has as many as it has cells.

    Raises Refused: no_term_name, no_unit_lacks_it, term_overlaps, ends_before_it_starts.
    """
    units = list(units)
    refuse_if(not clean(name, most=20), "no_term_name")
    refuse_if(not units, "no_unit_lacks_it")
    with one_line(by, "terms.opened", on=first, unit_id=None, touched=[]):
        return [open_term(unit, name, first=first, last=last, by=by) for unit in units]


def take_number(unit: Unit, kind: str, *, on: date) -> PaperNumber:
    """Lấy số văn bản tiếp theo of the body, kind and term; part of the act that issues the paper.

    Locks the term's row, so two papers signed at once get two numbers. Raises Refused("no_term").
    """
    term = Term.objects.select_for_update().on(on).filter(unit=unit).first()
    if term is None:
        refuse_if(True, "no_term")
    assert term is not None
    taken = PaperNumber.objects.filter(unit=unit, kind=kind, term=term).aggregate(top=Max("number"))["top"]
    return PaperNumber.objects.create(
        unit=unit, kind=kind, term=term, number=(taken or 0) + 1, issued_on=on, scope_path=unit.scope_path
    )
