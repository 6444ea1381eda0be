"""Units and where they stand in the tree, on any day."""
