"""What is true in every year: people, organisations, entities (countries, regions, bodies) and topics.

Nothing here belongs to an edition; what a person is in one year (guest, speaker, juror) lives in the rooms above.
"""
