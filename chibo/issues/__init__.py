"""Limitations of units: what was not done, why, what is done about it, and who else has seen the result."""
