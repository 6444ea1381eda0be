"""The pages of docs/ say what the program is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chibo.cadres.authority_page import WORDS, authority_page
from chibo.kernel.actor import Power

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_the_authority_page_is_the_table() -> None:
    printed = (ROOT / "docs" / "authority.md").read_text(encoding="utf-8")
    assert printed == authority_page(), "make docs prints it anew"


def test_every_power_has_words() -> None:
    assert set(WORDS) == set(Power)


def test_the_map_names_every_room() -> None:
    rooms = {path.parent.name for path in (ROOT / "chibo").glob("*/__init__.py")}
    said = set(re.findall(r"\| `(\w+)` \|", (ROOT / "docs" / "map.md").read_text(encoding="utf-8")))
    assert said == rooms


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    lost = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert lost == []


def test_decision_records_are_numbered_without_a_hole() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
