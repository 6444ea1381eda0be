"""Accounts, sign-in, sessions, and the one door to rows: `visible_to`."""
