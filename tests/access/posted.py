"""What the forms of the matrix send: enough for the act to be tried, never more than its boxes."""

from __future__ import annotations

import uuid


def closing() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "revision": "1"}


def correcting() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "text": "Sửa một chữ."}


def giving() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "text": "Sửa đường"}


def noting() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "state": "doing"}


def changing() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "due": "31/12/2026", "reason": "Mưa lũ"}


def planning() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "kind": "thematic", "day": "20/11/2026", "theme": "Làm đường"}


def moving() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "day": "20/11/2026", "reason": "Mưa lũ"}


def trying() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "on": "05/11/2026", "what": "Họp ở nhà văn hóa", "text": "Đông hơn"}


def entering() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "kind": "chỉ thị", "secret": "khong"}


def issuing() -> dict[str, str]:
    return {"on": "05/11/2026", "number": "khong"}


def reopening() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "why": "Lại họp muộn"}


def adding() -> dict[str, str]:
    return {"name": "Vụ phát hiện", "measure": "vụ", "adds": "sum", "decimals": "0", "counted": "things",
            "must": "yes", "since": "2026-11"}  # fmt: skip


def checking() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "part": "tra-lai", "why": "Xem lại"}
