"""Run as `python -m chibo.platform.upkeep`: bring tables and static files up to this version, as the owner.

A process of its own, so that the one that serves never holds the owner's connection. Nothing remembers how far it
got: the tables change in one transaction, every other step can be done again, so a kill anywhere is mended by
running it once more.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from chibo.platform import notes
from chibo.platform.backup import backup
from chibo.platform.errors import Trouble
from chibo.platform.words import say

RELEASE = "release"  # the note of the newest version that has worked on these data
_BACKUPS_KEPT = 3


def bring_up_to_date() -> None:
    """Nâng cấp bảng dữ liệu và tệp tĩnh. Raises Trouble when it fails; its output goes to ours."""
    environment = {**os.environ, "CHIBO_DB_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "chibo.settings"}
    done = subprocess.run([sys.executable, "-m", "chibo.platform.upkeep"], env=environment, check=False)
    if done.returncode:
        raise Trouble("Chưa nâng cấp được dữ liệu: xem các dòng ngay trên.")


def main() -> int:
    """Back up what there is, migrate, erase again what came back, collect static files; 0 when all is done."""
    import django
    from django.core.management import call_command

    refuse_older(version("chibo"))
    django.setup()
    executor = _executor()
    _refuse_unknown(executor.loader)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if executor.loader.applied_migrations:
            with notes.nobody_serving():
                _back_up()
                migrate()
        else:
            migrate()
    call_command("keep_erased")
    call_command("collectstatic", interactive=False, verbosity=0)
    notes.write(RELEASE, {"version": version("chibo")})
    return 0


def refuse_older(ours: str) -> None:
    """Raises Trouble when a newer version than ours has worked here."""
    last = str(notes.read(RELEASE).get("version", ""))
    if numbers(last) > numbers(ours):
        raise Trouble(
            f"Chibo {last} đã dùng dữ liệu này; bản đang chạy là {ours}, cũ hơn. "
            "Hãy cài lại bản mới; không dùng bản cũ trên dữ liệu này."
        )


def migrate() -> None:
    """All pending migrations in one transaction: after a kill the tables are as before, or as they should be."""
    from django.core.management import call_command
    from django.db import connection, transaction

    with transaction.atomic():
        executor = _executor(_settle)
        executor.migrate(executor.loader.graph.leaf_nodes())
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        call_command("migrate", interactive=False, verbosity=0)  # nothing left but what Django does at the end


def numbers(given: str) -> tuple[int, ...]:
    """The numbers of a version, to be compared."""
    return tuple(int(part) for part in re.findall(r"\d+", given))


def _settle(action: str, migration: Any = None, _fake: bool = False) -> None:
    """Between two migrations: what the first left to be checked at the end would bar the second from the table."""
    from django.db import connection

    if action == "apply_success":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    elif action == "apply_start":
        say(f"  {migration}")


def _executor(progress: Any = None) -> Any:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    return MigrationExecutor(connection, progress)


def _refuse_unknown(loader: Any) -> None:
    """Raises Trouble when the tables were made by a newer version than this one."""
    strange = sorted(set(loader.applied_migrations or {}) - set(loader.disk_migrations or {}))
    unknown = [f"{app}.{name}" for app, name in strange if app in loader.migrated_apps]
    if unknown:
        raise Trouble(
            f"Dữ liệu đã được nâng cấp bởi bản Chibo mới hơn ({', '.join(unknown[:3])}). "
            "Hãy cài lại bản mới đó; không dùng bản cũ trên dữ liệu này."
        )


def _back_up() -> None:
    folder = notes.folder("backups")
    say("Sao lưu trước khi nâng cấp...")
    backup(folder / f"truoc-nang-cap-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.chibo")
    for old in _oldest_first(folder)[:-_BACKUPS_KEPT]:
        old.unlink()


def _oldest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("truoc-nang-cap-*.chibo"))


if __name__ == "__main__":
    from chibo.platform.cli import guarded

    sys.exit(guarded(main))
