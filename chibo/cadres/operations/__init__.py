"""What a user can do with posts and terms, one file a kind of act."""

from chibo.cadres.operations.bodies import (
    NewSeat,
    correct_seat,
    end_body,
    end_seat,
    seat_members,
    set_up_body,
    withdraw_body,
    withdraw_seat,
)
from chibo.cadres.operations.congress import (
    Changes,
    Elected,
    changes_of,
    hold_congress,
    prolong_term,
    take_back_congress,
)
from chibo.cadres.operations.posts import (
    NewPost,
    appoint,
    appoint_all,
    correct_post,
    end_post,
    leave_list,
    transfer_member,
    withdraw_post,
)
from chibo.cadres.operations.state import correct_state_post, end_state_post, give_state_post, withdraw_state_post
from chibo.cadres.operations.terms import open_term, open_terms, take_number
from chibo.cadres.operations.villages import NewStep, say_village_step

__all__ = [
    "Changes",
    "Elected",
    "NewPost",
    "NewSeat",
    "NewStep",
    "appoint",
    "appoint_all",
    "changes_of",
    "correct_post",
    "correct_seat",
    "correct_state_post",
    "end_body",
    "end_post",
    "end_seat",
    "end_state_post",
    "give_state_post",
    "hold_congress",
    "leave_list",
    "open_term",
    "open_terms",
    "prolong_term",
    "say_village_step",
    "seat_members",
    "set_up_body",
    "take_back_congress",
    "take_number",
    "transfer_member",
    "withdraw_body",
    "withdraw_post",
    "withdraw_seat",
    "withdraw_state_post",
]
