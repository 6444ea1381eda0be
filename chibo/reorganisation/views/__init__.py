"""Pages of decisions about the tree, and of two records of one person."""
