"""Which documents a text names: exact where the office would copy it, silent where a number only belongs to a name."""

from __future__ import annotations

import unicodedata
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.directives.citing import citations

NOTHING = {"number": None, "year": None, "symbol": None, "issuer": None, "date": None, "term": {}}
Row = dict[str, Any]


def read(text: str) -> list[Row]:
    """What was found, each checked to stand where it says."""
    found = [each.told() for each in citations(text)]
    for row in found:
        assert text[row.pop("start") : row.pop("end")] == row["text"]
        row["term"] = {name: value for name, value in row["term"].items() if value}
    return found


def row(kind: str, text: str, **said: Any) -> Row:
    return {**NOTHING, "kind": kind, "text": text, **said}


# Shapes in which offices write; the sentences around them are invented.
CITED: dict[str, list[Row]] = {
    "Sơ kết Nghị quyết số 02-NQ/TU ngày 21/1/2021 của Ban Chấp hành Đảng bộ tỉnh về cơ sở.": [
        row("nghị quyết", "Nghị quyết số 02-NQ/TU ngày 21/1/2021 của Ban Chấp hành Đảng bộ tỉnh",
            number="02", symbol="NQ/TU", issuer="TU", date="2021-01-21")],
    "Nhắc lại Chỉ thị số 10 của Ban Bí thư (khóa X) và Hướng dẫn số 09 của Ban Tổ chức Trung ương về sinh hoạt.": [
        row("chỉ thị", "Chỉ thị số 10 của Ban Bí thư (khóa X)", number="10", issuer="Ban Bí thư", term={"khoa": "X"}),
        row("hướng dẫn", "Hướng dẫn số 09 của Ban Tổ chức Trung ương", number="09", issuer="Ban Tổ chức Trung ương")],
    "Theo Thông báo số 30-TB/BCĐ ngày 29/11/2021 của Ban Chỉ đạo 32 Tỉnh ủy, các nơi tự giám sát.": [
        row("thông báo", "Thông báo số 30-TB/BCĐ ngày 29/11/2021 của Ban Chỉ đạo 32 Tỉnh ủy",
            number="30", symbol="TB/BCĐ", issuer="BCĐ", date="2021-11-29")],
    "Xã làm theo Kế hoạch số 82-KH/TU, ngày 20 tháng 01 năm 2022 của Ban Thường vụ Tỉnh ủy.": [
        row("kế hoạch", "Kế hoạch số 82-KH/TU, ngày 20 tháng 01 năm 2022 của Ban Thường vụ Tỉnh ủy",
            number="82", symbol="KH/TU", issuer="TU", date="2022-01-20")],
    "Nêu ở Kết luận số 21-KL/TW của Ban Chấp hành Trung ương khóa XIII, học trong quý.": [
        row("kết luận", "Kết luận số 21-KL/TW của Ban Chấp hành Trung ương khóa XIII",
            number="21", symbol="KL/TW", issuer="TW", term={"khoa": "XIII"})],
    "Căn cứ Nghị quyết số 22/2019/NQ–HĐND ngày 17/10/2019 của HĐND tỉnh.": [
        row("nghị quyết", "Nghị quyết số 22/2019/NQ–HĐND ngày 17/10/2019 của HĐND tỉnh",
            number="22", year="2019", symbol="NQ-HĐND", issuer="HĐND", date="2019-10-17")],
    "Căn cứ Quyết định số 1630/QĐ - TTg ngày 28/9/2021; Nghị định số 33/2023/NÐ-CP.": [
        row("quyết định", "Quyết định số 1630/QĐ - TTg ngày 28/9/2021",
            number="1630", symbol="QĐ-TTg", issuer="TTg", date="2021-09-28"),
        row("nghị định", "Nghị định số 33/2023/NÐ-CP", number="33", year="2023", symbol="NĐ-CP", issuer="CP")],
    "Học Nghị quyết Trung ương 4 (khóa XI, XII) trong hai buổi.": [
        row("nghị quyết", "Nghị quyết Trung ương 4 (khóa XI, XII)", issuer="Ban Chấp hành Trung ương",
            term={"plenum": "4", "khoa": "XI"}),
        row("nghị quyết", "Nghị quyết Trung ương 4 (khóa XI, XII)", issuer="Ban Chấp hành Trung ương",
            term={"plenum": "4", "khoa": "XII"})],
    "Nghị quyết Trung ương 4 khóa XI, Trung ương 4 khóa XII": [
        row("nghị quyết", "Nghị quyết Trung ương 4 khóa XI", issuer="Ban Chấp hành Trung ương",
            term={"plenum": "4", "khoa": "XI"}),
        row("nghị quyết", "Trung ương 4 khóa XII", issuer="Ban Chấp hành Trung ương",
            term={"plenum": "4", "khoa": "XII"})],
    "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XI": [
        row("nghị quyết", "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XI",
            issuer="Ban Chấp hành Trung ương", term={"plenum": "4", "khoa": "XI"})],
    "Nghị quyết số 21-NQ/TW, ngày 16/6/2022, Hội nghị lần thứ năm BCH Trung ương khóa XIII về cơ sở": [
        row("nghị quyết", "Nghị quyết số 21-NQ/TW, ngày 16/6/2022, Hội nghị lần thứ năm BCH Trung ương khóa XIII",
            number="21", symbol="NQ/TW", issuer="TW", date="2022-06-16", term={"plenum": "5", "khoa": "XIII"})],
    "Theo Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng, Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XII.": [
        row("nghị quyết", "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
            issuer="Đại hội đại biểu toàn quốc", term={"congress": "XIII"}),
        row("nghị quyết", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XII", issuer="Đại hội Đảng bộ tỉnh",
            term={"congress": "XII"})],
    "nêu trong nghị quyết đại hội đảng bộ các cấp nhiệm kỳ 2020 - 2025 và các năm": [
        row("nghị quyết", "nghị quyết đại hội đảng bộ các cấp nhiệm kỳ 2020 - 2025",
            issuer="đại hội đảng bộ các cấp", term={"years": "2020-2025"})],
    "Nghị quyết Đại hội Đảng bộ xã lần thứ XXI, nhiệm kỳ 2025–2030": [
        row("nghị quyết", "Nghị quyết Đại hội Đảng bộ xã lần thứ XXI, nhiệm kỳ 2025–2030",
            issuer="Đại hội Đảng bộ xã", term={"congress": "XXI", "years": "2025-2030"})],
    "theo Chiến lược phát triển kinh tế - xã hội 10 năm 2021 - 2030.": [
        row("chiến lược", "Chiến lược phát triển kinh tế - xã hội 10 năm 2021 - 2030", term={"years": "2021-2030"})],
    "Học Điều lệ Đảng, Cương lĩnh chính trị, Luật Lâm nghiệp và Luật Thủy sản…": [
        row("điều lệ", "Điều lệ Đảng"), row("cương lĩnh", "Cương lĩnh chính trị"), row("luật", "Luật Lâm nghiệp"),
        row("luật", "Luật Thủy sản")],
    "Luật Hôn nhân và gia đình; Luật Phòng, chống ma túy; Luật Đất đai số 31/2024/QH15; Hiến pháp năm 2013": [
        row("luật", "Luật Hôn nhân và gia đình"), row("luật", "Luật Phòng, chống ma túy"),
        row("luật", "Luật Đất đai số 31/2024/QH15", number="31", year="2024", symbol="QH15", issuer="QH"),
        row("hiến pháp", "Hiến pháp năm 2013", year="2013")],
    "vi phạm những điều đảng viên không được làm": [row("quy định", "những điều đảng viên không được làm")],
    "Quy định số 37-QĐ/TW về những điều đảng viên không được làm": [
        row("quy định", "Quy định số 37-QĐ/TW", number="37", symbol="QĐ/TW", issuer="TW")],
    "Kết luận số 210-KL/TW, 221-KL/TW và 224-KL/TW; Công văn 123/UBND-NV": [
        row("kết luận", "Kết luận số 210-KL/TW", number="210", symbol="KL/TW", issuer="TW"),
        row("kết luận", "221-KL/TW", number="221", symbol="KL/TW", issuer="TW"),
        row("kết luận", "224-KL/TW", number="224", symbol="KL/TW", issuer="TW"),
        row("công văn", "Công văn 123/UBND-NV", number="123", symbol="UBND-NV", issuer="UBND")],
    "Kế hoạch số 82-KH/TU đã gửi. Kế hoạch 82 giao việc, Nghị quyết 02 thì chưa.": [
        row("kế hoạch", "Kế hoạch số 82-KH/TU", number="82", symbol="KH/TU", issuer="TU"),
        row("kế hoạch", "Kế hoạch 82", number="82"), row("nghị quyết", "Nghị quyết 02", number="02")],
    "Chi bộ ra Nghị quyết chuyên đề số 05-NQ/CB ngày 3.3.2023": [
        row("nghị quyết", "Nghị quyết chuyên đề số 05-NQ/CB ngày 3.3.2023", number="05", symbol="NQ/CB", issuer="CB",
            date="2023-03-03")],
    "NGHỊ QUYẾT SỐ 09 - NQ/HU NGÀY 01/02/2021": [
        row("nghị quyết", "NGHỊ QUYẾT SỐ 09 - NQ/HU NGÀY 01/02/2021", number="09", symbol="NQ/HU", issuer="HU",
            date="2021-02-01")],
    "Thông báo kết luận số 74-TB/TW, Hướng dẫn liên tịch số 05-HDLT/BTC-BTG. Thông tri số 22-TT/TU": [
        row("thông báo", "Thông báo kết luận số 74-TB/TW", number="74", symbol="TB/TW", issuer="TW"),
        row("hướng dẫn liên tịch", "Hướng dẫn liên tịch số 05-HDLT/BTC-BTG", number="05", symbol="HDLT/BTC-BTG",
            issuer="BTC-BTG"),
        row("thông tri", "Thông tri số 22-TT/TU", number="22", symbol="TT/TU", issuer="TU")],
    "Nghị quyết số 18, 19 của Hội nghị Trung ương 6 (khóa XII); Kết luận 64 KL/TW": [
        row("nghị quyết", "Nghị quyết số 18", number="18", issuer="Ban Chấp hành Trung ương",
            term={"plenum": "6", "khoa": "XII"}),
        row("nghị quyết", "19 của Hội nghị Trung ương 6 (khóa XII)", number="19",
            issuer="Ban Chấp hành Trung ương", term={"plenum": "6", "khoa": "XII"}),
        row("kết luận", "Kết luận 64 KL/TW", number="64", symbol="KL/TW", issuer="TW")],
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;": [
        row("luật", "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", date="2025-06-16")],
    "ngày không có: Chỉ thị số 05-CT/TW ngày 31/02/2021": [
        row("chỉ thị", "Chỉ thị số 05-CT/TW", number="05", symbol="CT/TW", issuer="TW")],
}  # fmt: skip
NOT_CITED = [
    "Ban Chỉ đạo 32 Tỉnh ủy", "chi bộ bản Púng Giắt 1", "chợ ở tiểu khu 8, tiểu khu 4", "dịch bệnh Covid-19",
    "05 đồng chí dự", "dọc Quốc lộ 6", "ghi vào Mẫu 2-KNĐ, Biểu 1-TCTW", "Chương trình 135, Dự án 661",
    "Đồn Biên phòng 409", "báo cáo 6 tháng", "kế hoạch 5 năm 2021 - 2025", "ra nghị quyết 12 tháng",
    "Kết luận 12,5 tỷ đồng sai phạm", "Quyết định 150 hộ được hỗ trợ", "Chỉ thị bằng miệng", "Nghị quyết 2021",
    "thực hiện nghị quyết đại hội", "các nghị quyết, chỉ thị của cấp trên", "luật tục của bản", "Đề án 06", "",
    "điều lệ hội thi", "Quyết định 10 đảng viên được khen", "số 02, ngày 21/1/2021", "tỷ lệ 98-99%", "Tổ 5-KH",
]  # fmt: skip


