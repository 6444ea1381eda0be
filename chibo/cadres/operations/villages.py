"""Say why a village still has no member, or a secretary who is not its head too, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chibo.cadres.models import VillageStep
from chibo.cadres.villages import may_see_to, open_matter
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.organisation.models import Locality


@dataclass(frozen=True, slots=True)
class NewStep:
    """What an office writes: a code of `VillageStep.REASONS`, who sees to it, what comes next, by when."""

    reason: str
    owner: UUID
    step: str
    due: date
    tried_on: date | None = None


@transaction.atomic
def say_village_step(
    locality: Locality, matter: str, new: NewStep, *, key: UUID, at: datetime, by: Actor, by_name: str
) -> VillageStep:
    """Ghi việc còn vướng ở một thôn, bản: the newest holds, what was said before stays (LIM-11, LIM-12).

    Sending the same `key` again changes nothing. Raises NoPower and Refused: matter_settled, unknown_word, no_text,
    looks_like_identity, step_due_passed, day_ahead, not_seen_to, key_used.
    """
    by.must(Power.ORGANISE, locality.scope_path)
    locality = Locality.objects.select_for_update().get(pk=locality.pk)
    day, text = at.date(), clean(new.step, most=300)
    if sent := VillageStep.objects.filter(pk=key).first():
        refuse_if((sent.locality_id, sent.matter, sent.step) != (locality.pk, matter, text), "key_used")
        return sent
    refuse_if(not open_matter(locality, matter, day), "matter_settled")
    refuse_if(new.reason not in dict(VillageStep.REASONS[matter]), "unknown_word", typed=new.reason[:40])
    refuse_if(not text, "no_text")
    found = looks_like_identity(text)
    refuse_if(found, "looks_like_identity", found=found)
    refuse_if(new.due < day, "step_due_passed", day=new.due)
    refuse_if(new.tried_on is not None and new.tried_on > day, "day_ahead", day=new.tried_on)
    names = may_see_to(locality, day, by=by)
    refuse_if(new.owner not in names, "not_seen_to")
    row = VillageStep.objects.create(
        id=key, locality=locality, matter=matter, reason=new.reason, tried_on=new.tried_on, owner_id=new.owner,
        owner_name=names[new.owner].full_name, step=text, due=new.due, at=at, by_account=by.account_id,
        by_name=by_name, scope_path=locality.scope_path,
    )  # fmt: skip
    record(by, "village.step_said", on=day, unit_id=None, touched=[row, locality])
    return row
