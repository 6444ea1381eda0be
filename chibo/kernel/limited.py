"""Files from outside are opened in a process of their own: little memory, little time, no secrets around it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

MEMORY, SECONDS, WAIT = 512 << 20, 30, 40  # a child stops itself before it is waited for in vain
_KEPT = "LD_LIBRARY_PATH"  # a Python that does not lie where the system looks needs it to start at all


def ask(module: str, data: bytes) -> bytes | None:
    """What the program `module` answers to `data`; None when it gave up, fell or took longer than WAIT seconds."""
    around = {_KEPT: os.environ[_KEPT]} if _KEPT in os.environ else {}
    child = [sys.executable, "-I", "-m", module]
    try:
        # S603: no word of the command comes from outside
        done = subprocess.run(child, input=data, capture_output=True, timeout=WAIT, env=around, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def hold_back() -> None:
    """Called by the child first of all: at most MEMORY bytes and SECONDS of the processor, nothing left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
