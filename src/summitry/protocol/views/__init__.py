"""Pages of the protocol room: lists of precedence, seating, flags, journeys, stays and meals."""
