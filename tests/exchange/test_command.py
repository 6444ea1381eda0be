"""`chibo import`: what it prints, what it returns, what it leaves undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from chibo.exchange.models import Intake
from chibo.exchange.reading.workbook import read_workbook
from chibo.membership.models import Person
from tests.commune import Commune
from tests.exchange.making import a_list
from tests.exchange.test_members import HEADS, a_new

pytestmark = pytest.mark.django_db
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(data: bytes, *more: str, unit: str = "Xã Huổi Lam") -> str:
        file = tmp_path / "ds.xlsx"
        file.write_bytes(data)
        call_command("import_list", "members", str(file), "--unit", unit, "--on", "2026-11-05", *more)
        return capsys.readouterr().out

    return command


def test_it_says_what_it_read_and_what_it_wrote(commune: Commune, run: Run) -> None:
    told = run(a_list([*HEADS, "Người nhập"], [*a_new(), "ai đó"]))
    assert "Danh sách đảng viên của Đảng bộ xã Huổi Lam, trang «Danh sách», 1 dòng." in told
    assert "Cột không dùng: Người nhập." in told
    assert "1 mới, 0 có đổi, 0 không đổi, 0 bị từ chối." in told
    assert told.endswith("Đã ghi 1 dòng.\n")
    assert Person.objects.filter(full_name="Lò Thị Mới").exists()


def test_a_dry_run_writes_nothing(commune: Commune, run: Run) -> None:
    assert "Chưa ghi gì" in run(a_list(HEADS, a_new()), "--dry-run")
    assert not Person.objects.filter(full_name="Lò Thị Mới").exists()
    assert not Intake.objects.exists()


def test_a_refused_line_says_where_and_what_to_do(commune: Commune, run: Run, tmp_path: Path,
                                                  capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    answer = tmp_path / "tra-loi.xlsx"
    with pytest.raises(CommandError, match="1 dòng bị từ chối"):
        run(a_list(HEADS, a_new(), a_new("Cà Văn Số", card=14000000000)), "--answer", str(answer))
    told = capsys.readouterr().out
    assert "Trang «Danh sách», dòng 3, Cà Văn Số: Từ chối. Ô F3, cột «Số thẻ đảng viên»: Excel giữ ô này là số" in told
    (sheet,) = read_workbook("tra-loi.xlsx", answer.read_bytes()).sheets
    assert [line.cells[9].text.split(".")[0] for line in sheet.lines] == ["Trả lời của Chibo", "Mới, đã ghi", "Từ chối"]
    assert sheet.lines[1].cells[6].text == "012345678901"


def test_the_answer_is_a_list_again(commune: Commune, run: Run, tmp_path: Path) -> None:
    answer = tmp_path / "tra-loi.xlsx"
    run(a_list(HEADS, a_new(), title=["DANH SÁCH"]), "--answer", str(answer))
    assert "0 mới, 0 có đổi, 1 không đổi" in run(answer.read_bytes())


def test_misuse(commune: Commune, run: Run) -> None:
    with pytest.raises(CommandError, match="Không có tổ chức nào"):
        run(a_list(HEADS, a_new()), unit="Xã Không Có")
    with pytest.raises(CommandError, match="không phải là bảng Excel"):
        run(b"%PDF-1.7")
    with pytest.raises(CommandError, match=r"\.xls\)"):
        run(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900)
