"""The house for a real browser: its own database, the application's role behind both walls, served as in production."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test.testcases import QuietWSGIRequestHandler

from chibo.platform import database
from tests.settings import _cluster

Started = Callable[..., Any]


def connect_here(name: str, role: str) -> DatabaseWrapper:
    """From now on this thread works on that database in that role (`app` or `owner`)."""
    made = DatabaseWrapper({**connection.settings_dict, **database.settings_for(_cluster, role, name),
                            "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False})  # fmt: skip
    connections["default"] = made
    return made


@contextmanager
def connected_here(name: str, role: str) -> Iterator[None]:
    """The same for a while; afterwards this thread has the connection it had."""
    before = connections["default"]
    made = connect_here(name, role)
    try:
        yield
    finally:
        made.close()
        connections["default"] = before


def copy_database(source: str, copy: str) -> None:
    """A copy of a database nobody is connected to."""
    drop_database(copy)
    with psycopg.connect(_cluster.dsn("postgres", database.OWNER), autocommit=True) as db:
        db.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{source}"')


def drop_database(name: str) -> None:
    """Gone, whoever is still connected: also the server's own cleaner, which only its superuser may send away."""
    with psycopg.connect(_cluster.dsn(), autocommit=True) as db:
        db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class _House:
    """The application, each of whose threads connects as chibo_app."""

    def __init__(self, name: str) -> None:
        self.name, self.answer = name, get_wsgi_application()

    def __call__(self, environ: dict[str, Any], start: Started) -> Any:
        if connection.settings_dict["NAME"] != self.name or connection.settings_dict["USER"] != database.APP:
            connect_here(self.name, "app")
        return self.answer(environ, start)


@contextmanager
def serving(name: str) -> Iterator[str]:
    """The address of the house on that database, on a free port of this machine."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(_House(name))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
