"""Chibo: the working system of a grassroots Party organisation."""
