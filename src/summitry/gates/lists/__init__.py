"""The console's lists of the gates room: badges, scans, incidents, devices and who is present."""
