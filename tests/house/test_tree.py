"""Every table with a key to a unit says what becomes of its rows when the unit ends, splits or merges."""

from __future__ import annotations

from django.apps import apps
from django.db.models import ForeignKey, IntegerField

from chibo.organisation.models import Unit
from chibo.reorganisation.treatment import TREATED


def columns_of_units() -> set[str]:
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            key = isinstance(field, ForeignKey) and field.related_model is Unit
            number = isinstance(field, IntegerField) and field.name == "unit_id"
            if key or number:
                found.add(f"{model._meta.label}.{field.name}")
    return found


def test_every_key_to_a_unit_is_treated() -> None:
    missing = columns_of_units() - set(TREATED)
    assert not missing, f"say in chibo/reorganisation/treatment.py what the acts do with {sorted(missing)}"


def test_nothing_is_treated_that_is_gone() -> None:
    assert set(TREATED) <= columns_of_units()
