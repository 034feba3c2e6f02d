"""Reads of this room: names for a reader, posts on a day, entities by their stylebook, topics as a tree."""
