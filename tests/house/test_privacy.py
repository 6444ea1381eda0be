"""The schema keeps the line of docs/privacy.md: what may not be recorded has no column to stand in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db import connection, models

import chibo
from chibo.kernel.text import fold
from chibo.meetings import fields

REGISTER = yaml.safe_load((Path(chibo.__file__).parent / "access/register/columns.yaml").read_text(encoding="utf-8"))
MODELS = [model for model in apps.get_models() if model.__module__.startswith("chibo.")]

# What somebody thinks, believes, feels; how somebody is judged or foreseen; who somebody's people are.
FORBIDDEN = re.compile(
    r"opinion|mood|thought|ideolog|loyal|attitude|belief|sentiment|trust|stance|stress|morale|risk|predict|forecast"
    r"|rank|rating_of|person_score|profile|household|resident|villager|relative|spouse|father|mother|child_name"
    r"|tu_tuong|tam_tu|nguyen_vong|du_luan|location|latitude|longitude|fingerprint|biometric|last_login|last_seen"
)
# Kept by subject, of the meeting as a whole: the names stand for what the sheet of a meeting may hold.
ALLOWED_FIELDS = {"opinions"}  # «ý kiến theo vấn đề»: by subject, no speaker


def columns(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.fields]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_column_holds_what_may_not_be_recorded(model: type[models.Model]) -> None:
    assert [name for name in columns(model) if FORBIDDEN.search(name)] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_choice_says_what_may_not_be_recorded(model: type[models.Model]) -> None:
    said = [
        str(word) for field in model._meta.fields for pair in getattr(field, "choices", None) or () for word in pair
    ]
    assert [word for word in said if FORBIDDEN.search(fold(word).replace(" ", "_"))] == []


def test_no_field_of_the_sheet_asks_who_thinks_what() -> None:
    names = {*fields._PLAIN, *fields._OF_A_SUBJECT, *fields._OF_A_POINT}
    assert {name for name in names if FORBIDDEN.search(name)} <= ALLOWED_FIELDS
    # nothing beside a person but their presence, and the reason of an absence
    of_a_person = {"roll", "reason"}
    assert of_a_person <= set(fields._OF_A_SUBJECT)
    assert set(fields._OF_A_SUBJECT) - of_a_person == {"result", "cause", "remedy", "task", "owner", "due"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_stands_in_the_register(model: type[models.Model]) -> None:
    entry: dict[str, Any] | None = REGISTER["tables"].get(model._meta.label)
    assert entry is not None, f"{model._meta.label}: add it to chibo/access/register/columns.yaml"
    told = set(entry["columns"])
    there = set(columns(model)) - set(REGISTER["plain"])
    assert told == there, f"{model._meta.label}: the register and the table differ: {sorted(told ^ there)}"
    if entry["about_people"]:
        assert all(entry.get(word) for word in ("purpose", "level", "kept", "basis"))


def test_the_register_speaks_of_no_table_that_is_gone() -> None:
    assert set(REGISTER["tables"]) == {model._meta.label for model in MODELS}


def test_the_database_has_no_table_the_models_do_not_know(db: None) -> None:
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
    assert set(connection.introspection.table_names()) <= known


def test_whoever_is_linked_to_a_person_is_said_to_be_about_people() -> None:
    for model in MODELS:
        linked = any(getattr(f.related_model, "__name__", "") == "Person" for f in model._meta.fields)
        named = any(f.name in {"by_name", "full_name", "username"} for f in model._meta.fields)
        if linked or named:
            assert REGISTER["tables"][model._meta.label]["about_people"], model._meta.label


def test_ballots_are_totals_only() -> None:
    voted = [name for name in fields._PLAIN if name.startswith("vote_")]
    assert sorted(voted) == ["vote_against", "vote_blank", "vote_for"]
    assert all(fields._PLAIN[name].shape == "count" for name in voted)
