"""Đại hội: one act closes the posts of a body and opens the elected; taken back, all is as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from chibo.cadres.models import Congress, Office, Post, Term
from chibo.cadres.operations import (
    Elected,
    appoint,
    changes_of,
    correct_post,
    hold_congress,
    prolong_term,
    take_back_congress,
    take_number,
)
from chibo.cadres.queries import post_labels
from chibo.kernel.actor import MACHINE, Power
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from tests.commune import EVENING, FOUNDED, TODAY, Commune
from tests.conftest import refused

LAST = date(2031, 11, 4)
BEFORE = TODAY - timedelta(days=1)


def elected(commune: Commune, **names: str) -> list[Elected]:
    return [Elected(commune.person(name), Office(office)) for name, office in names.items()]


def held(commune: Commune, **names: str) -> Congress:
    names = names or {"Duyên": "cell_secretary", "Khiêm": "cell_deputy", "Hoa": "cell_committee"}
    return hold_congress(commune.na_loc, "2026 - 2031", elected(commune, **names), first=TODAY, last=LAST,
                         by=commune.actor("Nhung"), decision="Biên bản đại hội")  # fmt: skip


def labels(commune: Commune, day: date) -> dict[str, str]:
    found = post_labels(commune.na_loc, day)
    return {name: found[person.pk] for name, person in commune.people.items() if person.pk in found}


def test_the_body_changes_in_one_act(commune: Commune) -> None:
    held(commune)
    assert labels(commune, BEFORE) == {"Inh": "Bí thư chi bộ", "Duyên": "Phó bí thư chi bộ"}
    assert labels(commune, TODAY) == {"Duyên": "Bí thư chi bộ", "Khiêm": "Phó bí thư chi bộ", "Hoa": "Chi ủy viên"}
    terms = Term.objects.live().filter(unit=commune.na_loc).order_by("during")
    assert [(t.name, t.during.lower, t.during.upper) for t in terms] == [
        ("2025 - 2030", FOUNDED, TODAY), ("2026 - 2031", TODAY, LAST + timedelta(days=1)),
    ]  # fmt: skip
    assert not commune.actor("Inh").can(Power.CHAIR, commune.na_loc.scope_path)
    assert commune.actor("Khiêm").can(Power.CHAIR, commune.na_loc.scope_path)
    assert commune.actor("Khiêm", on=LAST + timedelta(days=1)).powers == {}, "the right ends with the term"


def test_it_is_one_line_of_the_ledger(commune: Commune) -> None:
    commune.actor("Nhung")
    before = Entry.objects.count()
    held(commune)
    assert (Entry.objects.count() - before, Entry.objects.latest("pk").verb) == (1, "congress.held")


def test_the_preview_counts_what_would_change_and_writes_nothing(commune: Commune) -> None:
    names = {"Duyên": "cell_secretary", "Khiêm": "cell_deputy"}
    changes = changes_of(commune.na_loc, elected(commune, **names), first=TODAY)
    assert (len(changes.closed), len(changes.opened), changes.stay, changes.leave, changes.new) == (2, 2, 1, 1, 1)
    assert labels(commune, TODAY)["Inh"] == "Bí thư chi bộ"


def test_the_staff_of_the_office_is_not_elected_and_stays(commune: Commune) -> None:
    rows = elected(commune, Páo="committee_secretary", Liên="committee_member")
    hold_congress(commune.commune, "2026 - 2031", rows, first=TODAY, last=LAST, by=MACHINE)
    assert commune.actor("Nhung").can(Power.APPOINT, commune.commune.scope_path)
    assert Post.objects.on(TODAY).filter(unit=commune.commune).count() == 3


def test_taken_back_all_is_as_it_was_and_both_stay_readable(commune: Commune) -> None:
    congress = held(commune)
    take_back_congress(congress, why="typed_wrong", at=EVENING, by=commune.actor("Nhung"))
    assert labels(commune, TODAY) == {"Inh": "Bí thư chi bộ", "Duyên": "Phó bí thư chi bộ"}
    assert labels(commune, LAST) == labels(commune, TODAY), "open-ended as before"
    term = Term.objects.live().get(unit=commune.na_loc)
    assert (term.name, term.during.upper) == ("2025 - 2030", date(2030, 8, 1))
    withdrawn = Post.objects.filter(unit=commune.na_loc, withdrawn_at__isnull=False)
    assert withdrawn.count() == 5
    assert Entry.objects.get(verb="congress.taken_back").reason == "typed_wrong"
    with refused("withdrawn_already"):
        take_back_congress(congress, why="typed_wrong", at=EVENING, by=MACHINE)
    held(commune)
    assert labels(commune, TODAY)["Duyên"] == "Bí thư chi bộ"


def test_a_post_corrected_meanwhile_is_left_to_whoever_corrected_it(commune: Commune) -> None:
    congress = held(commune)
    old = Post.objects.live().get(person=commune.person("Inh"))
    correct_post(old, office=Office.CELL_SECRETARY, first=date(2025, 9, 1), last=BEFORE, why="paper_differs",
                 at=EVENING, by=MACHINE)  # fmt: skip
    take_back_congress(congress, why="typed_wrong", at=EVENING, by=MACHINE)
    assert labels(commune, TODAY) == {"Duyên": "Phó bí thư chi bộ"}


def test_numbers_given_in_the_term_keep_it(commune: Commune) -> None:
    congress = held(commune)
    take_number(commune.na_loc, "BB", on=TODAY)
    with refused("papers_numbered"):
        take_back_congress(congress, why="typed_wrong", at=EVENING, by=MACHINE)
    assert labels(commune, TODAY)["Duyên"] == "Bí thư chi bộ"


def test_a_term_is_prolonged_with_its_posts(commune: Commune) -> None:
    congress = held(commune)
    later = LAST + timedelta(days=90)
    prolong_term(congress.term, last=later, by=commune.actor("Nhung"))
    assert labels(commune, later)["Duyên"] == "Bí thư chi bộ"
    with refused("not_longer"):
        prolong_term(congress.term, last=LAST, by=MACHINE)


@pytest.mark.parametrize(
    ("names", "more", "code"),
    [
        ({}, {}, "nobody_elected"),
        ({"Ngoan": "cell_deputy"}, {}, "not_official_then"),
        ({"Inh": "cell_secretary", "Duyên": "cell_secretary"}, {}, "two_secretaries"),
        ({"Inh": "committee_member"}, {}, "office_not_for_unit"),
        ({"Inh": "committee_office"}, {}, "office_not_for_unit"),
        ({"Inh": "cell_secretary"}, {"name": " "}, "no_term_name"),
        ({"Inh": "cell_secretary"}, {"first": FOUNDED, "last": LAST}, "term_began_then"),
        ({"Inh": "cell_secretary"}, {"last": BEFORE}, "ends_before_it_starts"),
        ({"Inh": "cell_secretary"}, {"first": date(2025, 7, 1)}, "not_standing"),
    ],
)
def test_it_is_refused(commune: Commune, names: dict[str, str], more: dict[str, Any], code: str) -> None:
    given = {"name": "2026 - 2031", "first": TODAY, "last": LAST, **more}
    with refused(code):
        hold_congress(commune.na_loc, given.pop("name"), elected(commune, **names), by=MACHINE, **given)
    assert labels(commune, TODAY)["Inh"] == "Bí thư chi bộ"


def test_twice_the_same_and_posts_that_begin_later_are_refused(commune: Commune) -> None:
    twice = elected(commune, Inh="cell_secretary") * 2
    with refused("elected_twice"):
        hold_congress(commune.na_loc, "x", twice, first=TODAY, last=LAST, by=MACHINE)
    appoint(commune.person("Hoa"), Office.CELL_COMMITTEE, commune.na_loc, on=TODAY + timedelta(days=9), by=MACHINE)
    with refused("facts_afterwards"):
        held(commune)
    with pytest.raises(NoPower):
        hold_congress(commune.khuoi_moc, "x", twice, first=TODAY, last=LAST, by=commune.actor("Nhung"))


def test_a_congress_costs_the_same_for_few_and_many(commune: Commune, queries: Callable[..., Any]) -> None:
    few = elected(commune, Duyên="cell_secretary")
    many = elected(commune, **dict.fromkeys(["Inh", "Duyên", "Khiêm", "Nhung", "Hoa", "Ún", "Uyên"], "cell_committee"))
    by = commune.actor("Nhung")
    for day, rows in ((TODAY, few), (TODAY + timedelta(days=1), many)):
        with queries(17):
            hold_congress(commune.na_loc, "x", rows, first=day, last=LAST, by=by)
