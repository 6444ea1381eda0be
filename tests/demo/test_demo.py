"""The invented province: everything the product shows is in it, alike at each loading, whatever day it is."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from chibo.access.models import DataAnswer, DataRequest
from chibo.cadres.models import Office
from chibo.demo.drawing import pdf, png, signed_page
from chibo.demo.load import load
from chibo.exchange.models import Intake
from chibo.ledger.attachments.cleaning import cleaned
from chibo.meetings.models import Closure, Meeting, Resolution, SheetEntry, Visit
from chibo.meetings.year import state_of
from chibo.membership.models import Erasure
from chibo.organisation.models import Placement
from chibo.reorganisation.models import Decision

DAY = date(2026, 11, 25)
MADE_BY_USE = {"access", "exchange", "ledger", "figures"}  # rooms that fill with use, or of themselves


class Undone(Exception):
    """Take the first loading back."""


def quiet(line: str) -> None:
    """Nobody listens."""


def told() -> str:
    """A digest of what everybody wrote: fields of persons and tasks carry ids, which differ, so only the texts."""
    rows = SheetEntry.objects.order_by("id").values_list("meeting__month", "field", "value")
    said = [(month, field.partition(".")[0], value if len(value) != 36 else "") for month, field, value in rows]
    return hashlib.sha256(repr(said).encode()).hexdigest()


@pytest.mark.sweep
@pytest.mark.timeout(400)
def test_everything_the_product_keeps_is_in_the_demo(db: None) -> None:
    load(on=DAY, say=quiet)
    ours = [model for model in apps.get_models() if model.__module__.startswith("chibo.")]
    shown = [model for model in ours if model._meta.app_label not in MADE_BY_USE]
    assert len(shown) > 30
    empty = [model._meta.label for model in shown if not model._default_manager.exists()]
    assert empty == []
    meetings = list(Meeting.objects.filter(month__year=2026).select_related("closure"))
    open_ones = [m for m in meetings if not hasattr(m, "closure")]
    states = {state_of(m, getattr(m, "closure", None), m.not_held.first(), DAY) for m in meetings}
    assert states == {"on_day", "late", "not_held", "missed", "postponed", "not_yet"}
    assert any(m.kind == Meeting.THEMATIC and m.meets_on > DAY for m in open_ones)
    assert Closure.objects.filter(helper__isnull=False, confirmation=None).exists()
    assert Visit.objects.filter(observation=None, meeting__meets_on__lt=DAY).exists()
    assert Resolution.objects.filter(minutes__meeting__unit__placements__kind="commune").exists()
    written = Intake.objects.get(state=Intake.WRITTEN, kind="members")
    assert written.outcome["counts"]["changed"] == 10
    waiting = DataRequest.objects.exclude(answers__kind__in=DataAnswer.SETTLED)
    assert [row.kind for row in waiting] == [DataRequest.ACCESS]
    gone = Erasure.objects.exclude(request=None).values_list("field", flat=True)
    assert set(gone) == {"religion", "home_village"}
    assert DataAnswer.objects.filter(kind=DataAnswer.DONE, request__kind=DataRequest.ERASURE).exists()
    assert [line for check in settings.CHIBO_CHECKS for line in import_string(check)()] == []
    sheets = Decision.objects.filter(act=Decision.REFORM).order_by("effective_on")
    assert [row.effective_on for row in sheets] == [date(2025, 7, 1), date(2026, 9, 30)]
    below = Placement.objects.on(DAY).filter(parent=sheets[1].unit)
    assert {row.kind for row in below} == {"cell"}
    assert len(below) == 23
    assert sheets[1].units.filter(act=Decision.FOUND).count() == 10
    assert Meeting.objects.filter(meets_on=DAY, unit__posts__office=Office.CELL_SECRETARY).exists()


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 3), date(2028, 2, 29)])
def test_the_demo_is_alike_on_any_day(db: None, day: date) -> None:
    with suppress(Undone), transaction.atomic():
        load(on=day, say=quiet)
        first = told()
        raise Undone
    load(on=day, say=quiet)
    assert told() == first


def test_a_drawn_page_passes_as_a_scan() -> None:
    page = signed_page(1)
    assert png(page) == png(signed_page(1)) != png(signed_page(2))
    assert cleaned("bien-ban.png", png(page)).kind == "png"
    assert cleaned("bien-ban.pdf", pdf([page])).kind == "pdf"
