"""Translations as files for people and tools: CSV tables and XLIFF 2, written and read.

It knows formats and nothing else: which texts there are, who may change them and what follows is the business of actions.
"""
