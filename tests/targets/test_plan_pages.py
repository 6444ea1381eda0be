"""Pages of plans as people use them: by links and forms, without a script."""

from __future__ import annotations

import re
import uuid
from datetime import date
from html import unescape
from typing import Any

from django.test import Client

from chibo.directives.models import Document
from chibo.targets.models import LineDone, LineSaid, Plan, PlanIssue, PlanLine, Target
from chibo.targets.owed import owed
from tests.commune import Commune
from tests.issues.conftest import SignIn
from tests.issues.conftest import evening as evening
from tests.issues.conftest import sign_in as sign_in
from tests.targets.conftest import Office


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def heading(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text, re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def boxes(text: str) -> dict[str, str]:
    """What a form sends as it came, by the names of its boxes."""
    found = {m[1]: m[2] for m in re.finditer(r'<input[^>]*name="(\w+)" value="([^"]*)"', text)}
    found |= {m[1]: m[2] for m in re.finditer(r'<input type="radio" name="(\w+)" value="([^"]*)" checked', text)}
    for select in re.finditer(r'<select[^>]*name="(\w+)".*?</select>', text, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', select[0])
        found[select[1]] = chosen[1] if chosen else ""
    for area in re.finditer(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', text, re.S):
        found[area[1]] = area[2]
    return found


def typed(**told: Any) -> dict[str, str]:
    line = {"key": str(uuid.uuid4()), "task": "Kết nạp đảng viên", "owner": "", "due": "", "way": "de-sau",
            "figure": "", "name": "", "kind": "flow", "measure": "", "comparison": "at_least", "value": "",
            "start": "", "important": "khong", "why_none": ""}  # fmt: skip
    return {**line, **told}


def test_a_plan_from_a_document_to_its_issue(commune: Commune, office: Office, sign_in: SignIn) -> None:
    document, nhung = office.resolution(), sign_in("Nhung")
    link = f"/don-vi/{commune.commune.pk}/ke-hoach/lap/?van-ban={document.pk}"
    assert link in page(nhung, f"/van-ban/{document.pk}/")
    form = page(nhung, link)
    assert "Thực hiện: Nghị quyết số 02-NQ/TU" in form
    answer = nhung.post(link, boxes(form))
    row = Plan.objects.get()
    whole = f"/ke-hoach/{row.pk}/"
    assert answer["Location"] == whole
    assert "chưa có dòng nào" in page(nhung, whole)
    add = f"{whole}dong/"
    assert add in page(nhung, whole)
    nhung.post(add, typed())
    text = page(nhung, whole)
    assert "còn 1/1 dòng chưa đủ" in text
    assert "Dòng 1: ai làm; hạn; chỉ tiêu, hoặc lý do không đo được." in text
    refused = nhung.post(f"{whole}ban-hanh/", {"on": "03/11/2026", "number": "khong"})
    assert refused.status_code == 422
    assert "dòng 1 chưa đủ" in unescape(refused.content.decode())
    line = PlanLine.objects.get()
    change = f"/dong-ke-hoach/{line.pk}/"
    assert change in text
    said = boxes(page(nhung, change)) | {
        "owner": f"unit:{commune.na_loc.pk}", "due": "31/12/2026", "way": "so-lieu", "figure": "members.admitted",
        "value": "4", "important": "co",
    }  # fmt: skip
    assert nhung.post(change, said)["Location"] == whole
    text = page(nhung, whole)
    assert "đủ cả 1 dòng, ban hành được" in text
    assert "ít nhất 4\u00a0đảng viên" in text
    assert nhung.post(f"{whole}ban-hanh/", {"on": "03/11/2026", "number": "co"})["Location"] == whole
    text = page(nhung, whole)
    assert "Ban hành ngày 03/11/2026. 1 dòng, 1 dòng có chỉ tiêu" in text
    assert "Đúng tiến độ" in text or "Chậm" in text
    assert f"/chi-tieu/{line.pk}/" in text
    assert "/so-lieu/members.admitted/?" in page(nhung, f"/chi-tieu/{line.pk}/")
    issue = PlanIssue.objects.get()
    assert issue.document is not None
    assert Target.objects.get().figure == "members.admitted"


def test_a_change_after_the_issue_says_why_and_both_are_read(commune: Commune, office: Office, sign_in: SignIn) -> None:
    plan = office.plan()
    line = office.whole(plan)
    office.issue(plan)
    nhung, change = sign_in("Nhung"), f"/dong-ke-hoach/{line.pk}/"
    said = boxes(page(nhung, change))
    assert (said["way"], said["value"], said["measure"]) == ("bao-tay", "10", "km")
    refused = nhung.post(change, {**said, "value": "8", "why": ""})
    assert refused.status_code == 422
    assert nhung.post(change, {**said, "value": "8", "why": "Vốn giảm"}).status_code == 302
    text = page(nhung, f"/ke-hoach/{plan.pk}/")
    assert "ít nhất 8\u00a0km" in text
    assert "Vốn giảm" in text
    assert "mức 10 km" in text
    assert nhung.post(f"{change}bo/", {"why": "Không còn vốn"}).status_code == 302
    assert LineSaid.objects.filter(line=line, dropped=True).count() == 1


def test_what_cannot_be_read_stands_beside_its_box(office: Office, sign_in: SignIn) -> None:
    plan, nhung = office.plan(), sign_in("Nhung")
    for told, words in (
        ({"task": ""}, "Việc gì"), ({"due": "31/02/2026"}, "Tháng 2/2026 chỉ có 28 ngày"),
        ({"due": "01/01/2030"}, "Hạn phải trong kỳ của kế hoạch"), ({"way": "so-lieu"}, "Số liệu"),
        ({"way": "so-lieu", "figure": "targets.met"}, "không"), ({"way": "bao-tay", "name": "Đường"}, "Chưa có số"),
        ({"way": "bao-tay", "name": "Đường", "value": "mười", "measure": "km"}, "không phải là số"),
        ({"way": "bao-tay", "name": "Đường", "value": "3"}, "Chưa ghi đơn vị tính"),
        ({"way": "khong"}, "không đo được"),
        ({"owner": "unit:999999"}, "không"), ({"key": "sai"}, ""),
    ):  # fmt: skip
        answer = nhung.post(f"/ke-hoach/{plan.pk}/dong/", typed(**told))
        assert answer.status_code == 422, told
        assert words in unescape(answer.content.decode()), told
    assert PlanLine.objects.count() == 0


def test_a_cell_answers_what_was_sent_and_is_not_seen_by_its_neighbour(
    commune: Commune, office: Office, sign_in: SignIn
) -> None:
    sent = office.send(office.resolution())
    inh = sign_in("Inh")
    link = f"/don-vi/{commune.na_loc.pk}/ke-hoach/lap/?giao-hoc={sent.pk}"
    assert link in page(inh, f"/giao-hoc/{sent.pk}/")
    inh.post(link, boxes(page(inh, link)))
    plan = Plan.objects.get()
    assert plan.delivery_id == sent.pk
    plans = f"/don-vi/{commune.na_loc.pk}/ke-hoach/"
    assert f"/ke-hoach/{plan.pk}/" in page(inh, plans)
    assert plans in page(inh, f"/don-vi/{commune.na_loc.pk}/")  # from the unit and from the rail
    lien = sign_in("Liên")
    assert lien.get(f"/ke-hoach/{plan.pk}/").status_code == 404
    assert lien.get(plans).status_code == 404
    assert sign_in("Páo").get(f"/ke-hoach/{plan.pk}/dong/").status_code == 403  # reads the branch, plans at home only
    assert inh.post(f"/ke-hoach/{plan.pk}/bo/", {"why": "typed_wrong"}).status_code == 302
    assert heading(page(inh, plans)) == "Chưa có kế hoạch nào"


def test_a_numbered_plan_is_in_the_register(office: Office, sign_in: SignIn) -> None:
    plan, nhung = office.plan(basis=office.resolution()), sign_in("Nhung")
    office.whole(plan)
    nhung.post(f"/ke-hoach/{plan.pk}/ban-hanh/", {"on": "02/11/2026", "number": "co"})
    own = Document.objects.get(way=Document.OUT)
    assert f"/van-ban/{own.pk}/" in page(nhung, f"/ke-hoach/{plan.pk}/")


def test_a_line_nothing_measures_is_reported_done(commune: Commune, office: Office, sign_in: SignIn) -> None:
    plan, nhung = office.plan(), sign_in("Nhung")
    line = office.whole(plan, None)
    done = f"/dong-ke-hoach/{line.pk}/xong/"
    early = nhung.post(done, {"key": str(uuid.uuid4()), "on": "03/11/2026", "result": "Xong"})
    assert early.status_code == 422
    office.issue(plan)
    late = date(2027, 1, 5)
    assert [(each.kind, each.days_late) for each in owed(commune.actor("Nhung"), on=late)] == [("plan_line", 5)]
    assert done in page(nhung, f"/ke-hoach/{plan.pk}/")
    said = boxes(page(nhung, done))
    assert nhung.post(done, {**said, "result": ""}).status_code == 422
    assert nhung.post(done, {**said, "result": "Đã làm 12 km"}).status_code == 302
    assert nhung.post(done, {**said, "result": "Đã làm 12 km"}).status_code == 302  # sent twice it is one
    assert owed(commune.actor("Nhung"), on=late) == []
    text = page(nhung, f"/ke-hoach/{plan.pk}/")
    assert "Đã làm 12 km" in text
    again = nhung.post(done, {**said, "key": str(uuid.uuid4()), "result": "Nữa"})
    assert "đã báo xong" in unescape(again.content.decode())
    row = LineDone.objects.get()
    assert nhung.post(f"/dong-da-xong/{row.pk}/rut/", {"why": "typed_wrong"}).status_code == 302
    assert "Đang làm" in page(nhung, f"/ke-hoach/{plan.pk}/")
    measured = office.whole(office.plan())
    refused = nhung.post(f"/dong-ke-hoach/{measured.pk}/xong/", {**said, "key": str(uuid.uuid4()), "result": "Xong"})
    assert refused.status_code == 422
