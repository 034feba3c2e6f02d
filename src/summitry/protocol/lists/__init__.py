"""The protocol room's lists in the console: guests and how they are addressed, journeys, rides, stays."""
