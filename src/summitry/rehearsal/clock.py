"""What time it is in a rehearsal."""

from __future__ import annotations

import datetime as dt

SUMMIT_MORNING = "2026-11-10T10:42:00+08:00"
"""The second morning of the demo edition, when twenty rooms are busy."""


def clock_setting(option: str) -> str:
    """Return the `SUMMITRY_CLOCK` for the demo command's `--clock`. Raises ValueError for what is no instant."""
    if option == "real":
        return ""
    if option == "summit":
        return SUMMIT_MORNING
    if dt.datetime.fromisoformat(option).tzinfo is None:
        raise ValueError(option)
    return option
