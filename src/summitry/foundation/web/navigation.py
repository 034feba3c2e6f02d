"""The main navigation: rooms register their entries, the page frame shows those that apply to its edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An entry: a stable key, its label, its place, and how to link it for an edition (None hides it)."""

    key: str
    label: str | Promise
    order: int
    link: Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry as one page shows it."""

    key: str
    label: str
    url: str
    current: bool


_public: dict[str, NavEntry] = {}
_console: dict[str, NavEntry] = {}


def register_nav(entry: NavEntry, *, console: bool = False) -> None:
    """Add an entry to the public navigation, or to the console's rail."""
    (_console if console else _public)[entry.key] = entry


def nav_items(edition: Any, current: str = "", *, console: bool = False) -> list[NavItem]:
    """Return the entries that apply to `edition`, in order; `current` is the key of the page shown."""
    entries = sorted((_console if console else _public).values(), key=lambda entry: entry.order)
    linked = ((entry, entry.link(edition)) for entry in entries)
    return [NavItem(entry.key, str(entry.label), url, entry.key == current) for entry, url in linked if url]
