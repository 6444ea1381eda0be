#!/usr/bin/env bash
# Make .venv from the lock file with uv; bring uv itself when the machine has none that works.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# An empty or closed home must not stop us: uv keeps its cache and its Pythons there.
if [ -z "${HOME:-}" ] || [ ! -w "${HOME:-/}" ]; then
    HOME=$PWD/.tools/home
    mkdir -p "$HOME"
    export HOME
fi

# An office's own certificate authority counts, where the machine knows it; a bare machine has no list.
if [ -s /etc/ssl/certs/ca-certificates.crt ]; then
    export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-true} UV_NATIVE_TLS=${UV_NATIVE_TLS:-true}
fi

works() { "$@" --version >/dev/null 2>&1; } # a shim on PATH may only print that it finds nothing

python_from() { # a Python that can make environments, any version uv's installer accepts
    for candidate in python3.13 python3.12 python3.14 python3 python; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    return 1
}

if works uv; then
    uv=uv
elif works .tools/bin/uv; then
    uv=.tools/bin/uv
else
    if ! python=$(python_from); then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
        fi
        python=$(python_from) || {
            say "Không tìm thấy Python có venv. Hãy cài: apt-get install python3-venv (hoặc cài uv)."
            exit 1
        }
    fi
    say "Cài uv vào .tools..."
    "$python" -m venv .tools
    .tools/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.8,<1"
    uv=.tools/bin/uv
fi

# .python-version asks for one Python; uv finds or brings it. Without it, any from 3.12 on will do.
# Compiled once here: a start is two seconds shorter, also where nothing may be written beside the code later.
if "$uv" python find >/dev/null 2>&1 || "$uv" python install --quiet 2>/dev/null; then
    "$uv" sync --frozen --quiet --compile-bytecode
elif "$uv" python find '>=3.12' >/dev/null 2>&1; then
    "$uv" sync --frozen --quiet --compile-bytecode --python '>=3.12'
else
    say "Cần Python từ 3.12 trở lên; máy chưa có và không tải về được."
    say "Hãy cài python3.13 (Debian 13: apt-get install python3 python3-venv) rồi chạy lại make setup."
    exit 1
fi
