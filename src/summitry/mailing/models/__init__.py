"""The tables of the room mailing, one file for each aggregate."""
