"""`chibo reorganise`: what it prints, what it returns, what it leaves undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from chibo.exchange.models import Intake
from chibo.exchange.reading.workbook import read_workbook
from chibo.organisation.models import Placement
from chibo.reorganisation.models import Decision
from tests.commune import TODAY, Commune
from tests.exchange.test_act_sheets import REFORM, a_sheet, line

pytestmark = pytest.mark.django_db
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(data: bytes, *more: str, unit: str = "Tỉnh Thượng Lam", number: str = "07-QĐ/TU") -> str:
        file = tmp_path / "sap-xep.xlsx"
        file.write_bytes(data)
        call_command("reorganise", str(file), "--unit", unit, "--number", number, "--date", "01/11/2026",
                     "--effective", "05/11/2026", *more)  # fmt: skip
        return capsys.readouterr().out

    return command


def test_a_sheet_is_seen_and_decided(commune: Commune, run: Run) -> None:
    told = run(a_sheet(*REFORM))
    assert "quyết định 07-QĐ/TU, hiệu lực 05/11/2026" in told
    assert "Trang «Sắp xếp», dòng 4, Bản Nà Lốc: Sẽ ghi" in told
    assert told.endswith("Đã ghi 6 việc trong một quyết định.\n")
    assert Decision.objects.get().signed_on.isoformat() == "2026-11-01"
    assert Placement.objects.on(TODAY).filter(name="Đảng bộ xã Huổi Sen Mới").exists()


def test_a_dry_run_writes_nothing(commune: Commune, run: Run) -> None:
    assert "Chưa ghi gì (--dry-run)" in run(a_sheet(*REFORM), "--dry-run")
    assert not Decision.objects.exists()
    assert not Intake.objects.exists()


def test_a_refused_line_keeps_all_of_it_out(commune: Commune, run: Run, tmp_path: Path,
                                            capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    answer = tmp_path / "tra-loi.xlsx"
    with pytest.raises(CommandError, match="1 dòng bị từ chối nên chưa ghi gì"):
        run(a_sheet(*REFORM[:2], line("kết thúc", "Bản Xa")), "--answer", str(answer))
    assert "Trang «Sắp xếp», dòng 5, Bản Xa: Từ chối. Ô D5, cột «Đơn vị»: Không có tổ chức" in capsys.readouterr().out
    assert not Decision.objects.exists()
    (sheet,) = read_workbook("tra-loi.xlsx", answer.read_bytes()).sheets
    assert [each.cells[11].text.split(".")[0] for each in sheet.lines[1:]] == [
        "Trả lời của Chibo", "Sẽ ghi", "Sẽ ghi", "Từ chối",
    ]  # fmt: skip


def test_misuse(commune: Commune, run: Run) -> None:
    with pytest.raises(CommandError, match="Không có tổ chức nào"):
        run(a_sheet(*REFORM), unit="Xã Không Có")
    with pytest.raises(CommandError, match="Chưa có số quyết định"):
        run(a_sheet(*REFORM), number=" ")
    with pytest.raises(CommandError, match="không phải là bảng Excel"):
        run(b"%PDF-1.7")
    with pytest.raises(CommandError, match="Bảng chưa có việc nào"):
        run(a_sheet(line("", "Bản Nà Lốc", note="giữ")))
