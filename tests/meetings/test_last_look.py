"""Xem lại rồi kết thúc: what will be sealed is seen whole before, and again afterwards."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from chibo.meetings.models import Meeting
from tests.commune import Commune
from tests.meetings.conftest import SignIn

pytestmark = pytest.mark.django_db


def evening(commune: Commune) -> dict[str, str]:
    """What was written that evening."""
    return {
        "ended": "21:15", "chair": str(commune.person("Duyên").pk), "writer": str(commune.person("Ún").pk),
        "guests": "Đồng chí phụ trách xã", "dues_paid": "9", "dues_due": "10", "dues_amount": "181000",
        "papers": "Kế hoạch vụ đông", "papers_sent_on": "01/11/2026", "focal": "Đường vào bản",
        "information": "Thời sự tháng 10", "discussion": "Mỗi nhà một công", "opinions": "Giống ngô: đề nghị hỗ trợ",
        "criticism": "done", "criticism_concluded": "Tiếp thu góp ý", "petitions": "Đường liên bản: đã trả lời",
        "conclusion": "Sửa đường trước mùa mưa", "vote_against": "6",
        f"task.{uuid.uuid4()}": "Sửa đường",
    }  # fmt: skip


@pytest.fixture
def written(commune: Commune) -> Meeting:
    """The meeting with all of it on its sheet."""
    meeting = commune.meeting()
    commune.write(meeting, "Inh", **evening(commune))
    return meeting


def page(me: Any, path: str) -> str:
    return " ".join(me.get(path).content.decode().split())


def test_before_closing_one_sees_who_signs_the_vote_and_the_dues(
    commune: Commune, written: Meeting, sign_in: SignIn
) -> None:
    seen = page(sign_in("Inh"), f"/sinh-hoat/{written.pk}/ket-thuc/")
    assert "chủ trì <b>Vì Thị Duyên</b>, người ghi <b>Tòng Văn Ún</b>" in seen
    assert "Đảng phí: 9/10 đảng viên đã đóng, 181.000 đồng" in seen
    assert "Biểu quyết: 0 tán thành, 6 không tán thành, 0 ý kiến khác" in seen


def test_afterwards_everything_written_stands_on_the_page(commune: Commune, written: Meeting, sign_in: SignIn) -> None:
    commune.close(written)
    seen = page(sign_in("Inh"), f"/sinh-hoat/{written.pk}/")
    for words in [
        "Khách dự: Đồng chí phụ trách xã", "Nội dung trọng tâm: Đường vào bản", "Kế hoạch vụ đông, gửi ngày 01/11/2026",
        "9/10 đảng viên đã đóng", "Thời sự tháng 10", "Mỗi nhà một công", "Giống ngô: đề nghị hỗ trợ", "Đã làm.",
        "Tiếp thu góp ý", "Đường liên bản: đã trả lời", "Sửa đường trước mùa mưa", "6 không tán thành",
    ]:  # fmt: skip
        assert words in seen, words


def test_whoever_confirms_sees_the_same(commune: Commune, written: Meeting, sign_in: SignIn) -> None:
    commune.close(written)
    seen = page(sign_in("Inh"), f"/sinh-hoat/{written.pk}/xac-nhan/")
    assert "Đã làm." in seen and "Thời sự tháng 10" in seen and "6 không tán thành" in seen
