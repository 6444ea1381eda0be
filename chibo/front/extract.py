"""What is kept about a person: every table the register says is about people, and how many rows are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db.models import Q

import chibo
from chibo.membership.models import Person

REGISTER = Path(chibo.__file__).parent / "access/register/columns.yaml"


@dataclass(frozen=True, slots=True)
class Kept:
    """One purpose: how many rows about the person stand for it, and on what grounds."""

    purpose: str
    level: str
    kept: str
    basis: str
    rows: int


@cache
def register() -> dict[str, Any]:
    """The register of columns, as the tests hold it against the tables."""
    tables: dict[str, Any] = yaml.safe_load(REGISTER.read_text(encoding="utf-8"))["tables"]
    return tables


def extract_of(person: Person) -> list[Kept]:
    """Counted through the second wall of whoever asks; one query a table that can name a person."""
    found: dict[tuple[str, str, str, str], int] = {}
    for label, entry in register().items():
        if not entry["about_people"]:
            continue
        key = (entry["purpose"], entry["level"], entry["kept"], entry["basis"])
        found[key] = found.get(key, 0) + _rows(apps.get_model(label), person)
    return [Kept(why, level, kept, basis, rows) for (why, level, kept, basis), rows in found.items() if rows]


def _rows(model: Any, person: Person) -> int:
    """Rows that name the person; the account's own through the account."""
    if model is Person:
        return 1
    names = Q()
    for field in model._meta.fields:
        if field.related_model is Person or field.name == "person_id":
            names |= Q(**{field.name: person.pk})
        elif getattr(field.related_model, "__name__", "") == "Account" and person.account_id:
            names |= Q(**{field.name: person.account_id})
    return int(model.objects.filter(names).count()) if names else 0
