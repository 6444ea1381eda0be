"""All writes of this room, one function an act."""

from chibo.returns.operations.defining import (
    NewCheck,
    NewForm,
    NewLine,
    add_check,
    add_line,
    define_form,
    end_check,
    end_form,
    end_line,
)
from chibo.returns.operations.filling import fills, hand_in, may_fill, save_boxes
from chibo.returns.operations.passing import accept, give_back, note_export, receives, reopen

__all__ = [
    "NewCheck", "NewForm", "NewLine", "accept", "add_check", "add_line", "define_form", "end_check", "end_form",
    "end_line", "fills", "give_back", "hand_in", "may_fill", "note_export", "receives", "reopen", "save_boxes",
]  # fmt: skip
