"""Documents of a unit's register, what was sent to whom to be studied, and the sessions that studied it."""

from chibo.directives.models.documents import Document, Heading, Link
from chibo.directives.models.files import DocumentFile
from chibo.directives.models.studying import Delivery, QualityMark, Receipt, StudySession

__all__ = ["Delivery", "Document", "DocumentFile", "Heading", "Link", "QualityMark", "Receipt", "StudySession"]
