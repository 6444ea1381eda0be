"""Codes that travel on paper: easy to read aloud, hard to guess, kept only as a keyed hash."""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that looks like another one
LONG, SHORT = 12, 8  # 59 and 39 bits; guessing is slowed (`signing_in.waiting`)


def new_code(length: int = LONG) -> str:
    """«k7mp-2xw9-hq4t»."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(length))
    return "-".join(letters[at : at + 4] for at in range(0, length, 4))


def tidy_code(typed: str) -> str:
    """A typed code without blanks, dashes and capitals."""
    return "".join(letter for letter in typed[:100].lower() if letter in LETTERS)


def code_digest(typed: str, purpose: str) -> str:
    """What is stored. The key is the installation's, so a stolen dump alone cannot be tried against."""
    return salted_hmac(f"chibo.{purpose}", tidy_code(typed), algorithm="sha256").hexdigest()
