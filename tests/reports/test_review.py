"""Two years of a resolution become a report: drafted from the registers, each number open, sealed when it is issued."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from docx import Document as WordDocument

from chibo.cadres.operations import open_term
from chibo.directives.models import Document
from chibo.directives.operations import (
    NewHeading,
    NewSession,
    hold_session,
    link_documents,
    register_document,
    send_to_study,
)
from chibo.figures.answers import Tree
from chibo.figures.door import figure
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.kernel.errors import NoPower, Stale
from chibo.kernel.periods import Period
from chibo.ledger.operations import seal
from chibo.reports.checks import checks
from chibo.reports.models import IssuedReview, Review
from chibo.reports.paper.review import plain_text
from chibo.reports.review.content import INTERIM, differences, review_content
from chibo.reports.review.operations import issue_review, open_review, write_part
from tests.commune import FOUNDED, NOVEMBER, TODAY, Commune, found_commune
from tests.conftest import refused

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=ZONE)
OCTOBER = date(2026, 10, 1)
PERIOD = Period.days(date(2026, 1, 1), date(2026, 10, 31))
OFFICE: dict[str, Any] = {"at": NOW, "by": MACHINE, "by_name": "Văn phòng"}


@pytest.fixture
def commune(db: None) -> Commune:
    made = found_commune()
    open_term(made.commune, "2025 - 2030", first=FOUNDED, last=date(2030, 7, 31), by=MACHINE)
    return made


@pytest.fixture
def resolution(commune: Commune) -> Document:
    """It came, the commune made a plan of it, one cell studied it, the other did not."""
    said = NewHeading("nghị quyết", "02", symbol="NQ/TU", issuer="Tỉnh ủy", dated_on=date(2026, 1, 21),
                      about="nâng cao năng lực lãnh đạo")  # fmt: skip
    row = register_document(commune.commune, "in", said, key=uuid.uuid4(), **OFFICE)
    plan = NewHeading("kế hoạch", dated_on=date(2026, 2, 2), about="thực hiện Nghị quyết 02-NQ/TU")
    own = register_document(commune.commune, "out", plan, key=uuid.uuid4(), takes_number=True, **OFFICE)
    link_documents(own, row, "carries_out", **OFFICE)
    sent = send_to_study(row, [commune.na_loc, commune.pom_khe], on=date(2026, 2, 1), due=date(2026, 2, 20), **OFFICE)
    hold_session(sent[0], NewSession(date(2026, 2, 10), 8, 9), key=uuid.uuid4(), **OFFICE)
    return row


def draft(commune: Commune, document: Document | None, **more: Any) -> dict[str, Any]:
    return review_content(commune.commune, document, INTERIM, PERIOD, by=commune.actor("Nhung"), on=TODAY, **more)


def lines(content: dict[str, Any]) -> list[str]:
    return [plain_text(said) for section in content["sections"] for item in section["items"] for said in item["said"]]


def opened(commune: Commune, document: Document | None, by: str = "Nhung") -> Review:
    actor = commune.actor(by)
    return open_review(commune.commune, document, INTERIM, first=PERIOD.first, last=PERIOD.last, key=uuid.uuid4(),
                       at=NOW, by=actor, by_name=by)  # fmt: skip


def test_the_draft_says_what_the_registers_say(commune: Commune, resolution: Document) -> None:
    commune.close(commune.meeting(month=OCTOBER))
    content = draft(commune, resolution)
    said = lines(content)
    assert content["abstract"] == [
        "sơ kết thực hiện Nghị quyết số 02-NQ/TU, ngày 21/01/2026 của Tỉnh ủy về nâng cao năng lực lãnh đạo"
    ]
    assert "01/02 tổ chức trực thuộc tổ chức học tập, quán triệt, với 08/09 lượt đảng viên tham gia, đạt 88,9%." in said
    assert "Ban hành 01 văn bản để thực hiện: Kế hoạch 01-KH/ĐU (sau 12 ngày)." in said
    assert "Còn 01 tổ chức chưa học tập, quán triệt dù đã quá hạn: Bản Pom Khe (258 ngày)." in said
    assert any(line.startswith("Đảng viên dự sinh hoạt 09/09 lượt, đạt 100%") for line in said)


def test_every_number_is_the_doors_and_opens(commune: Commune, resolution: Document) -> None:
    commune.close(commune.meeting(month=OCTOBER))
    content = draft(commune, resolution)
    places = {row["n"] for row in content["numbers"]}
    used = {each["n"] for section in content["sections"] for item in section["items"] for said in item["said"]
            for each in said if not isinstance(each, str)}  # fmt: skip
    assert used == places
    for row in content["numbers"]:
        assert ("code" in row) != ("page" in row)
        if "code" in row:
            days = Period.days(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
            found = figure(row["code"], commune.commune, days, Tree.RESTATED, by=commune.actor("Nhung"), on=TODAY)
            assert row["part"] == found.numerator == sum(each.numerator for each in found.rows)


def test_blanks_are_told_with_who_owes_them(commune: Commune, resolution: Document) -> None:
    commune.meeting(month=OCTOBER)
    commune.close(commune.meeting(commune.pom_khe, OCTOBER), "Liên")
    (line,) = [line for line in draft(commune, resolution)["missing"] if line.startswith("Buổi sinh hoạt thường kỳ")]
    assert "Bản Nà Lốc" in line
    assert "Pom Khe" not in line


def test_what_no_register_knows_the_office_writes(commune: Commune, resolution: Document) -> None:
    row = opened(commune, resolution)
    by = {"at": NOW, "by": commune.actor("Nhung"), "by_name": "Nhung"}
    write_part(row, "strengths", "- Nền nếp sinh hoạt tốt hơn\n- Thêm hai đảng viên", based_on=0, **by)
    with pytest.raises(Stale) as stale:
        write_part(row, "strengths", "Khác", based_on=0, **by)
    assert stale.value.conflicts[0]["theirs"] == "- Nền nếp sinh hoạt tốt hơn\n- Thêm hai đảng viên"
    write_part(row, "strengths", "Nền nếp sinh hoạt tốt hơn", based_on=1, **by)
    issued = issue_review(row, **by)
    assert "Nền nếp sinh hoạt tốt hơn." in lines(issued.content)
    with refused("review_issued"):
        write_part(row, "lessons", "Muộn", based_on=0, **by)
    with refused("unknown_part"):
        write_part(row, "mood", "x", based_on=0, **by)


def test_issued_it_is_sealed_and_later_differences_are_told(commune: Commune, resolution: Document) -> None:
    commune.close(commune.meeting(month=OCTOBER))
    row, by = opened(commune, resolution), {"at": NOW, "by": commune.actor("Nhung"), "by_name": "Nhung"}
    issued = issue_review(row, **by)
    assert issue_review(row, **by) == issued
    assert (issued.number.kind, issued.content["number"]) == ("BC", 1)
    commune.close(commune.meeting(commune.pom_khe, OCTOBER), "Liên")
    (change,) = [each for each in differences(issued.content, draft(commune, resolution))
                 if each["was"].get("code") == "meetings.held"]  # fmt: skip
    assert (change["was"]["part"], change["now"]["part"]) == (1, 2)
    assert IssuedReview.objects.get().content == issued.content
    seal(at=NOW)
    assert list(checks()) == []


def test_only_who_chairs_the_unit_opens_writes_and_issues(commune: Commune, resolution: Document) -> None:
    with pytest.raises(NoPower):
        opened(commune, resolution, by="Inh")
    row = opened(commune, resolution)
    with pytest.raises(NoPower):
        issue_review(row, at=NOW, by=commune.actor("Liên"))
    assert not Review.objects.visible_to(commune.actor("Liên")).exists()


def test_reports_that_cannot_be(commune: Commune, resolution: Document) -> None:
    by = {"key": uuid.uuid4(), "at": NOW, "by": commune.actor("Nhung")}
    with refused("bad_period"):
        open_review(commune.commune, None, INTERIM, first=PERIOD.last, last=PERIOD.first, **by)
    with refused("unknown_review_kind"):
        open_review(commune.commune, None, "weekly", first=PERIOD.first, last=PERIOD.last, **by)
    with refused("report_too_early"):
        open_review(commune.commune, None, INTERIM, first=date(2027, 1, 1), last=date(2027, 2, 1), **by)
    with refused("other_register"):
        open_review(commune.other_commune, resolution, INTERIM, first=PERIOD.first, last=PERIOD.last,
                    key=uuid.uuid4(), at=NOW, by=MACHINE)  # fmt: skip


def test_the_command_writes_the_word_file(commune: Commune, resolution: Document, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "bao-cao.docx"
    words = [
        "review",
        "--unit",
        str(commune.commune.pk),
        "--from",
        "2026-01-01",
        "--to",
        "2026-10-31",
        "--out",
        str(out),
    ]
    call_command("report", *words, "--document", "02-NQ/TU")
    text = "\n".join(each.text for each in WordDocument(BytesIO(out.read_bytes())).paragraphs)
    assert "I- ĐẶC ĐIỂM TÌNH HÌNH" in text
    assert "01/02 tổ chức trực thuộc tổ chức học tập" in text
    assert "(Chưa ghi.)" in text
    with pytest.raises(CommandError, match="không có «09-NQ/TU»"):
        call_command("report", *words, "--document", "09-NQ/TU")


def test_on_screen_each_number_opens(commune: Commune, resolution: Document, client: Client) -> None:
    client.force_login(commune.account("Nhung"))
    commune.close(commune.meeting(month=OCTOBER))
    row = opened(commune, resolution)
    page = client.get(reverse("reports:review", args=[row.pk]), {"so": "1"}).content.decode()
    assert "Mở đến từng dòng" in page
    assert "Còn 01 tổ chức" in page.replace('">', ">").replace("</a>", "") or "dù đã quá hạn" in page
    answer = client.post(reverse("reports:review_part", args=[row.pk, "strengths"]),
                         {"strengths": "Dự sinh hoạt đạt gần 99%", "v:strengths": "0"})  # fmt: skip
    assert answer.status_code == 302
    assert "kém không quá" in client.get(reverse("reports:review", args=[row.pk])).content.decode()
    assert client.post(reverse("reports:review_issue", args=[row.pk])).status_code == 302
    assert client.get(reverse("reports:review_word", args=[row.pk])).content[:2] == b"PK"
    assert PERIOD.last < NOVEMBER
