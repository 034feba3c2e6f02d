"""Reads of this room: figures with their wording, and comparisons between editions."""
