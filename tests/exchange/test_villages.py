"""Lists of villages: registered, known again, changed from a day, refused where they cannot be, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chibo.exchange.kinds import AREAS
from chibo.exchange.models import Intake
from chibo.exchange.operations import Preview, preview, receive, take_back, take_in
from chibo.kernel.actor import MACHINE
from chibo.ledger.models import Entry
from chibo.organisation.localities import BLANK, JOINT, MEMBERS, OWN, UNSAID, Registered, area_tags, localities_on
from chibo.organisation.models import Siting
from chibo.organisation.operations import serve_locality
from tests.commune import TODAY, Commune
from tests.conftest import refused
from tests.exchange.conftest import MORNING, said
from tests.exchange.making import a_book, a_list

Look, Take = Callable[..., Preview], Callable[..., Intake]
HEADS = ["TT", "Tên thôn, bản, TDP", "Loại", "Cụm bản", "Chi bộ phụ trách", "Hình thức", "Biên giới",
         "Đặc biệt khó khăn", "Văn bản công nhận", "Quyết định"]  # fmt: skip
PAPER = "QĐ 33/2020/QĐ-TTg"
OURS = [
    [1, "Bản Nà Lốc", "", "Cụm suối", "Chi bộ bản Nà Lốc", "", "x", "X", PAPER, "07-QĐ/ĐU"],
    [2, "Co Lót", "Bản", "Cụm suối", "nà lốc", "Chi bộ ghép", "", "QĐ 861", "", ""],
    [3, "TDP 3", "", "", "Pom Khe", "", "", "", "", ""],
    [4, "Huổi Cạn", "Thôn", "", "Chưa có", "Có đảng viên, chưa có chi bộ", "", "", "", ""],
    [5, "Pú Tửu", "Bản", "", "", "Trắng đảng viên", "", "", "", ""],
    [6, "Trường Tiểu học Huổi Lam", "", "", "", "", "", "", "", ""],
    [7, "Trạm y tế xã", "Trạm", "", "", "", "", "", "", ""],
]
LAST_MONTH = date(2026, 10, 1)


def line(name: str, kind: str = "", cluster: str = "", cell: str = "", way: str = "", border: str = "",
         hard: str = "", paper: str = "", decision: str = "") -> list[object]:  # fmt: skip
    return [1, name, kind, cluster, cell, way, border, hard, paper, decision]


def seen(commune: Commune, on: date = TODAY) -> dict[str, Registered]:
    return {row.name: row for row in localities_on(commune.commune, on, actor=commune.actor("Nhung"))}


def test_villages_are_registered_and_known_again(commune: Commune, taken: Take, looked: Look) -> None:
    data = a_list(HEADS, *OURS, title=["ĐẢNG BỘ XÃ HUỔI LAM", "DANH SÁCH THÔN, BẢN"])
    intake = taken(data, kind="villages", on=LAST_MONTH)
    assert intake.outcome["counts"] == {"new": 7, "changed": 0, "same": 0, "refused": 0}
    rows = seen(commune)
    assert {name: row.way for name, row in rows.items()} == {
        "Bản Nà Lốc": JOINT, "Bản Co Lót": JOINT, "Tổ dân phố 3": OWN, "Thôn Huổi Cạn": MEMBERS, "Bản Pú Tửu": BLANK,
        "Trường Tiểu học Huổi Lam": UNSAID, "Trạm y tế xã": UNSAID,
    }  # fmt: skip
    first = rows["Bản Nà Lốc"]
    assert (first.cluster, first.cell_id, first.siting.decision) == ("Cụm suối", commune.na_loc.pk, "07-QĐ/ĐU")
    assert {code: tag.document for code, tag in first.tags.items()} == {"border": PAPER, "hardship": PAPER}
    assert {code: tag.document for code, tag in rows["Bản Co Lót"].tags.items()} == {"hardship": "QĐ 861"}
    assert Entry.objects.filter(verb="list.taken_in", unit_id=commune.commune.pk).count() == 1
    assert not Entry.objects.filter(verb="localities.registered").exists()
    assert {v for _, v, _ in said(looked(data, kind="villages"))} == {"same"}
    assert {v for _, v, _ in said(looked(data, kind="villages", on=LAST_MONTH))} == {"same"}


def test_every_tag_of_the_book_has_its_column() -> None:
    assert set(area_tags(TODAY)) == {each.name for each in AREAS}


def test_what_differs_holds_from_the_day_of_the_list(commune: Commune, taken: Take, looked: Look) -> None:
    taken(a_list(HEADS, *OURS), kind="villages", on=LAST_MONTH)
    data = a_list(HEADS, line("Bản Nà Lốc", cluster="Cụm trung tâm", cell="Pom Khe", hard="QĐ 900"),
                  line("Pú Tửu", "Bản", way="Có đảng viên", border="x", paper=PAPER), line("Bản Co Lót"))  # fmt: skip
    assert said(looked(data, kind="villages")) == [
        (2, "changed", "Cụm, tiểu khu: Cụm suối → Cụm trung tâm, Ai phụ trách: Bản Nà Lốc → Pom Khe, "
                       f"Đặc biệt khó khăn: {PAPER} → QĐ 900"),
        (3, "changed", f"Ai phụ trách: Chưa có đảng viên → Có đảng viên, chưa có chi bộ, Biên giới:  → {PAPER}"),
        (4, "same", ""),
    ]  # fmt: skip
    taken(data, kind="villages")
    before, after = seen(commune, date(2026, 11, 4))["Bản Nà Lốc"], seen(commune)["Bản Nà Lốc"]
    assert (before.cluster, before.cell_name, before.tags["hardship"].document) == ("Cụm suối", "Bản Nà Lốc", PAPER)
    assert (after.cluster, after.cell_name, after.tags["hardship"].document) == (
        "Cụm trung tâm",
        "Bản Pom Khe",
        "QĐ 900",
    )
    assert {v for _, v, _ in said(looked(data, kind="villages"))} == {"same"}


def test_the_same_day_again_is_a_correction(commune: Commune, taken: Take) -> None:
    taken(a_list(HEADS, *OURS), kind="villages")
    taken(a_list(HEADS, line("Bản Nà Lốc", cluster="Cụm trên", cell="Pom Khe", border="QĐ 1")), kind="villages")
    row = seen(commune)["Bản Nà Lốc"]
    assert (row.cluster, row.cell_name, row.tags["border"].document) == ("Cụm trên", "Bản Pom Khe", "QĐ 1")
    withdrawn = Siting.objects.get(locality=row.locality_id, withdrawn_at__isnull=False)
    assert (withdrawn.cluster, withdrawn.withdrawn_why) == ("Cụm suối", "paper_differs")


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (line("Huổi Lẩy"), "village_kind_unknown", "C2"), (line("Huổi Lẩy", "Xóm"), "village_kind_unknown", "C2"),
        (line("Nà Lốc", "Thôn"), "village_of_other_kind", "C2"),
        (line("Bản Xa", cell="Bản Khuổi Mộc"), "unit_unknown", "E2"),
        (line("Bản Xa", cell="Đảng bộ xã Huổi Lam"), "cell_elsewhere", "E2"),
        (line("Bản Xa", way="Chi bộ ghép"), "village_cell_missing", "E2"),
        (line("Bản Xa", cell="Nà Lốc", way="Chưa có đảng viên"), "village_cell_contradicts", "F2"),
        (line("Bản Xa", cell="Chưa có"), "village_way_missing", "F2"),
        (line("Bản Xa", way="Rất tốt"), "cell_unknown_word", "F2"),
        (line("Bản Xa", border="x"), "tag_without_document", "G2"),
        (line("Bản Nà Lốc", border="x"), "tag_without_document", "I2"),
        (line("Bản 0912345678"), "looks_like_identity", "B2"), (line("Bản =1+1", cluster="nt"), "cell_ditto", "D2"),
    ],
)  # fmt: skip
def test_villages_that_cannot_be(
    commune: Commune, taken: Take, looked: Look, row: list[object], code: str, cell: str
) -> None:
    taken(a_list(HEADS, line("Bản Nà Lốc")), kind="villages")
    (draft,) = looked(a_list(HEADS, row, sheet="Thôn bản"), kind="villages").drafts
    assert [(p.refusal.code, p.cell) for p in draft.problems] == [(code, cell)]


def test_one_line_that_is_refused_does_not_hold_the_others(commune: Commune, taken: Take) -> None:
    data = a_list(HEADS, line("Bản Một"), line("Bản 0912345678"), line("bản MỘT"), line("Bản Hai"))
    intake = taken(data, kind="villages")
    assert intake.outcome["counts"] == {"new": 2, "changed": 0, "same": 0, "refused": 2}
    assert set(seen(commune)) == {"Bản Một", "Bản Hai"}


def test_a_list_of_a_province_names_the_commune(commune: Commune, looked: Look) -> None:
    heads = ["Tên thôn", "Xã", "Chi bộ", "Diện"]
    rows = [
        ["Bản Nà Lốc", "Huổi Lam", "Bản Nà Lốc", ""], ["Bản Nà Lốc", "xã Nậm Sen", "Khuổi Mộc", ""],
        ["Bản Hai", "", "", ""], ["Bản Ba", "Mường Không", "", ""], ["Bản Bốn", "Huổi Lam", "Bản Khuổi Mộc", ""],
        ["Bản Năm", "Đảng bộ xã Huổi Lam", "", "vùng đẹp"],
    ]  # fmt: skip
    intake = receive(commune.province, "villages", "", a_list(heads, *rows), holds_from=TODAY, at=MORNING, by=MACHINE)
    assert [(v, w) for _, v, w in said(preview(intake, at=MORNING, by=MACHINE))] == [
        ("new", "Loại:  → Bản, Ai phụ trách:  → Bản Nà Lốc"), ("new", "Loại:  → Bản, Ai phụ trách:  → Khuổi Mộc"),
        ("refused", "village_commune_missing"), ("refused", "village_commune_unknown"), ("refused", "unit_unknown"),
        ("refused", "village_area_unknown"),
    ]  # fmt: skip
    assert take_in(intake, seen=None, at=MORNING, by=MACHINE).outcome["counts"]["new"] == 2
    places = Siting.objects.filter(name="Nà Lốc").values_list("unit", flat=True)
    assert set(places) == {commune.commune.pk, commune.other_commune.pk}


def test_heads_of_two_lines_and_crosses(commune: Commune, taken: Take) -> None:
    """As offices keep them: the areas below one head, a cross in as many as there are."""

    def fill(book: Any) -> None:
        page = book.add_worksheet()
        page.merge_range(0, 0, 1, 0, "Thôn, bản")
        page.merge_range(0, 1, 0, 3, "Diện")
        for column, head in enumerate(["Vùng sâu, vùng xa", "Biên giới", "DTTS"], 1):
            page.write(1, column, head)
        page.merge_range(0, 4, 0, 5, "Hình thức")
        page.write(1, 4, "Có đảng viên, chưa có chi bộ")
        page.write(1, 5, "Trắng đảng viên")
        page.merge_range(0, 6, 1, 6, "Văn bản công nhận")
        page.write_row(2, 0, ["Bản Một", "x", "", "x", "x", "", PAPER])
        page.write_row(3, 0, ["Bản Hai", "x", "x", "x", "", "x", PAPER])

    taken(a_book(fill), kind="villages")
    rows = seen(commune)
    assert {name: (row.way, set(row.tags)) for name, row in rows.items()} == {
        "Bản Một": (MEMBERS, {"remote", "ethnic_minority"}),
        "Bản Hai": (BLANK, {"remote", "border", "ethnic_minority"}),
    }  # fmt: skip


def test_taken_back_everything_is_as_before(commune: Commune, taken: Take) -> None:
    by = commune.actor("Nhung")
    taken(a_list(HEADS, *OURS[:2]), kind="villages", on=LAST_MONTH)
    before = seen(commune)["Bản Nà Lốc"]
    second = taken(a_list(HEADS, line("Bản Nà Lốc", cluster="Cụm trên", cell="Pom Khe", border="QĐ 9"),
                          line("Bản Mới", cell="Pom Khe")), kind="villages")  # fmt: skip
    assert take_back(second, at=MORNING, by=by).state == Intake.TAKEN_BACK
    rows = seen(commune)
    after = rows["Bản Nà Lốc"]
    assert set(rows) == {"Bản Nà Lốc", "Bản Co Lót"}
    for row in (after.siting, after.service, after.tags["border"]):
        assert (row.during.lower, row.during.upper) == (LAST_MONTH, None)
    assert (after.cluster, after.cell_id, after.tags["border"].document) == (
        before.cluster, before.cell_id, before.tags["border"].document,
    )  # fmt: skip


def test_not_taken_back_once_something_rests_on_it(commune: Commune, taken: Take) -> None:
    by = commune.actor("Nhung")
    intake = taken(a_list(HEADS, *OURS), kind="villages", on=LAST_MONTH)
    commune.close(commune.meeting())  # the cell's own work does not hang on the village it serves
    village = seen(commune)["Tổ dân phố 3"].siting.locality
    serve_locality(village, cell=commune.na_loc, has_members=True, on=TODAY, by=by)
    with refused("list_depended_on", count=1):
        take_back(intake, at=MORNING, by=by)


def test_behind_the_second_wall(commune: Commune, as_app: Callable[..., None], taken: Take, looked: Look) -> None:
    by = commune.actor("Nhung")
    as_app(by)
    intake = taken(a_list(HEADS, *OURS), kind="villages", on=LAST_MONTH)
    assert intake.outcome["counts"]["new"] == 7
    changed = taken(a_list(HEADS, line("Bản Nà Lốc", cell="Pom Khe", border="QĐ 9")), kind="villages")
    assert changed.outcome["counts"]["changed"] == 1
    take_back(changed, at=MORNING, by=by)
    assert seen(commune)["Bản Nà Lốc"].cell_id == commune.na_loc.pk


def test_the_number_of_questions_does_not_grow_with_new_villages(commune: Commune, looked: Look) -> None:
    counts = []
    for size in (10, 100):
        data = a_list(HEADS, *[line(f"Bản {size} {n}", cell="Pom Khe", border="QĐ 1") for n in range(size)])
        with CaptureQueriesContext(connection) as asked:
            looked(data, kind="villages")
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1
    assert counts[0] <= 40
