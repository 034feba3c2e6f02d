"""Reads of the gates room: the access table and the roster, what a badge says, counts and presence."""
