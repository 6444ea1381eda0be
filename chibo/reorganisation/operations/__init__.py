"""What a user can do with the tree, and with two records of one person: one function an act, one to take it back."""

from chibo.reorganisation.operations.acting import (
    change_kind,
    end_unit,
    found,
    merge_units,
    move_unit,
    rename,
    split_unit,
    upgrade_cell,
)
from chibo.reorganisation.operations.persons import merge_people, split_again
from chibo.reorganisation.operations.reforming import reform, rehearse
from chibo.reorganisation.operations.undoing import take_back

__all__ = [
    "change_kind",
    "end_unit",
    "found",
    "merge_people",
    "merge_units",
    "move_unit",
    "reform",
    "rehearse",
    "rename",
    "split_again",
    "split_unit",
    "take_back",
    "upgrade_cell",
]
