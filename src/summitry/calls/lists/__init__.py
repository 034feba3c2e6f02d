"""Lists of the console: columns, filters and what can be done with many rows."""
