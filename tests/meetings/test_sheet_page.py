"""Trang phiếu của một buổi."""

from __future__ import annotations

from tests.commune import Commune
from tests.meetings.conftest import SignIn


def test_the_secretary_writes_and_a_reader_reads(commune: Commune, sign_in: SignIn) -> None:
    meeting = commune.meeting()
    mine = sign_in("Inh").get(f"/sinh-hoat/{meeting.pk}/").content.decode()
    assert "Sinh hoạt thường kỳ tháng 11/2026" in mine
    assert "Xem lại, kết thúc" in mine
    read = sign_in("Páo").get(f"/sinh-hoat/{meeting.pk}/").content.decode()
    assert "không sửa được" in read
    assert "Xem lại, kết thúc" not in read
