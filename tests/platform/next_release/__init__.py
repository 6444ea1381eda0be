"""A release that does not exist yet, for the tests of upgrading."""
