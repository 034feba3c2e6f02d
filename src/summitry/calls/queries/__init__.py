"""Reads of this room, filtered by what the reader may see."""
