"""Files on their way in: only in memory, only up to the limit, nothing on the disk before it was looked at."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class LimitedUpload(FileUploadHandler):
    """Stands before Django's memory handler, which takes nothing beyond FILE_UPLOAD_MAX_MEMORY_SIZE: says so."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        self.request.upload_too_big = content_length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE  # type: ignore[union-attr]

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
