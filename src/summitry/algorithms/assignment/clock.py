"""A limit of time for searches that might not end, and whether it ever decided."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Clock:
    """So many seconds from now. `decided` once a search was ended by them: its answer may differ on another machine."""

    seconds: float
    decided: bool = False
    started: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """Seconds left, 0 when over."""
        return max(0.0, self.seconds - (time.monotonic() - self.started))

    def allow(self, search: Callable[[float], T], share: float = 1.0) -> T:
        """What the search finds, which is told how many seconds it has: a share of those left."""
        seconds = max(self.left * share, 0.01)
        start = time.monotonic()
        found = search(seconds)
        if time.monotonic() - start >= seconds:
            self.decided = True
        return found
