"""Writes of the gates room: badges are issued and printed, devices enrolled, scans taken in, incidents settled."""
