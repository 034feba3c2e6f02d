"""The facts that ship with Summitry: measures, and what published sources said of past editions.

The files are data, to be corrected in place; `reading` turns them into values. Nothing here touches the database.
"""
