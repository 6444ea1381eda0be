"""Run as `python -m chibo.platform.upkeep`: bring tables and static files up to this version, as the owner.

A process of its own, so that the one that serves never holds the owner's connection.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

from chibo.platform import places
from chibo.platform.backup import backup
from chibo.platform.errors import Trouble
from chibo.platform.words import say


def bring_up_to_date() -> None:
    """Nâng cấp bảng dữ liệu và tệp tĩnh. Raises Trouble when it fails; its output goes to ours."""
    environment = {**os.environ, "CHIBO_DB_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "chibo.settings"}
    done = subprocess.run([sys.executable, "-m", "chibo.platform.upkeep"], env=environment, check=False)
    if done.returncode:
        raise Trouble("Chưa nâng cấp được dữ liệu: xem các dòng ngay trên.")


def main() -> int:
    """Back up what there is, migrate, collect static files; 0 when all is done."""
    import django
    from django.core.management import call_command

    django.setup()
    _refuse_to_go_down()
    if _upgrade_pending():
        folder = places.chibo_home() / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        say("Sao lưu trước khi nâng cấp...")
        backup(folder / f"truoc-nang-cap-{datetime.now(UTC):%Y%m%d-%H%M%S}.chibo")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return 0


def _refuse_to_go_down() -> None:
    """Raises Trouble when the tables were made by a newer version than this one."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    strange = sorted(set(loader.applied_migrations or {}) - set(loader.disk_migrations or {}))
    unknown = [f"{app}.{name}" for app, name in strange if app in loader.migrated_apps]
    if unknown:
        raise Trouble(
            f"Dữ liệu đã được nâng cấp bởi bản Chibo mới hơn ({', '.join(unknown[:3])}). "
            "Hãy cài lại bản mới đó; không dùng bản cũ trên dữ liệu này."
        )


def _upgrade_pending() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return bool(pending and executor.loader.applied_migrations)


if __name__ == "__main__":
    from chibo.platform.cli import guarded

    sys.exit(guarded(main))
