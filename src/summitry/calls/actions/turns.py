"""Many who write at the same moment take turns in each process, where the database lets one write at a time.

SQLite lets a writer in who happens to ask at the right moment; of 150 who ask at once, one may miss every moment for longer
than it waits. Those of one process queue here instead, and only the few processes of a server compete.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_turn = threading.Lock()


@contextmanager
def in_turn() -> Iterator[None]:
    """Let the others of this process go first who asked before; for short transactions, around them.

    Whoever is in a transaction already holds what the others wait for, and waits for nobody.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _turn:
        yield
