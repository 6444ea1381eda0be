"""Bản chụp biên bản đã ký, beside the sealed minutes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from chibo.kernel.actor import Actor
from chibo.kernel.errors import NoPower
from chibo.ledger.models import Attachment, Entry
from chibo.ledger.operations import content_holds
from chibo.meetings.checks import scan_checks
from chibo.meetings.models import Minutes, SignedScan
from chibo.meetings.operations import add_scan, help_with, withdraw_scan
from chibo.meetings.operations.scanning import scan_content
from tests.commune import EVENING, Commune
from tests.conftest import refused
from tests.ledger.test_attachments import a_jpeg, a_png


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))


def scan(
    commune: Commune, minutes: Minutes, data: bytes = b"", by: str = "Inh", name: str = "trang 1.png"
) -> SignedScan:
    return add_scan(
        minutes, name, data or a_png(), key=uuid.uuid4(), at=EVENING, by=commune.actor(by), by_name="Lò Văn Inh"
    )


def test_the_ledger_holds_its_hash(commune: Commune) -> None:
    minutes = commune.close(commune.meeting())
    row = scan(commune, minutes)
    entry = Entry.objects.get(verb="minutes.scanned")
    assert content_holds(entry, scan_content(row))
    assert not content_holds(entry, {**scan_content(row), "sha256": "0" * 64})
    assert entry.touches.filter(kind="meetings.signedscan", object_id=str(row.pk)).exists()


def test_the_same_picture_twice_is_refused_another_page_is_not(commune: Commune) -> None:
    minutes = commune.close(commune.meeting())
    scan(commune, minutes)
    with refused("file_known"):
        scan(commune, minutes)
    scan(commune, minutes, a_jpeg())
    assert Attachment.objects.count() == 2


def test_a_mistake_is_withdrawn_with_a_reason(commune: Commune) -> None:
    minutes = commune.close(commune.meeting())
    row = scan(commune, minutes)
    with refused("no_reason"):
        withdraw_scan(row, " ", at=EVENING, by=commune.actor("Inh"))
    gone = withdraw_scan(row, "Nhầm biên bản tháng khác", at=EVENING, by=commune.actor("Inh"))
    assert gone.withdrawn_at == EVENING
    assert Attachment.objects.filter(pk=row.attachment_id).exists()
    scan(commune, minutes)


def test_a_secret_document_leaves_nothing_behind(commune: Commune) -> None:
    minutes = commune.close(commune.meeting())
    with refused("file_marked_secret", mark="Mật"):
        scan(commune, minutes, name="CV 12 MẬT.png")
    assert not Attachment.objects.exists()


def test_who_chairs_or_helped_may_add(commune: Commune) -> None:
    meeting = commune.meeting(month=commune.meeting().month.replace(month=10))
    minutes = commune.close(meeting)
    for name in ("Nhung", "Páo", "Liên", "Khiêm"):
        with pytest.raises(NoPower):
            scan(commune, minutes, by=name)
    helped = commune.meeting(commune.pom_khe)
    clerk = commune.actor("Nhung")
    help_with(helped, told_by=commune.person("Liên").pk, at=EVENING, by=clerk, by_name="Quàng Thị Nhung")
    scan(commune, commune.close(helped, by="Nhung"), by="Nhung")


def test_the_wall_keeps_it_in_the_branch(commune: Commune, as_app: Callable[[Actor], None]) -> None:
    stranger, leader = commune.actor("Sơn"), commune.actor("Páo")
    minutes, secretary = commune.close(commune.meeting()), commune.actor("Inh")
    as_app(secretary)
    scan(commune, minutes)
    as_app(stranger)
    assert not SignedScan.objects.exists()
    as_app(leader)
    assert SignedScan.objects.count() == 1


def test_chibo_check_finds_a_scan_that_was_exchanged(commune: Commune) -> None:
    minutes = commune.close(commune.meeting())
    row, other = scan(commune, minutes), scan(commune, minutes, a_jpeg())
    assert list(scan_checks()) == []
    SignedScan.objects.filter(pk=other.pk).delete()
    SignedScan.objects.filter(pk=row.pk).update(attachment=other.attachment)
    assert len(list(scan_checks())) == 2
