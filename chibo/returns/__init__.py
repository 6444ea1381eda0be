"""Returns: forms of figures that units hand in month by month, their sheets, their acceptance."""
