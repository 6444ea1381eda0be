#!/bin/sh
# Inside the bare system, as root there: each check is one the office would meet. Used by try_bundle.sh.
set -eu
python=${1:-}
LC_ALL=C.UTF-8
export LC_ALL
told() { echo "   $*"; }
become="setpriv --reuid clerk --regid clerk --init-groups env -i HOME=/home/clerk LC_ALL=C.UTF-8"
become="$become PATH=/home/clerk/.local/bin:/usr/bin:/bin"
clerk() { $become "$@"; }
option=${python:+--python $python}
run_python=${python:-python3}

if clerk "$run_python" -c 'import urllib.request as u; u.urlopen("http://deb.debian.org/", timeout=5)' 2>/dev/null; then
    echo "there is Internet here: this proves nothing" >&2
    exit 1
fi
told "no Internet, $("$run_python" -V), pip module: $("$run_python" -c 'import pip' 2>/dev/null && echo yes || echo no)"

# refused before anything is unpacked: an altered byte, another key
cp -r /media/usb /media/altered
tar=$(ls /media/altered/*.tar)
printf 'x' | dd of="$tar" bs=1 seek=500000 conv=notrunc status=none
if clerk sh /media/altered/install.sh $option 2>/tmp/said; then exit 1; fi
told "altered byte: $(tail -1 /tmp/said)"
cp -r /media/usb /media/forged
printf 'x' >>/media/forged/SHA256SUMS
if clerk sh /media/forged/install.sh $option 2>/tmp/said; then exit 1; fi
told "altered list: $(tail -1 /tmp/said)"
[ ! -e /home/clerk/.local/lib/chibo/versions ]

clerk sh /media/usb/install.sh $option
cp -r /media/usb /media/other
openssl ecparam -name prime256v1 -genkey -noout -out /tmp/other.pem
openssl dgst -sha256 -sign /tmp/other.pem -out /media/other/SHA256SUMS.sig /media/other/SHA256SUMS
openssl pkey -in /tmp/other.pem -pubout -out /media/other/chibo.pub
if clerk sh /media/other/install.sh $option 2>/tmp/said; then exit 1; fi
told "another key: $(tail -1 /tmp/said)"
echo 99.0 >/home/clerk/.local/lib/chibo/current/VERSION
if clerk sh /media/usb/install.sh $option 2>/tmp/said; then exit 1; fi
told "older than installed: $(tail -1 /tmp/said)"
cat /home/clerk/.local/lib/chibo/versions/*/VERSION >/dev/null
sed -n 's/^chibo==\([^ ]*\) .*/\1/p' /home/clerk/.local/lib/chibo/current/requirements.txt >/home/clerk/.local/lib/chibo/current/VERSION

echo 'suoi mat dau ban' >/home/clerk/phrase
chown clerk /home/clerk/phrase
first="--unit Đảng_bộ_xã_Thử --place Thử --cell Chi_bộ_Cơ_quan --person Lò_Thị_Thử --username vanphong --passphrase-file /home/clerk/phrase"
trial() { # NAME, then what the environment needs
    name=$1; shift
    clerk "$@" chibo init $first >/tmp/init 2>&1 || { cat /tmp/init; exit 1; }
    told "$name: $(grep 'Đã lập' /tmp/init)"
    $become "$@" chibo serve >/tmp/serve 2>&1 & # not by the function: its process would be a shell's
    server=$!
    clerk "$@" "$run_python" /media/try_sign_in.py 8420 || { cat /tmp/serve; exit 1; }
    mkdir -p "/media/kept-$name" && chown clerk "/media/kept-$name"
    clerk "$@" chibo schedule "/media/kept-$name" >/tmp/kept 2>&1 || { cat /tmp/kept; exit 1; }
    told "$name: $(grep 'Phục hồi thử' /tmp/kept)"
    clerk "$@" chibo check
    if clerk "$@" chibo upgrade >/tmp/said 2>&1; then exit 1; fi
    told "$name, upgrade while serving: $(tail -1 /tmp/said)"
    kill "$server"; wait "$server" || true
    clerk "$@" chibo upgrade >/tmp/said 2>&1 || { cat /tmp/said; exit 1; }
    told "$name: $(tail -1 /tmp/said)"
}
trial laptop CHIBO_HOME=/home/clerk/du-lieu

# the laptop is lost: a new place, the medium, and the paper
clerk CHIBO_HOME=/home/clerk/du-lieu chibo schedule --show-key >/home/clerk/khoa.txt 2>/dev/null
chown clerk /home/clerk/khoa.txt
kept=$(ls /media/kept-laptop/*.chibo)
head -c 21 "$kept" | grep -q '^age-encryption.org/v1'
if clerk CHIBO_HOME=/home/clerk/may-moi chibo restore "$kept" >/tmp/said 2>&1; then exit 1; fi
told "without the paper: $(tail -1 /tmp/said)"
clerk CHIBO_HOME=/home/clerk/may-moi chibo restore "$kept" --key-file /home/clerk/khoa.txt >/tmp/said 2>&1 || { cat /tmp/said; exit 1; }
told "with the paper: $(tail -2 /tmp/said | head -1)"
clerk CHIBO_HOME=/home/clerk/may-moi chibo check
clerk CHIBO_HOME=/home/clerk/may-moi chibo export /home/clerk/xuat
clerk CHIBO_HOME=/home/clerk/may-moi chibo support /home/clerk/ho-tro.zip 2>/dev/null

# TLS of its own, with the name the phones will use
clerk CHIBO_HOME=/home/clerk/may-moi chibo certificate 10.7.0.1 >/tmp/said 2>&1 || { cat /tmp/said; exit 1; }
$become CHIBO_HOME=/home/clerk/may-moi chibo serve >/tmp/serve 2>&1 &
server=$!
clerk "$run_python" /media/try_sign_in.py 8420 /home/clerk/may-moi/tls/chibo-ca.crt || { cat /tmp/serve; exit 1; }
kill "$server"; wait "$server" || true

# a server of the office's own, reached by password over loopback
pg=$(ls -d /home/clerk/du-lieu/pg-*)
mkdir -m 700 /home/clerk/pg-own && chown clerk /home/clerk/pg-own
echo secret >/home/clerk/pg-phrase && chown clerk /home/clerk/pg-phrase
clerk "$pg/bin/initdb" -D /home/clerk/pg-own -U postgres -E UTF8 -A scram-sha-256 --pwfile /home/clerk/pg-phrase \
    --locale=C.UTF-8 >/dev/null
clerk "$pg/bin/pg_ctl" start -w -D /home/clerk/pg-own -l /home/clerk/pg-own.log \
    -o "-p 5544 -c listen_addresses=127.0.0.1 -c unix_socket_directories=/tmp" >/dev/null || { cat /home/clerk/pg-own.log; exit 1; }
ask() { clerk PGPASSWORD=secret "$pg/bin/psql" -X -qAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -p 5544 -U postgres -c "$1"; }
ask "CREATE ROLE chibo_app NOLOGIN"
ask "CREATE ROLE office LOGIN PASSWORD 'quiet'"
ask "GRANT chibo_app TO office"
ask "CREATE DATABASE office OWNER office"
trial own-server CHIBO_HOME=/home/clerk/du-lieu-2 DATABASE_URL=postgresql://office:quiet@127.0.0.1:5544/office
clerk "$pg/bin/pg_ctl" stop -w -m fast -D /home/clerk/pg-own >/dev/null

# as root: an account and a place for the service
sh /media/usb/install.sh $option >/tmp/said 2>&1 || { cat /tmp/said; exit 1; }
chibo doctor >/tmp/said 2>&1 || { cat /tmp/said; exit 1; }
told "as root: $(grep -c '^được' /tmp/said) things well, data of '$(stat -c %U /var/lib/chibo/data*)'"
