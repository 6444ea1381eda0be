"""Somebody at a browser: taps and typing are counted, and nothing may go wrong unseen."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Request, Response, expect

from tests.commune import PASSPHRASE

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,
    "resultTypes": ["violations"],
}
ON_PAPER = {**RULES, "rules": {"target-size": {"enabled": False}}}
PHONE, TABLET, DESKTOP = (360, 740), (768, 1024), (1366, 768)
expect.set_options(timeout=10_000)  # a busy machine is no defect
WATCH_POLICY = """addEventListener("securitypolicyviolation",
  (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`));"""


@dataclass
class Visitor:
    """One browser of one person."""

    context: BrowserContext
    base: str
    taps: int = 0
    typed: int = 0
    complaints: list[str] = field(default_factory=list)
    page: Page = field(init=False)
    expected: set[int] = field(default_factory=set)  # statuses of refusals this test provokes

    def __post_init__(self) -> None:
        self.context.add_init_script(WATCH_POLICY)
        self.context.on("request", self._asked)
        self.page = self.open()

    def open(self) -> Page:
        """One more window of this browser."""
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.set_default_navigation_timeout(20_000)
        page.on("console", lambda said: self._heard(said.type, said.text, said.location.get("url", "")))
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("response", self._answered)
        return page

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:", "about:")):
            self.complaints.append(f"left the machine: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status} {response.url}")

    def _heard(self, kind: str, text: str, about: str) -> None:
        if about.endswith("/favicon.ico"):
            return  # a picture opened by itself names no icon
        refused = any(f"status of {status}" in text for status in self.expected)
        unreachable = "net::ERR" in text and 0 in self.expected
        if kind in {"error", "warning"} and not refused and not unreachable:
            self.complaints.append(f"console: {text}")

    # doing

    def go(self, path: str) -> Response | None:
        """Open an address of the house."""
        return self.page.goto(self.base + path)

    def tap(self, what: Locator) -> None:
        """One tap."""
        self.taps += 1
        what.click()

    def type(self, label: str | Locator, text: str) -> None:
        """Tap a field and type."""
        where = self.page.get_by_label(label, exact=True) if isinstance(label, str) else label
        self.typed += 1
        where.fill(text)

    def press(self, name: str) -> None:
        """Tap a button or a link by its words."""
        page = self.page
        self.tap(page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first)

    def sign_in(self, username: str, to: str = "/") -> None:
        """As this person."""
        self.go(f"/dang-nhap/?next={to}")
        self.type("Tên đăng nhập", username)
        self.type("Cụm từ bí mật", PASSPHRASE)
        self.press("Đăng nhập")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Đăng nhập")

    # looking

    def picture(self, name: str, whole: bool = True) -> None:
        """A picture for people, where CHIBO_SHOTS names a folder."""
        if folder := os.environ.get("CHIBO_SHOTS"):
            with self._own_tools():
                self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)

    @contextmanager
    def _own_tools(self) -> Iterator[None]:
        """axe and screenshots try styles of their own, which the policy of the page rightly refuses."""
        heard = len(self.complaints)
        yield
        self.page.evaluate("() => 0")
        self.complaints[heard:] = [c for c in self.complaints[heard:] if "inline" not in c]

    @property
    def heading(self) -> Locator:
        """The sentence on top."""
        return self.page.locator("h1")

    def saved(self) -> None:
        """The sheet says that everything was written."""
        expect(self.page.locator("#trang-thai")).to_contain_text("Đã ghi lúc")

    def arrived(self) -> None:
        """The answer is here: between a press and it the old page can be gone and the new one not be there yet."""
        self.page.wait_for_load_state("load")
        expect(self.heading.first).to_be_attached()

    def check(self, *sizes: tuple[int, int]) -> None:
        """This page as it stands: no barrier (axe), no sideways scroll, one h1, at each size."""
        before = self.page.viewport_size
        self.arrived()
        for width, height in sizes or (PHONE, DESKTOP):
            self.page.set_viewport_size({"width": width, "height": height})
            self.no_sideways_scroll(f"{width} px")
            self.no_barriers(f"{width} px")
        assert self.heading.count() == 1, f"{self.page.url}: {self.heading.count()} h1"
        here = self.page.locator(".rail [aria-current=page]").all_inner_texts()
        assert len(here) <= 1, f"{self.page.url} is at {here}"
        if before:
            self.page.set_viewport_size(before)

    def fits(self, size: tuple[int, int], big: bool = False) -> None:
        """No sideways scroll at that size, with «Chữ lớn» if asked."""
        before = self.page.viewport_size
        self.arrived()
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        if big:
            self.page.evaluate("() => { document.documentElement.dataset.text = 'lon' }")
        self.no_sideways_scroll(f"{size[0]} px{', big letters' if big else ''}")
        if size == PHONE:
            low = self.page.evaluate(LINKS_TOO_LOW)
            assert not low, f"{self.page.url}: no room for a thumb at {low}"
        self.page.evaluate("() => { delete document.documentElement.dataset.text }")
        if before:
            self.page.set_viewport_size(before)

    def no_sideways_scroll(self, where: str = "") -> None:
        """Everything fits the width of the screen."""
        wide = self.page.evaluate(WIDER_THAN_THE_SCREEN)
        assert not wide, f"{self.page.url} {where} scrolls sideways: {wide}"

    def no_barriers(self, where: str = "", *, on_paper: bool = False) -> None:
        """axe-core finds nothing; on paper nobody touches anything."""
        with self._own_tools():
            if not self.page.evaluate("() => 'axe' in window"):
                self.page.evaluate(AXE)
            found: list[dict[str, Any]] = self.page.evaluate(
                "(rules) => axe.run(document, rules).then((r) => r.violations)", ON_PAPER if on_paper else RULES
            )
        short = [f"{v['id']}: {v['help']}: {n['html'][:160]} {n['any'][0]['message'] if n['any'] else ''}"
                 for v in found for n in v["nodes"][:3]]  # fmt: skip
        assert not found, f"{self.page.url} {where}\n" + "\n".join(short)

    def check_paper(self) -> None:
        """This page as a printer gets it: nothing to press, who printed it and when, nothing a reader could not see."""
        self.page.emulate_media(media="print")
        for gone in self.page.locator(".rail, .tabs, .topbar, .dock, .steps, main .btn, .filter").all():
            assert not gone.is_visible(), f"{self.page.url} prints {gone.evaluate('(e) => e.outerHTML')[:120]}"
        if self.page.locator(".rail").count():
            expect(self.page.locator(".printed")).to_contain_text("In từ Chibo lúc")
        self.no_barriers("on paper", on_paper=True)
        self.page.emulate_media(media="null")

    def leave(self) -> None:
        """Close the browser; whatever went wrong on the way is told now."""
        self.context.close()
        assert not self.complaints, json.dumps(self.complaints, ensure_ascii=False, indent=1)


# links that stand alone, in no sentence (WCAG 2.2, 2.5.8): a line of a list, a cell of a table
LINKS_TOO_LOW = """() => [...document.querySelectorAll("main a[href]")].filter((e) => {
  const beside = [...e.parentElement.childNodes].filter((n) => n.nodeType === 3).map((n) => n.textContent).join("");
  const high = Math.max(...[...e.getClientRects()].map((r) => r.height));
  return e.checkVisibility() && !e.closest("svg, .sr") && !/[^\\s.,:;·()|\\u2039\\u203a]/.test(beside) && high < 23.5;
}).slice(0, 5).map((e) => e.outerHTML.slice(0, 120))"""
WIDER_THAN_THE_SCREEN = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  return [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > page.clientWidth + 1)
    .slice(0, 5).map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`);
}"""
