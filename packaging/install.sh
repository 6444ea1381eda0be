#!/bin/sh
# Cài Chibo từ bộ cài này, không cần Internet:   sh install.sh [--python ĐƯỜNG_DẪN] [--prefix THƯ_MỤC]
# The signature is checked before anything is unpacked; the key is the one of the first installation; never a lower
# version; whole or not at all: a version counts once its folder is complete and `current` leads to it.
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)

say() { printf '%s\n' "$*" >&2; }
fail() { say "Lỗi: $*"; exit 1; }

python= prefix=
while [ $# -gt 0 ]; do
    case $1 in
        --python) python=${2:?}; shift 2 ;;
        --prefix) prefix=${2:?}; shift 2 ;;
        *) fail "không có tham số $1. Cách dùng: sh install.sh [--python ĐƯỜNG_DẪN] [--prefix THƯ_MỤC]" ;;
    esac
done
root=no
[ "$(id -u)" != 0 ] || root=yes
if [ -z "$prefix" ]; then
    if [ $root = yes ]; then prefix=/opt/chibo; else prefix=${HOME:?}/.local/lib/chibo; fi
fi

# 1. a Python that can run it
fits() { "$1" -c 'import sys, venv, ssl; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; }
if [ -n "$python" ]; then
    fits "$python" || fail "$python không chạy được hoặc cũ hơn Python 3.12."
else
    for each in python3.13 python3.12 python3 python3.14; do
        if fits "$each"; then python=$(command -v "$each"); break; fi
    done
    [ -n "$python" ] || fail "Máy chưa có Python từ 3.12 trở lên. Debian 13: apt-get install python3. Debian 12: xem CAI-DAT.md."
fi
command -v openssl >/dev/null || fail "Máy chưa có openssl để kiểm chữ ký. Hãy cài: apt-get install openssl"

# 2. whose it is, and that it is whole: before unpacking
key=$here/chibo.pub
if [ -e "$prefix/chibo.pub" ]; then
    key=$prefix/chibo.pub
    cmp -s "$key" "$here/chibo.pub" || fail "Bộ cài này ký bằng khóa khác với lần cài đầu. Không cài. Hãy hỏi nơi gửi bộ cài."
else
    say "Lần cài đầu. Mã của khóa ký (so với mã nơi gửi đã báo bằng giấy hoặc điện thoại):"
    say "  $(openssl pkey -pubin -in "$key" -outform DER 2>/dev/null | openssl dgst -sha256 -r | cut -c1-32)"
fi
openssl dgst -sha256 -verify "$key" -signature "$here/SHA256SUMS.sig" "$here/SHA256SUMS" >/dev/null 2>&1 ||
    fail "Chữ ký của bộ cài không đúng: tệp bị sửa hoặc hỏng. Không cài. Hãy chép lại bộ cài."
(cd "$here" && sha256sum --strict --status -c SHA256SUMS) || fail "Có tệp trong bộ cài bị hỏng. Không cài. Hãy chép lại bộ cài."
tar=$(sed -n 's/^[0-9a-f]\{64\}  \(chibo-[0-9][A-Za-z0-9._-]*\.tar\)$/\1/p' "$here/SHA256SUMS")
[ -n "$tar" ] && [ "$(printf '%s\n' "$tar" | wc -l)" = 1 ] || fail "Bộ cài thiếu tệp chương trình."

# 3. not down
version=${tar#chibo-}; version=${version%%-linux-*}
lower() { "$python" -c 'import re, sys; n = lambda s: [int(d) for d in re.findall(r"\d+", s)]; sys.exit(n(sys.argv[1]) >= n(sys.argv[2]))' "$1" "$2"; }
installed=
[ ! -e "$prefix/current/VERSION" ] || installed=$(cat "$prefix/current/VERSION")
if [ -n "$installed" ] && lower "$version" "$installed"; then
    fail "Máy đang dùng Chibo $installed; bộ cài này là $version, cũ hơn. Không cài lùi."
fi

# 4. into a folder of its own, then the switch
mkdir -p "$prefix/versions"
place=$prefix/versions/$version-$(date +%Y%m%d%H%M%S)
undo() { rm -rf "$place"; }
trap undo EXIT
mkdir "$place"
say "Cài Chibo $version vào $place"
tar -xf "$here/$tar" -C "$place"
(cd "$place" && sha256sum --strict --status -c SHA256SUMS) || fail "Nội dung bộ cài không khớp bản kê."
"$python" -m venv --without-pip "$place/env" || fail "Không tạo được môi trường Python."
pip=$(echo "$place"/wheels/pip-*.whl)
PIP_CONFIG_FILE=/dev/null PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1 "$place/env/bin/python" "$pip/pip" install \
    --quiet --no-index --no-deps --no-cache-dir --disable-pip-version-check --only-binary :all: \
    --require-hashes --find-links "$place/wheels" -r "$place/requirements.txt" ||
    fail "Không cài được các gói. Python này ($("$python" -V)) có thể không có trong bộ cài."
rm -rf "$place/wheels"
"$place/env/bin/chibo" --version >/dev/null || fail "Chương trình vừa cài không chạy được."
[ -e "$prefix/chibo.pub" ] || cp "$here/chibo.pub" "$prefix/chibo.pub"
ln -sfn "$place" "$prefix/current.new"
mv -fT "$prefix/current.new" "$prefix/current"
trap - EXIT
# the one before stays: its PostgreSQL may still be needed; older ones go
for old in $(ls -dt "$prefix"/versions/*/ | tail -n +3); do
    [ "$(cd "$old" && pwd -P)" = "$(cd "$prefix/current" && pwd -P)" ] || rm -rf "$old"
done

# 5. the command, and on a server the service
if [ $root = yes ]; then
    bin=/usr/local/bin
    id chibo >/dev/null 2>&1 || useradd --system --home-dir /var/lib/chibo --shell /usr/sbin/nologin chibo
    install -d -m 700 -o chibo -g chibo /var/lib/chibo
    cat >"$bin/chibo.new" <<SCRIPT
#!/bin/sh
# as root: the same account and data as the service
set -a
CHIBO_HOME=\${CHIBO_HOME:-/var/lib/chibo}
[ ! -r /etc/chibo.conf ] || . /etc/chibo.conf
set +a
if [ "\$(id -u)" = 0 ]; then exec setpriv --reuid chibo --regid chibo --clear-groups "$prefix/current/env/bin/chibo" "\$@"; fi
exec "$prefix/current/env/bin/chibo" "\$@"
SCRIPT
    chmod 755 "$bin/chibo.new"
    mv -f "$bin/chibo.new" "$bin/chibo"
    if [ -d /etc/systemd/system ]; then
        sed "s|@PREFIX@|$prefix|g" "$place/chibo.service" >/etc/systemd/system/chibo.service
        [ ! -d /run/systemd/system ] || systemctl daemon-reload
    fi
else
    bin=$HOME/.local/bin
    mkdir -p "$bin"
    ln -sfn "$prefix/current/env/bin/chibo" "$bin/chibo"
fi
say "Đã cài Chibo $version; lệnh: $bin/chibo"
if [ -z "$installed" ]; then say "Tiếp theo: chibo init --help"; else say "Tiếp theo: chibo upgrade"; fi
