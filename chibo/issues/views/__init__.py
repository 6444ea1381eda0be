"""Fetch, operate, answer."""
