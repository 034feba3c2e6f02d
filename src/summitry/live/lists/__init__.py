"""The lists of this room: interpreters, and their turns, which also leave as CSV and XLSX."""
