"""A month two papers of the tests report about."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from tests.commune import Commune


@pytest.fixture
def october(commune: Commune) -> Commune:
    """September gave two tasks; in October one was done, another given; Pom Khe did not meet."""
    done, late, new = (uuid.UUID(int=n) for n in (1, 2, 3))
    owner = str(commune.person("Ún").pk)
    commune.close(commune.meeting(month=date(2026, 9, 1)), **{
        f"task__{done}": "Sửa đường", f"owner__{done}": owner, f"due__{done}": "20/9/2026",
        f"task__{late}": "Nạo vét mương", f"owner__{late}": owner, f"due__{late}": "25/9/2026",
    })  # fmt: skip
    meeting = commune.meeting(month=date(2026, 10, 1))
    commune.mark(meeting, "Khiêm", "absent", "đi công tác")
    commune.close(meeting, conclusion="Nhất trí", resolution="yes", **{
        f"result__{done}": "done", f"result__{late}": "doing",
        f"task__{new}": "Trồng cây", f"owner__{new}": owner, f"due__{new}": "30/11/2026",
    })  # fmt: skip
    commune.meeting(commune.pom_khe, date(2026, 10, 1))
    return commune
