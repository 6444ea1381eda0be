"""Embedded PostgreSQL, the `chibo` command, backup, restore, health. Knows no other room."""
