"""The tabs of one call's pages in the console: each part of the room registers its own, the frame shows those that apply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from summitry.calls.models import Call
from summitry.foundation.access import Actor


@dataclass(frozen=True, slots=True)
class CallTab:
    """A tab: a stable code, its label, its place, and where it leads for a call and a reader (None hides it)."""

    code: str
    label: str | Promise
    order: int
    link: Callable[[Call, Actor], str | None]


_tabs: dict[str, CallTab] = {}


def register_tab(
    code: str, label: str | Promise, order: int, link: Callable[[Call, Actor], str | None]
) -> None:
    """Add a tab; a second one under the same code takes the place of the first.

    The orders: overview 0, setup 10, entries 20, eligibility 30, jury 40, rounds 50, final 60, selection 70, announcement 80,
    record 90.
    """
    _tabs[code] = CallTab(code, label, order, link)


def registered_tabs() -> list[CallTab]:
    """Return all tabs, in their order."""
    return sorted(_tabs.values(), key=lambda tab: (tab.order, tab.code))
