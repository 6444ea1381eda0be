"""Pages of sheets as people use them: by links and forms, without a script."""

from __future__ import annotations

import re
import uuid
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from chibo.returns.models import Entry, Sheet, Step
from tests.commune import Commune
from tests.issues.conftest import SignIn
from tests.returns.acting import AUGUST, FOREST, FOUND, HANDLED, OCTOBER, PATROLS, SEPTEMBER, WORKS, Forest, form_of

NOVEMBER = date(2026, 11, 1)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def heading(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text, re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def address(forest: Forest, tail: str = "", unit: Any = None, month: str = "2026-10") -> str:
    return f"/phieu/{forest.form.pk}/{(unit or forest.commune.na_loc).pk}/{month}/{tail}"


def boxes(text: str) -> dict[str, str]:
    """Everything the form of the page would send, as it stands."""
    found = re.findall(r'<input[^>]*? name="([^"]+)" value="([^"]*)"', text)
    return {name: value for name, value in found if not name.startswith("csrf")}


def typed(kept: Forest, text: str, **numbers: str) -> dict[str, str]:
    """The form filled in: the rest of it goes along as it was."""
    names = {"patrols": PATROLS, "found": FOUND, "handled": HANDLED, "forest": FOREST, "works": WORKS}
    said = {f"line.{kept.lines[names[key]].pk}": value for key, value in numbers.items()}
    return boxes(text) | said


def test_a_unit_without_forms_is_told_what_they_are_for(commune: Commune, sign_in: SignIn) -> None:
    assert "Chưa có biểu số liệu nào phải nộp" in page(sign_in("Inh"), f"/don-vi/{commune.na_loc.pk}/phieu/")
    assert "Chưa có biểu nào" in page(sign_in("Nhung"), f"/don-vi/{commune.commune.pk}/phieu/")


def test_a_sheet_lives_through_its_forms(forest: Forest, sign_in: SignIn, commune: Commune) -> None:
    inh, nhung = sign_in("Inh"), sign_in("Nhung")
    listed = page(inh, f"/don-vi/{commune.na_loc.pk}/phieu/")
    assert address(forest) in listed
    text = page(inh, address(forest))
    assert heading(text) == "Bảo vệ rừng, tháng 10/2026"
    answer = inh.post(address(forest, "ghi/"), typed(forest, text, patrols="12", found="3") | {"part": "ghi"})
    assert answer["Location"] == address(forest)
    text = page(inh, address(forest))
    refused = inh.post(address(forest, "ghi/"), typed(forest, text, handled="5", forest="14.419,5") | {"part": "nop"})
    assert refused.status_code == 422
    words = unescape(refused.content.decode())
    assert "«Vụ đã xử lý» (5) lớn hơn «Vụ phát hiện» (3)." in words
    assert 'value="14.419,5"' in words, "what was typed is kept"
    inh.post(address(forest, "ghi/"), typed(forest, words, handled="3") | {"part": "nop"})
    assert forest.sheet().state == Sheet.HANDED_IN
    text = page(inh, address(forest))
    assert "Chờ kiểm" in text
    assert "Nộp phiếu</button>" not in text

    listed = page(nhung, f"/don-vi/{commune.commune.pk}/phieu/")
    assert heading(listed) == "1 phiếu chờ kiểm"
    assert address(forest, "kiem/") in listed
    assert "Kiểm 1 phiếu" not in page(sign_in("Páo"), f"/don-vi/{commune.commune.pk}/phieu/")
    assert address(forest, "kiem/") in page(nhung, address(forest))
    checked = page(nhung, address(forest, "kiem/"))
    empty = nhung.post(address(forest, "kiem/"), boxes(checked) | {"part": "tra-lai", "why": ""})
    assert empty.status_code == 422
    assert "ghi số nào sai" in unescape(empty.content.decode())
    remark = {f"remark.{forest.lines[PATROLS].pk}": "Sổ trực ghi 11"}
    nhung.post(address(forest, "kiem/"), boxes(checked) | remark | {"part": "tra-lai", "why": ""})
    text = page(inh, address(forest))
    assert "Sổ trực ghi 11" in text
    assert "Trả lại để sửa" in text
    inh.post(address(forest, "ghi/"), typed(forest, text, patrols="11") | {"part": "nop"})
    checked = page(nhung, address(forest, "kiem/"))
    answer = nhung.post(address(forest, "kiem/"), boxes(checked) | {"part": "chot"})
    assert answer["Location"] == address(forest)
    assert forest.sheet().state == Sheet.ACCEPTED
    text = page(nhung, address(forest))
    opened = re.search(r'href="(/so-lieu/returns\.luot_tuan_tra_rung\?[^"]+|/so-lieu/returns\.luot[^"]+)"', text)
    assert opened
    figure = page(nhung, opened[1])
    assert "11 lượt" in heading(figure)
    assert address(forest) in figure, "a number opens to its sheet"
    assert f"/bieu/{forest.form.pk}/" in figure

    nhung.post(address(forest, "mo-lai/"), {"key": str(uuid.uuid4()), "why": "Thiếu một vụ"})
    assert "Thiếu một vụ" in page(inh, address(forest))
    kinds = ["handed_in", "given_back", "handed_in", "accepted", "reopened"]
    assert list(Step.objects.order_by("number").values_list("kind", flat=True)) == kinds


def test_a_warning_is_answered_with_a_reason(forest: Forest, sign_in: SignIn) -> None:
    forest.accepted(("10", "0", "0", "100"), first=SEPTEMBER)
    inh = sign_in("Inh")
    text = page(inh, address(forest))
    assert f'id="kiem-{forest.change.pk}" hidden' in text
    told = typed(forest, text, patrols="16", found="0", handled="0") | {"part": "nop"}
    refused = inh.post(address(forest, "ghi/"), told)
    words = unescape(refused.content.decode())
    assert refused.status_code == 422
    assert "«Lượt tuần tra rừng» là 16, kỳ trước 10" in words
    assert f'id="kiem-{forest.change.pk}" hidden' not in words
    inh.post(address(forest, "ghi/"), boxes(words) | {f"why.{forest.change.pk}": "Mùa khô", "part": "nop"})
    assert forest.sheet().state == Sheet.HANDED_IN
    assert "Đơn vị nói:</b> Mùa khô" in page(sign_in("Nhung"), address(forest, "kiem/"))


def test_what_stays_is_there_already(forest: Forest, sign_in: SignIn) -> None:
    forest.accepted(("10", "0", "0", "100,5"), first=AUGUST)
    text = page(sign_in("Inh"), address(forest))
    assert 'value="100,5"' in text
    assert "đã lấy sang" in text
    assert not Entry.objects.filter(sheet__first=OCTOBER).exists()


def test_the_script_saves_box_by_box(forest: Forest, sign_in: SignIn) -> None:
    inh, part = sign_in("Inh"), {"HTTP_X_CHIBO_PART": "field"}
    found, handled = (f"line.{forest.lines[name].pk}" for name in (FOUND, HANDLED))
    said = inh.post(address(forest, "ghi/"), {found: "1234", f"v:{found}": "0"}, **part).json()
    assert (said["version"], said["understood"], said["at"]) == (1, {found: "1.234"}, "21:30")
    said = inh.post(address(forest, "ghi/"), {handled: "1.300", f"v:{handled}": "0"}, **part).json()
    assert said["found"][f"kiem-{forest.handled.pk}"] == "«Vụ đã xử lý» (1.300) lớn hơn «Vụ phát hiện» (1.234)."
    bad = inh.post(address(forest, "ghi/"), {found: "1,5", f"v:{found}": "1"}, **part)
    assert (bad.status_code, list(bad.json()["errors"])) == (422, [found])
    stale = sign_in("Duyên").post(address(forest, "ghi/"), {found: "7", f"v:{found}": "0"}, **part)
    assert (stale.status_code, stale.json()["theirs"]) == (409, "1.234")


def test_without_a_script_two_versions_are_shown(forest: Forest, sign_in: SignIn) -> None:
    inh, duyen = sign_in("Inh"), sign_in("Duyên")
    text = page(duyen, address(forest))
    inh.post(address(forest, "ghi/"), typed(forest, page(inh, address(forest)), patrols="12"))
    torn = duyen.post(address(forest, "ghi/"), typed(forest, text, patrols="15"))
    assert torn.status_code == 409
    words = unescape(torn.content.decode())
    assert all(each in words for each in ("Bản của tôi", "15", "12", address(forest)))


@pytest.mark.parametrize("text", ["1,5", "mười", "-3", "9" * 30, "\uff11\uff12", "1.2.3"])
def test_what_cannot_be_read_stays_beside_its_box(forest: Forest, sign_in: SignIn, text: str) -> None:
    inh = sign_in("Inh")
    answer = inh.post(address(forest, "ghi/"), typed(forest, page(inh, address(forest)), patrols=text, found="2"))
    words = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f'value="{text}"' in words
    assert 'aria-invalid="true"' in words
    assert not Entry.objects.exists()


def test_bad_addresses_say_so_in_words(forest: Forest, sign_in: SignIn, commune: Commune) -> None:
    inh = sign_in("Inh")
    for month in ("2026-13", "abc", "2026-1", "0001-01"):
        assert inh.get(address(forest, month=month)).status_code == 422, month
    assert inh.get(address(forest, unit=commune.pom_khe)).status_code == 404
    assert "không phải nộp" in unescape(inh.get(address(forest, month="2025-01")).content.decode())
    nhung = sign_in("Nhung")
    assert nhung.get(address(forest, "kiem/")).status_code == 404, "nothing is written yet"
    forest.accepted(("1", "0", "0", "1"))
    for sent in ({"part": "chot"}, {"part": "chot", "key": "x"}, {"part": "tra-lai", "key": str(uuid.uuid4()),
                 "remark.99999999": "x"}):  # fmt: skip
        assert nhung.post(address(forest, "kiem/"), sent).status_code == 422, sent
    for bad in ({"line.1.2": "3"}, {"line.99999": "3"}, {"why.x": "3"}):
        assert inh.post(address(forest, "ghi/", month="2026-09"), bad).status_code == 422, bad


def test_this_month_is_written_down_as_it_goes_and_handed_in_when_over(forest: Forest, sign_in: SignIn) -> None:
    inh = sign_in("Inh")
    text = page(inh, address(forest, month="2026-11"))
    assert "Nộp được từ ngày 30/11/2026" in text
    assert 'value="nop"' not in text
    sent = typed(forest, text, patrols="3", found="0", handled="0", forest="1") | {"part": "nop"}
    answer = inh.post(address(forest, "ghi/", month="2026-11"), sent)
    assert answer.status_code == 422
    assert "những số đã gõ vẫn giữ" in unescape(answer.content.decode()).lower()
    assert Sheet.objects.get(first=NOVEMBER).state == Sheet.DRAFT


def test_who_only_reads_sees_numbers_and_no_boxes(forest: Forest, sign_in: SignIn, commune: Commune) -> None:
    forest.write({PATROLS: "12"})
    van, pao = sign_in("Vân"), sign_in("Páo")
    for who in (van, pao):
        text = page(who, address(forest))
        assert "<cb-save" not in text
        assert "Người điền được" in text
        assert who.post(address(forest, "ghi/"), {}).status_code == 403
    assert "<cb-save" in page(sign_in("Nhung"), address(forest)), "the office types what came on paper"
    assert sign_in("Liên").get(address(forest)).status_code == 404
    assert sign_in("Khiêm").get(address(forest)).status_code == 404


def test_late_ones_come_first_on_the_page_of_the_commune(forest: Forest, sign_in: SignIn, commune: Commune) -> None:
    form_of(commune, name="Biểu quý", every="quarter", due_day=20)
    text = page(sign_in("Páo"), f"/don-vi/{commune.commune.pk}/phieu/")
    assert "0/2 đơn vị đã nộp" in text
    assert "Biểu quý" in text
    assert "Quý III/2026" in text
