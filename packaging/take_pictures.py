"""Take the pictures of docs/huong-dan from the demo: `.venv/bin/python packaging/take_pictures.py [ADDRESS]`.

Without an address a demo of its own is loaded in a place of its own and taken away afterwards. Pages are reached as
people reach them, by the words on the buttons, so a guide that speaks of a button that is gone fails here.
"""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "huong-dan" / "hinh"
PASSPHRASE = "suoi mat dau ban"  # noqa: S105 - of the demo, printed for everybody
PHONE, DESK = (360, 640, 1.6), (1180, 720, 0.8)  # width, height, picture dots for one of the page
MOST, MOST_OF_ALL = 60_000, 1_000_000
TO_WEBP = """async ([data, quality]) => { const i = await createImageBitmap(await (await fetch(data)).blob());
  const c = new OffscreenCanvas(i.width, i.height); c.getContext("2d").drawImage(i, 0, 0);
  const b = await c.convertToBlob({type: "image/webp", quality}), r = new FileReader();
  return new Promise((done) => { r.onload = () => done(r.result); r.readAsDataURL(b); }); }"""


class Camera:
    """A browser for each account, and one that only turns pictures into WebP."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base, self.pages = browser, base, dict[tuple[str, float], Page]()
        self.dark_room = browser.new_page()
        FOLDER.mkdir(exist_ok=True)

    def page(self, who: str, shape: tuple[int, int, float] = PHONE) -> Page:
        """The home of this account, signed in."""
        wide, high, dots = shape
        if (who, dots) not in self.pages:
            page = self.browser.new_context(
                viewport={"width": wide, "height": high}, device_scale_factor=dots
            ).new_page()
            page.set_default_timeout(8_000)
            self.pages[who, dots] = page
            page.goto(self.base + "/dang-nhap/")
            if who:
                page.get_by_label("Tên đăng nhập").fill(who)
                page.get_by_label("Cụm từ bí mật", exact=True).fill(PASSPHRASE)
                page.get_by_role("button", name="Đăng nhập").click()
                page.wait_for_url(self.base + "/")
        page = self.pages[who, dots]
        page.goto(self.base + ("/" if who else "/dang-nhap/"))
        return page

    def take(self, name: str, page: Page, at: str = "", press: str = "") -> None:
        """What is on the screen, from `at` on, with a ring around what is pressed."""
        if at:
            page.locator(at).first.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 70)")
        if press:
            page.locator(press).first.evaluate(
                "e => Object.assign(e.style, {outline: '4px solid #a9741a', outlineOffset: '3px', borderRadius: '6px'})"
            )
        shot = base64.b64encode(page.screenshot()).decode()
        for quality in (0.65, 0.5, 0.35, 0.2):
            told = self.dark_room.evaluate(TO_WEBP, [f"data:image/png;base64,{shot}", quality])
            data = base64.b64decode(told.partition(",")[2])
            if len(data) <= MOST:
                break
        (FOLDER / f"{name}.webp").write_bytes(data)
        print(f"{len(data):>7,} {name}")


def cell(camera: Camera) -> None:
    """The evening of a secretary."""
    page = camera.page("bithu.naloc")
    camera.take("viec-can-lam", page, press="a:has-text('Mở buổi sinh hoạt')")
    page.get_by_role("link", name="Mở buổi sinh hoạt").first.click()
    meeting = page.url
    camera.take("phieu-chuan-bi", page, at="label:has-text('Nội dung trọng tâm')")
    camera.take("phieu-diem-danh", page, at="#diem-danh", press=".roll li:has-text('Vắng') .seg label:last-child")
    camera.take("phieu-viec-cu", page, at="#ky-truoc")
    page.get_by_role("link", name="Mời họp").first.click()
    camera.take("moi-hop", page, press="button:has-text('Chép lời mời')")
    page.goto(meeting)
    page.locator("#o-focal").fill("Tuần tra, giữ rừng đầu nguồn")
    page.locator("#o-conclusion").fill("Mỗi tuần hai lượt tuần tra, ghép tổ với bản bên, báo kết quả ngày 20.")
    page.locator("#o-ended").fill("21:15")
    page.get_by_text("Xem lại, kết thúc").first.click()
    page.wait_for_url("**/ket-thuc/")
    camera.take("ket-thuc", page, at=".note.watch",
                press="button:has-text('Kết thúc buổi sinh hoạt')")  # fmt: skip


def cell_year(camera: Camera) -> None:
    """What a cell looks back on."""
    page = camera.page("bithu.naloc")
    rail(page, "Nhiệm vụ")
    camera.take("nhiem-vu", page)
    page.get_by_role("link", name="Giao nhiệm vụ").first.click()
    camera.take("giao-nhiem-vu", page)
    rail(page, "Sinh hoạt")
    camera.take("ca-nam", page)
    page.locator("a:has-text('Sinh hoạt thường kỳ tháng 10')").first.click()
    camera.take("bien-ban", page, press="a:has-text('Tải biên bản')")
    rail(page, "Tổ chức")
    page.get_by_role("link", name="Chất lượng sinh hoạt").first.click()
    camera.take("chat-luong", page)


def office(camera: Camera) -> None:
    """The commune office: its morning, its papers."""
    page = camera.page("vanphong", DESK)
    camera.take("van-phong", page)
    rail(page, "Bảng tháng")
    board = page.url
    camera.take("bang-thang", page, at=".key")
    page.locator(".board .figure-col a.fig").first.click()
    camera.take("so-lieu", page)
    page.goto(board)
    page.get_by_role("link", name="Giấy tờ tháng").first.click()
    page.locator("p.small a:has-text('tháng')").first.click()
    camera.take("giay-to-thang", page)
    rail(page, "Tổ chức")
    page.get_by_role("link", name="Phụ trách chi bộ").first.click()
    camera.take("phu-trach", page)
    page.get_by_role("link", name="Sổ dự sinh hoạt").first.click()
    camera.take("so-du", page)


def office_phone(camera: Camera) -> None:
    """The office on the road: chase, help."""
    page = camera.page("vanphong")
    page.get_by_role("link", name="Chép lời nhắc").first.click()
    camera.take("nhac", page, press="button:has-text('Chép')")
    page = camera.page("vanphong")
    rail(page, "Bảng tháng")
    page.locator(".board td.is-now a.cell.missed").first.click()
    page.get_by_role("link", name="Ghi giúp chi bộ").first.click()
    camera.take("ghi-giup", page)


def others(camera: Camera) -> None:
    """Who visits, the province, a member, the door."""
    page = camera.page("phutrach.xa")
    camera.take("phu-trach-nha", page, at="ol.tasks")
    page.locator("a:has-text('Ghi nhận xét')").first.click()
    camera.take("nhan-xet", page, at="legend:has-text('Có dự không')")
    page = camera.page("canbo.tinh", DESK)
    rail(page, "Bảng tháng")
    camera.take("bang-tinh", page)
    page = camera.page("dangvien.naloc")
    camera.take("dang-vien", page, press="a:has-text('Xem, báo vắng')")
    page.locator("a:has-text('Xem, báo vắng')").first.click()
    page.get_by_label("Lý do").fill("Con ốm, đưa đi trạm y tế")
    camera.take("bao-vang", page, press="button:has-text('Tôi vắng')")
    rail(page, "Nhiệm vụ")
    camera.take("nhiem-vu-toi", page)
    camera.take("dang-nhap", camera.page(""))


def accounts(camera: Camera) -> None:
    """An account on paper, the first sign-in, the second step, where one is signed in."""
    page = camera.page("vanphong", DESK)
    rail(page, "Tài khoản")
    page.locator("tr:has-text('Chưa có') a").first.click()
    page.get_by_role("button", name="Lập tài khoản, in phiếu").click()
    camera.take("phieu-trao", page, press="button:has-text('In phiếu')")
    page = camera.page("")
    page.get_by_role("link", name="đăng nhập lần đầu").click()
    camera.take("lan-dau", page)
    page = camera.page("dangvien.naloc")
    rail(page, "Trang của tôi")
    page.get_by_role("link", name="Những nơi đang đăng nhập").click()
    camera.take("phien", page)
    page.get_by_role("link", name="Bước hai khi đăng nhập").click()
    page.get_by_role("button", name="Bắt đầu").click()
    camera.take("buoc-hai", page, at="h2:has-text('Quét bằng')")


def rail(page: Page, words: str) -> None:
    """A room of the rail; on a phone it stands at the end of the page."""
    page.locator("#dieu-huong li a").filter(has_text=words).first.click()


@contextmanager
def own_demo() -> Iterator[str]:
    """A demo in a place of its own, served until the block ends."""
    with tempfile.TemporaryDirectory(prefix="chibo-pictures-") as place, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        os.chmod(place, 0o755)  # noqa: S103 - the server of the database is another user
        settings = {**os.environ, "CHIBO_HOME": f"{place}/home", "CHIBO_PORT": port}
        chibo = str(Path(sys.executable).with_name("chibo"))
        subprocess.run([chibo, "demo"], env=settings, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([chibo, "serve"], env=settings, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/dang-nhap/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str) -> None:
    """Until the server answers."""
    for _ in range(120):
        with suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.5)
    raise SystemExit("the server does not answer")


ROLLS: tuple[Callable[[Camera], None], ...] = (others, accounts, office, office_phone, cell_year, cell)


def main(base: str) -> None:
    """Every picture; says when they are too many to ship."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        camera = Camera(browser, base)
        for roll in ROLLS:
            roll(camera)
        browser.close()
    sizes = [path.stat().st_size for path in FOLDER.glob("*.webp")]
    print(f"{sum(sizes):,} bytes in {len(sizes)} pictures")
    if max(sizes) > MOST or sum(sizes) > MOST_OF_ALL:
        raise SystemExit("too large")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1].rstrip("/"))
    else:
        with own_demo() as address:
            main(address)
