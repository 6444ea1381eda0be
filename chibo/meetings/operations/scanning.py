"""The signed paper, scanned, beside the sealed minutes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.text import clean
from chibo.ledger.attachments.cleaning import cleaned
from chibo.ledger.attachments.storing import store
from chibo.ledger.operations import record
from chibo.meetings.models import Meeting, Minutes, SignedScan
from chibo.meetings.operations.saving import may_write

MOST = 20  # files beside one paper


@transaction.atomic
def add_scan(
    minutes: Minutes, name: str, data: bytes, *, key: UUID, at: datetime, by: Actor, by_name: str
) -> SignedScan:  # fmt: skip
    """Thêm bản chụp biên bản đã ký: its hash goes into the ledger, the file under its hash.

    By who chairs the unit, or who helped with this meeting. Raises NoPower and Refused: too_many_files,
    file_known, and those of `attachments.cleaning.cleaned`.
    """
    may_write(minutes.meeting, by)
    Meeting.objects.select_for_update().get(pk=minutes.meeting_id)
    if sent := SignedScan.objects.filter(pk=key, minutes=minutes).first():
        return sent
    beside = SignedScan.objects.filter(minutes=minutes, withdrawn_at=None)
    refuse_if(beside.count() >= MOST, "too_many_files", most=MOST)
    kept = store(cleaned(name, data), at=at)
    refuse_if(beside.filter(attachment=kept).exists(), "file_known")
    row = SignedScan.objects.create(
        id=key, minutes=minutes, attachment=kept, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=minutes.scope_path,
    )  # fmt: skip
    record(by, "minutes.scanned", on=at.date(), unit_id=minutes.meeting.unit_id, touched=[row, minutes],
           content=scan_content(row))  # fmt: skip
    return row


@transaction.atomic
def withdraw_scan(scan: SignedScan, why: str, *, at: datetime, by: Actor) -> SignedScan:
    """Rút bản chụp thêm nhầm: it is no longer given out; row and file stay. Raises Refused: no_reason."""
    may_write(scan.minutes.meeting, by)
    why = clean(why, most=300)
    refuse_if(not why, "no_reason")
    scan = SignedScan.objects.select_for_update(of=("self",)).select_related("minutes__meeting").get(pk=scan.pk)
    if scan.withdrawn_at is not None:
        return scan
    scan.withdrawn_at, scan.withdrawn_by, scan.withdrawn_why = at, by.account_id, why
    scan.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record(by, "scan.withdrawn", on=at.date(), unit_id=scan.minutes.meeting.unit_id, touched=[scan, scan.minutes])
    return scan


def scan_content(scan: SignedScan) -> dict[str, object]:
    """What the ledger's line of a scan seals."""
    return {"sha256": scan.attachment_id, "size": scan.attachment.size, "kind": scan.attachment.kind}
