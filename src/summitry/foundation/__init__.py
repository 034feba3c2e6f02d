"""The plumbing every room stands on: access, audit, states, translated text, files, jobs, mail, search, web and API base.

It knows nothing of summits. What only one room needs is born in that room and moves here at its second user.
"""
