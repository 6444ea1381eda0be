"""Sign in over loopback as a browser would, second step and all: try_sign_in.py PORT [https CA_FILE]. Only Python."""

import base64
import hmac
import re
import ssl
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

port, secure = sys.argv[1], len(sys.argv) > 2
base = f"{'https' if secure else 'http'}://127.0.0.1:{port}"  # a bare system knows no other name of itself
handlers = [urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())]
if secure:
    handlers.append(urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=sys.argv[2])))
browser = urllib.request.build_opener(*handlers)
page = where = ""


def opened(path: str, **form: str) -> None:
    """Open a page, or send its form; the answer is then the page."""
    global page, where
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    sent = {**form, "csrfmiddlewaretoken": found.group(1)} if form and found else {}
    data = urllib.parse.urlencode(sent).encode() if sent else None
    headers = {"Referer": where} if where else {}
    with browser.open(urllib.request.Request(base + path, data, headers), timeout=30) as answer:
        page, where = answer.read().decode(), answer.geturl()


def phone() -> str:
    """What the application on the phone shows for the secret on the page."""
    letters = re.search(r'<b class="code">([a-z2-7 ]+)</b>', page).group(1).replace(" ", "").upper()
    secret = base64.b32decode(letters + "=" * (-len(letters) % 8))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), "sha1").digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


for _ in range(120):
    try:
        opened("/dang-nhap/")
        break
    except (urllib.error.URLError, ConnectionError):
        time.sleep(0.5)
else:
    sys.exit("the server does not answer")
opened("/dang-nhap/", username="vanphong", password="suoi mat dau ban")  # noqa: S106 - made up
assert where == f"{base}/buoc-hai/", f"an office without its second step got to {where}"
opened("/buoc-hai/", begin="1")
opened("/buoc-hai/xac-nhan/", code=phone())
codes = page.count('<li class="code">')
assert codes == 10, f"{codes} recovery codes"
opened("/")
assert where == f"{base}/", where
heading = re.search(r"<h1>(.*?)</h1>", page, re.S).group(1).strip()
style = re.search(r'href="(/tinh/[^"]+\.css)"', page)
assert browser.open(base + style.group(1), timeout=30).status == 200
print(f"   signed in at {base} with the phone's code: «{heading}», with its style")
