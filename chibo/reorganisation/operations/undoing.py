"""Take a decision back while nothing depends on it: everything is as if it had not been made, but the record of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ForeignKey
from django.utils import timezone

from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.kernel.paths import PathRange
from chibo.kernel.periods import Correctable
from chibo.kernel.turns import alone
from chibo.ledger.operations import record
from chibo.meetings.models import Closure, NotHeld
from chibo.membership.today import follow
from chibo.organisation.models import Unit
from chibo.reorganisation.journal import place_anew, rehang, repath
from chibo.reorganisation.models import Decision, DecisionUnit

RECORDS = {"reorganisation.Decision", "reorganisation.DecisionUnit", "reorganisation.Descent"}


@transaction.atomic
def take_back(decision: Decision, *, why: str, at: datetime, by: Actor) -> Decision:
    """Lấy lại quyết định ghi nhầm. The row stays, with who, when and why.

    Raises NoPower, Refused: unknown_why, withdrawn_already, depends_on_it.
    """
    alone()
    by.must(Power.ORGANISE, decision.scope_path)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    list(Unit.objects.select_for_update().filter(named_in__decision=decision).order_by("pk"))
    refuse_if(why not in dict(Correctable.MISTAKES), "unknown_why", why=why)
    refuse_if(decision.withdrawn_at is not None, "withdrawn_already")
    depends = next(_depends(decision), None)
    refuse_if(depends is not None, "depends_on_it", what=depends)
    for told in reversed(decision.journals):
        _undo(told, why=why, at=at, by=by)
    people = {pk for told in decision.journals for pk in told["people"]}
    decision.withdrawn_at, decision.withdrawn_by, decision.withdrawn_why = at, by.account_id, why
    decision.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record(by, f"unit.{decision.act}.taken_back", on=timezone.localdate(at), unit_id=decision.unit_id,
           touched=[decision, *(("membership.person", pk) for pk in sorted(people))], reason=why)  # fmt: skip
    return decision


def _undo(told: Mapping[str, Any], *, why: str, at: datetime, by: Actor) -> None:
    """One act, backwards."""
    _undo_paths(told)
    _pass_back(told)
    _take_out(told, why=why, at=at, by=by)
    _open_again(told)
    for label, pk, facts in reversed(told["said"]):
        apps.get_model(label).objects.filter(pk=pk).update(**facts)
    follow(told["people"], on=timezone.localdate(at))


def _depends(decision: Decision) -> Iterator[str]:
    """What rests on the decision by now, in words; nothing when it can go."""
    yield from _gone_on(decision)
    for label, ids in _noted(decision, "added").items():
        rows = _there(label, ids)
        yield from ["một việc đã sửa hoặc rút sau đó"] * (len(rows) != len(ids))
    for label, ends in _noted(decision, "ended").items():
        there = _there(label, ends)
        left = {str(row.pk): decision.effective_on if row.during.isempty else row.during.upper for row in there}
        ended = all(left.get(pk) == decision.effective_on for pk in ends)
        yield from ["một việc đã sửa hoặc rút sau đó"] * (not ended)
    yield from _later_decisions(decision)
    yield from _since(decision)
    passed = _noted(decision, "passed").get("meetings.Meeting", [])
    yield from ["buổi sinh hoạt đã kết thúc"] * Closure.objects.filter(meeting__in=passed).count()


def _noted(decision: Decision, part: str) -> dict[str, list[Any]]:
    """Keys of the rows all its acts added, ended or passed on, model by model."""
    noted: dict[str, dict[Any, None]] = {}
    for told in decision.journals:
        for label, keys in told[part].items():
            noted.setdefault(label, {}).update(dict.fromkeys(keys))
    return {label: list(keys) for label, keys in noted.items()}


def _there(label: str, ids: list[Any]) -> list[Any]:
    model: Any = apps.get_model(label)
    rows = model.objects.filter(pk__in=ids)
    if issubclass(model, Correctable):
        return list(rows.filter(withdrawn_at=None))
    return list(rows.filter(withdrawn_at=None)) if model is NotHeld else list(rows)


def _gone_on(decision: Decision) -> Iterator[str]:
    """A unit it placed stands otherwise by now, or in another branch.

    Asked of the units themselves: the decision that took one away belongs to whoever decided that, and may be out of
    sight here, as may the unit's rows but for its name.
    """
    branch, ended = PathRange.of(decision.scope_path), _noted(decision, "ended").get("organisation.Placement", [])
    placed = _there("organisation.Placement", _noted(decision, "added").get("organisation.Placement", []))
    if any(row.scope_path not in branch for row in placed):
        yield "việc chuyển tổ chức sang nơi khác"
    if any(row.during.upper is not None and str(row.pk) not in ended for row in placed):
        yield "quyết định ghi sau về tổ chức này"


def _later_decisions(decision: Decision) -> Iterator[str]:
    units = DecisionUnit.objects.filter(decision=decision).values("unit")
    later = Decision.objects.standing().filter(units__unit__in=units, at__gt=decision.at).exclude(pk=decision.pk)
    yield from ["quyết định ghi sau: " + row.paper for row in later[:1]]


def _since(decision: Decision) -> Iterator[str]:
    """Facts of the units the act founded, that the act itself did not write."""
    founded, added, passed_on = _founded(decision), _noted(decision, "added"), _noted(decision, "passed")
    for model, column in rows_of_units():
        own, passed = added.get(model._meta.label, []), passed_on.get(model._meta.label, [])
        others = model.objects.filter(**{f"{column}__in": founded}).exclude(pk__in=[*own, *passed])
        if others.exists():
            yield f"việc đã ghi ở tổ chức mới lập ({others.count()})"


def _founded(decision: Decision) -> list[int]:
    """Units that begin with this decision: nothing of them is older."""
    placed = _noted(decision, "added").get("organisation.Placement", [])
    ended = _noted(decision, "ended").get("organisation.Placement", [])
    rows = apps.get_model("organisation.Placement").objects
    before = set(rows.filter(pk__in=ended).values_list("unit", flat=True))
    return [unit for unit in rows.filter(pk__in=placed).values_list("unit", flat=True) if unit not in before]


def rows_of_units() -> Iterator[tuple[Any, str]]:
    """Every model with a key to a unit, and the column; the record of decisions itself left out."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is Unit and model._meta.label not in RECORDS:
                yield model, field.name


