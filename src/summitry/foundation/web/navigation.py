"""The main navigation and the console's rail: rooms register entries, the page frame shows those that apply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Phase(IntEnum):
    """The groups of the console's rail, in the order of an edition's life."""

    HOME = 0
    PLAN = 1
    WRITE = 2
    INVITE = 3
    PROGRAMME = 4
    RECEIVE = 5
    RUN = 6
    GATES = 7
    PUBLISH = 8
    CLOSE = 9
    SYSTEM = 10


PHASE_LABELS: dict[Phase, str | Promise] = {
    Phase.HOME: _("Overview"),
    Phase.PLAN: _("Plan"),
    Phase.WRITE: _("Correspondence"),
    Phase.INVITE: _("Invite"),
    Phase.PROGRAMME: _("Programme"),
    Phase.RECEIVE: _("Receive"),
    Phase.RUN: _("Run"),
    Phase.GATES: _("Gates"),
    Phase.PUBLISH: _("Publish"),
    Phase.CLOSE: pgettext_lazy("phase", "Close"),
    Phase.SYSTEM: _("Installation"),
}


FEW = 16
"""A rail of so many entries is seen whole; of a longer one, the phase of the page shown is open and the rest folded."""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An entry: a stable key, its label, its place, and how to link it for an edition (None hides it).

    `link` gets the edition (or None) and returns the address; in the console it gets the actor as well.
    """

    key: str
    label: str | Promise
    order: int
    link: Callable[..., str | None]
    icon: str = ""
    phase: Phase = Phase.HOME


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry as one page shows it."""

    key: str
    label: str
    url: str
    current: bool
    icon: str = ""


@dataclass(frozen=True, slots=True)
class RailGroup:
    """A phase of the console's rail with its entries, unfolded or not."""

    label: str
    entries: tuple[NavItem, ...]
    is_open: bool


_public: dict[str, NavEntry] = {}
_console: dict[str, NavEntry] = {}


def register_nav(entry: NavEntry, *, console: bool = False) -> None:
    """Add an entry to the public navigation, or to the console's rail."""
    (_console if console else _public)[entry.key] = entry


def nav_items(edition: Any, current: str = "") -> list[NavItem]:
    """Return the public entries that apply to `edition`, in order; `current` is the key of the page shown."""
    entries = sorted(_public.values(), key=lambda entry: entry.order)
    linked = ((entry, entry.link(edition)) for entry in entries)
    return [NavItem(e.key, str(e.label), url, e.key == current, e.icon) for e, url in linked if url]


def console_rail(edition: Any, actor: Any, current: str = "") -> list[RailGroup]:
    """Return the console's rail for `edition` (or None) and `actor`: its groups that are not empty."""
    groups: dict[Phase, tuple[NavItem, ...]] = {}
    for phase in Phase:
        entries = sorted((e for e in _console.values() if e.phase is phase), key=lambda entry: entry.order)
        linked = ((entry, entry.link(edition, actor)) for entry in entries)
        items = tuple(NavItem(e.key, str(e.label), url, e.key == current, e.icon) for e, url in linked if url)
        if items:
            groups[phase] = items
    is_short = sum(len(items) for items in groups.values()) <= FEW
    return [
        RailGroup(
            str(PHASE_LABELS[phase]),
            items,
            is_short or phase is Phase.HOME or any(item.current for item in items),
        )
        for phase, items in groups.items()
    ]
