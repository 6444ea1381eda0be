"""The document itself as a file: PDF or a picture of the page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from chibo.directives.models import Document, DocumentFile
from chibo.directives.operations.documents import heading_of
from chibo.kernel.actor import Actor, Power
from chibo.kernel.errors import refuse_if
from chibo.ledger.attachments.cleaning import cleaned
from chibo.ledger.attachments.storing import store
from chibo.ledger.operations import record

MOST = 20  # files of one document


@transaction.atomic
def add_file(
    document: Document, name: str, data: bytes, *, key: UUID, at: datetime, by: Actor, by_name: str = ""
) -> DocumentFile:
    """Thêm tệp văn bản: its hash goes into the ledger. Nothing of a secret document comes in.

    Raises NoPower and Refused: document_withdrawn, secret_number_only, too_many_files, file_known, and those of
    `attachments.cleaning.cleaned` (which reads marks of secrecy from name and first page).
    """
    by.must(Power.ASSIGN, document.scope_path)
    document = Document.objects.select_for_update().get(pk=document.pk)
    if sent := DocumentFile.objects.filter(pk=key, document=document).first():
        return sent
    refuse_if(heading_of(document).secret, "secret_number_only")
    beside = DocumentFile.objects.live().filter(document=document)
    refuse_if(beside.count() >= MOST, "too_many_files", most=MOST)
    kept = store(cleaned(name, data), at=at)
    refuse_if(beside.filter(attachment=kept).exists(), "file_known")
    row = DocumentFile.objects.create(
        id=key, document=document, attachment=kept, at=at, by_account=by.account_id, by_name=by_name,
        scope_path=document.scope_path,
    )  # fmt: skip
    content = {"sha256": kept.pk, "size": kept.size, "kind": kept.kind}
    record(by, "document.filed", on=at.date(), unit_id=document.unit_id, touched=[row, document], content=content)
    return row


@transaction.atomic
def withdraw_file(file: DocumentFile, *, why: str, at: datetime, by: Actor) -> DocumentFile:
    """Rút tệp thêm nhầm: no longer given out. Raises NoPower and Refused: unknown_why, withdrawn_already."""
    by.must(Power.ASSIGN, file.scope_path)
    file = DocumentFile.objects.select_for_update().get(pk=file.pk)
    file.withdraw(why=why, at=at, by_account=by.account_id)
    record(by, "document.file_withdrawn", on=at.date(), unit_id=file.document.unit_id, touched=[file], reason=why)
    return file
