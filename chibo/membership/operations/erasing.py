"""Xóa thông tin cá nhân theo yêu cầu: what the organisation's own list need not hold goes, wherever it was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chibo.access.models import DataRequest
from chibo.kernel.actor import MACHINE, Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean, looks_like_identity
from chibo.ledger.operations import record
from chibo.membership.models import Erasure, Particular, Person
from chibo.membership.particulars import FIELDS
from chibo.membership.policy import field_of, must_write
from chibo.membership.today import gone_into, locked
from chibo.platform import erased


@transaction.atomic
def erase_particulars(
    person: Person, fields: Collection[str], *, at: datetime, by: Actor, request: DataRequest | None = None,
    paper: str = "",
) -> list[Erasure]:  # fmt: skip
    """Xóa thông tin theo yêu cầu của đảng viên (Luật 91/2025/QH15): in every row that said it, withdrawn ones too,
    and of every record that was merged into theirs: a split does not bring it back.

    It rests on a request of theirs, or on the paper they made it by. The ledger names the fields, never the values;
    the same is noted outside of the database, so that an older backup does not bring the value back.
    Raises NoPower, Refused: not_for_oneself, nothing_to_erase, unknown_field, field_must_stay, field_empty,
    no_request, looks_like_identity.
    """
    person = locked(person, by)
    refuse_if(by.person_id == person.pk, "not_for_oneself")
    codes = list(dict.fromkeys(fields))
    refuse_if(not codes, "nothing_to_erase")
    for code in codes:
        refuse_if(not field_of(code).erasable, "field_must_stay", field=FIELDS[code].label)
    must_write(by, codes, {person.scope_path})
    rests_on = _paper(paper)
    refuse_if(request is None and not rests_on, "no_request")
    records = [person.pk, *gone_into([person.pk])]
    rows = Particular.objects.filter(person__in=records, field__in=codes).exclude(value="")
    held = set(rows.values_list("person", "field"))
    for code in codes:
        refuse_if(not any((pk, code) in held for pk in records), "field_empty", field=FIELDS[code].label)
    day = timezone.localdate(at)
    gone = [
        Erasure(person_id=pk, field=code, on=day, at=at, request=request, paper=rests_on, by_account=by.account_id,
                scope_path=person.scope_path)
        for pk in records for code in codes if pk == person.pk or (pk, code) in held
    ]  # fmt: skip
    _erase(gone)
    touched = [("membership.person", pk) for pk in dict.fromkeys(each.person_id for each in gone)]
    record(by, "particulars.erased", on=day, unit_id=None, touched=[*touched, *_named(codes)])
    lines = [erased.Line(each.person_id, each.field, day) for each in gone]
    transaction.on_commit(partial(erased.add, lines), robust=True)  # what it cannot note now, the next start notes
    return gone


@transaction.atomic
def erase_again(lines: Iterable[erased.Line], *, at: datetime) -> set[UUID]:
    """Xóa lại: an older backup came back, and with it what was erased after it was made. Whom it was about."""
    asked: dict[UUID, dict[str, date]] = defaultdict(dict)
    for line in lines:
        if line.field in FIELDS and FIELDS[line.field].erasable:
            asked[line.person][line.field] = line.on
    done = set(Erasure.objects.filter(person__in=asked).values_list("person", "field"))
    back: dict[UUID, list[Erasure]] = {}
    for person in Person.objects.select_for_update(of=("self",)).filter(pk__in=asked).order_by("pk"):
        gone = [
            Erasure(person=person, field=code, on=day, at=at, scope_path=person.scope_path)
            for code, day in asked[person.pk].items() if (person.pk, code) not in done
        ]  # fmt: skip
        if gone:
            back[person.pk] = gone
    for pk, gone in back.items():
        _erase(gone)
        touched = [("membership.person", pk), *_named([each.field for each in gone])]
        record(MACHINE, "particulars.erased", on=timezone.localdate(at), unit_id=None, touched=touched,
               reason="restored")  # fmt: skip
    return set(back)


def note_outside(folder_lines: Iterable[erased.Line]) -> int:
    """Erasures the database knows and the file beside it does not; how many were added to the file."""
    there = set(folder_lines)
    rows = Erasure.objects.order_by("pk").values_list("person", "field", "on")
    return erased.add(line for row in rows if (line := erased.Line(*row)) not in there)


def _erase(gone: list[Erasure]) -> None:
    """First the rows that allow it, then the values: the database lets nothing else change them."""
    Erasure.objects.bulk_create(gone)
    asked: dict[UUID, list[str]] = defaultdict(list)
    for each in gone:
        asked[each.person_id].append(each.field)
    for pk, codes in asked.items():
        Particular.objects.filter(person=pk, field__in=codes).exclude(value="").update(value="")


def _named(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [("membership.particular.field", code) for code in codes]


def _paper(typed: str) -> str:
    said = clean(typed, most=200)
    found = looks_like_identity(said)
    refuse_if(found, "looks_like_identity", found=found)
    return said
