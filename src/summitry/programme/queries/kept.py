"""A small in-process store for read models: each is kept with the state it was made from, and so is never stale."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from summitry.foundation import memory

V = TypeVar("V")


class Kept(Generic[V]):
    """Keeps the `size` most recently used values. Safe to use from several threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, tuple[Hashable, V]] = OrderedDict()
        self._lock = threading.Lock()

    def get_or_load(self, key: Hashable, load: Callable[[], V], *, state: Hashable = None) -> V:
        """Return the value under `key`, loading it at its first use and whenever `state` has become another.

        A key has one value, that of the newest state: old ones take no memory, not even while the new one is loaded.
        Values are loaded one at a time.
        """
        held = self._get(key, state)
        if held is None:
            with memory.building:
                held = self._get(key, state)  # another thread may have loaded it while this one waited
                if held is None:
                    self._drop(key)
                    held = (state, load())
                    self._put(key, held)
        return held[1]

    def _get(self, key: Hashable, state: Hashable) -> tuple[Hashable, V] | None:
        with self._lock:
            held = self._values.get(key)
            if held is None or held[0] != state:
                return None
            self._values.move_to_end(key)
            return held

    def _drop(self, key: Hashable) -> None:
        with self._lock:
            self._values.pop(key, None)

    def _put(self, key: Hashable, held: tuple[Hashable, V]) -> None:
        with self._lock:
            self._values[key] = held
            self._values.move_to_end(key)
            while len(self._values) > self._size:
                self._values.popitem(last=False)

    def clear(self) -> None:
        """Forget everything (tests, benchmarks)."""
        with self._lock:
            self._values.clear()
