"""The summit as a series and each of its editions: dates, phases, venue, languages, organisers and topics of a year.

What happens in an edition (forums, calls, guests, figures) belongs to the rooms above.
"""
