"""Pages of targets as people use them: the board, one target whole, its shares, numbers by hand; by links and forms."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chibo.issues.models import Limitation
from chibo.ledger.models import Entry
from chibo.targets.measures import Measure
from chibo.targets.models import ReportedValue, Target, TargetSaid
from chibo.targets.owed import owed
from chibo.targets.queries import said_now
from tests.commune import Commune
from tests.issues.conftest import SignIn
from tests.issues.conftest import evening as evening
from tests.issues.conftest import sign_in as sign_in
from tests.ledger.test_attachments import a_png
from tests.targets.conftest import MEMBERS, POOR, ROADS, Office
from tests.targets.test_plan_pages import boxes, heading, page

LAST_YEAR = date(2025, 1, 1), date(2025, 12, 31)


def board(commune: Commune, query: str = "") -> str:
    return f"/don-vi/{commune.commune.pk}/chi-tieu/{query}"


def posted(client: Client, path: str, **told: str) -> tuple[int, str]:
    answer = client.post(path, {**boxes(page(client, path)), **told})
    return answer.status_code, unescape(answer.content.decode())


def test_an_empty_board_says_where_targets_come_from(commune: Commune, sign_in: SignIn) -> None:
    text = page(sign_in("Nhung"), board(commune))
    assert heading(text) == "Năm 2026 chưa có chỉ tiêu nào"
    assert "Lập kế hoạch" in text


def test_a_target_of_a_document_from_the_form_to_the_board(commune: Commune, office: Office, sign_in: SignIn) -> None:
    document, nhung = office.resolution(), sign_in("Nhung")
    link = f"/don-vi/{commune.commune.pk}/chi-tieu/ghi/?van-ban={document.pk}"
    assert link in page(nhung, f"/van-ban/{document.pk}/")
    told = {"name": "Đường bản", "measure": "km", "value": "10", "important": "co"}
    assert posted(nhung, link, **told)[0] == 302
    target = Target.objects.get()
    text = page(nhung, board(commune))
    assert heading(text) == "01/01 chỉ tiêu chưa có số"
    assert f"/chi-tieu/{target.pk}/" in text
    assert "Chưa có số" in text
    whole = page(nhung, f"/chi-tieu/{target.pk}/")
    assert "Chưa báo số nào" in whole
    number = f"/chi-tieu/{target.pk}/so/"
    assert number in whole
    status, text = posted(nhung, number, value="hai", proof="")
    assert status == 422
    assert "không phải là số" in text
    paper = SimpleUploadedFile("bao-cao.png", a_png(), "image/png")
    told = {**boxes(page(nhung, number)), "value": "2,5", "proof": "Báo cáo 41-BC/UBND", "file": paper}
    assert nhung.post(number, told).status_code == 302
    text = page(nhung, f"/chi-tieu/{target.pk}/")
    file = nhung.get(f"/so-chi-tieu/{ReportedValue.objects.get().pk}/tep/")
    assert file["Content-Disposition"] == 'attachment; filename="so-lieu.png"'
    assert "2,5\u00a0km" in text
    assert "Báo cáo 41-BC/UBND" in text
    assert "Chậm" in text
    assert heading(page(nhung, board(commune))) == "01/01 chỉ tiêu cần người xử lý"
    row = ReportedValue.objects.get()
    assert nhung.post(f"/so-chi-tieu/{row.pk}/rut/", {"why": "typed_wrong"}).status_code == 302
    assert "đã rút" in page(nhung, f"/chi-tieu/{target.pk}/")


def test_the_sentence_of_a_year_opens_to_its_rows(commune: Commune, office: Office, sign_in: SignIn) -> None:
    for name, value in (("Trồng rừng", "9"), ("Làm đường", "3"), ("Sửa nhà", "10"), ("Dạy nghề", "14")):
        measure = Measure(name, "at_least", Decimal(10), measure="việc", key=name == "Sửa nhà")
        target = office.target(measure, first=LAST_YEAR[0], last=LAST_YEAR[1])
        office.report(target, value, date(2025, 12, 30))
    nhung = sign_in("Nhung")
    text = page(nhung, board(commune, "?nam=2025"))
    assert heading(text) == "02/04 chỉ tiêu không đạt hoặc đạt thấp"
    assert "Không đạt 1, đạt thấp 1" in text
    assert "?nam=2025&tinh-trang=khong-dat-hoac-thap" in text
    rows = page(nhung, board(commune, "?nam=2025&tinh-trang=khong-dat-hoac-thap"))
    assert ("Trồng rừng" in rows, "Làm đường" in rows, "Sửa nhà" in rows) == (True, True, False)
    key = page(nhung, board(commune, "?nam=2025&quan-trong=1"))
    assert ("Sửa nhà" in key, "Dạy nghề" in key) == (True, False)
    for query in ("?nam=²025", "?nam=99999999", "?tinh-trang=gì", "?nguon=không+có", "?truc-thuoc=1"):
        page(nhung, board(commune, query))
    made = nhung.post(board(commune, "excel/"), {"nam": "2025"})
    sheet = openpyxl.load_workbook(BytesIO(made.content)).active
    assert sheet is not None
    assert "02/04 chỉ tiêu" in str(sheet["A2"].value)
    assert sheet["A5"].value == "Trồng rừng"
    assert Entry.objects.filter(verb="targets.exported").count() == 1
    figure = f"/so-lieu/targets.failed/?don-vi={commune.commune.pk}&tu=01/01/2025&den=31/12/2025"
    assert heading(page(nhung, figure)) == "50\u00a0% = 2/4 chỉ tiêu"


def test_a_red_target_becomes_a_limitation(commune: Commune, office: Office, sign_in: SignIn) -> None:
    by_hand, counted = office.target(ROADS), office.target(MEMBERS)
    office.report(by_hand, "2", date(2026, 11, 1))
    nhung = sign_in("Nhung")
    for target, source in ((by_hand, Limitation.OTHER), (counted, Limitation.FIGURE)):
        link = f"/don-vi/{commune.commune.pk}/han-che/ghi/?nguon=chi-tieu&ma={target.pk}"
        assert link in page(nhung, f"/chi-tieu/{target.pk}/")
        assert link in page(nhung, board(commune))
        assert "Nguồn: Chỉ tiêu" in page(nhung, link)
        status, _ = posted(nhung, link, text="Chưa huy động được dân góp sức", area="planning")
        assert status == 302
        assert Limitation.objects.filter(source=source).count() == 1
    assert nhung.get(f"/don-vi/{commune.na_loc.pk}/han-che/ghi/?nguon=chi-tieu&ma={by_hand.pk}").status_code in (
        404,
        422,
    )


def test_the_sum_is_checked_on_the_page(commune: Commune, office: Office, sign_in: SignIn) -> None:
    target, nhung = office.target(ROADS), sign_in("Nhung")
    path = f"/chi-tieu/{target.pk}/phan-bo/"
    assert path in page(nhung, f"/chi-tieu/{target.pk}/")
    one, two = f"u{commune.na_loc.pk}", f"u{commune.pom_khe.pk}"
    status, text = posted(nhung, path, **{one: "6", two: "3", "lam": "cong"})
    assert status == 200
    assert "Thiếu 1" in text
    assert Target.objects.filter(parent=target).count() == 0
    status, text = posted(nhung, path, **{one: "6", two: "5"})
    assert status == 422
    assert "thừa 1" in text
    status, text = posted(nhung, path, **{one: "sáu"})
    assert status == 422
    assert "không phải là số" in text
    assert posted(nhung, path, **{one: "6", two: "4"})[0] == 302
    text = page(nhung, f"/chi-tieu/{target.pk}/")
    assert "2 đơn vị" in text
    share = Target.objects.get(unit=commune.na_loc)
    assert f"/chi-tieu/{share.pk}/" in text
    assert f"/chi-tieu/{share.pk}/" in page(nhung, board(commune, "?truc-thuoc=1"))
    assert f"/chi-tieu/{share.pk}/" in page(sign_in("Inh"), f"/don-vi/{commune.na_loc.pk}/chi-tieu/")
    status, text = posted(nhung, path, **{one: "7", two: "3"})
    assert status == 422
    assert posted(nhung, path, **{one: "7", two: "3", "why": "Bản dài hơn"})[0] == 302
    assert said_now(share).value == Decimal(7)


def test_a_ratio_says_it_does_not_add_up(commune: Commune, office: Office, sign_in: SignIn) -> None:
    text = page(sign_in("Nhung"), f"/chi-tieu/{office.target(POOR).pk}/phan-bo/")
    assert "không cộng được từ các đơn vị" in text
    assert "Cộng thử" not in text


def test_a_change_says_why(office: Office, sign_in: SignIn) -> None:
    target, nhung = office.target(ROADS), sign_in("Nhung")
    path = f"/chi-tieu/{target.pk}/dieu-chinh/"
    assert path in page(nhung, f"/chi-tieu/{target.pk}/")
    assert posted(nhung, path, value="8")[0] == 422
    assert posted(nhung, path, value="8", why="Vốn giảm")[0] == 302
    text = page(nhung, f"/chi-tieu/{target.pk}/")
    assert "trước đó ít nhất 10\u00a0km" in text
    assert "Vốn giảm" in text
    assert posted(nhung, path, goes="thoi", why="Không làm nữa")[0] == 302
    assert "Đã thôi" in page(nhung, f"/chi-tieu/{target.pk}/")
    assert TargetSaid.objects.filter(target=target).count() == 3


def test_what_is_owed_here(commune: Commune, office: Office, sign_in: SignIn) -> None:
    sent, target = office.send(office.resolution()), office.target(ROADS)
    on = date(2026, 11, 3)
    (plan,) = owed(commune.actor("Inh"), on=on)
    assert (plan.kind, plan.button, plan.days_late > 200) == ("plan", "Lập kế hoạch", True)
    assert f"/don-vi/{commune.na_loc.pk}/ke-hoach/lap/?giao-hoc={sent.pk}" in page(sign_in("Inh"), "/")
    draft = office.plan(commune.na_loc, by="Inh", delivery=sent)
    assert [(each.about, each.button) for each in owed(commune.actor("Inh"), on=on)] == [(str(draft.pk), "Mở dự thảo")]
    office.whole(draft, None, by="Inh")
    office.issue(draft, by="Inh")
    assert owed(commune.actor("Inh"), on=on) == []
    (number,) = owed(commune.actor("Nhung"), on=on)
    assert (number.kind, number.about, number.firm, number.due) == ("target_number", str(target.pk), False, None)
    assert f"/chi-tieu/{target.pk}/so/" in page(sign_in("Nhung"), "/")
    (over,) = owed(commune.actor("Nhung"), on=date(2027, 1, 10))
    assert (over.firm, over.days_late) == (True, 10)
    office.report(target, "7", date(2026, 11, 1))
    assert owed(commune.actor("Nhung"), on=on) == []
    assert owed(commune.actor("Khiêm"), on=on) == []


def test_nobody_else_writes(commune: Commune, office: Office, sign_in: SignIn) -> None:
    target = office.target(ROADS)
    assert sign_in("Inh").get(f"/chi-tieu/{target.pk}/").status_code == 404
    assert sign_in("Vân").get(f"/chi-tieu/{target.pk}/so/").status_code == 403
    assert "Báo số" not in page(sign_in("Vân"), f"/chi-tieu/{target.pk}/")
    assert sign_in("Nhung").get(f"/chi-tieu/{uuid.uuid4()}/").status_code == 404
