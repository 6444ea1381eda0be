"""Areas and causes of limitations by the rule of a day: dated data, never an enum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chibo.rules.reader import rules_on

AREAS, CAUSES, ANSWER_DAYS = "limitation.areas", "limitation.causes", "limitation.answer_days"
SUBJECTIVE, OBJECTIVE = "subjective", "objective"
KINDS = {OBJECTIVE: "Khách quan", SUBJECTIVE: "Chủ quan"}


@dataclass(frozen=True, slots=True)
class CauseCode:
    """One cause that can be counted, and on which side the report puts it."""

    code: str
    label: str
    kind: str

    @property
    def side(self) -> str:
        """Khách quan, chủ quan."""
        return KINDS.get(self.kind, "")


def areas_on(day: date) -> dict[str, str]:
    """Lĩnh vực of that day: code → name, in the order of the book."""
    rule = rules_on(day).get(AREAS)
    return {each["code"]: each["label"] for each in rule.value} if rule else {}


def causes_on(day: date) -> dict[str, CauseCode]:
    """Nguyên nhân of that day, in the order of the book."""
    rule = rules_on(day).get(CAUSES)
    return {each["code"]: CauseCode(**each) for each in rule.value} if rule else {}


def area_name(code: str, day: date) -> str:
    """Its name on that day, or as it is called now; the code when the book has forgotten it."""
    return areas_on(day).get(code) or areas_on(date.max).get(code) or code


def cause_named(code: str, day: date) -> CauseCode:
    """The cause of that day, or as it is called now; its bare code when the book has forgotten it."""
    return causes_on(day).get(code) or causes_on(date.max).get(code) or CauseCode(code, code, SUBJECTIVE)
