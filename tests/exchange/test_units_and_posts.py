"""Lists of units and of posts: the same four steps, the acts of their own rooms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from chibo.cadres.models import Post
from chibo.exchange.models import Intake
from chibo.exchange.operations import Preview, take_back
from chibo.ledger.models import Entry
from chibo.membership.operations import enter_member
from chibo.organisation.models import Placement, Unit
from tests.commune import FOUNDED, TODAY, Commune
from tests.conftest import refused
from tests.exchange.conftest import MORNING, said
from tests.exchange.making import a_list

Look, Take = Callable[..., Preview], Callable[..., Intake]
UNIT_HEADS = ["STT", "Tên tổ chức đảng", "Loại", "Cấp trên trực tiếp", "Tên gọi tắt", "Ngày thành lập", "Quyết định"]
POST_HEADS = ["Họ và tên", "Chức vụ", "Tổ chức", "Từ ngày", "Đến ngày", "Quyết định"]
UNITS_OF_OURS = [
    [1, "Chi bộ bản Co Lót", "", "Đảng bộ bộ phận Nà Tre", "Bản Co Lót", "01/10/2026", "05-QĐ/ĐU"],
    [2, "Đảng bộ bộ phận Nà Tre", "Đảng bộ trực thuộc cơ sở", "", "", "01/10/2026", ""],
    [3, "CHI BỘ BẢN NÀ LỐC", "Chi bộ", "", "", "", ""],
]


def test_units_are_founded_in_their_order_and_known_ones_stay(commune: Commune, taken: Take, looked: Look) -> None:
    data = a_list(UNIT_HEADS, *UNITS_OF_OURS)
    intake = taken(data, kind="units")
    assert intake.outcome["counts"] == {"new": 2, "changed": 0, "same": 1, "refused": 0}
    cell = Placement.objects.get(name="Chi bộ bản Co Lót")
    assert (cell.kind, cell.short_name, cell.during.lower, cell.decision) == (
        "cell", "Bản Co Lót", date(2026, 10, 1), "05-QĐ/ĐU",
    )  # fmt: skip
    assert cell.parent.placements.get().name == "Đảng bộ bộ phận Nà Tre"
    assert Entry.objects.filter(verb="list.taken_in").count() == 1
    assert [v for _, v, _ in said(looked(data, kind="units"))] == ["same", "same", "same"]


def test_units_that_cannot_be(commune: Commune, looked: Look) -> None:
    shown = looked(
        a_list(
            UNIT_HEADS,
            ["", "Tổ Một", "", "", "", "", ""],
            ["", "Chi bộ bản Xa", "", "Đảng bộ xã Nậm Sen", "", "", ""],
            ["", "Chi bộ bản Nà Lốc", "Đảng bộ cơ sở", "", "", "", ""],
            ["", "Chi bộ bản Hai", "", "", "", "01/01/2020", ""],
            ["", "Chi bộ bản Ba", "", "", "", "", ""],
            ["", "chi bộ bản Ba", "", "", "", "", ""],
        ),
        kind="units",
    )
    assert [(v, w) for _, v, w in said(shown)] == [
        ("refused", "unit_kind_unknown"), ("refused", "unit_unknown"), ("refused", "unit_of_other_kind"),
        ("new", "Loại:  → Chi bộ"), ("new", "Loại:  → Chi bộ"), ("refused", "line_twice"),
    ]  # fmt: skip


def test_what_older_files_say_of_days_before_the_book_holds_from_its_first_day(
    commune: Commune, taken: Take, looked: Look
) -> None:
    units = a_list(UNIT_HEADS, ["", "Chi bộ bản Hai", "", "", "", "03/02/1987", ""])
    assert [draft.notes for draft in looked(units, kind="units").drafts] == [["book_younger"]]
    taken(units, kind="units")
    assert Placement.objects.get(name="Chi bộ bản Hai").during.lower == FOUNDED
    posts = a_list(POST_HEADS, ["Hà Văn Khiêm", "P.Bí thư", "CB Pom Khe", "01/01/2020"])
    assert [draft.notes for draft in looked(posts, kind="posts").drafts] == [["book_younger"]]
    taken(posts, kind="posts")
    assert Post.objects.live().get(person=commune.person("Khiêm"), office="cell_deputy").during.lower == FOUNDED
    assert [v for _, v, _ in said(looked(posts, kind="posts"))] == ["same"]


def test_units_are_taken_back_while_nothing_hangs_on_them(commune: Commune, taken: Take) -> None:
    by = commune.actor("Nhung")
    first = taken(a_list(UNIT_HEADS, *UNITS_OF_OURS), kind="units")
    assert take_back(first, at=MORNING, by=by).state == Intake.TAKEN_BACK
    assert not Placement.objects.filter(name="Chi bộ bản Co Lót").exists()
    second = taken(a_list(UNIT_HEADS, *UNITS_OF_OURS), kind="units")
    cell = Placement.objects.get(name="Chi bộ bản Co Lót").unit
    enter_member("Lò Văn Ở", cell, on=TODAY, by=by)
    with refused("list_depended_on", count=1):
        take_back(second, at=MORNING, by=by)


def test_a_short_name_that_differs_is_a_renaming(commune: Commune, taken: Take) -> None:
    intake = taken(a_list(UNIT_HEADS, ["", "Chi bộ bản Pom Khe", "", "", "Pom Khe mới", "", "02-QĐ/ĐU"]), kind="units")
    assert Placement.objects.on(TODAY).get(unit=commune.pom_khe).short_name == "Pom Khe mới"
    with refused("list_renamed"):
        take_back(intake, at=MORNING, by=commune.actor("Nhung"))


def test_behind_the_second_wall_units_come_and_go(commune: Commune, as_app: Callable[..., None], taken: Take) -> None:
    by = commune.actor("Nhung")
    as_app(by)
    intake = taken(a_list(UNIT_HEADS, *UNITS_OF_OURS), kind="units")
    before = Unit.objects.count()
    take_back(intake, at=MORNING, by=by)
    assert Unit.objects.count() == before - 2


def test_posts_are_given_and_corrected(commune: Commune, taken: Take, looked: Look) -> None:
    data = a_list(
        POST_HEADS,
        ["Hà Văn Khiêm", "Chi ủy viên", "Bản Nà Lốc", "01/10/2026", "", "03-QĐ/ĐU"],
        ["Lò Văn Inh", "Bí thư", "Chi bộ bản Nà Lốc", "05/08/2025", "", ""],
        ["Lường Văn Páo", "Bí thư Đảng ủy", "Đảng bộ xã Huổi Lam", "", "", ""],
        ["Cà Thị Hoa", "Đảng ủy viên", "", "01/10/2026", "31/12/2026", ""],
    )
    intake = taken(data, kind="posts")
    assert intake.outcome["counts"] == {"new": 2, "changed": 1, "same": 1, "refused": 0}
    post = Post.objects.live().get(person=commune.person("Khiêm"))
    assert (post.office, post.unit_id, post.during.lower, post.decision) == (
        "cell_committee", commune.na_loc.pk, date(2026, 10, 1), "03-QĐ/ĐU",
    )  # fmt: skip
    assert Post.objects.live().get(person=commune.person("Inh")).during.lower == date(2025, 8, 5)
    assert [v for _, v, _ in said(looked(data, kind="posts"))] == ["same"] * 4
    take_back(intake, at=MORNING, by=commune.actor("Nhung"))
    assert not Post.objects.live().filter(person=commune.person("Khiêm")).exists()
    assert Post.objects.live().get(person=commune.person("Inh")).during.lower == FOUNDED


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["Người Không Có", "Bí thư", "Bản Nà Lốc"], "person_unknown"),
        (["Hà Văn Khiêm", "Bí thư", "Bản Nà Lốc"], "post_held_by_other"),
        (["Hà Văn Khiêm", "Trưởng bản", "Bản Nà Lốc"], "office_unknown"),
        (["Hà Văn Khiêm", "Chi ủy viên", "Đảng bộ xã Huổi Lam"], "office_unknown"),
        (["Hà Văn Khiêm", "", "Bản Nà Lốc"], "office_missing"),
    ],
)
def test_posts_that_cannot_be(commune: Commune, looked: Look, line: list[str], code: str) -> None:
    assert [w for _, _, w in said(looked(a_list(POST_HEADS, line), kind="posts"))] == [code]


def test_two_secretaries_of_one_cell_in_one_list(commune: Commune, looked: Look) -> None:
    shown = looked(
        a_list(POST_HEADS, ["Lò Văn Thuận", "Phó bí thư", "Pom Khe"], ["Quàng Thị Liên", "Bí thư", "Pom Khe"],
               ["Vì Văn Bun", "Bí thư", "Pom Khe"]),
        kind="posts",
    )  # fmt: skip
    assert [v for _, v, _ in said(shown)] == ["new", "same", "refused"]
