"""Each request has a number that the person can read out and the log knows; slow queries are told by it."""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from chibo.platform.logs import request_id

SLOW = float(os.environ.get("CHIBO_SLOW_MS", "500")) / 1000
_MOST = 600  # letters of a statement
_log = logging.getLogger("chibo.slow")


class TraceMiddleware:
    """Mã yêu cầu: eight letters for each request, in the log, on the page of a fault, in the answer's head."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(secrets.token_hex(4))
        started = time.monotonic()
        try:
            request.get_host()  # a name that is not ours is answered 400, whatever the page asks
            with connection.execute_wrapper(watch):
                response = self.get_response(request)
            response.headers["X-Request-Id"] = request_id.get()
            _tell_slow_page(request, time.monotonic() - started)
            return response
        finally:
            request_id.reset(token)


def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement; a slow one is logged as it was written, without what was put into it."""
    started = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        took = time.monotonic() - started
        if took >= SLOW:
            _log.warning("slow query, %d ms: %s", took * 1000, " ".join(str(sql).split())[:_MOST])


def _tell_slow_page(request: HttpRequest, took: float) -> None:
    if took >= 4 * SLOW:
        match = request.resolver_match
        _log.warning("slow page, %d ms: %s", took * 1000, match.view_name if match else "no such page")
