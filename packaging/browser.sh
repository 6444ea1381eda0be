#!/usr/bin/env bash
# The browser tests need Chromium and fonts with Vietnamese letters. Missing means failure, never a skip.
set -eu

found() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && return 0
    done
    return 1
}

if found; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi
if ! found; then
    echo "Thiếu Chromium cho các bài thử trên trình duyệt. Hãy nhờ quản trị chạy:" >&2
    echo "  apt-get install chromium fonts-dejavu-core" >&2
    exit 1
fi
