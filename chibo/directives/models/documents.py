"""A document in a unit's register: who issued it, what it is about, what it rests on and carries out."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from chibo.access.querysets import ScopedQuerySet
from chibo.cadres.models import PaperNumber
from chibo.kernel.fields import PathField
from chibo.kernel.periods import LIVE, Correctable
from chibo.kernel.written import Written
from chibo.organisation.models import CorrectableScopedQuerySet, Unit


class Document(Written):
    """Văn bản trong sổ đến hoặc sổ đi of a unit. What the register says of it is its heading."""

    scope_columns = ("scope_path",)

    IN, OUT = "in", "out"
    WAYS = [(IN, "đến"), (OUT, "đi")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # made by the page: sending twice is harmless
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents")  # whose register
    way = models.CharField(max_length=3, choices=WAYS)
    paper = models.OneToOneField(PaperNumber, models.PROTECT, null=True, related_name="document")  # a number of our own
    scope_path = PathField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="only_own_papers_take_a_number", condition=Q(paper=None) | Q(way="out")),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"


class Heading(Correctable, Written):
    """Đề mục: kind, number, issuer, day and abstract as the register says them; wrong ones are withdrawn."""

    scope_columns = ("scope_path",)

    document = models.ForeignKey(Document, models.PROTECT, related_name="headings")
    kind = models.CharField(max_length=40)  # nghị quyết, chỉ thị … in lower case
    number = models.CharField(max_length=12, blank=True)  # digits as printed
    year = models.CharField(max_length=4, blank=True)  # of documents of the State
    symbol = models.CharField(max_length=40, blank=True)  # NQ/TU
    issuer = models.CharField(max_length=160, blank=True)
    dated_on = models.DateField(null=True)
    term = models.CharField(max_length=60, blank=True)  # khóa X, nhiệm kỳ 2020-2025
    about = models.CharField(max_length=400, blank=True)  # trích yếu
    received_on = models.DateField(null=True)
    secret = models.BooleanField(default=False)  # only its number is kept
    search_key = models.CharField(max_length=800)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document"], condition=LIVE, name="one_heading_a_document"),
            models.CheckConstraint(name="of_a_secret_only_the_number", condition=Q(secret=False) | Q(about="")),
            Correctable.withdrawn_whole("withdrawn_headings_are_whole"),
        ]

    def __str__(self) -> str:
        return f"heading of {self.document_id}"


class Link(Correctable, Written):
    """Liên quan: one document to another of the same register (DIR-5, DIR-9, DOC-7)."""

    scope_columns = ("scope_path",)

    CARRIES_OUT, BASIS, CONTINUES, REPLACES, ATTACHED = "carries_out", "basis", "continues", "replaces", "attached"
    KINDS = [
        (CARRIES_OUT, "thực hiện, cụ thể hóa"),
        (BASIS, "căn cứ"),
        (CONTINUES, "tiếp tục thực hiện"),
        (REPLACES, "thay thế"),
        (ATTACHED, "gắn với"),
    ]

    document = models.ForeignKey(Document, models.PROTECT, related_name="links")
    other = models.ForeignKey(Document, models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=12, choices=KINDS)
    scope_path = PathField(db_index=True)

    objects = CorrectableScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "other", "kind"], condition=LIVE, name="linked_once"),
            models.CheckConstraint(name="never_linked_to_itself", condition=~Q(document=models.F("other"))),
            Correctable.withdrawn_whole("withdrawn_links_are_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.other_id}"
