"""Reads of this room: who is a guest, what is asked of her, what is missing, what is due."""
