"""What can be done with calls, entries and juries: one file per aggregate."""
