"""Đặt biểu trên trang: a form, its lines and checks by forms in the browser, without a script."""

from __future__ import annotations

import re
import uuid
from html import unescape

import pytest

from chibo.returns.models import Form, Line, LineCheck
from tests.commune import Commune
from tests.issues.conftest import SignIn
from tests.returns.acting import FOUND, HANDLED, PATROLS, WORKS, Forest
from tests.returns.test_pages import heading, page

LINE = {"name": "Vụ cháy rừng", "measure": "vụ", "adds": "sum", "decimals": "0", "counted": "things", "must": "yes",
        "above": "", "below": "", "since": "2026-11"}  # fmt: skip


def asked(**told: object) -> dict[str, object]:
    return {"key": str(uuid.uuid4()), "name": "Bảo vệ rừng", "basis": "Luật Lâm nghiệp", "every": "month",
            "due_day": "5", "since": "2026-10", "kinds": ["cell"]} | told  # fmt: skip


def test_the_office_defines_a_form_line_by_line(commune: Commune, sign_in: SignIn) -> None:
    nhung, unit = sign_in("Nhung"), commune.commune.pk
    assert f"/don-vi/{unit}/phieu/bieu-moi/" in page(nhung, f"/don-vi/{unit}/phieu/")
    empty = page(nhung, f"/don-vi/{unit}/phieu/bieu-moi/")
    assert re.search(r'name="kinds" value="cell"', empty)
    assert 'value="province"' not in empty, "nobody above owes it"
    answer = nhung.post(f"/don-vi/{unit}/phieu/bieu-moi/", asked())
    form = Form.objects.get()
    assert answer["Location"] == f"/bieu/{form.pk}/"
    assert "Biểu chưa có dòng nào" in page(nhung, f"/bieu/{form.pk}/")
    nhung.post(f"/bieu/{form.pk}/dong/", LINE | {"since": "2026-10"})
    nhung.post(f"/bieu/{form.pk}/dong/", LINE | {"name": "Vụ đã xử lý", "since": "2026-10"})
    fires, handled = Line.objects.order_by("position")
    ratio = LINE | {"name": "Tỷ lệ", "measure": "%", "adds": "ratio", "above": str(handled.pk), "below": str(fires.pk)}
    nhung.post(f"/bieu/{form.pk}/dong/", ratio | {"since": "2026-10"})
    check = {"left": str(handled.pk), "kind": "at_most", "right": str(fires.pk), "grave": "stop", "since": "2026-10",
             "number": ""}  # fmt: skip
    nhung.post(f"/bieu/{form.pk}/phep-kiem/", check)
    text = page(nhung, f"/bieu/{form.pk}/")
    for words in ("«Vụ đã xử lý» không lớn hơn «Vụ cháy rừng»", "Sai thì không nộp được", "Luật Lâm nghiệp", "tự tính"):
        assert words in text, words
    inh = page(sign_in("Inh"), f"/phieu/{form.pk}/{commune.na_loc.pk}/2026-10/")
    assert "Vụ cháy rừng" in inh
    assert f"/bieu/{form.pk}/" in inh
    assert "Thêm dòng" not in page(sign_in("Inh"), f"/bieu/{form.pk}/")


@pytest.mark.parametrize(
    ("told", "words"),
    [({"name": ""}, "Tên biểu"), ({"kinds": []}, "Đánh dấu ít nhất một loại"), ({"due_day": "31"}, "từ 1 đến 28"),
     ({"due_day": "x"}, "không phải là số đếm"), ({"every": "week"}, "week"), ({"since": "2026-99"}, "2026-99"),
     ({"kinds": ["nhà"]}, "Lựa chọn này không có"), ({"basis": "0912345678"}, "0912345678"), ({"key": ""}, "Tải lại")],
)  # fmt: skip
def test_a_form_that_makes_no_sense_says_why(
    commune: Commune, sign_in: SignIn, told: dict[str, object], words: str
) -> None:
    answer = sign_in("Nhung").post(f"/don-vi/{commune.commune.pk}/phieu/bieu-moi/", asked(**told))
    assert answer.status_code == 422
    assert words in unescape(answer.content.decode())
    assert not Form.objects.exists()


