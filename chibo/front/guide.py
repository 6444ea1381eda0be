"""The user guide of docs/huong-dan, read into pages: the little of Markdown that it uses, nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

COVER = "README"
PAGES = (
    "bi-thu-chi-bo",
    "pho-bi-thu",
    "van-phong",
    "so-dang-vien",
    "cap-uy-vien-phu-trach",
    "can-bo-tinh",
    "dang-vien",
    "tai-khoan",
    "nguoi-giu-may",
)
_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|\*(?P<soft>.+?)\*|\[(?P<words>[^\]]+)\]\((?P<to>[^)]+)\)"
)
# of a desk's screen
WIDE = {"bang-thang", "so-lieu", "giay-to-thang", "phu-trach", "so-du", "bang-tinh", "van-phong", "phieu-trao"}
_PICTURE = re.compile(r"!\[(?P<about>[^\]]*)\]\(hinh/(?P<file>[a-z0-9-]+\.webp)\)")
_WIDE_CLASS = SafeString(' class="wide"')
_ITEM = re.compile(r"(?P<mark>\d+\.|-) +(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page: its heading, the sentence below it, the rest."""

    title: str
    lead: str
    body: SafeString


def page(name: str) -> GuidePage | None:
    """Trang hướng dẫn; None when there is none of that name."""
    folder: Path | None = settings.CHIBO_GUIDE
    known = folder is not None and name in {COVER, *PAGES} and (folder / f"{name}.md").is_file()
    return _read(folder / f"{name}.md") if folder and known else None


def contents() -> list[tuple[str, str]]:
    """(name, title) of every page but the cover, in their order."""
    found = ((name, page(name)) for name in PAGES)
    return [(name, read.title) for name, read in found if read]


@cache
def _read(source: Path) -> GuidePage:
    blocks = list(_blocks(source.read_text(encoding="utf-8")))
    title, lead = blocks[0].removeprefix("# "), blocks[1]
    return GuidePage(title, lead, format_html_join("\n", "{}", ((html,) for html in _drawn(blocks[2:]))))


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs: what stands between empty lines, an item of a list with all that is indented below it."""
    held: list[str] = []
    for line in text.splitlines():
        if _ITEM.match(line) or (held and _ITEM.match(held[0]) and line and not line.startswith(" ")):
            yield from _whole(held)
        if line.strip():
            held.append(line)
        elif held and not _ITEM.match(held[0]):
            yield from _whole(held)
    yield from _whole(held)


def _whole(held: list[str]) -> Iterator[str]:
    if held:
        yield "\n".join(held)
    held.clear()


def _drawn(blocks: list[str]) -> Iterator[SafeString]:
    """Items that follow each other make one list."""
    items: list[SafeString] = []
    kind = ""
    for block in [*blocks, ""]:
        found = _ITEM.match(block)
        now = ("ul" if found["mark"] == "-" else "ol") if found else ""
        if items and now != kind:
            whole = "<ul>{}</ul>" if kind == "ul" else "<ol>{}</ol>"
            yield format_html(whole, format_html_join("", "<li>{}</li>", ((item,) for item in items)))
            items = []
        kind = now
        if found:
            items.append(_inside(block[found.start("text") :]))
        elif block:
            yield _block(block)


def _block(block: str) -> SafeString:
    if block.startswith("### "):
        return format_html("<h3>{}</h3>", _inline(block[4:]))
    if block.startswith("## "):
        return format_html("<h2>{}</h2>", _inline(block[3:]))
    if block.startswith("> "):
        return format_html('<p class="note">{}</p>', _inline(re.sub(r"^> ?", "", block, flags=re.M)))
    return _inside(block)


def _inside(block: str) -> SafeString:
    """Words as a paragraph, then the pictures that stand among them."""
    pictures = format_html_join("", "{}", ((_picture(found),) for found in _PICTURE.finditer(block)))
    words = " ".join(_PICTURE.sub("", block).split())
    return format_html("{}{}", format_html("<p>{}</p>", _inline(words)) if words else "", pictures)


def _picture(found: re.Match[str]) -> SafeString:
    address = static(f"huong-dan/{found['file']}")
    return format_html(
        '<figure><img{} src="{}" alt="{}" loading="lazy"><figcaption>{}</figcaption></figure>',
        _WIDE_CLASS if found["file"][:-5] in WIDE else "", address, found["about"], found["about"],
    )  # fmt: skip


def _inline(words: str) -> SafeString:
    out, at = [], 0
    words = " ".join(words.split())
    for found in _INLINE.finditer(words):
        out += [conditional_escape(words[at : found.start()]), _marked(found)]
        at = found.end()
    return format_html_join("", "{}", ((part,) for part in [*out, conditional_escape(words[at:])]))


def _marked(found: re.Match[str]) -> SafeString:
    for name, html in (("code", "<code>{}</code>"), ("bold", "<b>{}</b>"), ("soft", "<i>{}</i>")):
        if found[name] is not None:
            return format_html(html, _inline(found[name]) if name != "code" else found[name])
    name = found["to"].removesuffix(".md")
    if name == COVER or name not in PAGES:
        return format_html('<a href="{}">{}</a>', reverse("front:guide"), found["words"])
    return format_html('<a href="{}">{}</a>', reverse("front:guide_page", args=[name]), found["words"])
