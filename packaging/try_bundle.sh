#!/usr/bin/env bash
# Proof that the bundle installs and works on a bare machine without Internet: Debian 13 with its own Python, Debian 12
# with one brought along. Made by debootstrap, run in a network namespace that has loopback only, as an ordinary user.
#   as root, after make bundle:  PYTHON_FOR_12=/path/to/python-3.13-tree MIRROR=... packaging/try_bundle.sh [SUITE...]
set -eu
cd "$(dirname "$0")/.."

[ "$(id -u)" = 0 ] || { echo "try_bundle.sh: run as root (chroot)" >&2; exit 1; }
for needed in debootstrap unshare ip; do
    command -v $needed >/dev/null || { echo "try_bundle.sh: apt-get install debootstrap util-linux iproute2" >&2; exit 1; }
done
mirror=${MIRROR:-http://deb.debian.org/debian}
python12=${PYTHON_FOR_12:-}
bundle=$(ls -d dist/chibo-*/ | tail -1)
[ -n "$bundle" ] || { echo "try_bundle.sh: make bundle first" >&2; exit 1; }
work=$(mktemp -d /var/tmp/try-bundle.XXXXXX)
chmod 755 "$work"
tidy() {
    for each in "$work"/*/proc; do if mountpoint -q "$each"; then umount "$each"; fi; done
    rm -rf --one-file-system "$work"
}
trap tidy EXIT

suites=${*:-trixie bookworm}
for suite in $suites; do
    root=$work/$suite
    more=python3,openssl,tzdata
    [ "$suite" != bookworm ] || more=openssl,tzdata,libssl3,libffi8,zlib1g,libbz2-1.0,liblzma5,libreadline8,libsqlite3-0
    echo "== $suite: debootstrap --variant=minbase --include=$more"
    debootstrap --variant=minbase --include=$more "$suite" "$root" "$mirror" >"$work/$suite.log" 2>&1 || {
        tail -5 "$work/$suite.log" >&2
        exit 1
    }
    python=
    if [ "$suite" = bookworm ]; then
        [ -n "$python12" ] || { echo "== bookworm: no PYTHON_FOR_12 given, left out"; continue; }
        mkdir -p "$root$python12"
        cp -a "$python12/." "$root$python12/"
        chmod -R a+rX "$root$python12"
        dir=$python12 # every folder above must be open to the clerk
        while dir=$(dirname "$dir") && [ "$dir" != / ]; do chmod a+rx "$root$dir"; done
        python=$python12/bin/python3
    fi
    mkdir -p "$root/media/usb"
    cp -r "$bundle/." "$root/media/usb/"
    cp packaging/try_bundle_inside.sh packaging/try_sign_in.py "$root/media/"
    mount -t proc proc "$root/proc"
    mkdir -p "$root/dev/shm"
    chmod 1777 "$root/dev/shm"
    chroot "$root" useradd --create-home clerk
    unshare --net sh -c "ip link set lo up && chroot '$root' /bin/sh /media/try_bundle_inside.sh '$python'"
    umount "$root/proc"
    echo "== $suite: ok"
done