@pytest.mark.parametrize(
    ("told", "words"),
    [({"name": PATROLS}, "đã có dòng"), ({"measure": ""}, "Đơn vị tính"), ({"adds": "ratio"}, "hai dòng khác nhau"),
     ({"decimals": "9"}, "9"), ({"since": "2019-01"}, "2019-01"), ({"above": "99999999"}, "99999999")],
)  # fmt: skip
def test_a_line_that_makes_no_sense_says_why(forest: Forest, sign_in: SignIn, told: dict[str, str], words: str) -> None:
    answer = sign_in("Nhung").post(f"/bieu/{forest.form.pk}/dong/", LINE | told)
    assert answer.status_code == 422
    assert words in unescape(answer.content.decode())
    assert Line.objects.count() == 5


def test_checks_that_make_no_sense_say_why(forest: Forest, sign_in: SignIn) -> None:
    nhung, lines = sign_in("Nhung"), {name: str(line.pk) for name, line in forest.lines.items()}
    good = {"left": lines[HANDLED], "kind": "change", "grave": "warn", "since": "2026-11", "number": "20"}
    for told, words in (
        ({"left": ""}, "Dòng bên trái"),
        ({"number": ""}, "bao nhiêu phần trăm"),
        ({"grave": "stop"}, "cảnh báo"),
        ({"number": "hai"}, "hai"),
        ({"kind": "equal", "right": lines[HANDLED]}, "mỗi dòng chỉ ở một bên"),
    ):
        answer = nhung.post(f"/bieu/{forest.form.pk}/phep-kiem/", good | told)
        assert answer.status_code == 422, told
        assert words in unescape(answer.content.decode()), told
    assert nhung.post(f"/bieu/{forest.form.pk}/phep-kiem/", good).status_code == 302


def test_lines_checks_and_the_form_end(forest: Forest, sign_in: SignIn) -> None:
    nhung, form = sign_in("Nhung"), forest.form
    used = nhung.post(f"/bieu/dong/{forest.lines[FOUND].pk}/thoi/", {"after": "2026-11"})
    assert used.status_code == 422
    assert "Còn phép kiểm hoặc tỷ lệ dùng dòng này" in unescape(used.content.decode())
    assert heading(page(nhung, f"/bieu/phep-kiem/{forest.handled.pk}/thoi/")) == "Thôi phép kiểm này?"
    nhung.post(f"/bieu/phep-kiem/{forest.handled.pk}/thoi/", {"after": "2026-11"})
    forest.accepted(("1", "0", "0", "1"))
    nhung.post(f"/bieu/dong/{forest.lines[WORKS].pk}/thoi/", {"after": "2026-11"})
    text = page(nhung, f"/bieu/{form.pk}/")
    assert "đến tháng 11/2026" in text
    assert LineCheck.objects.get(pk=forest.handled.pk).ends is not None
    early = nhung.post(f"/bieu/{form.pk}/thoi/", {"after": "2026-09"})
    assert early.status_code == 422
    assert "Đã có nơi nộp phiếu" in unescape(early.content.decode())
    nhung.post(f"/bieu/{form.pk}/thoi/", {"after": "2026-11"})
    text = page(nhung, f"/bieu/{form.pk}/")
    assert "Đã thôi dùng sau tháng 11/2026" in text
    assert "Thêm dòng" not in text
    assert nhung.post(f"/bieu/{form.pk}/dong/", LINE).status_code == 422


def test_only_who_directs_defines(forest: Forest, sign_in: SignIn, commune: Commune) -> None:
    for name in ("Páo", "Inh"):
        for tail in ("dong/", "phep-kiem/", "thoi/"):
            assert sign_in(name).get(f"/bieu/{forest.form.pk}/{tail}").status_code == 403, (name, tail)
    assert sign_in("Páo").get(f"/don-vi/{commune.commune.pk}/phieu/bieu-moi/").status_code == 403
    assert sign_in("Sơn").get(f"/bieu/{forest.form.pk}/").status_code == 404
