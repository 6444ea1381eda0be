"""What the home page is made of: the lines of what is owed, the month of the units below, the state of the server."""
