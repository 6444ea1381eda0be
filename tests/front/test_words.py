"""Words of the `chibo` command the rooms wrote: what they print, how they end."""

from __future__ import annotations

import json

import pytest

from tests.commune import EVENING, Commune
from tests.front.conftest import Run


@pytest.fixture
def counted(commune: Commune) -> Commune:
    """Two meetings of November: ten people at one with two away, one not held."""
    meeting = commune.meeting()
    commune.mark(meeting, "Hoa", "absent", "việc gia đình")
    commune.mark(meeting, "Ún", "absent")
    commune.close(meeting)
    commune.meeting(commune.pom_khe)
    return commune


def test_count_opens_a_number_to_its_rows(run: Run, counted: Commune):
    asked = ("--unit", "xa huoi lam", "--from", "1/11/2026", "--on", "2026-11-30")
    status, out, err = run("count", "meetings.attendance", *asked, "--json")
    told = json.loads(out)
    assert (status, err) == (0, "")
    assert (told["value"], told["numerator"], told["denominator"]) == ("7/9", 7, 9)
    assert told["complete"] == {"done": 1, "due": 2}
    assert told["unit"] == {"id": counted.commune.pk, "name": "Đảng bộ xã Huổi Lam"}
    assert [(c["unit"]["name"], c["value"]) for c in told["children"]] == [("Bản Nà Lốc", "7/9"), ("Bản Pom Khe", None)]
    assert sum(row["numerator"] for row in told["rows"]) == 7
    assert told["exceptions"][0]["count"] == 1
    status, out, _ = run("count", "meetings.attendance", *asked)
    assert out.startswith("Tỷ lệ đảng viên dự sinh hoạt: 77,8\u00a0% = 7/9 lượt đảng viên\n")
    assert "Bản Pom Khe" in out


def test_both_trees_and_both_figures_answer(run: Run, counted: Commune):
    for tree in ("as-was", "restated"):
        asked = ("--unit", str(counted.commune.pk), "--on", "2026-11-30", "--tree", tree, "--json")
        told = json.loads(run("count", "meetings.held", *asked)[1])
        assert (told["value"], told["tree"], told["from"]) == ("1/2", tree, "2026-01-01")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing.known", "--unit", "Xã Huổi Lam", "--on", "2026-11-30"), "Không có số liệu nào tên «nothing.known»"),
        (("meetings.held", "--unit", "Bản Không Có", "--on", "2026-11-30"), "Không có tổ chức nào"),
        (("meetings.held", "--unit", "Xã Huổi Lam", "--on", "31/02/2026"), "Tháng 2/2026 chỉ có 28 ngày"),
        (("meetings.held", "--unit", "Xã Huổi Lam", "--on", "1/2/2026", "--from", "2/2/2026"), "ngày cuối"),
        (("meetings.held", "--unit", "Xã Huổi Lam"), "thiếu --on"),
        (("meetings.held", "--unit", "1", "--on", "1/1/2026", "--tree", "oak"), "giá trị oak của --tree không đúng"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence_and_ends_with_2(run: Run, commune: Commune, words, said: str):
    status, out, err = run("count", *words)
    assert (status, out) == (2, "")
    assert said in err


def test_a_name_two_units_share_asks_for_the_number(run: Run, commune: Commune):
    from chibo.kernel.actor import MACHINE
    from chibo.organisation.operations import rename_unit

    rename_unit(commune.khuoi_moc, "Chi bộ bản Nà Lốc", short_name="Bản Nà Lốc", on=EVENING.date(), by=MACHINE,
                decision="")  # fmt: skip
    status, _, err = run("count", "meetings.held", "--unit", "bản nà lốc", "--on", "2026-11-30")
    assert status == 2
    assert f"{commune.na_loc.pk} là Chi bộ bản Nà Lốc" in err


@pytest.mark.parametrize("word", ["count", "check", "tick", "load_demo", "first_office", "recover", "second_step"])
def test_help_speaks_vietnamese(run: Run, word: str):
    status, out, _ = run(word, "--help")
    assert status == 0
    assert out.startswith("Cách dùng: chibo ")
    assert "usage" not in out
    assert "--settings" not in out


def test_check_finds_a_sound_house_sound(run: Run, counted: Commune):
    assert run("check")[:2] == (0, "✓ Sổ ghi, biên bản, số liệu và cây tổ chức đều khớp.\n")
    assert run("check", "--checkpoint", "12")[0] == 2
    status, out, _ = run("check", "--checkpoint", "999999:0123456789")
    assert status == 1
    assert "Mốc 999999 có trên giấy mà không có trong sổ." in out


def test_the_demo_stays_away_from_real_accounts(run: Run, commune: Commune):
    commune.account("Inh")
    status, _, err = run("load_demo")
    assert status == 1
    assert "dữ liệu thật" in err
