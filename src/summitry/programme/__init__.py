"""The programme of an edition: forums, their sessions and contributions, who speaks, and when and where.

The schedule is a draft and its numbered published versions. Calls, guests and broadcasts are other rooms' business.
"""
