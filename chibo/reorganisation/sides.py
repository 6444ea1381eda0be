"""Two records side by side, as the page shows them: every particular and dated fact, what differs marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chibo.cadres.words import fact_words
from chibo.kernel.dates import show_day
from chibo.kernel.text import lower_first
from chibo.membership.models import Particular, Standing
from chibo.membership.particulars import FIELDS, NAME, field_shown
from chibo.reorganisation.joining import KEPT, MERGED, STANDING, Track
from chibo.reorganisation.merging import ACCOUNT, Pairing


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is, what either record says, the code of the choice where they differ."""

    label: str
    ours: str
    theirs: str
    code: str = ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Both values, to be chosen from."""
        return [(KEPT, self.ours), (MERGED, self.theirs)]


def lines_beside(found: Pairing) -> list[Line]:
    """Name, account, standing and fields in the order of the form."""
    differs = set(found.differing)
    kept, merged = found.kept.full_name, found.merged.full_name
    lines = [Line(NAME.label, kept, merged, NAME.code if NAME.code in differs else "")]
    if found.accounts:
        ours, theirs = (found.accounts[s].username if s in found.accounts else "" for s in (KEPT, MERGED))
        lines.append(Line("Tài khoản", ours, theirs, ACCOUNT if ACCOUNT in differs else ""))
    order = [STANDING, *FIELDS]
    chosen = sorted((t for t in found.tracks if t.code in order), key=lambda track: order.index(track.code))
    for track in chosen:
        label = "Chính thức, dự bị" if track.code == STANDING else field_shown(track.code).label
        lines.append(
            Line(label, _told(track.ours), _told(track.theirs), track.code if track.code in differs else "")
        )  # fmt: skip
    return lines


def facts_beside(found: Pairing, *, names: Mapping[int, str]) -> list[Line]:
    """Dated facts of which both hold as far as they do not clash: cells, posts, absences, seats."""
    heads = {"Belonging": "Nơi sinh hoạt", "Absence": "Miễn, nhiệm vụ đặc biệt", "Post": "Chức vụ",
             "StatePost": "Chức vụ chính quyền, đoàn thể", "Seat": "Ban, tổ"}  # fmt: skip
    return [
        Line(heads[track.model.__name__], sentences(track.ours, names), sentences(track.theirs, names))
        for track in found.tracks if not track.code
    ]  # fmt: skip


def _told(track_rows: list[Any]) -> str:
    if track_rows and isinstance(track_rows[0], Standing):
        return "; ".join(f"{row.get_kind_display()} {_days(row)}" for row in track_rows)
    holding = [row for row in track_rows if isinstance(row, Particular) and row.during.upper is None]
    return FIELDS[holding[-1].field].show(holding[-1].value) if holding else ""


def sentences(rows: Iterable[Any], names: Mapping[int, str]) -> str:
    """Rows of facts as one text."""
    return "; ".join(sentence(row, names) for row in rows)


def sentence(row: Any, names: Mapping[int, str]) -> str:
    """«Sinh hoạt chính thức tại chi bộ bản Nà Lốc, từ 01/08/2025»."""
    unit = getattr(row, "unit_id", None)
    where = f" {lower_first(names.get(unit, 'tổ chức khác'))}" if unit else ""
    return f"{fact_words(row)}{where}, {_days(row)}"


def _days(row: Any) -> str:
    first = f"từ {show_day(row.during.lower)}"
    return f"{first} đến hết {show_day(row.during.upper - timedelta(days=1))}" if row.during.upper else first


def units_in(tracks: Iterable[Track]) -> set[int]:
    """Units that have to be named."""
    rows = (row for track in tracks for row in (*track.ours, *track.theirs))
    return {row.unit_id for row in rows if getattr(row, "unit_id", None)}
