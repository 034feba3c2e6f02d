"""A whole summit in miniature and at full scale: the demo edition and the accounts to walk through it.

Nothing above or beside it may depend on it; a production installation can leave it alone.
"""
