"""Pages where the office writes about members."""
