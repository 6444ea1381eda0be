"""The office writes about members from their page: every act, and the sentence beside the box when it cannot be."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from chibo.cadres.models import Post, StatePost
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from chibo.membership.models import Absence, Belonging, Particular, Person, Standing
from chibo.membership.operations import note_particulars
from tests.commune import EVENING, FOUNDED, TODAY, Commune

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with time_machine.travel(datetime(2026, 11, 5, 9, tzinfo=ZONE), tick=False):
        yield


@pytest.fixture
def office(commune: Commune, client: Client) -> Client:
    client.force_login(commune.account("Nhung"))
    return client


def address(name: str, commune: Commune, person: str = "Khiêm") -> str:
    return reverse(name, args=[commune.person(person).pk])


def send(office: Client, path: str, said: str = "", /, **typed: str) -> str:
    """Post it: taken when nothing is to be said, else refused with these words on the page."""
    answer = office.post(path, typed)
    page = answer.content.decode()
    if said:
        assert (answer.status_code, said in page) == (422, True), page
        assert all(value in page for value in typed.values()), "what was typed is gone"
    else:
        assert answer.status_code == 302, page
    return page


def page_of(office: Client, commune: Commune, name: str = "Khiêm") -> str:
    return office.get(address("front:person", commune, name)).content.decode()


def test_a_new_member_is_entered_with_days_and_particulars(office: Client, commune: Commune) -> None:
    path = reverse("membership:enter", args=[commune.na_loc.pk])
    typed = {"full_name": "Lò  Văn Ỏm", "way_in": "transferred_in", "since": "1/11/2026", "standing": "official",
             "admitted_on": "19/5/2012", "official_on": "19/5/2013", "birth": "1979", "ethnicity": "Thái",
             "decision": "Giấy giới thiệu số 7"}  # fmt: skip
    send(office, path, "phải sau ngày kết nạp", **{**typed, "official_on": "19/5/2011"})
    send(office, path, "Ghi «Họ và tên»", **{**typed, "full_name": ""})
    send(office, path, "chưa tới", **{**typed, "since": "6/11/2026"})
    send(office, path, "trước khi sinh", **{**typed, "birth": "2013"})
    send(office, path, "Tháng 2/1979 chỉ có 28 ngày", **{**typed, "birth": "30/02/1979"})
    send(office, path, **typed)
    person = Person.objects.get(full_name="Lò Văn Ỏm")
    page = office.get(reverse("front:person", args=[person.pk])).content.decode()
    for words in ("Đảng viên chính thức", "19/05/2012 đến hết 18/05/2013", "Giấy giới thiệu số 7", "1979", "Thái"):
        assert words in page


def test_recognition_suggests_the_end_of_probation(office: Client, commune: Commune) -> None:
    path = address("membership:recognise", commune, "Ngoan")
    assert 'value="01/08/2026"' in office.get(path).content.decode()
    send(office, path, "chưa tới", on="06/11/2026")
    send(office, path, "không phải đảng viên dự bị", on="01/08/2025")
    send(office, path, on="01/08/2026", decision="QĐ 12-QĐ/ĐU")
    assert Standing.objects.on(TODAY).get(person=commune.person("Ngoan")).kind == "official"
    assert "QĐ 12-QĐ/ĐU" in page_of(office, commune, "Ngoan")


def test_an_exemption_begins_and_ends(office: Client, commune: Commune) -> None:
    path = address("membership:absence", commune)
    send(office, path, "Ngày cuối phải từ ngày đầu", kind="exempt", first="5/11/2026", last="4/11/2026")
    send(office, path, "còn quá xa", kind="exempt", first="5/11/2028")
    send(office, path, kind="exempt", first="1/11/2026", decision="NQ 5")
    send(office, path, "trong thời gian này rồi", kind="exempt", first="5/11/2026")
    row = Absence.objects.get(person=commune.person("Khiêm"))
    end = reverse("membership:end", args=["khong-tinh", row.pk])
    assert end in page_of(office, commune)
    send(office, end, "không có hiệu lực", last="1/10/2026")
    send(office, end, last="5/11/2026")
    row.refresh_from_db()
    assert row.during.upper == date(2026, 11, 6)


def test_a_stay_elsewhere_begins_and_ends(office: Client, commune: Commune) -> None:
    path = address("membership:temporary", commune)
    send(office, path, "đã là đảng viên của chi bộ đó", to=str(commune.na_loc.pk), first="1/11/2026")
    send(office, path, to="ngoai", first="1/11/2026")
    send(office, path, "Đã có sinh hoạt tạm thời", to=str(commune.pom_khe.pk), first="2/11/2026")
    assert "nơi khác, ngoài đảng bộ" in page_of(office, commune)
    row = Belonging.objects.get(person=commune.person("Khiêm"), kind="temporary")
    send(office, reverse("membership:end", args=["noi-sinh-hoat", row.pk]), last="4/11/2026")


def test_what_was_before_is_added(office: Client, commune: Commune) -> None:
    path = address("membership:earlier_standing", commune)
    send(office, path, "chồng lên một lần ghi khác", kind="probationary", first="1/8/2020", last="1/8/2026")
    send(office, path, "trước ngày thành lập Đảng", kind="probationary", first="1/8/1920", last="1/8/1921")
    send(office, path, kind="probationary", first="19/5/2012", last="31/7/2025", decided_on="3/5/2012")
    where = address("membership:earlier_cell", commune)
    send(
        office,
        where,
        "không phải chi bộ đang hoạt động",
        unit=str(commune.pom_khe.pk),
        first="1/1/2020",
        last="1/1/2021",
    )
    page = page_of(office, commune)
    assert "19/05/2012 đến hết 31/07/2025" in page
    assert "Quyết định ngày 03/05/2012" in page


def test_a_wrong_day_is_corrected_and_both_are_shown(office: Client, commune: Commune) -> None:
    row = Belonging.objects.get(person=commune.person("Khiêm"))
    path = reverse("membership:correct", args=["noi-sinh-hoat", row.pk])
    assert path in page_of(office, commune)
    typed = {"unit": str(commune.pom_khe.pk), "first": "2/8/2025", "last": "", "decision": ""}
    send(office, path, "Ghi «Vì sao sửa»", **typed)
    send(office, path, **typed, why="typed_wrong")
    page = page_of(office, commune)
    assert "<del>Sinh hoạt chính thức tại chi bộ bản Nà Lốc, từ 01/08/2025</del>" in page
    assert "Lý do: gõ nhầm. Quàng Thị Nhung, 05/11/2026." in page
    assert "chi bộ bản Pom Khe" in page
    assert office.get(path).status_code == 404, "a withdrawn row is not corrected again"


def test_a_recognition_is_corrected_with_its_decision_day(office: Client, commune: Commune) -> None:
    row = Standing.objects.get(person=commune.person("Ngoan"))
    path = reverse("membership:correct", args=["chinh-thuc", row.pk])
    send(office, path, kind="probationary", first="2/8/2025", decided_on="20/7/2025", why="paper_differs")
    new = Standing.objects.live().get(person=commune.person("Ngoan"))
    assert (new.during.lower, new.decided_on) == (date(2025, 8, 2), date(2025, 7, 20))


def test_what_never_was_is_withdrawn(office: Client, commune: Commune) -> None:
    row = Absence.objects.get(person=commune.person("Hặc"))
    path = reverse("membership:withdrawal", args=["khong-tinh", row.pk])
    assert office.post(path, {"why": ""}).status_code == 422
    assert office.post(path, {"why": "did_not_happen"}).status_code == 302
    assert "<del>Miễn công tác và sinh hoạt" in page_of(office, commune, "Hặc")


def test_particulars_are_written_changed_and_corrected(office: Client, commune: Commune) -> None:
    path = address("membership:particulars", commune)
    send(office, path, "Số thẻ đảng viên có 8", card_number="12", first="5/11/2026")
    send(office, path, "đã ghi vào Đảng", birth="1/9/2025", first="5/11/2026")
    send(office, path, birth="19/5/1979", sex="male", religion="Không", first="1/11/2026")
    form = office.get(path).content.decode()
    assert 'value="19/05/1979"' in form
    assert '<option value="male" selected>' in form
    send(office, path, "chọn lý do sửa", birth="1979", sex="male", religion="Không", first="1/11/2026")
    send(office, path, birth="1978", sex="male", religion="Không", first="1/11/2026", why="paper_differs")
    page = page_of(office, commune)
    assert "<dd>1978</dd>" in page
    assert "<del>Ngày sinh: 19/05/1979, từ 01/11/2026</del>" in page
    row = Particular.objects.live().get(field="religion")
    one = reverse("membership:correct", args=["thong-tin", row.pk])
    send(office, one, religion="Tin Lành", first="1/11/2026", why="typed_wrong")
    row = Particular.objects.live().get(field="religion")
    send(office, reverse("membership:end", args=["thong-tin", row.pk]), last="5/11/2026")
    page = page_of(office, commune)
    assert "<dt>Tôn giáo</dt>" not in page
    assert "Tin Lành ·" not in page, "not in the headline either, though it holds to the end of the day"
    assert "<p>Tôn giáo: Tin Lành</p>" in page


def test_a_secretary_sees_the_plain_fields_and_no_form(commune: Commune, client: Client) -> None:
    facts = {"home_village": "Bản Nà Lốc", "ethnicity": "Thái", "citizen_number": "001079000001"}
    note_particulars({commune.person("Khiêm"): facts}, first=FOUNDED, at=EVENING, by=MACHINE)
    client.force_login(commune.account("Inh"))
    page = page_of(client, commune)
    assert "Bản Nà Lốc" in page
    assert "Thái" not in page
    assert "001079000001" not in page
    assert "/sua/" not in page
    assert "Ghi thêm" not in page


def test_a_member_moves_with_the_posts_of_the_old_cell(office: Client, commune: Commune) -> None:
    path = address("cadres:transfer", commune, "Duyên")
    send(office, path, "Ghi «Chuyển đến»", first="5/11/2026")
    send(office, path, to=str(commune.pom_khe.pk), first="5/11/2026", decision="Giấy giới thiệu số 9")
    page = page_of(office, commune, "Duyên")
    assert "Giấy giới thiệu số 9" in page
    assert not Post.objects.on(TODAY).filter(person=commune.person("Duyên")).exists()


def test_leaving_the_list_is_asked_on_a_page_of_its_own(office: Client, commune: Commune) -> None:
    path = address("cadres:leave", commune, "Duyên")
    form = office.get(path).content.decode()
    assert "1 chức vụ Đảng đang giữ thôi cùng ngày" in form
    assert "grave-act" in form
    send(office, path, "Ghi «Ra khỏi danh sách vì»", last="5/11/2026")
    send(office, path, "không có trong danh sách", way="died", last="1/7/2025")
    send(office, path, way="resigned", last="4/11/2026", decision="QĐ 44")
    page = page_of(office, commune, "Duyên")
    assert "Xin ra khỏi Đảng · QĐ 44" in page
    assert "Không còn trong danh sách hôm nay." in page


def test_one_person_holds_posts_of_the_party_and_of_the_state(office: Client, commune: Commune) -> None:
    give = address("cadres:give", commune)
    cell = str(commune.na_loc.pk)
    send(office, give, "đang có người giữ", unit=cell, office="cell_secretary", first="5/11/2026")
    send(office, give, "không có ở loại tổ chức đó", unit=cell, office="committee_member", first="5/11/2026")
    send(office, give, unit=cell, office="cell_committee", first="5/11/2026", last="31/7/2030", decision="QĐ 3")
    send(office, give, unit=str(commune.commune.pk), office="committee_member", first="5/11/2026")
    state = address("cadres:give_state", commune)
    send(office, state, "Không có chức vụ này", unit=cell, office="people_committee_chair", first="5/11/2026")
    send(office, state, unit=cell, office="village_head", place="bản Nà Lốc", first="5/11/2026")
    send(office, state, "đang giữ chức vụ đó rồi", unit=cell, office="village_head", place="x", first="6/11/2026")
    page = page_of(office, commune)
    for words in ("Chi ủy viên,", "Đảng ủy viên,", "Trưởng bản, trưởng thôn bản Nà Lốc,"):
        assert words in page
    assert commune.actor("Khiêm").ranges, "rights of the Party post only"
    row = StatePost.objects.get()
    send(office, reverse("cadres:correct", args=["chinh-quyen", row.pk]), office="village_deputy", place="bản Nà Lốc",
         first="5/11/2026", why="typed_wrong")  # fmt: skip
    row = StatePost.objects.live().get()
    end = reverse("cadres:end", args=["chinh-quyen", row.pk])
    send(office, end, "Ghi «Lý do»", last="5/11/2026")
    send(office, end, last="5/11/2026", reason="relieved")
    assert (
        office.post(reverse("cadres:withdrawal", args=["chinh-quyen", row.pk]), {"why": "did_not_happen"}).status_code
        == 302
    )


def test_a_party_post_is_corrected_ended_and_withdrawn(office: Client, commune: Commune) -> None:
    row = Post.objects.get(person=commune.person("Duyên"))
    send(office, reverse("cadres:correct", args=["dang", row.pk]), office="cell_committee", first="1/9/2025",
         why="typed_wrong")  # fmt: skip
    row = Post.objects.live().get(person=commune.person("Duyên"))
    send(office, reverse("cadres:end", args=["dang", row.pk]), last="5/11/2026", reason="relieved")
    page = page_of(office, commune, "Duyên")
    assert "<del>Phó bí thư chi bộ, chi bộ bản Nà Lốc, từ 01/08/2025</del>" in page
    assert office.get(reverse("cadres:end", args=["khong-co", row.pk])).status_code == 404


def test_a_name_is_corrected_or_changed_and_the_old_one_stays_readable(office: Client, commune: Commune) -> None:
    path = address("membership:rename", commune)
    send(office, path, "Họ tên vẫn như cũ", name="Hà Văn Khiêm", first="5/11/2026")
    send(office, path, "chọn lý do sửa", name="Hà Văn Khiên", first="1/8/2025")
    send(office, path, name="Hà  Văn Khiên", first="5/11/2026", why="typed_wrong")
    page = page_of(office, commune)
    assert "<h1>Hà Văn Khiên</h1>" in page
    assert "<del>Họ và tên: Hà Văn Khiêm" in page
    send(office, path, name="Hà Minh Khiên", first="1/10/2026", decision="Trích lục hộ tịch")
    send(office, path, "chọn lý do sửa", name="Hà Đức Khiên", first="1/10/2026")
    send(office, path, name="Hà Đức Khiên", first="1/11/2026")
    page = page_of(office, commune)
    assert "Họ và tên: Hà Văn Khiên" in page
    assert "01/08/2025 đến hết 30/09/2026" in page
    assert "01/10/2026 đến hết 31/10/2026" in page
    found = office.get(reverse("front:find"), {"q": "duc khien"}).content.decode()
    assert "Hà Đức Khiên" in found
    row = Particular.objects.live().filter(field="full_name").first()
    assert office.get(reverse("membership:correct", args=["thong-tin", row.pk])).status_code == 404
