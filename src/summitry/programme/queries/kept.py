"""A small in-process store for read models: each is kept under all that decides what it says, and so is never stale."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """Keeps the `size` most recently used values. Safe to use from several threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = threading.Lock()

    def get_or_load(
        self, key: Hashable, load: Callable[[], V], *, fits: Callable[[V], bool] | None = None
    ) -> V:
        """Return the value under `key`, loading it at its first use; two at once may both load it.

        Where `fits` is given, a value that does not fit is replaced: so only the newest state takes memory.
        """
        with self._lock:
            held = self._values.get(key)
            if held is not None and (fits is None or fits(held)):
                self._values.move_to_end(key)
                return held
        value = load()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        """Forget everything (tests, benchmarks)."""
        with self._lock:
            self._values.clear()
