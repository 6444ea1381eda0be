"""What a user can do with members, one file a kind of act."""

from chibo.membership.operations.correcting import (
    correct_absence,
    correct_belonging,
    correct_standing,
    withdraw_fact,
)
from chibo.membership.operations.entering import (
    NewMember,
    enter_lists,
    enter_member,
    enter_members,
    give_account,
    recognise_official,
    refuse_unfit,
)
from chibo.membership.operations.erasing import erase_again, erase_particulars, note_outside
from chibo.membership.operations.giving import give_movement
from chibo.membership.operations.leaving import bring_back, end_absence, leave_out, send_temporarily
from chibo.membership.operations.moving import end_belonging, move_member
from chibo.membership.operations.noting import note_belonging, note_standing
from chibo.membership.operations.particulars import correct_particular, note_particulars, read_values, rename_member
from chibo.membership.operations.parting import say_apart, take_apart_back

__all__ = [
    "NewMember",
    "bring_back",
    "correct_absence",
    "correct_belonging",
    "correct_particular",
    "correct_standing",
    "end_absence",
    "end_belonging",
    "enter_lists",
    "enter_member",
    "enter_members",
    "erase_again",
    "erase_particulars",
    "give_account",
    "give_movement",
    "leave_out",
    "move_member",
    "note_belonging",
    "note_outside",
    "note_particulars",
    "note_standing",
    "read_values",
    "recognise_official",
    "refuse_unfit",
    "rename_member",
    "say_apart",
    "send_temporarily",
    "take_apart_back",
    "withdraw_fact",
]
