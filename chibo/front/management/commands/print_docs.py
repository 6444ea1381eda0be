"""Write the pages of docs/ that are printed from the program itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from chibo.cadres.authority_page import authority_page


class Command(BaseCommand):
    """`make docs`."""

    help = "In lại các trang tài liệu rút từ chương trình."

    def handle(self, *args: Any, **options: Any) -> None:
        Path("docs/authority.md").write_text(authority_page(), encoding="utf-8")
        self.stdout.write("docs/authority.md")
