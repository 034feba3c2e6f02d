"""Reads of this room: filtered by what the actor may see, returned as querysets or frozen dataclasses."""
