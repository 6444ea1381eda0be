"""Every page of the house, found by its address: no barrier, no sideways scroll, light, and fit for paper.

The addresses are read from the program, who opens them from the matrix of access, so a new page is looked at as soon
as it exists. Looked at are: the page of who works there, of who only reads, of a unit that has nothing yet, every form
sent empty, and what stands in for a page that is refused, was overtaken by somebody else or waited too long.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from playwright.sync_api import Browser, Error

from chibo.kernel.actor import MACHINE
from chibo.organisation.models import Unit
from chibo.organisation.operations import found_unit
from tests.access.holders import EVERYBODY, SIGNED_IN
from tests.access.matrix import MORE, ROUTES, expected
from tests.access.test_matrix import address, routes, targets
from tests.access.things import ACCOUNT_OF, UNIT, Page
from tests.access.world import NOW, PRINCIPALS, World, build_world
from tests.browser.conftest import House, Stage, opened, staged
from tests.browser.visitor import DESKTOP, PHONE, TABLET, Visitor
from tests.commune import FOUNDED

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

EVERY = {**ROUTES, **MORE}
WORKERS = ("secretary", "office", "leader", "province", "member", "keeper", "anonymous")
READERS = ("province", "leader", "office", "member", "deputy", "keeper")
UNITS = ("na_loc", "commune", "pom_khe", "province", "khuoi_moc", "other_commune", "")
LATER_LOAD = 30_000
WITH_PICTURES = {"front:guide": 150_000, "front:guide_page": 400_000,  # the guide is opened once, to learn
                 "reports:review": 110_000}  # its faces, where there is no Times New Roman  # fmt: skip
SHARES = 8  # so that two processes share the work


@dataclass
class Village:
    """The world of the matrix, and a cell nobody belongs to yet."""

    world: World
    bare: Unit


def settle() -> Village:
    """As the matrix knows it; nothing ever happened in the other cell."""
    world = build_world()
    name, above = "Chi bộ bản Phiêng Vai", world.commune.commune
    return Village(world, found_unit(name, kind="cell", parent=above, on=FOUNDED, by=MACHINE, short_name=name[7:]))


@pytest.fixture(scope="module")
def village_stage(founded: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Made once for all looks of this file."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("CHIBO_HOME", str(tmp_path_factory.mktemp("home")))
        with staged(founded, "village", settle, NOW) as made:
            yield made


@pytest.fixture(scope="module")
def village(village_stage: Stage, static_root: Path, chromium: Browser, django_db_blocker: Any) -> Iterator[House]:
    """The house of the looks that change nothing."""
    with django_db_blocker.unblock(), opened(village_stage, static_root, chromium, NOW) as running:
        yield running


@pytest.fixture
def own_village(village_stage: Stage, static_root: Path, chromium: Browser, django_db_blocker: Any) -> Iterator[House]:
    """A house of one test, which may send forms."""
    with django_db_blocker.unblock(), opened(village_stage, static_root, chromium, NOW) as running:
        yield running


class Eyes:
    """One browser for each principal, opened when first needed; whatever is wrong is collected."""

    def __init__(self, house: House) -> None:
        self.house, self.world = house, house.story.world
        self.browsers: dict[str, Visitor] = {}
        self.wrong: list[str] = []
        self.looked = 0

    def of(self, principal: str) -> Visitor:
        """Signed in as that principal, without the form."""
        if principal not in self.browsers:
            me = self.browsers[principal] = self.house.visit(size=DESKTOP)
            if given := PRINCIPALS[principal]:
                client = Client()
                client.force_login(self.world.commune.account(given))
                cookies = [{"name": c.key, "value": c.value, "url": me.base} for c in client.cookies.values()]
                me.context.add_cookies(cookies)
            me.go("/")
        return self.browsers[principal]

    def open(self, me: Visitor, path: str, name: str) -> bool:
        """Go there; False when it is a file and not a page."""
        try:
            answer = me.go(path)
        except Error as error:
            assert "Download is starting" in str(error) or "ERR_ABORTED" in str(error), f"{name}: {error}"
            return False
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status} for {path}"
        return "text/html" in answer.headers["content-type"]

    def note(self, name: str, look: Any) -> None:
        """Look, and go on when something is wrong."""
        try:
            look()
        except AssertionError as error:
            self.wrong.append(f"{name}: {error}")


def pages() -> list[str]:
    """Names of all addresses that can be opened; one the matrix does not know is a failure."""
    known = set(routes(get_resolver()))
    assert known <= set(ROUTES), f"no look at {sorted(known - set(ROUTES))}: add the address to tests/access/matrix.py"
    return [name for name in EVERY if EVERY[name].get]  # one that is nobody's for sure has its own test


def case(world: World, page: Page, who: tuple[str, ...], units: tuple[str, ...] = UNITS) -> tuple[str, str] | None:
    """The first of them who may open it, and the first unit where."""
    there = [unit for unit in units if unit in targets(page, world)]
    return next(((p, unit) for p in who for unit in there if opens(page, p, unit)), None)


def opens(page: Page, principal: str, unit: str) -> bool:
    if page.get == SIGNED_IN and principal == "anonymous":
        return False
    if page.get == EVERYBODY and principal != "anonymous":
        return False  # who is signed in is sent home
    return expected(page, "get", principal, unit) == "in"


@pytest.mark.parametrize("share", range(SHARES))
def test_who_works_there(village: House, share: int) -> None:
    """At every size, in big letters, on paper; and no page is heavy."""
    eyes = Eyes(village)
    for name in pages()[share::SHARES]:
        found = case(eyes.world, EVERY[name], WORKERS)
        assert found is not None, f"nobody opens {name}"
        me, path = eyes.of(found[0]), address(name, EVERY[name], eyes.world, found[1])
        parts = weights(me)
        if eyes.open(me, path, name):
            me.page.wait_for_load_state("networkidle")
            eyes.note(name, lambda me=me, parts=parts, name=name: light(me, parts, name))
            look_closely(eyes, me, name)
    told(eyes, at_least=5)


def weights(me: Visitor) -> list[float]:
    """Bytes that come over the wire from now on."""
    watch = me.context.new_cdp_session(me.page)
    watch.send("Network.enable")
    parts: list[float] = []
    watch.on("Network.loadingFinished", lambda event: parts.append(event["encodedDataLength"]))
    return parts


def light(me: Visitor, parts: list[float], name: str) -> None:
    assert sum(parts) <= WITH_PICTURES.get(name, LATER_LOAD), f"{me.page.url} weighs {sum(parts) / 1000:.1f} kB"


def look_closely(eyes: Eyes, me: Visitor, name: str) -> None:
    eyes.looked += 1
    me.picture(f"every-{name.replace(':', '-').replace(' ', '-')}")
    eyes.note(name, lambda: me.check(PHONE, DESKTOP))
    eyes.note(name, lambda: me.fits(TABLET))
    eyes.note(name, lambda: me.fits(PHONE, big=True))
    eyes.note(f"{name} on paper", me.check_paper)


def told(eyes: Eyes, at_least: int) -> None:
    assert not eyes.wrong, "\n\n".join(eyes.wrong)
    assert eyes.looked >= at_least


@pytest.mark.parametrize("share", range(2))
def test_who_only_reads(village: House, share: int) -> None:
    """The same pages without their forms, for the widest unit these readers have."""
    eyes = Eyes(village)
    for name in pages()[share::2]:
        found = case(eyes.world, EVERY[name], READERS, ("commune", "province", *UNITS))
        if found and found != case(eyes.world, EVERY[name], WORKERS):
            look(eyes, name, found[0], address(name, EVERY[name], eyes.world, found[1]))
    told(eyes, at_least=5)


def look(eyes: Eyes, name: str, principal: str, path: str) -> None:
    """At a desk for barriers, at a phone for its width."""
    me = eyes.of(principal)
    if eyes.open(me, path, name):
        eyes.looked += 1
        me.picture(f"every-{principal}-{name.replace(':', '-').replace(' ', '-')}")
        eyes.note(f"{name} for {principal}", lambda: me.check(DESKTOP))
        eyes.note(f"{name} for {principal}", lambda: me.fits(PHONE))


def test_every_home(village: House) -> None:
    """What each principal owes is another page."""
    eyes = Eyes(village)
    for principal in PRINCIPALS:
        if principal != "anonymous":
            look(eyes, "front:home", principal, "/")
    told(eyes, at_least=9)


def test_where_nothing_happened_yet(village: House) -> None:
    """A cell without members and meetings: every page about a unit says what is missing."""
    eyes, bare = Eyes(village), village.story.bare
    eyes.world.units["bare"] = bare
    for name in pages():
        page = EVERY[name]
        if page.of is UNIT or page.query is not None:
            found = case(eyes.world, page, ("office", "leader"), ("na_loc",))
            if found:
                look(eyes, f"{name} empty", found[0], address(name, page, eyes.world, "bare"))
    del eyes.world.units["bare"]
    told(eyes, at_least=5)


SEND = """([action, fields]) => {
  const form = document.createElement("form");
  form.method = "post"; form.action = action;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, ...fields })) {
    const input = document.createElement("input");
    input.type = "hidden"; input.name = name; input.value = value; form.append(input);
  }
  document.body.append(form); form.submit();
}"""


@pytest.mark.parametrize("share", range(2))
def test_every_form_sent_empty(own_village: House, share: int) -> None:
    """Refused with a page that stands by itself; what needs nothing typed is simply done."""
    eyes, refused = Eyes(own_village), 0
    forms = [
        name for name, page in EVERY.items()  # not those that end somebody's session, perhaps one of these visitors'
        if page.post not in (None, EVERYBODY, SIGNED_IN) and page.of is not ACCOUNT_OF
    ]  # fmt: skip
    for name in forms[share::2]:
        page = EVERY[name]
        there = [unit for unit in UNITS if unit in targets(page, eyes.world)]
        found = next(((p, u) for p in WORKERS[:-1] for u in there if expected(page, "post", p, u) == "in"), None)
        if found is None:
            continue
        me = eyes.of(found[0])
        me.expected = {400, 403, 404, 405, 409, 413, 422}
        path = address(name, page, eyes.world, found[1])
        try:
            with me.page.expect_navigation(wait_until="load") as going:
                me.page.evaluate(SEND, [me.base + path, {"key": str(uuid.uuid4())}])
        except Error as error:
            assert "ERR_ABORTED" in str(error), f"{name}: {error}"
            continue  # a file
        answer = going.value
        refused += answer.status == 422
        assert answer.status < 500, f"{name}: {answer.status}"
        look_at_the_refusal(eyes, me, f"{name} sent empty, {answer.status}")
    assert refused >= 5
    told(eyes, at_least=5)


def look_at_the_refusal(eyes: Eyes, me: Visitor, name: str) -> None:
    eyes.looked += 1
    me.picture(f"every-{name.split(',')[0].replace(':', '-').replace(' ', '-')}")
    eyes.note(name, lambda: me.check(PHONE))
