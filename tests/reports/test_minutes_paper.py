"""Biên bản: what the Word file says is what was sealed."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from chibo.reports.paper.minutes import minutes_docx
from chibo.reports.paper.sentences import vote_sentence
from tests.commune import Commune
from tests.reports.reading import lines, opened, part, rows, text, the
from tests.reports.sealed import bare_evening, full_evening, task


def drawn(content: dict[str, Any], layout: str = "hd05", outline: str = "hd42", **more: Any) -> bytes:
    return minutes_docx(content, layout=layout, outline=outline, **more)


def test_a_closed_meeting_is_told_field_by_field(commune: Commune) -> None:
    key, old = uuid.uuid4(), uuid.uuid4()
    october = commune.meeting(month=date(2026, 10, 1))
    commune.close(october, **{f"task__{old}": "Nạo vét kênh mương", f"owner__{old}": str(commune.person("Hoa").pk)})
    meeting = commune.meeting()
    commune.mark(meeting, "Khiêm", "absent", "đi công tác")
    commune.mark(meeting, "Hoa", "absent")
    minutes = commune.close(
        meeting, writer=str(commune.person("Duyên").pk), dues_paid="9", dues_due="10", dues_amount="181000",
        conclusion="Sửa đường trước mùa mưa", vote_for="5", vote_against="1",
        **{f"task__{key}": "Sửa đường", f"owner__{key}": str(commune.person("Ún").pk), f"due__{key}": "05/12/2026",
           f"result__{old}": "not_done", f"cause__{old}": "mưa nhiều ngày"},
    )  # fmt: skip
    paper = drawn(minutes.content, minutes.layout, minutes.outline)
    said = text(paper)
    for line in [
        "ĐẢNG BỘ XÃ HUỔI LAM", "CHI BỘ BẢN NÀ LỐC", "*", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 02-BB/CB",
        "Huổi Lam, ngày 03 tháng 11 năm 2026", "BIÊN BẢN", "sinh hoạt chi bộ thường kỳ tháng 11 năm 2026", "-----",
        "Hôm nay, vào hồi 19 giờ 30 phút, ngày 03 tháng 11 năm 2026, tại Nhà văn hóa bản nà lốc, Chi bộ bản Nà Lốc "
        "tổ chức sinh hoạt thường kỳ tháng 11 năm 2026, cụ thể như sau:",
        "1. Đảng viên của Chi bộ: Tổng số 10 đồng chí (chính thức 09, dự bị 01); được miễn công tác và sinh hoạt đảng "
        "01 đồng chí; số phải dự sinh hoạt 09 đồng chí.",
        "- Có mặt: 07/09 đồng chí, đạt 77,8% (chính thức 06 đồng chí, dự bị 01 đồng chí).",
        "- Vắng mặt: 02 đồng chí. Có lý do 01 đồng chí: đồng chí Hà Văn Khiêm (đi công tác). "
        "Vắng không có lý do: 01 đồng chí: đồng chí Cà Thị Hoa.",
        "2. Chủ trì: Đồng chí Lò Văn Inh, Bí thư Chi bộ.",
        "3. Thư ký: Đồng chí Vì Thị Duyên, Phó bí thư Chi bộ.",
        "- Thông báo tình hình nộp đảng phí: 09/10 đồng chí đã nộp đảng phí, số tiền 181.000 đồng, đạt 90%.",
        "Đồng chí Lò Văn Inh báo cáo: trong 01 nhiệm vụ đề ra, Chi bộ hoàn thành 0/01 nhiệm vụ, đạt 0%; "
        "còn 01 nhiệm vụ chưa hoàn thành.",
        "- Chưa hoàn thành: Nạo vét kênh mương (đồng chí Cà Thị Hoa); chưa làm; nguyên nhân: mưa nhiều ngày.",
        "- Sửa đường trước mùa mưa.",
        "2. Biểu quyết: Chi bộ biểu quyết thông qua kết luận và nhiệm vụ được phân công: "
        "05/06 đảng viên chính thức có mặt tán thành, đạt 83,3% (05/08 số được triệu tập, đạt 62,5%); "
        "không tán thành 01 đồng chí.",
    ]:  # fmt: skip
        assert line in said.split("\n"), line
    assert rows(opened(paper).tables[1]) == [
        ["TT", "Nhiệm vụ", "Đảng viên thực hiện", "Thời hạn"],
        ["1", "Sửa đường", "Tòng Văn Ún", "05/12/2026"],
    ]
    signatures = rows(opened(paper).tables[-1])
    assert signatures == [["NGƯỜI GHI BIÊN BẢN\n\n\n\n\nVì Thị Duyên", "CHỦ TRÌ HỘI NGHỊ\n\n\n\n\nLò Văn Inh"]]


def test_the_sample_evening_reads_as_the_sample() -> None:
    said = text(drawn(full_evening())).split("\n")
    for line in [
        "1. Đảng viên của Chi bộ: Tổng số 24 đồng chí (chính thức 22, dự bị 02); được miễn công tác và sinh hoạt đảng "
        "02 đồng chí; sinh hoạt tạm thời ở nơi khác 01 đồng chí; số phải dự sinh hoạt 21 đồng chí.",
        "- Có mặt: 19/21 đồng chí, đạt 90,5% (chính thức 17 đồng chí, dự bị 02 đồng chí).",
        "- Vắng mặt: 02 đồng chí, đều có lý do: đồng chí Hà Văn Quyết (điều trị tại Bệnh viện Đa khoa tỉnh); "
        "đồng chí Lường Thị Hoa (đưa con đi khám bệnh). Vắng không có lý do: 0.",
        "Đồng chí Lò Văn Thịnh báo cáo: trong 06 nhiệm vụ đề ra, Chi bộ hoàn thành 05/06 nhiệm vụ, đạt 83,3%; "
        "còn 01 nhiệm vụ chưa hoàn thành.",
        "3. Đánh giá chất lượng sinh hoạt: Chi bộ tự chấm điểm: thời gian 5/5 điểm; chuẩn bị nội dung 9/10 điểm; "
        "kết thúc không áp dụng. Tổng số: 86/95 điểm, tự xếp loại: Tốt.",
        "Mốc sổ ghi: 12:0123456789abcdef",
    ]:
        assert line in said, line


def test_headings_number_themselves_and_empty_ones_are_left_out() -> None:
    full, bare = lines(drawn(full_evening())), lines(drawn(bare_evening()))
    roman = [line for line in full if line.startswith("I")]
    assert roman == ["I- THÀNH PHẦN", "II- NỘI DUNG VÀ DIỄN BIẾN", "III- KẾT LUẬN VÀ BIỂU QUYẾT"]
    assert [line for line in bare if line.startswith("I")] == roman[:2]
    assert [line.partition(":")[0] for line in full if line[:2] in {f"{n}." for n in range(1, 10)}] == [
        "1. Đảng viên của Chi bộ", "2. Đại biểu cấp trên", "3. Chủ trì", "4. Thư ký",
        "1. Mở đầu", "2. Đánh giá kết quả thực hiện nhiệm vụ kỳ trước", "3. Thông tin, định hướng tư tưởng",
        "4. Dự thảo nhiệm vụ tháng 10 và thảo luận", "5. Tự phê bình và phê bình", "6. Giải đáp kiến nghị",
        "1. Kết luận, phân công nhiệm vụ", "2. Biểu quyết", "3. Đánh giá chất lượng sinh hoạt",
    ]  # fmt: skip
    assert "2. " not in "".join(bare)


def test_nothing_recorded_is_nothing_claimed() -> None:
    said = text(drawn(bare_evening()))
    assert "- Vắng mặt: 0. Vắng không có lý do: 0." in said
    for word in ("Biểu quyết", "đảng phí", "kiến nghị", "tự phê bình", "Mốc sổ", "đại biểu", "tại "):
        assert word not in said.replace("điểm danh", ""), word


def test_the_outline_of_2018_has_no_dues_and_no_score() -> None:
    old, new = text(drawn(full_evening(), outline="hd12")), text(drawn(full_evening()))
    assert "đảng phí: 24/24" in new and "đảng phí: 24/24" not in old
    assert "Đánh giá chất lượng" in new and "Đánh giá chất lượng" not in old


@pytest.mark.parametrize(
    ("kind", "abstract", "body"),
    [
        ("thematic", "sinh hoạt chuyên đề quý IV năm 2026", "Chi bộ"),
        ("extraordinary", "sinh hoạt chi bộ bất thường", "Chi bộ"),
        ("cell_committee", "họp chi ủy tháng 10 năm 2026", "Chi ủy"),
        ("committee", "hội nghị Ban Chấp hành Đảng bộ", "Ban Chấp hành"),
        ("standing", "hội nghị Ban Thường vụ Đảng ủy", "Ban Thường vụ"),
    ],
)
def test_each_kind_of_meeting_has_its_name(kind: str, abstract: str, body: str) -> None:
    content = full_evening()
    content["meeting"] = content["meeting"] | {"kind": kind, "theme": "Nêu gương giữ vệ sinh môi trường"}
    said = lines(drawn(content))
    place = said.index("BIÊN BẢN")
    assert said[place + 1 : place + 3] == [abstract, "Nêu gương giữ vệ sinh môi trường"]
    assert f"{body} đã tiến hành tự phê bình và phê bình." in said


def test_a_committee_issues_in_its_own_name() -> None:
    unit = {"name": "Đảng bộ xã Xuân Mộc", "parent": "Đảng bộ tỉnh Thượng Lam", "place": "Xuân Mộc", "symbol": "ĐU"}
    content = full_evening(unit=unit)
    content["meeting"] = content["meeting"] | {"kind": "standing"}
    said = lines(drawn(content))
    assert said[:4] == ["ĐẢNG BỘ TỈNH THƯỢNG LAM", "ĐẢNG ỦY XÃ XUÂN MỘC", "*", "ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert "Số 21-BB/ĐU" in said


def test_an_unsure_rule_is_printed_with_its_document() -> None:
    said = text(drawn(full_evening(remarks=["Buổi này 30 phút, ngắn hơn mức 90 phút."])))
    assert "Căn cứ cần đối chiếu bản gốc: Thể thức văn bản theo Hướng dẫn số 05-HD/VPTW, ngày 27/05/2026" in said
    assert "độ chắc chắn thấp" in said  # the frame of the score
    assert "Lưu ý: Buổi này 30 phút, ngắn hơn mức 90 phút." in said


def test_closing_seals_the_unsure_rules(commune: Commune) -> None:
    content = commune.close(commune.meeting()).content
    assert [rule["label"] for rule in content["rests_on"]] == ["Thể thức văn bản", "Nội dung biên bản sinh hoạt chi bộ"]


def test_corrections_stand_on_a_page_of_their_own() -> None:
    note = {"text": "Số hộ là 16 & không phải <15>", "at": "2026-10-05T02:00:00+00:00", "by_name": "Lò Văn Thịnh"}
    without, with_it = lines(drawn(full_evening())), lines(drawn(full_evening(), notes=[note]))
    assert with_it[: len(without)] == without
    assert with_it[len(without) :] == [
        "ĐÍNH CHÍNH", "(kèm theo Biên bản số\u00a021-BB/CB, ngày 03/10/2026)", "-----",
        "9 giờ 00 phút, ngày 05/10/2026, đồng chí Lò Văn Thịnh: Số hộ là 16 & không phải <15>.",
    ]  # fmt: skip
    assert len(opened(drawn(full_evening(), notes=[note])).sections) == 2


@pytest.mark.parametrize("nasty", ["A & B <b>{{ x }}</b> {% y %} ]]>", "x\x00\x0b\ufffe\ud800y", "Nguyễn " * 200,
                                   "dòng 1\r\n\r\n- dòng 2\tcột", "Nguye\u0302\u0303n"])  # fmt: skip
def test_text_is_data(nasty: str) -> None:
    content = full_evening(
        guests=nasty, focal=nasty, discussion=nasty, conclusion=nasty, information=nasty, petitions=nasty,
        tasks=[task(nasty, nasty, None)], chair={"name": nasty, "post": nasty},
        unit={"name": f"Chi bộ {nasty}", "parent": nasty, "place": nasty, "symbol": "CB"},
    )  # fmt: skip
    said = text(drawn(content))
    for word in nasty.replace("\x00\x0b\ufffe\ud800", "").replace("Nguye\u0302\u0303n", "Nguyễn").split():
        assert word.lstrip("-") in said


def test_the_same_evening_is_the_same_file() -> None:
    assert drawn(full_evening()) == drawn(full_evening())
    assert drawn(full_evening()) != drawn(full_evening(), layout="hd36")


def test_the_file_names_no_program_and_no_person() -> None:
    paper = drawn(full_evening())
    core = part(paper, "docProps/core.xml")
    assert "Chi bộ bản Nà Lốc" in core and "2026-10-03" in core
    assert "python" not in core and "Thịnh" not in core
    assert opened(paper).core_properties.title == "Biên bản sinh hoạt chi bộ thường kỳ tháng 10 năm 2026"


def test_a_long_name_breaks_by_words_and_stays_whole() -> None:
    name = "Chi bộ Trường Phổ thông Dân tộc bán trú Trung học cơ sở Nậm Hin Thượng"
    paper = drawn(full_evening(unit={"name": name, "parent": "Đảng bộ xã X", "place": "X", "symbol": "CB"}))
    assert the(paper, "CHI BỘ").text == name.upper()


def test_an_unknown_layout_is_an_error() -> None:
    with pytest.raises(KeyError):
        drawn(full_evening(), layout="../hd05")


def test_what_did_not_carry_is_voted_on_and_not_passed(commune: Commune) -> None:
    meeting = commune.meeting()
    minutes = commune.close(meeting, conclusion="Sửa đường trước mùa mưa", vote_for="4", vote_against="3")
    said = text(drawn(minutes.content, minutes.layout, minutes.outline))
    assert "Chi bộ biểu quyết về kết luận và nhiệm vụ được phân công: 04/08 đảng viên chính thức có mặt" in said
    assert "thông qua kết luận" not in said


def test_a_vote_is_told_of_those_present_and_of_those_called() -> None:
    vote = {"for": 6, "against": 0, "blank": 0, "base": 6, "called": 8}
    assert vote_sentence(vote) == (
        "06/06 đảng viên chính thức có mặt tán thành, đạt 100% (06/08 số được triệu tập, đạt 75%)"
    )
    assert vote_sentence({**vote, "called": 6}) == "06/06 đảng viên chính thức có mặt tán thành, đạt 100%"
    assert vote_sentence({**vote, "called": 6}, of_members=False) == "06/06 ủy viên có mặt tán thành, đạt 100%"


def test_minutes_typed_for_the_cell_say_who_told_typed_and_confirmed() -> None:
    content = full_evening() | {"helped": {"told_by": "Lò Văn Inh", "typed_by": "Quàng Thị Nhung"}}
    told = "Đồng chí Quàng Thị Nhung ghi giúp, theo lời đồng chí Lò Văn Inh"
    at = "2026-11-04T01:30:00+00:00"
    for confirmed, words in (
        (None, "chưa có đồng chí nào của chi bộ xác nhận."),
        (
            {"name": "Vì Thị Duyên", "on_paper": False, "at": at},
            "đồng chí Vì Thị Duyên đã xác nhận trên Chibo, ngày 04/11/2026.",
        ),
        (
            {"name": "Vì Thị Duyên", "on_paper": True, "at": at},
            "đồng chí Vì Thị Duyên đã ký bản giấy, ngày 04/11/2026.",
        ),
    ):
        assert f"{told}; {words}" in text(drawn(content, confirmed=confirmed))
