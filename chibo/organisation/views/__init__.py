"""Pages of what is written about localities."""
