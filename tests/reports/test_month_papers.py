"""Giấy tờ tháng: báo cáo của chi bộ và của đảng ủy, bộ giấy tờ."""

from __future__ import annotations

import uuid
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Entry
from chibo.ledger.operations import content_holds
from chibo.meetings.models import Minutes
from chibo.meetings.operations import say_not_held, set_habit
from chibo.organisation.operations import found_unit
from chibo.reports.bundle import bundle, plain_name
from chibo.reports.checks import checks
from chibo.reports.models import MonthReport
from chibo.reports.monthly import month_content
from chibo.reports.operations import issue_report
from chibo.reports.paper.monthly import report_docx
from chibo.reports.queries import papers_of_month
from tests.commune import FOUNDED, NOVEMBER, Commune
from tests.conftest import refused
from tests.reports.reading import lines, opened, rows, text

OCTOBER, END = date(2026, 10, 1), date(2026, 10, 31)
LATER = datetime(2026, 11, 5, 8, 0, tzinfo=ZONE)


def content_of(october: Commune, unit: Any, who: str, on: date = END) -> dict[str, Any]:
    return month_content(unit, OCTOBER, by=october.actor(who, on), on=on)


def test_a_cell_reports_its_meetings_and_tasks(october: Commune) -> None:
    content = content_of(october, october.na_loc, "Inh")
    assert content["attendance"] == {"part": 8, "whole": 9}
    assert [(t["text"], t["state"], t["open"], t["overdue"]) for t in content["tasks"]] == [
        ("Sửa đường", "done", False, False), ("Nạo vét mương", "doing", True, True), ("Trồng cây", "", True, False),
    ]  # fmt: skip
    said = lines(report_docx(content, layout="hd05"))
    for line in [
        "Số \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0-BC/CB", "BÁO CÁO", "kết quả lãnh đạo thực hiện nhiệm vụ tháng 10,",
        "phương hướng nhiệm vụ tháng 11 năm 2026",
        "- Sinh hoạt thường kỳ ngày 03/10/2026; có mặt 08/09 lượt đảng viên, đạt 88,9%.",
        "Giao trong tháng 01 nhiệm vụ, đã xong 0/01; còn mở 02 nhiệm vụ, trong đó quá hạn 01 nhiệm vụ.",
        "II- NHIỆM VỤ TRỌNG TÂM THÁNG 11/2026", "- Đảng ủy xã Huổi Lam (để báo cáo);", "T/M CHI BỘ", "BÍ THƯ",
        "Lò Văn Inh",
    ]:  # fmt: skip
        assert line in said, line


def test_the_committee_reports_units_and_nobody(october: Commune) -> None:
    content = content_of(october, october.commune, "Nhung")
    assert content["held"] == {"part": 1, "whole": 2}
    assert [(u["name"], u["held"], u["given"], u["open"], u["overdue"]) for u in content["units"]] == [
        ("Bản Nà Lốc", 1, 1, 2, 1), ("Bản Pom Khe", 0, 0, 0, 0),
    ]  # fmt: skip
    paper = report_docx(content, layout="hd05")
    said = text(paper)
    assert "Đã họp 01/02 buổi đến ngày trong lịch, đạt 50%; có mặt 08/09 lượt đảng viên, đạt 88,9%." in said
    assert "- Quá ngày trong lịch, chưa họp: Bản Pom Khe." in said
    assert rows(opened(paper).tables[2])[1] == ["1", "Bản Nà Lốc", "01", "0", "02", "01"]
    assert rows(opened(paper).tables[1])[1] == ["1", "Bản Nà Lốc", "03/10/2026", "01/01", "08/09", "88,9%"]
    assert said.startswith("ĐẢNG BỘ TỈNH THƯỢNG LAM\nĐẢNG ỦY XÃ HUỔI LAM")
    assert "Huổi Lam, ngày 31 tháng 10 năm 2026" in said and "Tỉnh ủy Thượng Lam (để báo cáo)" in said
    assert "Tòng Văn Ún" not in said and "Khiêm" not in said


def test_the_committees_own_tasks_make_the_table_add_up(october: Commune) -> None:
    content = content_of(october, october.commune, "Nhung")
    content["work"] = content["work"] | {"open": 5}
    last = rows(opened(report_docx(content, layout="hd05")).tables[2])[-1]
    assert last == ["3", "Đảng ủy xã Huổi Lam", "0", "0", "03", "0"]


def test_a_report_asks_as_often_for_many_units_as_for_few(october: Commune) -> None:
    office = october.actor("Nhung", END)

    def asked() -> int:
        with CaptureQueriesContext(connection) as said:
            month_content(october.commune, OCTOBER, by=office, on=END)
        return len(said)

    before = asked()
    for name in ("Pú Lảu", "Co Lót", "Huổi Sen"):
        cell = found_unit(f"Chi bộ bản {name}", kind="cell", parent=october.commune, on=FOUNDED, by=MACHINE)
        set_habit(cell, starts_at=time(19), venue="Nhà văn hóa", on=FOUNDED, by=MACHINE)
        october.meeting(cell, OCTOBER)
    assert asked() == before


def test_a_reason_for_not_meeting_is_told(october: Commune) -> None:
    meeting = october.meeting(october.khuoi_moc, OCTOBER)
    say_not_held(meeting, reason="Mưa lũ", key=uuid.uuid4(), at=LATER, by=october.actor("Sơn"), by_name="Sơn")
    content = content_of(october, october.khuoi_moc, "Sơn")
    assert "- Sinh hoạt thường kỳ: không họp, lý do: Mưa lũ." in lines(report_docx(content, layout="hd05"))


