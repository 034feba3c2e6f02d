"""Reads, filtered by what the actor may see."""
