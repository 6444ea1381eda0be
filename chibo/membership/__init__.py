"""Persons, the cell each belongs to, and their standing, on any day."""
