"""The user guide inside the product: every page opens, every picture is there, nothing of its marks is left over."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from chibo.front.guide import COVER, PAGES, page

FOLDER = settings.CHIBO_GUIDE
MOST, MOST_OF_ALL = 60_000, 1_000_000  # bytes: shown over a telephone's line


@pytest.mark.parametrize("name", [COVER, *PAGES])
def test_a_page_is_read_whole(name: str) -> None:
    read = page(name)
    assert read is not None
    words = re.sub(r"<[^>]+>", " ", read.body)
    assert not re.search(r"\*\*|\]\(|^#|!\[|`", words, re.M)
    source = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^ *(?:\d+\.|-) ", source, re.M)) == read.body.count("<li>")
    assert source.count("![") == read.body.count("<img")


def test_every_file_of_the_folder_is_a_page() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {COVER, *PAGES}


def test_pictures_are_small_and_all_are_used() -> None:
    sizes = {path.name: path.stat().st_size for path in (FOLDER / "hinh").glob("*.webp")}
    used = {name for path in FOLDER.glob("*.md") for name in re.findall(r"hinh/([\w-]+\.webp)", path.read_text())}
    assert used == set(sizes)
    assert max(sizes.values()) <= MOST
    assert sum(sizes.values()) <= MOST_OF_ALL


def test_links_between_pages_stay_in_the_product() -> None:
    read = page("pho-bi-thu")
    assert read is not None
    assert '<a href="/huong-dan/bi-thu-chi-bo/">' in read.body


def test_the_guide_opens_before_signing_in(client: Client, db: None) -> None:
    assert "Bí thư chi bộ" in client.get("/huong-dan/").content.decode()
    assert client.get("/huong-dan/khong-co/").status_code == 404
    assert client.get("/huong-dan/README/").status_code == 200