def issued(october: Commune, who: str = "Inh", month: date = OCTOBER) -> MonthReport:
    unit = october.commune if who == "Nhung" else october.na_loc
    return issue_report(unit, month, on=LATER.date(), at=LATER, by=october.actor(who), by_name=who)


def test_issuing_takes_a_number_and_seals(october: Commune) -> None:
    report = issued(october)
    assert (report.number.number, report.number.kind, report.layout) == (1, "BC", "hd05")
    entry = Entry.objects.get(pk=report.entry_id)
    assert entry.verb == "report.issued" and content_holds(entry, report.content)
    assert "Số 01-BC/CB" in lines(report_docx(report.content, layout=report.layout))


def test_issuing_twice_is_once_whatever_changed_since(october: Commune) -> None:
    first = issued(october)
    again = issued(october)
    assert again.pk == first.pk and MonthReport.objects.count() == 1


def test_only_who_leads_may_issue(october: Commune) -> None:
    for name in ("Khiêm", "Liên", "Vân", "Nhung"):
        with pytest.raises(NoPower):
            issue_report(october.na_loc, OCTOBER, on=END, at=LATER, by=october.actor(name), by_name=name)


def test_a_month_to_come_has_nothing_to_report(october: Commune) -> None:
    with refused("report_too_early", day=date(2026, 12, 1)):
        issued(october, month=date(2026, 12, 1))


def test_a_body_without_a_term_cannot_number(october: Commune) -> None:
    with refused("no_term"):
        issued(october, "Nhung")


def test_the_bundle_holds_sealed_papers_and_says_what_is_missing(october: Commune, queries: Any) -> None:
    issued(october)
    office, day = october.actor("Nhung"), LATER.date()
    with queries(6):
        papers = papers_of_month(october.commune, OCTOBER, actor=office, on=day)
        assert papers is not None
        made = bundle(papers)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        names = archive.namelist()
        contents = archive.read("muc-luc.txt").decode("utf-8-sig")
    assert names == [
        "muc-luc.txt", "01-ban-na-loc/bien-ban-02-2026-10-03.docx", "01-ban-na-loc/so-tay-02-2026-10-03.txt",
        "01-ban-na-loc/nghi-quyet-01-2026-10-03.docx", "01-ban-na-loc/bao-cao-01-2026-11-05.docx",
    ]  # fmt: skip
    assert "Chưa có biên bản thường kỳ tháng này:\r\n- Chi bộ bản Pom Khe" in contents
    assert made == bundle(papers)


def test_the_bundle_holds_only_what_the_actor_may_see(october: Commune) -> None:
    stranger = papers_of_month(october.commune, OCTOBER, actor=october.actor("Sơn"), on=END)
    assert stranger is not None and not stranger.below
    assert Minutes.objects.filter(meeting__month=OCTOBER).exists()


def test_names_of_folders_are_plain() -> None:
    assert [plain_name(name) for name in ("Bản Nà Lốc", "../Đ", "***")] == ["ban-na-loc", "d", "don-vi"]


def test_the_page_of_the_month(october: Commune, client: Client) -> None:
    client.force_login(october.account("Nhung"))
    place = f"/don-vi/{october.commune.pk}/giay-to/2026/10/"
    page = client.get(place).content.decode()
    assert "Chưa có biên bản thường kỳ: Bản Pom Khe." in page
    assert "nghị quyết 01" in page and f"{place}bo-giay-to.zip" in page
    assert client.get(f"{place}bo-giay-to.zip")["Content-Type"] == "application/zip"
    assert client.get(f"{place}bao-cao.docx").content[:2] == b"PK"
    assert client.get(place.replace("/10/", "/13/")).status_code == 404
    assert f"/don-vi/{october.commune.pk}/giay-to/" in client.get(f"/bang-thang/{october.commune.pk}/").content.decode()
    answer = client.post(f"{place}ban-hanh/")
    assert answer.status_code == 422 and "nhiệm kỳ" in answer.content.decode()


def test_issuing_from_the_page(october: Commune, client: Client) -> None:
    client.force_login(october.account("Inh"))
    place = f"/don-vi/{october.na_loc.pk}/giay-to/2026/10/"
    assert "Lấy số, ban hành" in client.get(place).content.decode()
    assert client.post(f"{place}ban-hanh/").status_code == 302
    page = client.get(place).content.decode()
    assert "Đã ban hành số 01-BC/CB" in page and "Lấy số, ban hành" not in page
    assert "bao-cao-01-" in client.get(f"{place}bao-cao.docx")["Content-Disposition"]


def test_the_machine_sees_a_unit_that_has_no_papers(commune: Commune) -> None:
    papers = papers_of_month(commune.na_loc, NOVEMBER, actor=MACHINE, on=NOVEMBER)
    assert papers is not None and [each.placement.short_name for each in papers.missing] == ["Bản Nà Lốc"]


def test_an_issued_report_that_was_rewritten_is_found(october: Commune) -> None:
    report = issued(october)
    assert list(checks()) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_monthreport DISABLE TRIGGER facts_stay")
        cursor.execute("UPDATE reports_monthreport SET content = jsonb_set(content, '{work,done}', '9')")
    assert list(checks()) == [f"Báo cáo tháng {report.pk}: nội dung khác với lúc ký sổ."]


def test_what_was_issued_is_not_rewritten(october: Commune) -> None:
    report = issued(october)
    with pytest.raises(DatabaseError), transaction.atomic():
        MonthReport.objects.filter(pk=report.pk).update(by_name="Ai khác")
