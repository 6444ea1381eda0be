"""Pages of lists: taking in, giving out."""
