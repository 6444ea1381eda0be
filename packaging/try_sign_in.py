"""Sign in over loopback as a browser would, with nothing but Python: try_sign_in.py PORT [https CA_FILE]."""

import re
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

port, secure = sys.argv[1], len(sys.argv) > 2
base = f"{'https' if secure else 'http'}://{'localhost' if secure else '127.0.0.1'}:{port}"
handlers = [urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())]
if secure:
    handlers.append(urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=sys.argv[2])))
browser = urllib.request.build_opener(*handlers)

for _ in range(120):
    try:
        page = browser.open(f"{base}/dang-nhap/", timeout=10).read().decode()
        break
    except (urllib.error.URLError, ConnectionError):
        time.sleep(0.5)
else:
    sys.exit("the server does not answer")
token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
form = {"username": "vanphong", "password": "suoi mat dau ban", "csrfmiddlewaretoken": token.group(1)}
ask = urllib.request.Request(
    f"{base}/dang-nhap/", urllib.parse.urlencode(form).encode(), {"Referer": f"{base}/dang-nhap/"}
)
home = browser.open(ask, timeout=30)
words = home.read().decode()
assert home.geturl() == f"{base}/", home.geturl()
heading = re.search(r"<h1>(.*?)</h1>", words, re.S)
style = re.search(r'href="(/tinh/[^"]+\.css)"', words)
assert browser.open(base + style.group(1), timeout=30).status == 200
print(f"   signed in at {base}: «{heading.group(1).strip()}», with its style")
