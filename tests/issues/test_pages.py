"""Pages of limitations as people use them: by links and forms, without a script."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chibo.issues.models import Limitation, Remedy, RemedyCheck, RemedyReport
from chibo.ledger.models import Entry
from chibo.meetings.operations import note_observation, plan_visit
from tests.commune import EVENING, TODAY, Commune
from tests.issues.acting import caused, checked, closed, remedied, reopened, reported, written
from tests.issues.conftest import SignIn
from tests.ledger.test_attachments import SECRET, a_png

OCTOBER = date(2026, 10, 1)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def heading(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text, re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def register(commune: Commune, query: str = "", unit: Any = None) -> str:
    return f"/don-vi/{(unit or commune.na_loc).pk}/han-che/{query}"


def typed(**told: str) -> dict[str, str]:
    return {"key": str(uuid.uuid4()), **told}


def test_an_empty_register_says_what_it_is_for(commune: Commune, sign_in: SignIn) -> None:
    text = page(sign_in("Inh"), register(commune))
    assert heading(text) == "Sổ hạn chế còn trống"
    assert "một đồng chí khác xác nhận mới khép lại" in text
    assert "Ghi hạn chế" in text


def test_a_limitation_lives_through_its_forms(commune: Commune, sign_in: SignIn) -> None:
    inh = sign_in("Inh")
    said = typed(text="Sinh hoạt chưa đúng giờ", area="meetings", seen_on="20/10/2026", source="self", term="", note="")
    answer = inh.post(register(commune, "ghi/"), said)
    row = Limitation.objects.get()
    whole = f"/han-che/{row.pk}/"
    assert answer["Location"] == whole
    assert "Chưa có nguyên nhân" in page(inh, whole)
    inh.post(f"{whole}nguyen-nhan/", typed(code="direction", text="Chưa đôn đốc"))
    assert "Chưa có biện pháp" in page(inh, whole)
    khiem = str(commune.person("Khiêm").pk)
    inh.post(f"{whole}bien-phap/", typed(text="Báo giờ trước ba ngày", side="person", owner=khiem, due="15/11/2026"))
    remedy = Remedy.objects.get()
    assert "Đang khắc phục" in page(inh, whole)
    proof = typed(on="3/11/2026", proof="Ba buổi đúng giờ", before="5/9", after="9/9")
    done = sign_in("Khiêm").post(f"/bien-phap/{remedy.pk}/", proof)
    assert done.status_code == 302
    report = RemedyReport.objects.get()
    text = page(inh, whole)
    assert "Chờ xác nhận" in text
    assert f"/bao-xong/{report.pk}/" in text
    answer = inh.post(f"/bao-xong/{report.pk}/", {"verdict": "confirmed", "remark": "Đã xem biên bản"})
    assert answer["Location"] == whole
    text = page(inh, whole)
    for words in ("Đã khép lại", "Trước: 5/9; sau: 9/9", "Đã xem biên bản", "mọi biện pháp đã được xác nhận"):
        assert words in text, words
    inh.post(f"{whole}mo-lai/", typed(why="Tháng 11 lại muộn"))
    text = page(inh, whole)
    assert "Tái diễn 1 lần" in text
    assert "Tháng 11 lại muộn" in text
    assert "Biện pháp sau khi tái diễn" in text


def test_given_back_it_is_reported_again(commune: Commune, sign_in: SignIn) -> None:
    row = written(commune)
    caused(commune, row)
    remedy = remedied(commune, row)
    report = reported(commune, remedy)
    inh, khiem = sign_in("Inh"), sign_in("Khiêm")
    refused = inh.post(f"/bao-xong/{report.pk}/", {"verdict": "refused", "remark": ""})
    assert refused.status_code == 422
    assert "Trả lại thì ghi còn thiếu gì" in unescape(refused.content.decode())
    inh.post(f"/bao-xong/{report.pk}/", {"verdict": "refused", "remark": "Mới một buổi"})
    text = page(khiem, f"/bien-phap/{remedy.pk}/")
    assert "Mới một buổi" in text
    assert "Báo đã làm" in text


def test_the_owner_without_a_post_sees_the_remedy_and_nothing_of_the_register(
    commune: Commune, sign_in: SignIn
) -> None:
    row = written(commune)
    caused(commune, row)
    remedy = remedied(commune, row)
    khiem = sign_in("Khiêm")
    text = page(khiem, f"/bien-phap/{remedy.pk}/")
    assert "Đồng chí phụ trách" in text
    assert row.text not in text
    for path in (register(commune), f"/han-che/{row.pk}/", register(commune, "ghi/")):
        assert khiem.get(path).status_code == 404, path
    assert sign_in("Ún").get(f"/bien-phap/{remedy.pk}/").status_code == 404


def test_who_did_it_cannot_confirm_and_is_told_who_can(commune: Commune, sign_in: SignIn) -> None:
    row = written(commune)
    caused(commune, row)
    report = reported(commune, remedied(commune, row, "Inh"), "Inh")
    inh = sign_in("Inh")
    text = page(inh, f"/bao-xong/{report.pk}/")
    assert heading(text) == "Chờ một đồng chí khác xác nhận"
    assert 'name="verdict"' not in text
    refused = inh.post(f"/bao-xong/{report.pk}/", {"verdict": "confirmed", "remark": ""})
    assert refused.status_code == 422
    assert "Người làm không tự xác nhận" in unescape(refused.content.decode())
    assert not RemedyCheck.objects.exists()
    assert "Đã khắc phục được chưa?" in page(sign_in("Duyên"), f"/bao-xong/{report.pk}/")


def test_a_file_shows_what_was_done_without_what_the_camera_wrote(commune: Commune, sign_in: SignIn) -> None:
    row = written(commune)
    caused(commune, row)
    remedy = remedied(commune, row)
    khiem = sign_in("Khiêm")
    file = SimpleUploadedFile("anh.png", a_png(), "image/png")
    khiem.post(f"/bien-phap/{remedy.pk}/", typed(on="3/11/2026", proof="Xong", file=file))  # type: ignore[arg-type]
    report = RemedyReport.objects.get()
    kept = khiem.get(f"/bao-xong/{report.pk}/tep/")
    assert kept["Content-Disposition"] == 'attachment; filename="minh-chung.png"'
    assert SECRET not in kept.content
    assert sign_in("Liên").get(f"/bao-xong/{report.pk}/tep/").status_code == 404


@pytest.mark.parametrize(
    ("path", "sent", "sentence"),
    [
        ("ghi/", {"text": "", "area": "meetings", "seen_on": "20/10/2026", "source": "self"}, "Chưa"),
        ("ghi/", {"text": "0912345678", "area": "meetings", "seen_on": "20/10/2026", "source": "self"}, "0912345678"),
        ("ghi/", {"text": "Muộn", "area": "nothing", "seen_on": "20/10/2026", "source": "self"}, "nothing"),
        ("ghi/", {"text": "Muộn", "area": "meetings", "seen_on": "30/02/2026", "source": "self"}, "chỉ có 28 ngày"),
        ("ghi/", {"text": "Muộn", "area": "meetings", "seen_on": "20/10/2026", "source": ""}, "Thấy ở đâu"),
        ("ghi/?nguon=so-lieu&so=nothing", {}, "Không mở được nguồn"),
        ("ghi/?nguon=buoi-hop&ma=x", {}, "Không mở được nguồn"),
        (f"ghi/?nguon=du-sinh-hoat&ma={uuid.UUID(int=7)}", {}, "Không mở được nguồn"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_says_why(
    commune: Commune, sign_in: SignIn, path: str, sent: dict[str, str], sentence: str
) -> None:
    answer = sign_in("Inh").post(register(commune, path), typed(**sent))
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())
    assert not Limitation.objects.exists()


def test_from_a_figure_a_meeting_a_visit(commune: Commune, sign_in: SignIn) -> None:
    october = commune.meeting(month=OCTOBER)
    commune.close(october)
    visit = plan_visit(
        october, commune.person("Páo").pk, key=uuid.uuid4(), at=EVENING, by=commune.actor("Nhung"), purpose=""
    )
    note_observation(visit, attended=True, points={}, advice="Họp đúng giờ", at=EVENING, by=commune.actor("Páo"))
    inh, na_loc = sign_in("Inh"), commune.na_loc.pk
    ways = {
        f"/so-lieu/meetings.attendance/?don-vi={na_loc}&tu=01/10/2026&den=31/10/2026": (Limitation.FIGURE, "9/9"),
        f"/sinh-hoat/{october.pk}/": (Limitation.MEETING, "Sinh hoạt thường kỳ tháng 10/2026"),
        f"/du-sinh-hoat/{visit.pk}/": (Limitation.VISIT, "Nhận xét khi dự sinh hoạt thường kỳ tháng 10/2026"),
    }
    for start, (source, words) in ways.items():
        found = re.search(rf'href="(/don-vi/{na_loc}/han-che/ghi/\?nguon=[^"]+)"', page(inh, start))
        assert found, start
        assert words in page(inh, found[1])
        answer = inh.post(found[1], typed(text=f"Hạn chế {source}", area="meetings", seen_on="3/11/2026"))
        row = Limitation.objects.get(source=source)
        assert answer["Location"] == f"/han-che/{row.pk}/"
        back = page(inh, f"/han-che/{row.pk}/")
        assert start.partition("?")[0] in back
    figure = Limitation.objects.get(source=Limitation.FIGURE)
    assert (figure.figure, figure.figure_said) == ("meetings.attendance", "9/9 (100\u00a0%)")


def test_who_only_reads_sees_no_way_to_write(commune: Commune, sign_in: SignIn) -> None:
    row, van = written(commune), sign_in("Vân")
    assert "Ghi hạn chế" not in page(van, register(commune))
    assert "Ghi nguyên nhân</a>" not in page(van, f"/han-che/{row.pk}/")
    assert "Ghi hạn chế" not in page(van, f"/so-lieu/meetings.held/?don-vi={commune.na_loc.pk}")
    assert van.get(register(commune, "ghi/")).status_code == 403


def test_the_list_is_narrowed_by_its_address(commune: Commune, sign_in: SignIn) -> None:
    late = written(commune, text="Tồn tại lâu", area="forest", seen_on=TODAY - timedelta(days=200))
    caused(commune, late, "terrain")
    remedied(commune, late, due=TODAY)
    done, again = closed(commune, text="Đã xong"), closed(commune, text="Trở lại")
    reopened(commune, again, days=0)
    waits = written(commune, text="Đang chờ")
    caused(commune, waits)
    reported(commune, remedied(commune, waits))
    inh = sign_in("Inh")
    for query, wanted in {
        "": {late, again, waits}, "?tinh-trang=mo": {late, again, waits}, "?tinh-trang=cho-xac-nhan": {waits},
        "?tinh-trang=xong": {done}, "?tinh-trang=tai-dien": {again}, "?tinh-trang=tat-ca": {late, done, again, waits},
        "?linh-vuc=forest": {late}, "?nguyen-nhan=terrain": {late}, "?tuoi=90": {late}, "?tuoi=365": set(),
        "?nguon=self": {late, again, waits}, "?nguon=figure": set(), "?tinh-trang=qua-han": set(),
    }.items():  # fmt: skip
        text = page(inh, register(commune, query))
        shown = {row for row in (late, done, again, waits) if f"/han-che/{row.pk}/" in text}
        assert shown == wanted, query
    assert heading(page(inh, register(commune))) == "3 hạn chế đang mở"
    assert "khách quan 1, chủ quan 2" in page(inh, register(commune))


def test_overdue_is_on_top_of_the_page(commune: Commune, sign_in: SignIn) -> None:
    row = written(commune, at=EVENING - timedelta(days=10), seen_on=TODAY - timedelta(days=20))
    caused(commune, row, at=EVENING - timedelta(days=10))
    remedied(commune, row, due=EVENING.date() - timedelta(days=2), at=EVENING - timedelta(days=10))
    text = page(sign_in("Inh"), register(commune))
    assert heading(text) == "1 hạn chế đang mở, 1 quá hạn"
    assert "Quá hạn 2 ngày" in text
    assert f"/han-che/{row.pk}/" in page(sign_in("Páo"), register(commune, "?tinh-trang=qua-han", commune.commune))


def test_pages_follow_by_key(commune: Commune, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chibo.issues.queries.register_of.__kwdefaults__", {"most": 2})
    rows = [written(commune, seen_on=date(2026, 10, day)) for day in (1, 2, 2, 3, 4)]
    inh, seen, path = sign_in("Inh"), [], register(commune)
    while path:
        text = page(inh, path)
        seen += re.findall(r'href="/han-che/([0-9a-f-]{36})/"', text)
        found = re.search(r'href="(\?[^"]*sau=[^"]+)"', text)
        path = register(commune, found[1]) if found else ""
    assert len(seen) == len(rows)
    assert set(seen) == {str(row.pk) for row in rows}


def test_the_workbook_is_what_the_list_shows(commune: Commune, sign_in: SignIn) -> None:
    row = written(commune, text="=1+1 chưa đúng giờ")
    caused(commune, row)
    remedied(commune, row)
    closed(commune, text="Đã xong")
    answer = sign_in("Inh").post(register(commune, "excel/"), {"tinh-trang": "mo"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    lines = [line for line in sheet.iter_rows(min_row=5, values_only=True) if line[1]]
    assert [line[1] for line in lines] == ["=1+1 chưa đúng giờ"]
    assert lines[0][7] == "đang khắc phục"
    assert lines[0][10] == "Báo giờ họp trước ba ngày (Hà Văn Khiêm, hạn 15/12/2026)"
    assert Entry.objects.filter(verb="limitation.exported", unit_id=commune.na_loc.pk).count() == 1


def test_what_was_typed_stays_when_a_report_is_refused(commune: Commune, sign_in: SignIn) -> None:
    row = written(commune)
    caused(commune, row)
    remedy = remedied(commune, row)
    answer = sign_in("Khiêm").post(f"/bien-phap/{remedy.pk}/", typed(on="31/12/2027", proof="Đã làm xong"))
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Đã làm xong" in text
    checked(commune, reported(commune, remedy))
    late = sign_in("Khiêm").post(f"/bien-phap/{remedy.pk}/", typed(on="3/11/2026", proof="Lần nữa"))
    assert late.status_code == 422


def test_a_remedy_is_dropped_with_a_reason(commune: Commune, sign_in: SignIn) -> None:
    row = written(commune)
    caused(commune, row)
    remedy = remedied(commune, row)
    inh = sign_in("Inh")
    assert "Thôi biện pháp này?" in page(inh, f"/bien-phap/{remedy.pk}/thoi/")
    assert inh.post(f"/bien-phap/{remedy.pk}/thoi/", typed(why="")).status_code == 422
    inh.post(f"/bien-phap/{remedy.pk}/thoi/", typed(why="Không hợp mùa mưa"))
    assert "Không hợp mùa mưa" in page(inh, f"/han-che/{row.pk}/")
    assert "Không hợp mùa mưa" in page(inh, f"/bien-phap/{remedy.pk}/")
