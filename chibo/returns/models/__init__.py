"""Facts of this room: forms with their lines and checks; sheets, what was typed, steps, accepted values."""

from chibo.returns.models.forms import Form, Line, LineCheck
from chibo.returns.models.sheets import Entry, Remark, Sheet, Step, Value

__all__ = ["Entry", "Form", "Line", "LineCheck", "Remark", "Sheet", "Step", "Value"]