@pytest.mark.parametrize("text", CITED)
def test_what_is_cited_is_read_exactly(text: str) -> None:
    assert read(text) == CITED[text]


@pytest.mark.parametrize("text", NOT_CITED)
def test_numbers_of_names_and_quantities_are_none(text: str) -> None:
    assert read(text) == []


def test_several_in_a_row_stand_in_reading_order() -> None:
    texts = [text for text in CITED if not text.startswith(("NGHỊ", "Nghị quyết Trung ương"))]
    found = read(".\n".join(text.rstrip(".…") for text in texts))
    assert [each["text"] for each in found] == [each["text"] for text in texts for each in CITED[text]]


SHORT = {"nghị quyết": "NQ", "chỉ thị": "CT", "kết luận": "KL", "quyết định": "QĐ", "hướng dẫn": "HD", "kế hoạch": "KH",
         "thông báo": "TB"}  # fmt: skip
NUMBERS = st.integers(1, 9999).map(lambda number: f"{number:02}")
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


def written(day: date, style: int) -> str:
    return [
        f"{day.day}/{day.month}/{day.year}", f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day.day}.{day.month}.{day.year}",
        f"{day.day} tháng {day.month} năm {day.year}", f"{day:%d tháng %m năm %Y}",
    ][style]  # fmt: skip


