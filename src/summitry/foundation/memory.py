"""The memory of a server process: one heavy thing at a time, and what is free is given back."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable

_LIBRARY = ctypes.CDLL(None)
_mallopt: Callable[[int, int], int] | None = getattr(_LIBRARY, "mallopt", None)
_malloc_trim: Callable[[int], int] | None = getattr(_LIBRARY, "malloc_trim", None)
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # numbers of options, from malloc.h
_LARGE = 128 * 1024

building = threading.RLock()
"""Held while a page or a read model is built. The threads share one interpreter: several at once take no less time, but
each needs memory of its own, and the process keeps the most it ever needed."""


def keep_lean() -> None:
    """Keep one heap for all threads, and large pieces outside it; nothing where the C library is not GNU's.

    By default each thread has a heap of its own, although Python runs one of them at a time, and the size from which
    pieces lie outside grows with use: every heap then keeps room for the largest page it ever held.
    """
    if _mallopt is not None:
        for option, number in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE)):
            _mallopt(option, number)


def give_back() -> None:
    """Give what is free within the heap back to the system; nothing where the C library is not GNU's."""
    if _malloc_trim is not None:
        _malloc_trim(0)
