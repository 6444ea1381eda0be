"""Chứng thư: an authority of the office's own that can vouch for this server's names only, and then never again.

The authority's key lives in this process while it signs once; it is never written. Whoever steals the machine later
can serve under the office's names until the certificate ends, and cannot make one for any other site.
"""

from __future__ import annotations

import ipaddress
import os
import re
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from chibo.platform import notes, places
from chibo.platform.cluster import sync_folder
from chibo.platform.errors import Trouble

LASTS = timedelta(days=820)  # phones of one maker refuse server certificates that last more than 825 days
HERE = ("localhost", "127.0.0.1")  # the browser of the machine itself
FOLDER, SERVER, AUTHORITY = "tls", "server.pem", "chibo-ca.crt"
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """What the server shows: the names it answers to, until when, and the authority's fingerprint for comparison."""

    names: tuple[str, ...]
    until: datetime
    fingerprint: str

    @property
    def spoken(self) -> str:
        """The fingerprint in groups that can be read out."""
        return " ".join(self.fingerprint[i : i + 4] for i in range(0, len(self.fingerprint), 4))


def issue(names: list[str], *, now: datetime) -> Issued:
    """Cấp chứng thư cho các tên, địa chỉ của máy này. Raises Trouble for a name that is none."""
    wanted = tuple(dict.fromkeys([*(_checked(name) for name in names), *HERE]))
    key, authority = _make_authority(wanted, now)
    server_key = ec.generate_private_key(ec.SECP256R1())
    server = sign_server(wanted, server_key, key, authority, now)
    del key
    folder = notes.folder(FOLDER)
    pem = serialization.Encoding.PEM
    secret = server_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _put(folder / AUTHORITY, authority.public_bytes(pem), 0o644)
    _put(folder / SERVER, secret + server.public_bytes(pem) + authority.public_bytes(pem), 0o600)
    sync_folder(folder)
    return _about(server, authority)


def issued() -> Issued | None:
    """The certificate this installation serves with, None when it has none."""
    place = server_file()
    if place is None:
        return None
    try:
        server, authority = x509.load_pem_x509_certificates(place.read_bytes())[:2]
    except (ValueError, OSError) as error:
        raise Trouble(f"Không đọc được chứng thư {place}. Hãy cấp lại: chibo certificate TÊN_MÁY") from error
    return _about(server, authority)


def server_file() -> Path | None:
    """Key, certificate and authority in one file, for the server; None when there is none."""
    place = places.chibo_home() / FOLDER / SERVER
    return place if place.exists() else None


def drop() -> None:
    """Thôi dùng chứng thư: the server goes back to plain HTTP."""
    for name in (SERVER, AUTHORITY):
        (places.chibo_home() / FOLDER / name).unlink(missing_ok=True)


def context(place: Path) -> ssl.SSLContext:
    """TLS 1.2 and later with that file. Raises Trouble when it does not hold together."""
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        made.load_cert_chain(place)
    except (ssl.SSLError, OSError) as error:
        raise Trouble(f"Không dùng được chứng thư {place}. Hãy cấp lại: chibo certificate TÊN_MÁY") from error
    return made


def sign_server(
    names: tuple[str, ...], server: _Key, authority_key: _Key, authority: x509.Certificate, now: datetime
) -> x509.Certificate:
    """The server's certificate: for those names, to serve with, under that authority."""
    uses = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    return (
        _begun(_named(names[0]), authority.subject, server, now)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(uses, critical=False)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _make_authority(names: tuple[str, ...], now: datetime) -> tuple[_Key, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _named(f"Chibo {names[0]} {now:%d/%m/%Y}")
    only = x509.NameConstraints([_area(name) for name in names], None)
    made = (
        _begun(subject, subject, key, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(only, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, made


def _begun(subject: x509.Name, issuer: x509.Name, key: _Key, now: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # a phone's clock may be behind
        .not_valid_after(now + LASTS)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=False, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _checked(name: str) -> str:
    """Raises Trouble unless it is a host's name or an address of a private network."""
    word = name.strip().rstrip(".").lower()
    try:
        address = ipaddress.ip_address(word)
    except ValueError:
        if not _HOST.fullmatch(word) or word.replace(".", "").isdecimal():
            raise Trouble(f"«{name}» không phải tên máy hay địa chỉ. Ví dụ: chibo.lan, 192.168.1.10") from None
        return word
    if not address.is_private:
        raise Trouble(f"{address} là địa chỉ trên Internet; Chibo chỉ chạy trong mạng của cơ quan.")
    return str(address)


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _area(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_network(name))
    except ValueError:
        return x509.DNSName(name)


def _named(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words[:64])])


def _about(server: x509.Certificate, authority: x509.Certificate) -> Issued:
    found = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    names = tuple(str(each.value) for each in found)
    return Issued(names, server.not_valid_after_utc.astimezone(UTC), authority.fingerprint(hashes.SHA256()).hex())


def _put(place: Path, content: bytes, mode: int) -> None:
    draft = place.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(draft, "xb", opener=lambda path, flags: os.open(path, flags, mode)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
