"""The layout of papers, read from one file a version, with the document each rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

FOLDER = Path(__file__).parent / "layouts"


@dataclass(frozen=True, slots=True)
class Layout:
    """Thể thức: measures of every paper issued while this version holds. Lengths in mm, sizes in pt."""

    document: str
    dated: date
    page_mm: tuple[float, float]
    margins_mm: Mapping[str, float]
    columns_mm: tuple[float, float]
    foot_mm: tuple[float, float]
    rule_mm: float
    rule_pt: float
    page_number_mm: float
    first_line_mm: float
    line_pt: float
    before_pt: float
    sizes_pt: Mapping[str, float]
    signature_lines: int
    recipients_end: str

    @property
    def text_mm(self) -> float:
        """Width of the text."""
        return self.page_mm[0] - self.margins_mm["left"] - self.margins_mm["right"]


@cache
def layout(version: str) -> Layout:
    """The version sealed with the paper: «hd36», «hd05». Raises KeyError for one nobody wrote down."""
    path = FOLDER / f"{version}.yaml"
    if path.parent != FOLDER or not path.is_file():
        raise KeyError(version)
    values = yaml.safe_load(path.read_text("utf-8"))
    for name in ("page_mm", "columns_mm", "foot_mm"):
        values[name] = tuple(values[name])
    for name in ("margins_mm", "sizes_pt"):
        values[name] = MappingProxyType(values[name])
    return Layout(**values)
