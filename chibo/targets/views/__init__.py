"""Pages of plans, lines and targets."""
