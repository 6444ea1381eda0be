"""The embedded PostgreSQL server: the first to come starts it, all share it, the last to leave stops it."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo

from chibo.platform import programs
from chibo.platform.errors import Trouble

SUPERUSER = "chibo_super"
PORT = 5432
_SSL_REQUEST = b"\0\0\0\x08\x04\xd2\x16\x2f"
_SAFETY = ("fsync", "synchronous_commit", "full_page_writes")
_PATIENCE = 120.0  # seconds for recovery after a crash before we call it trouble
_ORPHANS_LEAVE_WITHIN = 5.0  # seconds; backends notice by themselves that their server died
_LOG_LIMIT = 10 * 1024 * 1024


class Cluster:
    """Máy chủ cơ sở dữ liệu kèm theo: one data folder, one server, any number of user processes.

    `home` is the installation's folder. `durable=False` trades safety for speed and is for tests only;
    a durable user refuses to join a server that runs so.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home, self.durable = Path(home).absolute(), durable
        self.version, self.port = programs.VERSION, PORT
        self.data = self.home / f"data{programs.MAJOR}"
        self.log = self.home / "postgres.log"
        self.account = programs.server_account()
        self.socket_dir = _socket_dir(self.home, self.account.pw_uid)
        self._users: IO[str] | None = None
        self._pid = 0
        os.register_at_fork(after_in_child=self._forget)

    def start(self) -> None:
        """Serve: join the running server or make, repair and start it. Idempotent.

        Raises Trouble when it cannot serve, or would serve with settings that can lose data.
        """
        if self.in_use():
            return
        self._make_home()
        users = programs.lock_file(self.home / "users.lock")
        try:
            with programs.locked(self.home):
                fcntl.flock(users, fcntl.LOCK_SH)
                self._bring_up()
        except BaseException:
            users.close()
            raise
        self._users, self._pid = users, os.getpid()
        atexit.register(self.stop)

    def stop(self) -> bool:
        """Leave. True when we were the last user and the server is now stopped cleanly."""
        if self._users is None or self._pid != os.getpid():
            return False
        users, self._users = self._users, None
        atexit.unregister(self.stop)
        with users, programs.locked(self.home):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            done = programs.run_as(self.account, *self._pg_ctl("stop", "-m", "fast"))
            with contextlib.suppress(OSError):
                self.socket_dir.rmdir()
            return done.returncode == 0

    def in_use(self) -> bool:
        """Whether this very process is counted among the server's users."""
        return self._users is not None and self._pid == os.getpid()

    def running(self) -> bool:
        """Whether a server truly answers: a handshake, because a pid may be a stranger's or a zombie's."""
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(5)
            try:
                door.connect(str(self.socket_dir / f".s.PGSQL.{self.port}"))
                door.sendall(_SSL_REQUEST)
                return door.recv(1) in (b"N", b"S")
            except OSError:
                return False

    def dsn(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        """Connection string for libpq; by default the superuser's."""
        return make_conninfo(host=str(self.socket_dir), port=self.port, user=user, dbname=database)

    def server_pid(self) -> int | None:
        """The postmaster's process id as its file says, None when there is no file."""
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return None

    def _make_home(self) -> None:
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            programs.let_in(self.account, self.home)
        except OSError as error:
            raise Trouble(f"Không dùng được thư mục {self.home}: {error.strerror}.") from error

    def _bring_up(self) -> None:
        self._bin = self._unpacked() / "bin"
        if not (self.data / "PG_VERSION").exists():
            self._initdb()
        deadline = time.monotonic() + _PATIENCE
        while not (self.running() and self._ready()):
            if time.monotonic() > deadline:
                raise Trouble(f"PostgreSQL không sẵn sàng sau {_PATIENCE:.0f} giây. Xem {self.log}.")
            if not self.running():
                self._clear_leftovers()
                self._launch()

    def _unpacked(self) -> Path:
        return programs.unpack(self.home, durable=self.durable)

    def _ready(self) -> bool:
        """Connect as ourselves and look at the safety settings; False while it starts up or shuts down."""
        try:
            with psycopg.connect(self.dsn(), connect_timeout=10) as db:
                rows = db.execute("SELECT name, setting FROM pg_settings WHERE setting = 'on'").fetchall()
        except psycopg.OperationalError as error:
            if error.sqlstate not in (None, "57P03"):
                raise Trouble(f"PostgreSQL từ chối kết nối: {error}") from error
            time.sleep(0.05)
            return False
        unsafe = sorted(set(_SAFETY) - {name for name, _ in rows})
        if self.durable and unsafe:
            raise Trouble(
                f"PostgreSQL đang chạy với {', '.join(unsafe)} tắt: có thể mất dữ liệu khi mất điện. "
                "Hãy dừng mọi tiến trình Chibo đang dùng thư mục này rồi chạy lại."
            )
        return True

    def _initdb(self) -> None:
        others = [each.name for each in self.home.glob("data[0-9]*")]
        if others:
            raise Trouble(
                f"{self.home} có {', '.join(others)}, không đọc thẳng được bằng PostgreSQL {self.version}. "
                "Hãy chạy chibo upgrade để chuyển dữ liệu; không xóa thư mục này."
            )
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)  # a first start that was cut off
        draft.mkdir(mode=0o700)
        self._hand_over(draft)
        command: list[str | Path] = [
            self._bin / "initdb",
            "-D",
            draft,
            "-U",
            SUPERUSER,
            "-E",
            "UTF8",
            "-k",
            "-A",
            "trust",
        ]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        command += ["--no-instructions", *([] if self.durable else ["--no-sync"])]
        done = programs.run_as(self.account, *command)
        if done.returncode:
            raise Trouble(f"Không tạo được cơ sở dữ liệu trong {self.home}:\n{done.stderr.strip()}")
        draft.rename(self.data)  # whole or not at all
        if self.durable:
            sync_folder(self.home)

    def _clear_leftovers(self) -> None:
        """After a kill or a power cut: wait for orphans, then remove the files that would bar the way."""
        deadline = time.monotonic() + _ORPHANS_LEAVE_WITHIN
        while holders := list(_working_in(self.data)):
            if time.monotonic() < deadline:
                time.sleep(0.1)
                continue
            raise Trouble(
                f"Tiến trình {holders} giữ {self.data} nhưng không trả lời. Hãy dừng các tiến trình đó rồi chạy lại."
            )
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for leftover in self.socket_dir.glob(".s.PGSQL.*"):
            leftover.unlink(missing_ok=True)

    def _launch(self) -> None:
        owner = self.data.stat().st_uid
        if owner != self.account.pw_uid:
            raise Trouble(
                f"{self.data} thuộc tài khoản số {owner}, không phải '{self.account.pw_name}'. "
                "Hãy chạy bằng đúng tài khoản đã khởi tạo."
            )
        self._make_socket_dir()
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.log.touch(mode=0o600)
        self._hand_over(self.log)
        options = " ".join(f"-c {name}={value}" for name, value in self._settings().items())
        done = programs.run_as(self.account, *self._pg_ctl("start", "-l", self.log, "-o", options))
        if done.returncode:
            last = "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])
            raise Trouble(f"PostgreSQL không khởi động được. Cuối tệp {self.log}:\n{last}")

    def _settings(self) -> dict[str, object]:
        """Given on the command line, where they win over every file."""
        safe = "on" if self.durable else "off"
        return {
            "listen_addresses": "''",
            "port": self.port,
            "unix_socket_directories": self.socket_dir,
            "unix_socket_permissions": "0700",
            **dict.fromkeys(_SAFETY, safe),
            "max_connections": 60,
            "shared_buffers": f"{_shared_buffers() if self.durable else 128}MB",
            "work_mem": "16MB",
            "max_wal_size": "2GB",
            "random_page_cost": "1.1",
            "jit": "off",
            # statements and the DETAIL of errors hold people's names: they stay out of the log
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }

    def _make_socket_dir(self) -> None:
        place = self.socket_dir
        try:
            place.mkdir(mode=0o700)
            self._hand_over(place)
        except FileExistsError:
            about = place.lstat()
            mine = stat.S_ISDIR(about.st_mode) and about.st_uid == self.account.pw_uid
            if not mine or stat.S_IMODE(about.st_mode) != 0o700:  # anybody may make folders in /tmp
                raise Trouble(
                    f"{place} đã có và không phải của '{self.account.pw_name}'. Hãy xóa nó rồi chạy lại."
                ) from None

    def _pg_ctl(self, verb: str, *rest: str | Path) -> list[str | Path]:
        return [self._bin / "pg_ctl", verb, "-w", "-t", f"{_PATIENCE:.0f}", "-D", self.data, *rest]

    def _hand_over(self, place: Path) -> None:
        if os.geteuid() == 0:
            os.chown(place, self.account.pw_uid, self.account.pw_gid)

    def _forget(self) -> None:
        """In a forked child: the lock is the parent's; ours would outlive it and nobody could be last."""
        if self._users is not None:
            self._users.close()
            self._users = None


def _socket_dir(home: Path, uid: int) -> Path:
    # not gettempdir(): two processes with different TMPDIR must meet; short: sun_path holds 107 bytes
    mark = hashlib.blake2s(str(home.resolve()).encode(), digest_size=6).hexdigest()
    return Path(f"/tmp/chibo-{uid}-{mark}")  # noqa: S108 - 0700 and its owner is checked


def _shared_buffers() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return max(64, min(memory // 8, 2048))


def _working_in(folder: Path) -> Iterator[int]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd") == str(folder.resolve()):
                yield int(process.name)
        except OSError:  # gone, a zombie, or not ours
            continue


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
