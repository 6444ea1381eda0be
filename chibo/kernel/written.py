"""What every row that somebody writes carries."""

from __future__ import annotations

from django.db import models


class Written(models.Model):
    """Ai ghi, lúc nào. The name is kept as it was then: it outlives the account."""

    at = models.DateTimeField()
    by_account = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True
