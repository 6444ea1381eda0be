"""Pages where the office writes about posts, terms and bodies."""
