"""The systems that Summitry is measured against, each installed in an environment of its own at bench time only.

A module here prepares and serves a peer; a `seed_*` module runs inside the peer's environment and enters the synthetic
summit through the peer's own models. Nothing of a peer is imported by Summitry or stays in its wheel.
"""
