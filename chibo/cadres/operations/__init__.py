"""What a user can do with posts and terms, one file a kind of act."""

from chibo.cadres.operations.posts import (
    appoint,
    correct_post,
    end_post,
    leave_list,
    transfer_member,
    withdraw_post,
)
from chibo.cadres.operations.state import correct_state_post, end_state_post, give_state_post, withdraw_state_post
from chibo.cadres.operations.terms import open_term, take_number

__all__ = [
    "appoint",
    "correct_post",
    "correct_state_post",
    "end_post",
    "end_state_post",
    "give_state_post",
    "leave_list",
    "open_term",
    "take_number",
    "transfer_member",
    "withdraw_post",
    "withdraw_state_post",
]
