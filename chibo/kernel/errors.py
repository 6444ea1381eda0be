"""Refusals: values with a code, raised in the domain, worded in `front.refusals`, answered by one middleware."""

from __future__ import annotations


class Refused(Exception):
    """Allowed in general, but against a rule or impossible as asked: 422 with the sentence of `code`."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts


class Stale(Refused):
    """Somebody saved in between: 409, with both texts. `conflicts` holds one entry for each field."""

    def __init__(self, conflicts: list[dict[str, object]]) -> None:
        super().__init__("changed_meanwhile", count=len(conflicts))
        self.conflicts = conflicts


class Overtaken(Refused):
    """Somebody was faster since the preview: 409. `because` says why the act cannot be done as it was shown."""

    def __init__(self, because: Refused) -> None:
        super().__init__("overtaken", because=because)
        self.because = because


class NoPower(Exception):
    """In sight, but the actor's posts do not allow it: 403."""

    def __init__(self, power: str, path: str) -> None:
        super().__init__(power, path)
        self.power, self.path = power, path


def refuse_if(condition: object, code: str, **facts: object) -> None:
    """Raise Refused(code) when the condition holds."""
    if condition:
        raise Refused(code, **facts)
