"""Giao chức vụ theo danh sách: one act for all, refused as each alone would be."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chibo.cadres.models import Office, Post
from chibo.cadres.operations import NewPost, appoint_all
from chibo.kernel.actor import MACHINE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.organisation.operations import found_unit
from tests.commune import FOUNDED, TODAY, Commune
from tests.conftest import refused

BEFORE = date(2025, 7, 1)


def test_a_list_is_one_act(commune: Commune) -> None:
    rows = [NewPost(commune.person("Ún"), Office.CELL_COMMITTEE, commune.na_loc),
            NewPost(commune.person("Hoa"), Office.CELL_COMMITTEE, commune.na_loc),
            NewPost(commune.person("Thuận"), Office.CELL_DEPUTY, commune.pom_khe)]  # fmt: skip
    with CaptureQueriesContext(
        connection,
    ) as asked:
        posts = appoint_all(rows, on=TODAY, by=MACHINE, decision="số 9-QĐ/ĐU")
    assert len(asked) <= 8
    assert [(post.person, post.office, post.decision) for post in posts] == [
        (row.person, row.office, "số 9-QĐ/ĐU") for row in rows
    ]
    assert Post.objects.on(TODAY).filter(pk__in=[post.pk for post in posts]).count() == 3
    entry = Entry.objects.latest("pk")
    assert entry.verb == "posts.given"
    assert entry.touches.count() == 6


@pytest.mark.parametrize(("code", "who", "office", "unit"), [
    ("post_held_by_other", "Ún", Office.CELL_SECRETARY, "na_loc"),
    ("post_held_already", "Duyên", Office.CELL_DEPUTY, "na_loc"),
    ("office_not_for_unit", "Ún", Office.CELL_DEPUTY, "commune"),
])  # fmt: skip
def test_what_one_line_may_not_no_line_does(commune: Commune, code: str, who: str, office: Office, unit: str) -> None:
    good = NewPost(commune.person("Hoa"), Office.CELL_COMMITTEE, commune.na_loc)
    before = Post.objects.count()
    with refused(code):
        appoint_all([good, NewPost(commune.person(who), office, getattr(commune, unit))], on=TODAY, by=MACHINE)
    with refused("post_held_already"):
        appoint_all([good, good], on=TODAY, by=MACHINE)
    with refused("not_standing"):
        appoint_all([good], on=BEFORE, by=MACHINE)
    assert Post.objects.count() == before


def test_two_secretaries_of_one_list(commune: Commune) -> None:
    cell = found_unit("Chi bộ Chợ", kind="cell", parent=commune.commune, on=FOUNDED, by=MACHINE)
    rows = [NewPost(commune.person(name), Office.CELL_SECRETARY, cell) for name in ("Thuận", "Bun")]
    with refused("post_held_by_other"):
        appoint_all(rows, on=FOUNDED, by=MACHINE)


def test_who_may(commune: Commune) -> None:
    row = NewPost(commune.person("Nghiệp"), Office.CELL_COMMITTEE, commune.khuoi_moc)
    with pytest.raises(NoPower):
        appoint_all([row], on=TODAY, by=commune.actor("Páo"))
