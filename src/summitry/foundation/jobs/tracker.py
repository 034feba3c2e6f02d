"""What long work tells whoever watches it: which stage it is in, and how far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


class Tracker:
    """Told by long work how far it has come. This one tells nobody; subclasses show it.

    Actions take a tracker as `watch: Tracker = SILENT` and never ask who listens.
    """

    def stage(self, code: str) -> None:
        """Say that the stage `code` begins."""

    def step(self, done: int, total: int) -> None:
        """Say that `done` of `total` parts of the present stage are done; cheap enough to be said for each."""

    def each(self, items: Sequence[T]) -> Iterator[T]:
        """Go through `items`, one step for each."""
        total = len(items)
        for number, item in enumerate(items, 1):
            yield item
            self.step(number, total)


SILENT = Tracker()
