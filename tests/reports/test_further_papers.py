"""Nghị quyết, giấy mời, danh sách điểm danh, biên bản ghi tay, nội dung sổ tay."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from chibo.meetings.operations import add_note
from chibo.meetings.queries import meeting_view
from chibo.reports.paper.by_hand import blank_minutes_docx, roll_docx
from chibo.reports.paper.handbook import handbook_text
from chibo.reports.paper.invitation import invitation_docx
from chibo.reports.paper.resolution import resolution_docx
from chibo.reports.preparing import before_content
from tests.commune import EVENING, Commune
from tests.reports.reading import lines, opened, rows, text, the
from tests.reports.sealed import bare_evening, before, full_evening, resolution


def test_a_resolution_says_what_the_sealed_minutes_say(commune: Commune) -> None:
    key = uuid.uuid4()
    minutes = commune.close(
        commune.meeting(), resolution="yes", conclusion="Sửa đường trước mùa mưa", vote_for="8",
        **{f"task__{key}": "Sửa đường", f"owner__{key}": str(commune.person("Ún").pk)},
    )  # fmt: skip
    row = minutes.resolution
    paper = resolution_docx(row.content, layout=row.layout)
    said = lines(paper)
    for line in [
        "Số 01-NQ/CB", "NGHỊ QUYẾT", "lãnh đạo thực hiện nhiệm vụ tháng 11 năm 2026", 
        "I- NHIỆM VỤ TRỌNG TÂM THÁNG 11/2026", "- Sửa đường trước mùa mưa.", "II- PHÂN CÔNG VÀ TỔ CHỨC THỰC HIỆN",
        "Nghị quyết này được Chi bộ thông qua tại kỳ họp ngày 03/11/2026, với 08/08 đảng viên chính thức có mặt "
        "tán thành, đạt 100%.",
    ]:  # fmt: skip
        assert line in said, line
    assert rows(opened(paper).tables[1])[1] == ["1", "Sửa đường", "Tòng Văn Ún", ""]
    assert "Trích từ Biên bản số\u00a001-BB/CB, ngày 03/11/2026." in said


def test_the_resolution_is_signed_for_the_cell_and_goes_to_the_committee_above() -> None:
    paper = resolution_docx(resolution(), layout="hd05")
    left, right = opened(paper).tables[-1].rows[0].cells
    assert [p.text for p in left.paragraphs] == [
        "Nơi nhận:", "- Đảng ủy xã Xuân Mộc (để báo cáo);", "- Đảng viên Chi bộ (để thực hiện);", "- Lưu Chi bộ.",
    ]  # fmt: skip
    assert [p.text for p in right.paragraphs if p.text] == ["T/M CHI BỘ", "BÍ THƯ", "Lò Văn Thịnh"]
    label = left.paragraphs[0].runs[0]
    assert label.underline and not label.bold and label.font.size.pt == 14  # rule 9.15
    assert left.paragraphs[1].runs[0].font.size.pt == 12
    assert right.paragraphs[0].runs[0].bold and not right.paragraphs[1].runs[0].bold


def test_a_deputy_signs_for_the_body_under_their_own_post() -> None:
    chair = {"name": "Vì Thị Duyên", "post": "Phó bí thư chi bộ"}
    paper = resolution_docx(resolution(chair=chair), layout="hd05")
    right = opened(paper).tables[-1].rows[0].cells[1]
    assert [p.text for p in right.paragraphs if p.text] == ["T/M CHI BỘ", "PHÓ BÍ THƯ", "Vì Thị Duyên"]
    assert "K/T" not in text(paper)


def test_a_thematic_resolution_is_about_its_theme() -> None:
    meeting = full_evening()["meeting"] | {"kind": "thematic", "theme": "Nêu gương giữ vệ sinh môi trường"}
    assert "về nêu gương giữ vệ sinh môi trường" in lines(resolution_docx(resolution(meeting=meeting), layout="hd05"))


def test_what_is_known_before_a_meeting(commune: Commune) -> None:
    key = uuid.uuid4()
    commune.close(commune.meeting(month=date(2026, 10, 1)), **{f"task__{key}": "Nạo vét mương"})
    meeting = commune.meeting()
    commune.mark(meeting, "Khiêm", "absent", "đi công tác")
    known = before_content(meeting_view(meeting), on=date(2026, 11, 1))
    assert known["signer"] == {"name": "Lò Văn Inh", "post": "Bí thư chi bộ"}
    assert [task["text"] for task in known["tasks"]] == ["Nạo vét mương"]
    assert {p["name"]: p["reason"] for p in known["roll"]}["Hà Văn Khiêm"] == "đi công tác"
    assert {p["name"]: p["why_not"] for p in known["roll"]}["Vì Văn Hặc"] == "exempt"
    assert len(known["roll"]) == 10 and len(known["score"]) == 8


def test_an_invitation_says_what_when_where_and_is_not_numbered() -> None:
    said = lines(invitation_docx(before(), layout="hd05"))
    for line in [
        "Số \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0-GM/CB", "GIẤY MỜI", "dự sinh hoạt chi bộ thường kỳ tháng 11 năm 2026",
        "- Thời gian: 19 giờ 30 phút, ngày 05 tháng 11 năm 2026 (thứ Năm).", "- Buổi này dời từ ngày 03/11/2026.",
        "- Địa điểm: Nhà văn hóa bản Nà Lốc.", "- Tài liệu: Kế hoạch số 46-KH/ĐU; Dự thảo nghị quyết tháng 11.",
        "Xuân Mộc, ngày 01 tháng 11 năm 2026",
    ]:  # fmt: skip
        assert line in said, line


def test_the_roll_has_everybody_by_given_name_and_room_to_sign() -> None:
    paper = roll_docx(before(), layout="hd05")
    table = rows(opened(paper).tables[1])
    assert [row[1] for row in table[1:]] == [person["name"] for person in before()["roll"]]
    assert table[2][5] == "đi công tác" and table[5][5] == "miễn sinh hoạt"
    assert all(row[-1] == "" for row in table[1:])
    assert "Tổng số 05 đồng chí; phải dự 04 đồng chí; có mặt" in text(paper)


def test_blank_minutes_hold_what_is_known_and_leave_lines_for_the_rest() -> None:
    paper = blank_minutes_docx(before(), layout="hd05")
    said = lines(paper)
    assert sum(line == "\t" for line in said) > 25
    assert "\u00a0-BB/CB" in the(paper, "Số ").text and "ngày 05 tháng 11 năm 2026" in text(paper)
    tables = [rows(table) for table in opened(paper).tables]
    assert ["1", before()["tasks"][0]["text"], "Vì Văn Dũng", "20/10/2026", ""] in [row for t in tables for row in t]
    assert ["", "Tổng số", "15", ""] in [row for table in tables for row in table]


def test_the_handbook_text_is_plain_and_whole() -> None:
    raw = handbook_text(full_evening())
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
    said = raw.decode("utf-8-sig").split("\r\n")
    for line in ["[KẾT LUẬN]", "Công khai danh sách hộ đăng ký.", "Từ 19 giờ 30 phút đến 21 giờ 15 phút", "Số 21-BB/CB",
                 "Có mặt: 19/21 đồng chí, đạt 90,5% (chính thức 17 đồng chí, dự bị 02 đồng chí).",
                 "[TỰ PHÊ BÌNH VÀ PHÊ BÌNH]", "Đã thực hiện"]:  # fmt: skip
        assert line in said, line
    sent = {"dues": {"paid": 9, "due": 10, "amount": 181000}, "papers": {"list": "Kế hoạch", "sent_on": "2026-11-01"}}
    said = handbook_text(bare_evening() | sent).decode("utf-8-sig").split("\r\n")
    assert "9/10 đảng viên đã đóng, 181.000 đồng" in said and "Kế hoạch; gửi ngày 01/11/2026" in said
    assert "[ĐẠI BIỂU]" not in handbook_text(bare_evening()).decode("utf-8-sig")


@pytest.mark.parametrize("draw", [invitation_docx, roll_docx, blank_minutes_docx])
def test_nothing_known_still_makes_a_paper(draw: Any) -> None:
    meeting = before()["meeting"] | {"started": "", "venue": ""}
    nothing = before(meeting=meeting, signer={"name": "", "post": ""}, focal="", papers="", agenda=[],
                     roll=[], tasks=[], score=[], rests_on=[])  # fmt: skip
    assert "tại " not in text(draw(nothing, layout="hd36"))
    assert draw(nothing, layout="hd36") == draw(nothing, layout="hd36")


def test_papers_come_as_files_under_their_names(commune: Commune, client: Client) -> None:
    client.force_login(commune.account("Inh"))
    meeting = commune.meeting()
    for name, file in [("giay-moi", "giay-moi-2026-11-03.docx"), ("diem-danh", "diem-danh-2026-11-03.docx"),
                       ("ghi-tay", "bien-ban-ghi-tay-2026-11-03.docx")]:  # fmt: skip
        answer = client.get(f"/sinh-hoat/{meeting.pk}/{name}.docx")
        assert file in answer["Content-Disposition"]
        assert answer.content[:2] == b"PK"
    assert f"/sinh-hoat/{meeting.pk}/ghi-tay.docx" in client.get(f"/sinh-hoat/{meeting.pk}/").content.decode()
    minutes = commune.close(meeting, resolution="yes", conclusion="Nhất trí")
    add_note(minutes, "Sửa một chữ", key=uuid.uuid4(), at=EVENING, by=commune.actor("Inh"), by_name="Lò Văn Inh")
    answer = client.get(f"/sinh-hoat/{meeting.pk}/bien-ban.docx")
    assert "bien-ban-01-2026-11-03.docx" in answer["Content-Disposition"]
    assert "ĐÍNH CHÍNH" in text(answer.content)
    assert "nghi-quyet-01-2026-11-03.docx" in client.get(f"/sinh-hoat/{meeting.pk}/nghi-quyet.docx")[
        "Content-Disposition"]  # fmt: skip
    page = client.get(f"/sinh-hoat/{meeting.pk}/").content.decode()
    for name in ("bien-ban.docx", "nghi-quyet.docx", "so-tay.txt"):
        assert f"/sinh-hoat/{meeting.pk}/{name}" in page


def test_a_meeting_without_a_resolution_has_no_such_paper(commune: Commune, client: Client) -> None:
    client.force_login(commune.account("Inh"))
    meeting = commune.meeting()
    commune.close(meeting)
    assert client.get(f"/sinh-hoat/{meeting.pk}/nghi-quyet.docx").status_code == 404
    assert "nghi-quyet.docx" not in client.get(f"/sinh-hoat/{meeting.pk}/").content.decode()
