"""Summitry runs an entire international hybrid summit, from the first invitation to the closing figures.

The code is a stack of rooms (`foundation` at the bottom, `config` on top); imports point down only.
"""

__version__ = "0.1.0"
