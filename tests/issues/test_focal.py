"""Nội dung trọng tâm: an open limitation offers itself to the unit's next meeting, and the minutes say so."""

from __future__ import annotations

from datetime import timedelta

from chibo.issues.focal import MOST, focal
from chibo.meetings.queries import meeting_view
from tests.commune import EVENING, Commune
from tests.issues.acting import caused, closed, remedied, written
from tests.issues.conftest import SignIn

ON = EVENING.date()


def offered(commune: Commune) -> list[tuple[str, str]]:
    return [(each.text, each.why) for each in focal(commune.na_loc.pk, on=ON)]


def test_it_says_what_it_waits_for(commune: Commune) -> None:
    row = written(commune)
    assert offered(commune) == [("Khắc phục hạn chế: sinh hoạt chưa đúng giờ", "chưa có nguyên nhân")]
    caused(commune, row)
    assert offered(commune)[0][1] == "chưa có biện pháp"
    remedied(commune, row, due=ON + timedelta(days=5))
    assert offered(commune)[0][1] == "hạn 08/11/2026"


def test_the_most_urgent_first_and_not_all(commune: Commune) -> None:
    for number in range(MOST + 1):
        written(commune, text=f"Mới {number}")
    late = written(commune, text="Quá hạn", at=EVENING - timedelta(days=9), seen_on=ON - timedelta(days=9))
    caused(commune, late, at=EVENING - timedelta(days=9))
    remedied(commune, late, due=ON - timedelta(days=3), at=EVENING - timedelta(days=9))
    found = offered(commune)
    assert len(found) == MOST
    assert found[0] == ("Khắc phục hạn chế: quá hạn", "quá hạn 3 ngày")


def test_of_this_unit_and_open_only(commune: Commune) -> None:
    closed(commune)
    written(commune, "Liên", unit=commune.pom_khe)
    assert offered(commune) == []


def test_one_tap_takes_it_and_the_minutes_and_the_limitation_know(commune: Commune, sign_in: SignIn) -> None:
    row, meeting, inh = written(commune), commune.meeting(), sign_in("Inh")
    path = f"/sinh-hoat/{meeting.pk}/"
    assert "Khắc phục hạn chế: sinh hoạt chưa đúng giờ" in inh.get(path).content.decode()
    inh.post(f"{path}phieu/", {"take": str(row.pk), "focal": "", "v:focal": "0"})
    assert meeting_view(meeting).sheet.text("focal") == "Khắc phục hạn chế: sinh hoạt chưa đúng giờ"
    minutes = commune.close(meeting)
    assert minutes.content["focal_of"] == {"kind": "limitation", "id": str(row.pk)}
    page = inh.get(f"/han-che/{row.pk}/").content.decode()
    assert "Nội dung trọng tâm của" in page
    assert f'href="{path}"' in page


def test_words_of_ones_own_belong_to_no_limitation(commune: Commune) -> None:
    written(commune)
    minutes = commune.close(commune.meeting(), focal="Làm đường")
    assert minutes.content["focal_of"] is None
