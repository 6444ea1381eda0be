"""Chứng thư: phones trust this server and, through it, nothing else; the authority's key is nowhere."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from chibo.platform import alarms, certificate
from chibo.platform.errors import Trouble
from tests.platform.conftest import ROOT

NAMES = ["chibo.lan", "192.168.1.10"]


@pytest.fixture
def office(tmp_path, monkeypatch):
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))
    return tmp_path


def judged(office, leaf: bytes, name: str) -> str:
    """What openssl says of a certificate under our authority."""
    (office / "leaf.pem").write_bytes(leaf)
    what = "-verify_ip" if re.fullmatch(r"[\d.]+", name) else "-verify_hostname"
    done = subprocess.run(
        ["openssl", "verify", "-purpose", "sslserver", "-x509_strict", what, name,
         "-CAfile", office / "tls" / "chibo-ca.crt", office / "leaf.pem"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "ok" if done.returncode == 0 else done.stdout + done.stderr


def server_part(office) -> bytes:
    found = x509.load_pem_x509_certificates((office / "tls" / "server.pem").read_bytes())
    return found[0].public_bytes(serialization.Encoding.PEM)


@pytest.mark.parametrize("name", [*NAMES, "localhost", "127.0.0.1"])
def test_it_is_good_for_the_names_asked(office, name):
    certificate.issue(NAMES, now=datetime.now(UTC))
    assert judged(office, server_part(office), name) == "ok"


@pytest.mark.parametrize("name", ["example.vn", "192.168.1.11"])
def test_it_is_good_for_no_other(office, name):
    certificate.issue(NAMES, now=datetime.now(UTC))
    assert "mismatch" in judged(office, server_part(office), name)


@pytest.mark.parametrize("name", ["mail.example.vn", "8.8.8.8", "192.168.1.11"])
def test_the_authority_itself_cannot_vouch_for_another_site(office, name):
    now = datetime.now(UTC)
    key, authority = certificate._make_authority((*NAMES, *certificate.HERE), now)
    (office / "tls").mkdir()
    (office / "tls" / "chibo-ca.crt").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    leaf = ec.generate_private_key(ec.SECP256R1())
    forged = certificate.sign_server((name,), leaf, key, authority, now)
    assert "permitted subtree violation" in judged(office, forged.public_bytes(serialization.Encoding.PEM), name)


def test_only_the_servers_key_is_kept_and_closed(office):
    certificate.issue(NAMES, now=datetime.now(UTC))
    assert sorted(path.name for path in (office / "tls").iterdir()) == ["chibo-ca.crt", "server.pem"]
    assert (office / "tls" / "server.pem").stat().st_mode & 0o777 == 0o600
    texts = [path.read_bytes() for path in (office / "tls").iterdir()]
    assert sum(text.count(b"PRIVATE KEY-----") for text in texts) == 2  # begin and end of one
    server, authority = x509.load_pem_x509_certificates((office / "tls" / "server.pem").read_bytes())
    key = serialization.load_pem_private_key((office / "tls" / "server.pem").read_bytes(), None)
    assert key.public_key() == server.public_key() != authority.public_key()
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    assert len(constraints.value.permitted_subtrees) == 4


@pytest.mark.parametrize("name", ["", "8.8.8.8", "a b", "*.lan", "192.168.1", "xã.lan", "x" * 300])
def test_what_is_no_name_of_the_office_is_refused(office, name):
    with pytest.raises(Trouble):
        certificate.issue([name], now=datetime.now(UTC))
    assert certificate.issued() is None


def test_its_end_rings_in_time(office):
    made = certificate.issue(NAMES, now=datetime.now(UTC))
    assert made == certificate.issued()
    assert not [a for a in alarms.ringing(datetime.now(UTC)) if a.part == "certificate"]
    late = made.until - timedelta(days=30)
    assert [a.title for a in alarms.ringing(late) if a.part == "certificate"] == ["Chứng thư sắp hết hạn"]
    (office / "tls" / "server.pem").write_text("x")
    assert [a.title for a in alarms.ringing(late) if a.part == "certificate"] == ["Chứng thư hỏng"]
    certificate.drop()
    assert certificate.issued() is None


@pytest.mark.server
def test_the_server_speaks_tls_with_it(installation):
    place = installation("office")
    certificate.issue(["chibo.lan"], now=datetime.now(UTC))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = (
        "from chibo.platform import database, places, cli; from chibo.platform.cluster import Cluster\n"
        "home = places.chibo_home(); database._clusters[str(home)] = Cluster(home, durable=False)\n"
        f"from chibo.platform.serve import serve; serve('127.0.0.1', {port}, 2)"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHIBO_", "DATABASE_"))}
    settings = {"CHIBO_HOME": str(place), "DJANGO_SETTINGS_MODULE": "chibo.settings", "CHIBO_SECRET_KEY": "x"}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env={**kept, **settings}, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert f"https://127.0.0.1:{port}/" in server.stdout.readline()
            trusting = ssl.create_default_context(cafile=place / "tls" / "chibo-ca.crt")
            for host, status in (("chibo.lan", b" 200 "), ("elsewhere.lan", b" 500 ")):  # its page of 400 needs styles
                with socket.create_connection(("127.0.0.1", port)) as plain:
                    door = trusting.wrap_socket(plain, server_hostname="chibo.lan")
                    assert door.version() in {"TLSv1.2", "TLSv1.3"}
                    door.sendall(b"GET /healthz HTTP/1.0\r\nHost: %s\r\n\r\n" % host.encode())
                    assert status in door.recv(400)
                    door.close()
            stranger = ssl.create_default_context()
            with socket.create_connection(("127.0.0.1", port)) as plain, pytest.raises(ssl.SSLCertVerificationError):
                stranger.wrap_socket(plain, server_hostname="chibo.lan")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)
