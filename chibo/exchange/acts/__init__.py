"""A sheet of acts of reorganisation: read, rehearsed line after line, decided in one act."""
