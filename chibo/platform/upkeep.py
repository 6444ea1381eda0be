"""Run as `python -m chibo.platform.upkeep`: bring tables and static files up to this version, as the owner.

A process of its own, so that the one that serves never holds the owner's connection.
"""

from __future__ import annotations

import os
import subprocess
import sys

from chibo.platform.errors import Trouble


def bring_up_to_date() -> None:
    """Nâng cấp bảng dữ liệu và tệp tĩnh. Raises Trouble when it fails; its output goes to ours."""
    environment = {**os.environ, "CHIBO_DB_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "chibo.settings"}
    done = subprocess.run([sys.executable, "-m", "chibo.platform.upkeep"], env=environment, check=False)
    if done.returncode:
        raise Trouble("Chưa nâng cấp được dữ liệu: xem các dòng ngay trên. Dữ liệu cũ không bị sửa dở dang.")


def main() -> int:
    """Migrate and collect static files; 0 when both are done."""
    import django
    from django.apps import apps
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if apps.is_installed("django.contrib.staticfiles"):
        call_command("collectstatic", interactive=False, verbosity=0)
    return 0


if __name__ == "__main__":
    from chibo.platform.cli import guarded

    sys.exit(guarded(main))
