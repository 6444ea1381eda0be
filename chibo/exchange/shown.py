"""Lines of a list as a page shows them: in words, filtered, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chibo.exchange.answers import NOTES, problem_words
from chibo.exchange.drafts import Change, Draft, Verdict
from chibo.kernel.errors import Refused
from chibo.kernel.text import fold

PAGE = 100
TO_LOOK_AT = "can-xem"
FILTERS: Mapping[str, tuple[str, frozenset[Verdict]]] = {
    TO_LOOK_AT: ("Cần xem", frozenset({Verdict.NEW, Verdict.CHANGED, Verdict.REFUSED})),
    "tu-choi": ("Từ chối", frozenset({Verdict.REFUSED})),
    "moi": ("Mới", frozenset({Verdict.NEW})),
    "co-doi": ("Có đổi", frozenset({Verdict.CHANGED})),
    "khong-doi": ("Không đổi", frozenset({Verdict.SAME})),
    "tat-ca": ("Tất cả", frozenset(Verdict)),
}
_ORDER = [Verdict.REFUSED, Verdict.CHANGED, Verdict.NEW, Verdict.SAME]


@dataclass(frozen=True, slots=True)
class Shown:
    """One line."""

    number: int
    verdict: str
    title: str
    problems: list[str]
    changes: list[Change]
    notes: list[str]
    does: list[str]
    remarks: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page, and the filter they passed."""

    lines: list[Shown]
    only: str
    sought: str
    start: int
    more: bool
    filters: list[tuple[str, str, int]]  # code, words, how many

    @property
    def next(self) -> int:
        """Where the next page starts."""
        return self.start + PAGE


def page_of(
    drafts: list[Draft], counts: Mapping[str, int], asked: Mapping[str, str], say: Callable[[Refused], str]
) -> Page:
    """?hien=tu-choi&tim=inh&tu=100: refused lines first, then what changes."""
    only = asked.get("hien", TO_LOOK_AT) if asked.get("hien") in FILTERS else TO_LOOK_AT
    sought, start = asked.get("tim", "")[:80], _start(asked.get("tu", ""))
    words = fold(sought)
    kept = [d for d in drafts if d.verdict in FILTERS[only][1] and (not words or words in fold(d.title))]
    kept.sort(key=lambda draft: (_ORDER.index(draft.verdict), draft.number))
    filters = [(code, label, sum(counts[v] for v in of)) for code, (label, of) in FILTERS.items()]
    lines = [_shown(draft, say) for draft in kept[start : start + PAGE]]
    return Page(lines, only, sought, start, len(kept) > start + PAGE, filters)


def _start(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def _shown(draft: Draft, say: Callable[[Refused], str]) -> Shown:
    problems = [problem_words(problem, say) for problem in draft.problems]
    notes = [NOTES[note] for note in draft.notes]
    does, remarks = ([], []) if problems else (draft.does, [say(each) for each in draft.remarks])
    changes = [] if problems else draft.changes
    return Shown(draft.number, str(draft.verdict), draft.title, problems, changes, notes, does, remarks)
