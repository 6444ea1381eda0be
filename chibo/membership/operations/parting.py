"""Say that two records which look like one person are of two; take that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.ledger.operations import record
from chibo.membership.models import Apart, Person


@transaction.atomic
def say_apart(person: Person, other: Person, reason: str, *, at: datetime, by: Actor, by_name: str = "") -> Apart:
    """Không phải một người: the pair is not shown any more. `reason` is a code of `Apart.REASONS`.

    Raises NoPower unless both records are within reach, Refused: same_record, unknown_choice, apart_already.
    """
    for each in (person, other):
        by.must(Power.ADMIT, each.scope_path)
    refuse_if(person.pk == other.pk, "same_record")
    refuse_if(reason not in dict(Apart.REASONS), "unknown_choice")
    one, two = Person.objects.select_for_update(of=("self",)).filter(pk__in=[person.pk, other.pk]).order_by("pk")
    refuse_if(Apart.objects.standing().filter(person=one, other=two).exists(), "apart_already")
    row = Apart.objects.create(
        person=one, other=two, reason=reason, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=one.scope_path, home_path=two.scope_path,
    )  # fmt: skip
    record(by, "people.apart", on=timezone.localdate(at), unit_id=None, touched=[one, two, row], reason=reason)
    return row


@transaction.atomic
def take_apart_back(row: Apart, *, at: datetime, by: Actor) -> None:
    """Lấy lại lời xác nhận hai người: the pair is looked at anew. Raises NoPower, Refused("apart_no_more")."""
    for path in (row.scope_path, row.home_path):
        by.must(Power.ADMIT, path)
    row = Apart.objects.select_for_update(of=("self",)).get(pk=row.pk)
    refuse_if(row.ended_at is not None, "apart_no_more")
    row.ended_at, row.ended_by = at, by.account_id
    row.save(update_fields=["ended_at", "ended_by"])
    people = [("membership.person", pk) for pk in (row.person_id, row.other_id)]
    record(by, "people.apart_taken_back", on=timezone.localdate(at), unit_id=None, touched=[*people, row])
