"""Codes of thirty seconds (RFC 6238) from a secret nobody stores: the installation's key and a salt make it anew."""

from __future__ import annotations

import base64
import hmac
import struct
from datetime import datetime
from urllib.parse import quote

from django.utils.crypto import salted_hmac

SECONDS, DIGITS = 30, 6
DRIFT = 1  # steps before and after: a laptop without the Internet has no time service
LABEL = "Chibo"


def secret_of(account_id: int, salt: str) -> bytes:
    """Twenty bytes, as the applications on phones expect."""
    return salted_hmac("chibo.second step", f"{account_id}:{salt}", algorithm="sha256").digest()[:20]


def key_mark() -> str:
    """Which key of the installation made it: after a restore elsewhere the old secrets are gone."""
    return salted_hmac("chibo.second step", "mark", algorithm="sha256").hexdigest()[:8]


def code_at(secret: bytes, step: int) -> str:
    """The six digits of a step of thirty seconds."""
    digest = hmac.new(secret, struct.pack(">Q", step), "sha1").digest()
    place = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of(at: datetime) -> int:
    """The running number of the half minute."""
    return int(at.timestamp()) // SECONDS


def matching_step(secret: bytes, typed: str, at: datetime, *, after: int) -> int | None:
    """The step this code belongs to, if it is one of the three of now and newer than `after`; all are compared."""
    digits = "".join(letter for letter in typed[:40] if letter in "0123456789")
    now, found = step_of(at), None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step), digits) and step > after:
            found = step
    return found


def spelled(secret: bytes) -> str:
    """For typing where no camera is at hand: «jbsw y3dp …»."""
    letters = base64.b32encode(secret).decode().rstrip("=").lower()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def address_of_secret(secret: bytes, username: str) -> str:
    """What the picture says to the application."""
    letters = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{LABEL}:{quote(username)}?secret={letters}&issuer={LABEL}&digits={DIGITS}&period={SECONDS}"
