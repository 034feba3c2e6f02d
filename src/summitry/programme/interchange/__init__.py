"""Readers and writers between schedule files and plain, frozen dataclasses.

This package knows the dialects in which other systems publish a conference schedule (frab XML, frab JSON, spreadsheets)
and the many ways in which real files depart from them. It never raises for bad input: every reader returns a
``Reading`` with the document, if there is one, and the problems found. It does not know Django, the database, editions
or permissions; importing into an edition and exporting from one are actions of the programme room.
"""
