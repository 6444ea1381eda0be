"""Serve: one gunicorn worker with threads, and beside it the thread that keeps the house's clock."""

from __future__ import annotations

import errno
import logging
import os
import socket
import threading
from typing import Any

from chibo.platform import certificate, logs, nightly
from chibo.platform.errors import Trouble
from chibo.platform.words import say

TICK_SECONDS = 60
_LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
_log = logging.getLogger("chibo.serve")


def serve(host: str, port: int, threads: int) -> None:
    """Answer at host:port until SIGTERM or CTRL-C. Raises Trouble when the port is taken."""
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    door = _open_door(host, port)
    secure = _secure()
    address = f"{'https' if secure else 'http'}://{_shown(host)}:{port}/"

    if not secure and host not in _LOOPBACK and "CHIBO_HOSTS" not in os.environ:
        say("Lưu ý: máy khác chưa vào được bằng địa chỉ này. Hãy cấp chứng thư: chibo certificate ĐỊA_CHỈ_MÁY")

    def ready(_worker: object) -> None:
        logs.keep_file()
        keep_clock()
        nightly.keep_watch()
        print(f"Chibo đang chạy tại {address} - nhấn CTRL-C để dừng.", flush=True)

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in {**_options(door, threads), **secure}.items():
                self.cfg.set(name, value)
            self.cfg.set("post_worker_init", ready)

        def load(self) -> Any:
            # here, in the worker: the parent never imports Django
            from django.utils.module_loading import import_string

            return import_string("chibo.front.wsgi.application")

    Server().run()


def free_port(host: str, port: int) -> bool:
    """Whether we could answer there now."""
    try:
        _open_door(host, port).close()
    except Trouble:
        return False
    return True


def keep_clock() -> None:
    """Run the management command `tick` every minute in a thread of this process."""
    threading.Thread(target=_tick_for_ever, name="chibo-tick", daemon=True).start()


def _options(door: socket.socket, threads: int) -> dict[str, Any]:
    return {
        "bind": f"fd://{door.fileno()}",  # opened by us, so that a taken port is one clear sentence
        "worker_class": "gthread",
        "workers": 1,  # the ledger is sealed and the calendar made by a thread of this one
        "threads": threads,
        "timeout": 120,
        "graceful_timeout": 20,
        "loglevel": "warning",
        "logconfig_dict": logs.for_gunicorn(),
        "accesslog": None,  # addresses hold people's ids
        "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108
        "control_socket_disable": True,
    }


def _secure() -> dict[str, Any]:
    """With a certificate of our own: TLS, cookies that only travel by it, and the names it was made for."""
    place = certificate.server_file()
    made = certificate.issued()
    if place is None or made is None:
        return {}
    ready = certificate.context(place)
    os.environ["CHIBO_TLS"] = "1"  # read by the settings, in the worker
    os.environ.setdefault("CHIBO_HOSTS", ",".join(made.names))
    return {"certfile": str(place), "keyfile": str(place), "ssl_context": lambda _config, _default: ready}


def _open_door(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host.strip("[]"), port))
        door.listen(64)
    except OSError as error:
        door.close()
        why = "đang có chương trình dùng" if error.errno == errno.EADDRINUSE else str(error.strerror or error)
        raise Trouble(
            f"Không mở được {host}:{port} ({why}). Có thể một Chibo khác đang chạy; "
            "hãy dừng nó, hoặc chọn cổng khác bằng --port hay CHIBO_PORT."
        ) from error
    return door


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _tick_for_ever() -> None:
    from django.core.management import call_command
    from django.db import close_old_connections

    pause = threading.Event()
    while True:
        try:
            call_command("tick", verbosity=0)
        except Exception:  # one bad minute must not end the clock
            _log.exception("tick failed; the next one runs in %d s", TICK_SECONDS)
        finally:
            close_old_connections()
        pause.wait(TICK_SECONDS)
