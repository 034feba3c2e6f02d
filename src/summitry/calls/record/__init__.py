"""The form of a call's record: canonical JSON, digests, and the chain of steps; plain values, no database.

What an installation writes and what `summitry verify` replays from an exported copy agree here. Not for reading rows.
"""
