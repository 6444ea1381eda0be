"""An office that begins writes the terms of all its cells at once; until then it is told that none can close."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.cadres.models import Term
from chibo.cadres.operations import open_terms
from chibo.cadres.queries import without_term
from chibo.front.beginning import owed
from chibo.kernel.actor import MACHINE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry, Touch
from chibo.organisation.models import Unit
from chibo.organisation.operations import found_unit
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

LAST = date(2027, 12, 31)


@pytest.fixture
def cells(commune: Commune) -> list[Unit]:
    names = ("Chi bộ bản Một", "Chi bộ bản Hai")
    return [found_unit(name, kind="cell", parent=commune.commune, on=FOUNDED, by=MACHINE) for name in names]


def test_all_at_once_in_one_line(commune: Commune, cells: list[Unit]) -> None:
    by = commune.actor("Nhung")
    lacking = without_term(commune.commune, TODAY, actor=by)
    assert {row.name for row in lacking} == {"Đảng bộ xã Huổi Lam", "Chi bộ bản Một", "Chi bộ bản Hai"}
    before = Entry.objects.count()
    terms = open_terms(cells, "2025 - 2027", first=FOUNDED, last=LAST, by=by)
    entry = Entry.objects.order_by("pk").last()
    assert entry is not None
    assert (Entry.objects.count() - before, entry.verb) == (1, "terms.opened")
    assert Touch.objects.filter(entry=entry, kind="cadres.term").count() == len(terms) == 2
    assert [row.name for row in without_term(commune.commune, TODAY, actor=by)] == ["Đảng bộ xã Huổi Lam"]


def test_what_is_refused(commune: Commune, cells: list[Unit]) -> None:
    by = commune.actor("Nhung")
    with refused("term_overlaps"):  # and the one before it is not written either
        open_terms([cells[0], commune.na_loc], "2025 - 2027", first=FOUNDED, last=LAST, by=by)
    assert not Term.objects.filter(unit=cells[0]).exists()
    with refused("no_unit_lacks_it"):
        open_terms([], "2025 - 2027", first=FOUNDED, last=LAST, by=by)
    with refused("no_term_name"):
        open_terms(cells, "  ", first=FOUNDED, last=LAST, by=by)
    with refused("ends_before_it_starts"):
        open_terms(cells, "2025 - 2027", first=LAST, last=FOUNDED, by=by)
    with pytest.raises(NoPower):
        open_terms(cells, "2025 - 2027", first=FOUNDED, last=LAST, by=commune.actor("Inh"))


def test_the_office_is_told_and_nobody_else(commune: Commune, cells: list[Unit]) -> None:
    (item,) = owed(commune.actor("Nhung"), on=TODAY)
    assert (item.title, item.args) == ("2 chi bộ chưa có nhiệm kỳ", (commune.commune.pk,))
    assert owed(commune.actor("Inh"), on=TODAY) == owed(commune.actor("Lan"), on=TODAY) == []
    open_terms(cells, "2025 - 2027", first=FOUNDED, last=LAST, by=commune.actor("Nhung"))
    assert owed(commune.actor("Nhung"), on=TODAY) == []


def test_on_the_page(commune: Commune, cells: list[Unit]) -> None:
    client, address = Client(), reverse("cadres:terms", args=[commune.commune.pk])
    with time_machine.travel(EVENING):
        client.force_login(commune.account("Nhung"))
        page = client.get(address).content.decode()
        assert "Chi bộ (2)" in page
        assert "Chi bộ bản Hai; Chi bộ bản Một" in page
        typed = {"kind": "cell", "name": "2025 - 2027", "first": "30/02/2026", "last": "31/12/2027"}
        answer = client.post(address, typed)
        assert (answer.status_code, Term.objects.filter(unit__in=cells).count()) == (422, 0)
        assert "Tháng 2/2026 chỉ có 28 ngày" in answer.content.decode()
        assert client.post(address, {**typed, "first": "01/08/2025", "kind": "province"}).status_code == 422
        assert client.post(address, {**typed, "first": "01/08/2025"}).status_code == 302
        assert client.post(address, {**typed, "first": "01/08/2025"}).status_code == 422  # nobody lacks one any more
        assert {term.name for term in Term.objects.filter(unit__in=cells)} == {"2025 - 2027"}
