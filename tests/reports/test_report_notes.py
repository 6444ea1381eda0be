"""Báo cáo tháng đã ban hành: số liệu nay đã khác, và đính chính bên cạnh."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from chibo.cadres.operations import open_term
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.meetings.models import Meeting
from chibo.organisation.models import Unit
from chibo.reports.bundle import bundle
from chibo.reports.checks import checks
from chibo.reports.correcting import Changed, changes_since, note_report, suggested
from chibo.reports.models import MonthReport, ReportNote
from chibo.reports.operations import issue_report
from chibo.reports.queries import papers_of_month
from tests.commune import FOUNDED, Commune
from tests.conftest import refused
from tests.reports.reading import text

OCTOBER, DAY = date(2026, 10, 1), date(2026, 11, 5)
AT = datetime(2026, 11, 5, 8, 0, tzinfo=ZONE)
PLACE = "/don-vi/{}/giay-to/2026/10/"


def issued(october: Commune, unit: Unit, who: str) -> MonthReport:
    if who == "Nhung":
        open_term(unit, "2025 - 2030", first=FOUNDED, last=date(2030, 7, 31), by=MACHINE)
    return issue_report(unit, OCTOBER, on=DAY, at=AT, by=MACHINE, by_name=who)


def pom_khe_writes_late(october: Commune) -> None:
    october.close(Meeting.objects.get(unit=october.pom_khe, month=OCTOBER), by="Liên")


def note(october: Commune, report: MonthReport, said: str = "Đã họp 02/02 buổi", by: str = "Inh",
         key: uuid.UUID | None = None) -> ReportNote:  # fmt: skip
    return note_report(report, said, key=key or uuid.uuid4(), at=AT, by=october.actor(by), by_name="Lò Văn Inh")


def test_nothing_changed_nothing_is_suggested(october: Commune) -> None:
    report = issued(october, october.na_loc, "Inh")
    assert changes_since(report, by=MACHINE, on=DAY) == []
    assert suggested(OCTOBER, [], on=DAY) == ""


def test_minutes_written_late_make_the_numbers_differ(october: Commune) -> None:
    report = issued(october, october.commune, "Nhung")
    pom_khe_writes_late(october)
    changed = changes_since(report, by=MACHINE, on=DAY)
    assert Changed("buổi đã họp", "01/02", "02/02") in changed
    assert Changed("Bản Pom Khe: buổi đã họp", "0/01", "01/01") in changed
    assert not any(each.what.startswith("Bản Nà Lốc") for each in changed)
    said = suggested(OCTOBER, changed, on=DAY)
    assert said.startswith("Số liệu tháng 10/2026 tính lại ngày 05/11/2026: buổi đã họp 02/02 (báo cáo ghi 01/02);")
    assert report.content["held"] == {"part": 1, "whole": 2}  # as it was signed


def test_a_note_stands_beside_the_report_and_in_the_ledger(october: Commune) -> None:
    report, key = issued(october, october.na_loc, "Inh"), uuid.uuid4()
    first = note(october, report, key=key)
    assert note(october, report, key=key).pk == first.pk
    assert Entry.objects.filter(verb="report.noted").count() == 1
    with refused("key_used"):
        note(october, report, "Khác", key=key)
    assert list(checks()) == []


def test_it_is_printed_with_the_report_and_in_the_bundle(october: Commune, client: Client) -> None:
    report = issued(october, october.na_loc, "Inh")
    note(october, report)
    client.force_login(october.account("Inh"))
    paper = text(client.get(f"{PLACE.format(october.na_loc.pk)}bao-cao.docx").content)
    assert "Đã họp 02/02 buổi" in paper and "Lò Văn Inh" in paper
    papers = papers_of_month(october.na_loc, OCTOBER, actor=MACHINE, on=DAY)
    assert papers is not None
    without = bundle(papers)
    note(october, report, "Thêm nữa")
    again = papers_of_month(october.na_loc, OCTOBER, actor=MACHINE, on=DAY)
    assert again is not None and bundle(again) != without


def test_what_is_refused(october: Commune) -> None:
    report = issued(october, october.na_loc, "Inh")
    with refused("no_text"):
        note(october, report, "  ")
    with refused("text_too_long"):
        note(october, report, "a" * 4_001)
    with refused("looks_like_identity"):
        note(october, report, "Căn cước 011099001234 ghi nhầm")
    for name in ("Khiêm", "Nhung", "Liên"):
        with pytest.raises(NoPower):
            note(october, report, by=name)


def test_a_note_is_not_rewritten_and_a_rewritten_one_is_found(october: Commune) -> None:
    made = note(october, issued(october, october.na_loc, "Inh"))
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportNote.objects.filter(pk=made.pk).update(text="Khác")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_reportnote DISABLE TRIGGER facts_stay")
        cursor.execute("UPDATE reports_reportnote SET text = 'Khác'")
    assert list(checks()) == [f"Đính chính báo cáo {made.pk}: nội dung khác với lúc ký sổ."]


def test_the_page_shows_what_changed_and_takes_the_note(october: Commune, client: Client) -> None:
    place = PLACE.format(october.na_loc.pk)
    client.force_login(october.account("Inh"))
    assert "chưa ban hành" in client.get(f"{place}dinh-chinh/").text
    answer = client.post(f"{place}dinh-chinh/", {"key": str(uuid.uuid4()), "text": "Sai"})
    assert answer.status_code == 422 and "Lấy số, ban hành trước" in answer.text
    issued(october, october.na_loc, "Inh")
    assert f"{place}dinh-chinh/" in client.get(place).text
    assert "số liệu vẫn như lúc ban hành" in client.get(f"{place}dinh-chinh/").text
    answer = client.post(f"{place}dinh-chinh/", {"key": str(uuid.uuid4()), "text": " "})
    assert answer.status_code == 422
    answer = client.post(f"{place}dinh-chinh/", {"key": str(uuid.uuid4()), "text": "Dòng 2 ghi nhầm tên bản"})
    assert answer.status_code == 302
    page = client.get(f"{place}dinh-chinh/").text
    assert "Dòng 2 ghi nhầm tên bản" in page and "Lò Văn Inh" in page
    assert client.get(f"{place.replace('/10/', '/13/')}dinh-chinh/").status_code == 404


def test_the_office_above_reads_it_and_does_not_write_it(october: Commune, client: Client) -> None:
    issued(october, october.na_loc, "Inh")
    client.force_login(october.account("Nhung"))
    page = f"{PLACE.format(october.na_loc.pk)}dinh-chinh/"
    assert "Thêm đính chính" not in client.get(page).text
    assert client.post(page, {"key": str(uuid.uuid4()), "text": "x"}).status_code == 403
