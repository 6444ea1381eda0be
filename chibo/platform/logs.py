"""Nhật ký: which request, what kind of fault, where in the code; never what anybody wrote or who they are."""

from __future__ import annotations

import contextvars
import logging
import logging.handlers
import traceback
from types import TracebackType
from typing import Any

from chibo.platform import notes

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("chibo_request", default="-")
FILE = "chibo.log"
_BYTES, _FILES = 2 * 2**20, 5
_FACTS = ("constraint_name", "table_name", "column_name")  # of a database error: the only parts that name no row


class Traced(logging.Filter):
    """Adds the request's id; an address becomes the name of its page, because addresses hold people's ids."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never drops a line."""
        record.request_id = request_id.get()
        request: Any = getattr(record, "request", None)
        if hasattr(request, "resolver_match"):
            match = request.resolver_match
            record.msg = f"{str(record.msg).partition(':')[0]}: {match.view_name if match else 'no such page'}"
            record.args = ()
        return True


class Quiet(logging.Formatter):
    """One line, then the frames of a fault without its message: messages quote what was typed."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime} {levelname} {name} [{request_id}] {message}", style="{", defaults={"request_id": "-"}
        )

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Kinds of faults and places in the code."""
        return "\n".join(_told(ei[1])) if ei[1] else ""


def keep_file() -> None:
    """Write to CHIBO_HOME/logs too, five files of 2 MB in turn; for the one process that serves."""
    handler = logging.handlers.RotatingFileHandler(
        notes.folder("logs") / FILE, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8"
    )
    handler.setFormatter(Quiet())
    handler.addFilter(Traced())
    handler.addFilter(Addressless())
    logging.getLogger().addHandler(handler)
    logging.getLogger("gunicorn.error").addHandler(handler)


def for_gunicorn() -> dict[str, Any]:
    """Its own log by our rules: its lines about faulty requests would quote their addresses."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"quiet": {"()": "chibo.platform.logs.Quiet"}},
        "filters": {
            "traced": {"()": "chibo.platform.logs.Traced"},
            "faults": {"()": "chibo.platform.logs.Addressless"},
        },
        "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "quiet", "filters": ["traced", "faults"]}},
        "root": {"level": "WARNING", "handlers": ["err"]},
        "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": ["err"], "propagate": False}},
    }


class Addressless(logging.Filter):
    """Cuts gunicorn's «Error handling request /address» short."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never drops a line."""
        if record.name.startswith("gunicorn") and "request" in str(record.msg).lower():
            record.msg, record.args = str(record.msg).partition("%")[0].partition("/")[0].strip(), ()
        return True


def _told(fault: BaseException | None) -> list[str]:
    lines: list[str] = []
    while fault is not None:
        facts = [str(getattr(getattr(fault, "diag", None), name, None) or "") for name in _FACTS]
        about = " ".join([getattr(fault, "sqlstate", None) or "", *filter(None, facts)]).strip()
        lines.append(f"{type(fault).__module__}.{type(fault).__qualname__} {about}".rstrip())
        lines += [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(fault.__traceback__)]
        fault = fault.__cause__ or fault.__context__
    return lines
