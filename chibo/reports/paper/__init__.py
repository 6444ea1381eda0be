"""Papers as Word files: one module a kind of paper, one layout a period of time."""
