"""What a unit sets out to do and to reach: its plans line by line, its targets, and where each of them stands."""
