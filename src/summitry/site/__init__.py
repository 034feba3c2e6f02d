"""Composition only: the public home, my summit, the console home, the search page, navigation and the API root.

It owns no tables. A page that needs several rooms is put together here.
"""
