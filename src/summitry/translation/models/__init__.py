"""The tables of the room translation, one file for each aggregate."""