@given(kind=st.sampled_from(list(SHORT)), number=NUMBERS,
       body=st.sampled_from(["TW", "TU", "HU", "ĐU", "BTCTW", "BCĐ"]),
       day=DAYS, style=st.integers(0, 5), dash=st.sampled_from(["-", "–", " - ", " – ", "- "]),
       before=st.sampled_from(NOT_CITED), after=st.sampled_from(NOT_CITED), form=st.sampled_from(["NFC", "NFD"]),
       comma=st.booleans(), upper=st.booleans())  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_however_it_is_typed(
    kind: str, number: str, body: str, day: date, style: int, dash: str, before: str, after: str, form: str, *,
    comma: bool, upper: bool,
) -> None:  # fmt: skip
    word = kind.upper() if upper else kind.capitalize()
    cited = f"{word} số {number}{dash}{SHORT[kind]}/{body}{',' if comma else ''} ngày {written(day, style)}"
    text = unicodedata.normalize(form, f"{before}. {cited}. {after}")  # type: ignore[arg-type]
    (found,) = read(text)
    assert unicodedata.normalize("NFC", found.pop("text")) == unicodedata.normalize("NFC", cited)
    assert found == {"kind": kind, "number": number, "year": None, "symbol": f"{SHORT[kind]}/{body}", "issuer": body,
                     "date": day.isoformat(), "term": {}}  # fmt: skip


@given(st.text(alphabet=st.sampled_from("Nghị quyết số 02-NQ/TU,()khóaXIV\n 4–Ðđ"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_to_its_end(text: str) -> None:
    found = [each.told() for each in citations(text)]
    assert all(text[each["start"] : each["end"]] == each["text"] for each in found)
    assert all(one["start"] <= two["start"] for one, two in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["Nghị quyết Đại hội ", "Chỉ thị số ", "02-", "khóa X, ", "của Ban Bí thư ", "Nghị quyết "]
)
def test_no_pattern_runs_away(piece: str) -> None:
    """A long text made to mislead is read to its end; a pattern that tries every way would never get there."""
    assert [each for each in read(piece * 5000) if each["symbol"]] == []
