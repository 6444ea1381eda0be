"""Pages of sheets and forms, one module for each kind of page."""
