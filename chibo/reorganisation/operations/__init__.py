"""What a user can do with the tree: one function an act, and one to take an act back."""

from chibo.reorganisation.operations.acting import (
    change_kind,
    end_unit,
    found,
    merge_units,
    move_unit,
    rename,
    split_cell,
    upgrade_cell,
)
from chibo.reorganisation.operations.undoing import take_back

__all__ = [
    "change_kind",
    "end_unit",
    "found",
    "merge_units",
    "move_unit",
    "rename",
    "split_cell",
    "take_back",
    "upgrade_cell",
]
