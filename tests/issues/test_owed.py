"""Việc cần làm: the owner of a remedy with its day, the second person who must look, what was left alone."""

from __future__ import annotations

from datetime import date, timedelta

from chibo.issues.models import Remedy
from chibo.issues.owed import owed
from chibo.meetings.owed import Owed
from tests.commune import EVENING, Commune
from tests.issues.acting import caused, checked, remedied, reopened, reported, written
from tests.issues.conftest import SignIn

ON = EVENING.date()
SOON = ON + timedelta(days=5)


def of(commune: Commune, who: str, on: date = ON) -> list[tuple[str, str]]:
    return [(each.kind, each.about) for each in owed(commune.actor(who), on=on)]


def one(commune: Commune, who: str, on: date = ON) -> Owed:
    found = owed(commune.actor(who), on=on)
    assert len(found) == 1
    return found[0]


def a_remedy(commune: Commune, owner: str = "Khiêm", due: date = SOON, **told: str) -> Remedy:
    row = written(commune)
    caused(commune, row)
    return remedied(commune, row, owner, due=due, **told)


def test_the_owner_owes_it_by_its_day(commune: Commune) -> None:
    remedy = a_remedy(commune)
    item = one(commune, "Khiêm")
    assert (item.kind, item.about, item.due, item.days_late, item.mine) == ("remedy", str(remedy.pk), SOON, 0, True)
    assert one(commune, "Khiêm", SOON + timedelta(days=3)).days_late == 3
    assert of(commune, "Ún") == of(commune, "Liên") == []


def test_one_far_ahead_is_not_owed_yet(commune: Commune) -> None:
    a_remedy(commune, due=ON + timedelta(days=60))
    assert of(commune, "Khiêm") == []


def test_once_reported_somebody_else_owes_a_look(commune: Commune) -> None:
    report = reported(commune, a_remedy(commune))
    assert of(commune, "Khiêm") == []
    for who, firm in (("Inh", True), ("Duyên", True), ("Páo", False), ("Nhung", False)):
        item = one(commune, who)
        assert (item.kind, item.about, item.firm) == ("remedied", str(report.pk), firm), who
    assert of(commune, "Liên") == of(commune, "Vân") == []
    checked(commune, report)
    assert of(commune, "Inh") == []


def test_who_did_it_or_reported_it_owes_no_look(commune: Commune) -> None:
    reported(commune, a_remedy(commune, "Inh"), "Duyên")
    assert of(commune, "Inh") == of(commune, "Duyên") == []
    assert [kind for kind, _ in of(commune, "Páo")] == ["remedied"]


def test_given_back_it_is_owed_again(commune: Commune) -> None:
    remedy = a_remedy(commune)
    checked(commune, reported(commune, remedy), verdict="refused", remark="Mới một buổi")
    assert of(commune, "Khiêm") == [("remedy", str(remedy.pk))]


def test_what_the_unit_took_on_is_owed_by_who_chairs_it(commune: Commune) -> None:
    remedy = a_remedy(commune, side=Remedy.UNIT)
    assert of(commune, "Inh") == [("remedy", str(remedy.pk))]
    assert of(commune, "Páo") == of(commune, "Liên") == []


def test_what_was_left_to_the_committee_above_is_owed_there(commune: Commune) -> None:
    remedy = a_remedy(commune, side=Remedy.ABOVE)
    assert of(commune, "Páo") == [("remedy", str(remedy.pk))]
    assert of(commune, "Inh") == of(commune, "Liên") == []


def test_one_left_alone_reminds_who_chairs_and_is_never_late(commune: Commune) -> None:
    row = written(commune)
    item = one(commune, "Inh", ON + timedelta(days=90))
    assert (item.kind, item.about, item.firm, item.days_late) == ("limitation", str(row.pk), False, 0)
    assert item.why == "Hạn chế chưa có nguyên nhân"
    caused(commune, row)
    assert one(commune, "Inh").why == "Hạn chế chưa có biện pháp"
    assert of(commune, "Páo") == []


def test_one_that_came_back_wants_a_new_remedy(commune: Commune) -> None:
    remedy = a_remedy(commune)
    checked(commune, reported(commune, remedy))
    row = remedy.limitation
    row.refresh_from_db()
    reopened(commune, row, days=0)
    assert of(commune, "Inh") == [("limitation", str(row.pk))]


def test_home_shows_it_with_its_button(commune: Commune, sign_in: SignIn) -> None:
    remedy = a_remedy(commune)
    page = sign_in("Khiêm").get("/").content.decode()
    assert f'href="/bien-phap/{remedy.pk}/#bao"' in page
    assert "Báo đã làm" in page
    report = reported(commune, remedy)
    assert f'href="/bao-xong/{report.pk}/"' in sign_in("Inh").get("/").content.decode()
