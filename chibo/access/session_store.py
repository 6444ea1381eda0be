"""Sessions in the database, each with its account, so that a person can see and end them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from chibo.access.models import Session
from chibo.kernel.dates import now


class SessionStore(DatabaseStore):
    """Django's database store, on our table."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.account_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.device = data.get("device", "")
        opened = data.get("opened")  # every save writes the whole row anew, so its data carry the moment
        row.opened_at = datetime.fromisoformat(opened) if opened else now()
        return row
