"""Writes: `verb_noun(obj, *, by, …)`, one file for each aggregate."""
