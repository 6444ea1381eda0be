"""One person out of two records, and two again: the facts are corrected, the old record leads to the new one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chibo.access.models import Account
from chibo.access.operations import close_account
from chibo.cadres.taking_back import facts_of, take_back_facts
from chibo.issues.models import Remedy
from chibo.kernel.actor import Actor, Power
from chibo.kernel.changes import changes_between
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import Correctable
from chibo.kernel.text import clean, fold, name_key
from chibo.ledger.operations import one_line
from chibo.meetings.models import Charge, Meeting, Task
from chibo.membership.models import Merging, Person
from chibo.membership.operations import rename_member
from chibo.membership.today import follow
from chibo.reorganisation.joining import KEPT, MERGED, Choices
from chibo.reorganisation.merging import Pairing, pairing_of, settled

TWICE = "entered_twice"
LOCKED = "left"
PASSED: dict[str, tuple[Any, str]] = {
    "tasks": (Task, "owner"), "remedies": (Remedy, "owner"), "charges": (Charge, "person"),
    "themes": (Meeting, "presenter"),
}  # fmt: skip
STILL: dict[str, dict[str, Any]] = {  # as open as it was passed on
    "tasks": {"settled_on": None}, "remedies": {"confirmed_on": None, "withdrawn_at": None},
    "themes": {"closure": None},
}  # fmt: skip


@transaction.atomic
def merge_people(
    kept: Person, merged: Person, choices: Choices, *, key: UUID, at: datetime, by: Actor, paper: str = "",
    by_name: str = "",
) -> Merging:  # fmt: skip
    """Nhập hồ sơ trùng: what is known of `merged` is said of `kept`; where they differ `choices` says whose holds.

    Rows of the past stay where they were written: rolls, minutes, results of tasks. Sending the same key twice gives
    the same merging. Raises as `pairing_of` and `settled`.
    """
    for person in (kept, merged):
        by.must(Power.ADMIT, person.scope_path)
    if sent := Merging.objects.filter(pk=key).first():
        return sent
    held = {row.pk: row for row in _locked(kept, merged)}
    kept, merged, day = held[kept.pk], held[merged.pk], timezone.localdate(at)
    found = settled(pairing_of(kept, merged, by=by), choices, on=day, by=by)
    people = [kept.pk, merged.pk]
    before = facts_of(people)
    with one_line(by, "people.merged", on=day, unit_id=None, touched=[kept, merged]) as line:
        told = {"passed": _pass_on(found), "accounts": _accounts(found, at, by), "name": _name(found, at, by)}
        _write(found, at, by)
        merging = Merging.objects.create(
            id=key, person=kept, merged=merged, paper=clean(paper, most=120), outcome={}, at=at,
            by_account=by.account_id, by_name=by_name, scope_path=kept.scope_path,
        )  # fmt: skip
        follow([kept.pk], on=day)
        after = facts_of(people)
        merging.outcome = {**told, "facts": changes_between(before, after), "left": after}
        merging.save(update_fields=["outcome"])
        line += [merging, *(row for track in found.tracks for row in (*track.taken, *track.said))]
    return merging


def _locked(*people: Person) -> list[Person]:
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=[person.pk for person in people])
    return list(rows.order_by("pk"))


def _write(found: Pairing, at: datetime, by: Actor) -> None:
    """Withdraw first, say then: no two rows may hold at a time."""
    for track in found.tracks:
        for row in track.taken:
            row.withdraw(why=TWICE, at=at, by_account=by.account_id)
    for track in found.tracks:
        for row in track.said:
            row.save(force_insert=True)


def _pass_on(found: Pairing) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for name, (model, column) in PASSED.items():
        told[name] = [row.pk if isinstance(row.pk, int) else str(row.pk) for row in getattr(found, name)]
        model.objects.filter(pk__in=told[name]).update(**{column: found.kept})
    return told


def _name(found: Pairing, at: datetime, by: Actor) -> str:
    """The name the kept record had, when it takes the other one."""
    if found.name == KEPT:
        return ""
    before = found.kept.full_name
    renamed = rename_member(found.kept, found.merged.full_name, first=timezone.localdate(at), at=at, by=by, why=TWICE)
    found.kept.full_name = renamed.full_name
    return before


def _accounts(found: Pairing, at: datetime, by: Actor) -> dict[str, Any]:
    """The account that stays opens the kept record; the other one is closed, and stays with its record."""
    if not found.account:
        return {}
    told = {"kept": found.kept.account_id, "merged": found.merged.account_id, "closed": None}
    other = found.accounts.get(KEPT if found.account == MERGED else MERGED)
    if found.account == MERGED:
        _swap(found.kept, found.merged)
    if other is not None and other.is_active:
        close_account(other, LOCKED, at=at, by=by)
        told["closed"] = other.pk
    return told


def _swap(one: Person, two: Person) -> None:
    one.account_id, two.account_id = two.account_id, one.account_id
    Person.objects.filter(pk__in=[one.pk, two.pk]).update(account=None)  # nobody has an account twice, not for a moment
    for person in (one, two):
        person.save(update_fields=["account"])


@transaction.atomic
def split_again(merging: Merging, *, why: str, at: datetime, by: Actor) -> Merging:
    """Tách lại hồ sơ: everything is as before the merging, but the record of it; while nothing rests on it.

    Raises NoPower, Refused: unknown_why, withdrawn_already, leans_on_merging, changed_since.
    """
    kept, merged = merging.person, merging.merged
    for person in (kept, merged):
        by.must(Power.ADMIT, person.scope_path)
    people = {row.pk: row for row in _locked(kept, merged)}
    kept, merged = people[kept.pk], people[merged.pk]
    merging = Merging.objects.select_for_update(of=("self",)).get(pk=merging.pk)
    refuse_if(why not in dict(Correctable.MISTAKES), "unknown_why", why=why)
    refuse_if(merging.taken_back_at is not None, "withdrawn_already")
    refuse_if(_leans_on(merging), "leans_on_merging")
    day, told = timezone.localdate(at), merging.outcome
    with one_line(by, "people.merged.taken_back", on=day, unit_id=None, touched=[kept, merged, merging]):
        merging.taken_back_at, merging.taken_back_by, merging.taken_back_why = at, by.account_id, why
        merging.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
        take_back_facts(told["facts"], at=at, by=by)
        follow([kept.pk, merged.pk], on=day)
        for name, (model, column) in PASSED.items():
            model.objects.filter(pk__in=told["passed"].get(name, [])).update(**{column: merged})
        if told["name"]:
            Person.objects.filter(pk=kept.pk).update(
                full_name=told["name"], name_key=name_key(told["name"]), folded_name=fold(told["name"])
            )
        _accounts_back(told["accounts"], kept, merged)
    return merging


def _accounts_back(told: dict[str, Any], kept: Person, merged: Person) -> None:
    if not told:
        return
    if told["kept"] != kept.account_id:
        _swap(kept, merged)
    if told["closed"] is not None:
        Account.objects.filter(pk=told["closed"]).update(is_active=True, locked_at=None, locked_why="")


def _leans_on(merging: Merging) -> bool:
    """Whether anything that was passed on, or is known of the two, is no longer as the merging left it."""
    told, kept = merging.outcome, merging.person
    if told["name"] and kept.full_name != merging.merged.full_name:
        return True
    if facts_of([merging.person_id, merging.merged_id]) != told["left"]:
        return True
    for name, (model, column) in PASSED.items():
        passed = told["passed"].get(name, [])  # a merging of an earlier release knows fewer
        if model.objects.filter(pk__in=passed, **{column: kept}, **STILL.get(name, {})).count() != len(passed):
            return True
    accounts = told["accounts"]
    if not accounts:
        return False
    now = {merging.person.account_id, merging.merged.account_id}
    return now != {accounts["kept"], accounts["merged"]}
