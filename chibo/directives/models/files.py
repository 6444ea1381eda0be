"""The document itself: PDF, or pictures of its pages."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef

from chibo.access.querysets import within
from chibo.directives.models.documents import Document
from chibo.directives.models.studying import Delivery
from chibo.kernel.actor import Actor, Power
from chibo.kernel.fields import PathField
from chibo.kernel.periods import LIVE, Correctable
from chibo.kernel.written import Written
from chibo.ledger.models import Attachment
from chibo.organisation.models import CorrectableScopedQuerySet


class DocumentFileQuerySet(CorrectableScopedQuerySet):  # type: ignore[override]  # as_manager of either
    """Files of the registers one reads, and of what was sent to units one reads (decision 8, addressed)."""

    def visible_to(self, actor: Actor) -> Self:
        """The register's readers, and those of every unit the document was sent to."""
        sent = Delivery.objects.visible_to(actor).live().filter(document=OuterRef("document"))
        return self.filter(within("scope_path", actor.ranges(Power.READ)) | Exists(sent))


class DocumentFile(Correctable, Written):
    """Bản chụp, tệp PDF của văn bản; seen by the units the document was sent to."""

    scope_columns = ("scope_path",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    scope_path = PathField(db_index=True)

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "attachment"], condition=LIVE, name="a_file_is_added_once"),
            Correctable.withdrawn_whole("withdrawn_files_are_whole"),
        ]

    def __str__(self) -> str:
        return f"file of {self.document_id}"
