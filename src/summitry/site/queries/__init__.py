"""Reads that put several rooms together for one page."""
