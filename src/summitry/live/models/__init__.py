"""The tables of the room live, one file for each aggregate."""
