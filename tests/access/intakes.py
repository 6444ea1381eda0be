"""Lists that wait in the world of the matrix: of members, of acts on the tree."""

from __future__ import annotations

from datetime import datetime

from chibo.exchange.acts.operations import look_ahead
from chibo.exchange.models import Intake
from chibo.kernel.actor import MACHINE
from chibo.organisation.models import Unit


def a_list(unit: Unit, name: str, *, at: datetime) -> Intake:
    """A list of members that waits to be written."""
    rows = [[1, [[1, "t", "Họ và tên", ""], [2, "t", "Ghi chú", ""]]], [2, [[1, "t", f"Lò Thị {name}", ""]]]]
    sheet = {"name": "Danh sách", "rows": rows, "merged": [], "formulas": 0, "hidden_rows": [], "hidden_columns": [],
             "filtered": False}  # fmt: skip
    return Intake.objects.create(
        unit=unit, kind="members", sheet=sheet, notices={"others": [], "ignored": []}, holds_from=at.date(), at=at,
        columns=[[1, "full_name", ""], [2, "-", ""]], scope_path=unit.scope_path,
    )  # fmt: skip


def a_sheet(unit: Unit, name: str, new: str, *, at: datetime) -> Intake:
    """A sheet of acts that was looked at and waits for its decision."""
    heads = [[1, "t", "Việc", ""], [2, "t", "Đơn vị", ""], [3, "t", "Tên mới", ""]]
    rows = [[1, heads], [2, [[1, "t", "đổi tên", ""], [2, "t", name, ""], [3, "t", f"Chi bộ {new}", ""]]]]
    sheet = {"name": "Sắp xếp", "rows": rows, "merged": [], "formulas": 0, "hidden_rows": [], "hidden_columns": [],
             "filtered": False}  # fmt: skip
    intake = Intake.objects.create(
        unit=unit, kind="acts", sheet=sheet, notices={"others": [], "ignored": []}, holds_from=at.date(), at=at,
        columns=[[1, "act", ""], [2, "unit", ""], [3, "name", ""]], scope_path=unit.scope_path,
        paper={"number": f"{new}-QĐ", "signed_on": at.date().isoformat()},
    )  # fmt: skip
    return look_ahead(intake, at=at, by=MACHINE)
