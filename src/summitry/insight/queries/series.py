"""Which series there are to compare, and which one a visitor means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summitry.editions.models import Edition, Summit


@dataclass(frozen=True, slots=True)
class Series:
    """The chosen series with its editions (newest first), and all series to choose from."""

    summit: Summit | None
    editions: tuple[Edition, ...]
    choices: tuple[Summit, ...]


def series_of(editions: Iterable[Edition], slug: str = "") -> Series:
    """Sort `editions` into series and choose that of `slug`, else the one with the most editions."""
    held: dict[Summit, list[Edition]] = {}
    for edition in editions:
        held.setdefault(edition.summit, []).append(edition)
    if not held:
        return Series(None, (), ())
    longest = max(held, key=lambda summit: len(held[summit]))
    chosen = next((summit for summit in held if summit.slug == slug), longest)
    return Series(chosen, tuple(held[chosen]), tuple(held))
