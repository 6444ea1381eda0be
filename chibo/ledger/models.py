"""Entries, what they touched, and the seals over them. No names and no values of people live here."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

CODE = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"


class Entry(models.Model):
    """Một dòng sổ ghi: one act by one actor on one day. Appended, never changed."""

    verb = models.CharField(max_length=40)  # «meeting.closed»
    unit_id = models.IntegerField(null=True)  # no foreign key: units live on a floor above
    by_account = models.BigIntegerField(null=True)
    by_person = models.UUIDField(null=True)
    on = models.DateField(db_column="on_day")  # the day of the act in the world
    at = models.DateTimeField(db_default=Now())  # the clock of the database
    reason = models.CharField(max_length=40, blank=True, default="")  # a code, not a text about somebody
    content_hash = models.BinaryField(null=True, max_length=32)

    class Meta:
        indexes = [models.Index(fields=["unit_id", "at"], name="acts_of_a_unit")]
        constraints = [
            models.CheckConstraint(name="a_verb_is_a_code", condition=models.Q(verb__regex=CODE)),
            models.CheckConstraint(
                name="a_reason_is_a_code", condition=models.Q(reason="") | models.Q(reason__regex=CODE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb}"


class Touch(models.Model):
    """An object the act touched: its kind and id."""

    pk = models.CompositePrimaryKey("entry_id", "kind", "object_id")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="touches", db_index=False)
    kind = models.CharField(max_length=60)  # «meetings.meeting»
    object_id = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"], name="acts_on_an_object")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class Salt(models.Model):
    """The salt of a content hash. Erasing it (and the content) leaves the chain whole (decision 16)."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="salt")
    salt = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"salt of {self.entry_id}"


class Waiting(models.Model):
    """An entry no seal holds yet. The database writes it with the entry; the sealer takes it away."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="waiting")

    def __str__(self) -> str:
        return f"{self.entry_id} waits"


class Seal(models.Model):
    """Mốc sổ ghi: the entries it names, hashed onto the seal before. Numbers run from 1 without a hole."""

    id = models.BigIntegerField(primary_key=True)  # no sequence: one leaves holes after a rollback or a crash
    entries = ArrayField(models.BigIntegerField())  # in order of their ids, which is not the order of commits
    digests = models.BinaryField()  # 32 bytes for each entry, so that a changed one can be named
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"seal {self.pk}"

    @property
    def count(self) -> int:
        """How many entries it holds."""
        return len(self.entries)


class Attachment(models.Model):
    """Tệp đính kèm: what was stored, by its hash. Who may read it is said by the row of the room that added it."""

    PDF, JPEG, PNG = "pdf", "jpeg", "png"
    KINDS = [(PDF, "PDF"), (JPEG, "JPEG"), (PNG, "PNG")]

    sha256 = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=4, choices=KINDS)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_hash_is_64_hex_digits", condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"))
        ]

    def __str__(self) -> str:
        return f"attachment {self.sha256[:12]}"