def _undo_paths(told: Mapping[str, Any]) -> None:
    for old, new in reversed(told["rehung"]):
        rehang(new, old)
    for old, new, since in reversed(told["placed"]):
        place_anew(new, old, date.fromisoformat(since))


def _pass_back(told: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('chibo.reorganises', 'on', true)")
        for label, rows in told["passed"].items():
            model = apps.get_model(label)
            for pk, before in rows.items():
                path = Unit.objects.get(pk=before["unit"]).scope_path
                model.objects.filter(pk=pk).update(
                    unit=before["unit"], scope_path=path, place_path=before["place_path"]
                )
                cursor.execute("SELECT chibo_follow_row(%s::regclass, %s)", [model._meta.db_table, pk])
        cursor.execute("SELECT set_config('chibo.reorganises', 'off', true)")


def _take_out(told: Mapping[str, Any], *, why: str, at: datetime, by: Actor) -> None:
    for label, ids in told["added"].items():
        model: Any = apps.get_model(label)
        if issubclass(model, Correctable):
            for row in _there(label, ids):
                row.withdraw(why=why, at=at, by_account=by.account_id)
        elif model is NotHeld:
            model.objects.filter(pk__in=ids).update(withdrawn_at=at, withdrawn_by=by.account_id)
        else:
            model.objects.filter(pk__in=ids).delete()


def _open_again(told: Mapping[str, Any]) -> None:
    for old, new, since in reversed(told["repathed"]):
        repath(new, old, date.fromisoformat(since))
    for label, ends in told["ended"].items():
        model = apps.get_model(label)
        for row in model.objects.filter(pk__in=list(ends)):
            before = dict(ends[str(row.pk)])
            until, since = before.pop("until"), before.pop("since", None)
            began = date.fromisoformat(since) if since else row.during.lower
            row.during = DateRange(began, date.fromisoformat(until) if until else None)
            for name, value in before.items():
                setattr(row, name, value)
            row.save(update_fields=["during", *before])
