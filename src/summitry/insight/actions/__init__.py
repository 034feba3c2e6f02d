"""Writes of this room: each asks permission, checks, changes, audits and announces in one transaction."""
