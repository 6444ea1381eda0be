"""Everything of the installation in open files, with the words of the models beside it; run as the tables' owner."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from chibo.front.management.word import Word
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import now
from chibo.ledger.operations import record
from chibo.platform import open_export

# The keys to the door stay here: of `access` only what is named goes out.
OF_ACCESS = {"access_account": {"id", "username", "is_active", "is_demo", "made_at"}}
# Django's own, and what is known only until the next minute.
NOT_OURS = ("auth_", "django_", "ledger_waiting")


class Command(Word):
    """`chibo export`."""

    word = "export"
    help = "Xuất toàn bộ dữ liệu ra tệp mở, đọc được không cần Chibo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="THƯ_MỤC", help="thư mục chưa có")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            record(MACHINE, "installation.exported", on=at.date(), unit_id=None, touched=[])
            tables, left_out = described()
            rows = open_export.write(
                connection.connection, Path(options["folder"]), tables, at=at.isoformat(timespec="seconds"),
                left_out=left_out,
            )  # fmt: skip
        self.stdout.write(f"Đã xuất {rows} dòng của {len(tables)} bảng vào {options['folder']}.")
        self.stdout.write("Thư mục này chứa toàn bộ hồ sơ, không mã hóa: cất như cất sổ gốc, dùng xong thì xóa.")


def described() -> tuple[dict[str, open_export.Described], list[str]]:
    """Each table that goes out with its words and columns; the names of those that do not."""
    found: dict[str, open_export.Described] = {}
    left_out: list[str] = []
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table.startswith(NOT_OURS) or (table.startswith("access_") and table not in OF_ACCESS):
            left_out.append(table)
            continue
        columns = {field.column: _column(field) for field in model._meta.local_fields if field.column}
        known = OF_ACCESS.get(table, set(columns))
        without = tuple(sorted(set(columns) - known))
        kept = {name: about for name, about in columns.items() if name in known}
        found[table] = open_export.Described(" ".join((model.__doc__ or "").split()), kept, without)
    return found, left_out


def _column(field: models.Field[Any, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {"type": str(field.db_type(connection)), "null": field.null}
    if field.related_model is not None and not isinstance(field.related_model, str):
        about["of"] = field.related_model._meta.db_table
    if field.choices:
        about["choices"] = {str(value): str(label) for value, label in field.flatchoices}
    return about
