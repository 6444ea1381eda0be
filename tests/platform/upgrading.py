"""A process that upgrades the installation in CHIBO_HOME to the next release, and is killed at its N-th step.

python -m tests.platform.upgrading N     (0: never)
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

os.environ["CHIBO_DB_ROLE"] = "owner"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.platform.next_settings"

from chibo.platform import archive, backup, database, notes, places, tools, upkeep
from chibo.platform.cluster import Cluster

STEPS: tuple[tuple[Any, str], ...] = (  # each one's beginning is a step; so is the end of the migration
    (upkeep, "_back_up"),
    (backup, "_dump"),
    (tools, "run"),
    (archive, "write"),
    (archive, "verify"),
    (upkeep, "migrate"),
    (upkeep, "_settle"),
    (notes, "write"),
)


def main(kill_at: int) -> int:
    """Wrap the steps so that the N-th one to begin or to end is the last thing this process does."""
    passed = 0

    def step() -> None:
        nonlocal passed
        passed += 1
        if passed == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrapped(work: Callable[..., Any]) -> Callable[..., Any]:
        def both(*given: Any, **more: Any) -> Any:
            step()
            found = work(*given, **more)
            if work.__name__ == "migrate":
                step()
            return found

        return both

    for module, name in STEPS:
        setattr(module, name, wrapped(getattr(module, name)))
    home = places.chibo_home()
    database._clusters[str(home)] = Cluster(home, durable=False)
    status = upkeep.main()
    print(passed)
    return status


if __name__ == "__main__":
    from chibo.platform.cli import guarded

    sys.exit(guarded(lambda: main(int(sys.argv[1]))))
