"""Trouble a person can do something about: one Vietnamese sentence that says what happened and what to do."""

from __future__ import annotations


class Trouble(Exception):
    """Foreseeable trouble of the machine, never of the domain. The command line prints it and ends with 1."""
