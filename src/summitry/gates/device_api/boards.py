"""Telling the boards that something was scanned: at once, then at most a few times a second, and the last time always."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from summitry.foundation.live import hint

APART = 0.25
"""Seconds between two hints about one edition from this process: no eye follows more, and each wakes every worker."""


def tell(edition: int) -> None:
    """Tell all boards of an edition, in whatever process they listen."""
    hint(f"edition:{edition}:gates", "scanned")


class Boards:
    """What this process told, and what it still has to tell."""

    def __init__(self, tell: Callable[[int], None] = tell) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._told: dict[int, float] = {}
        self._waiting: set[int] = set()

    def scanned(self, edition: int) -> None:
        """Have the boards of an edition look again, now or in a moment."""
        with self._lock:
            if edition in self._waiting:
                return
            wait = self._told.get(edition, 0) + APART - time.monotonic()
            if wait <= 0:
                self._told[edition] = time.monotonic()
            else:
                self._waiting.add(edition)
        if wait <= 0:
            self._tell(edition)
        else:
            later = threading.Timer(wait, self._now, [edition])
            later.daemon = True
            later.start()

    def _now(self, edition: int) -> None:
        with self._lock:
            self._waiting.discard(edition)
            self._told[edition] = time.monotonic()
        self._tell(edition)
