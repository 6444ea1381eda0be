"""Columns that several rooms share."""

from __future__ import annotations

from typing import Any

from django.db import models


def PathField(**options: Any) -> models.CharField[str, str]:
    """A tree path, compared byte by byte so that a branch is one range of an index (decision 7)."""
    return models.CharField(max_length=140, db_collation="C", **options)


def SortField(**options: Any) -> models.CharField[str, str]:
    """A stored Vietnamese sort key (`kernel.text`)."""
    return models.CharField(max_length=400, db_collation="C", **options)
