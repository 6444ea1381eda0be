"""A commune with its register, and helpers that write into it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import pytest

from chibo.cadres.operations import open_term
from chibo.directives.models import Delivery, Document
from chibo.directives.operations import NewHeading, register_document, send_to_study
from chibo.kernel.actor import MACHINE
from chibo.kernel.dates import ZONE
from tests.commune import FOUNDED, Commune, found_commune

NOW = datetime(2026, 11, 5, 20, 0, tzinfo=ZONE)
RESOLUTION = NewHeading("nghị quyết", "02", symbol="NQ/TU", issuer="Tỉnh ủy", dated_on=date(2026, 10, 1),
                        about="nâng cao năng lực lãnh đạo của tổ chức cơ sở đảng")  # fmt: skip


@pytest.fixture
def commune(db: None) -> Commune:
    made = found_commune()
    open_term(made.commune, "2025 - 2030", first=FOUNDED, last=date(2030, 7, 31), by=MACHINE)
    return made


class Register:
    """The office's hands: *cô Nhung* enters and sends."""

    def __init__(self, commune: Commune) -> None:
        self.commune, self.office = commune, commune.actor("Nhung")

    def by(self, name: str = "Nhung") -> dict[str, Any]:
        return {"at": NOW, "by": self.commune.actor(name), "by_name": name}

    def enter(self, said: NewHeading = RESOLUTION, way: str = "in", **more: Any) -> Document:
        return register_document(self.commune.commune, way, said, key=uuid.uuid4(), **{**self.by(), **more})

    def send(self, document: Document, due: date = date(2026, 10, 31), **more: Any) -> list[Delivery]:
        units = more.pop("units", [self.commune.na_loc, self.commune.pom_khe])
        return send_to_study(document, units, on=date(2026, 10, 5), due=due, **{**self.by(), **more})


@pytest.fixture
def register(commune: Commune) -> Register:
    return Register(commune)
