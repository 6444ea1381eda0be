"""What a user can do with documents and their study, one file a kind of act."""

from chibo.directives.operations.documents import NewHeading, correct_heading, register_document, withdraw_document
from chibo.directives.operations.filing import add_file, withdraw_file
from chibo.directives.operations.linking import link_documents, withdraw_link
from chibo.directives.operations.sending import note_receipt, send_to_study, withdraw_delivery
from chibo.directives.operations.studying import NewSession, hold_session, mark_session, withdraw_session

__all__ = [
    "NewHeading",
    "NewSession",
    "add_file",
    "correct_heading",
    "hold_session",
    "link_documents",
    "mark_session",
    "note_receipt",
    "register_document",
    "send_to_study",
    "withdraw_delivery",
    "withdraw_document",
    "withdraw_file",
    "withdraw_link",
    "withdraw_session",
]
