"""The one door to every countable figure: value, parts, children, rows, completeness."""
